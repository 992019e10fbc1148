"""What is typed as a question, before anybody reads it."""

from sources.errors import UseError
from sources.readers.content import normalise

MAX_QUESTION_CHARS = 4_000


def check_question(question: str) -> str:
    """The question with white space folded and each character written as in the texts.

    Raises `UseError` for one that is blank or longer than `MAX_QUESTION_CHARS`.
    """
    question = " ".join(normalise(question).split())
    if not question:
        raise UseError("The question is empty.", remedy="Ask one in plain language.")
    if len(question) > MAX_QUESTION_CHARS:
        raise UseError(
            f"The question has {len(question):,} characters.",
            remedy=f"Ask it in at most {MAX_QUESTION_CHARS:,}.",
        )
    return question
