"""Questions to begin with: only ones that the assistant answers from the library it has."""

from collections.abc import Sequence

from assistant.answering import Assistant

CANDIDATES = (
    "What is the main obstacle in the negotiations?",
    "How many troops would Ukraine keep?",
    "What would the coalition of the willing provide?",
    "What did NBC News report about the U.S. administration?",
    "What must the U.S. Congress approve?",
    "Which two documents are in the package?",
)
"""About the shipped article, most telling first."""


def answerable(
    assistant: Assistant, *, candidates: Sequence[str] = CANDIDATES, limit: int = 4
) -> tuple[str, ...]:
    """At most `limit` of the candidates, in order, each of which is answered in full now."""
    answered: list[str] = []
    for question in candidates:
        if len(answered) == limit:
            break
        if assistant.quoting.ask(question).verdict == "answered":
            answered.append(question)
    return tuple(answered)
