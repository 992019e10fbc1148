"""Does the answer cite the words it should, and is it silent where it should be?

A line is ``{"_id", "question", "history": [earlier questions], "verdict", "quote"}``: with the
verdict ``answered`` (or ``partly``) a cited span must hold the words of ``quote``.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.answering import Assistant
from assistant.answers import Answer
from assistant.evaluation.lines import Line, read_lines
from index.retrieval import Turn
from sources.errors import UseError

Outcome = Literal[
    "first",
    "later",
    "elsewhere",
    "likely",
    "likely elsewhere",
    "wrongly silent",
    "silent",
    "called likely",
    "wrongly answered",
]
"""The quote is cited by the first statement, by a later one, by none; among sentences that may
answer, or not among them; or about silence: a question without an answer is at worst answered."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A question and what its answer should cite."""

    id: str
    question: str
    history: tuple[str, ...]
    quote: str | None
    """`None` where the sources do not say."""


@dataclass(frozen=True, slots=True)
class Checked:
    """An answer beside what was expected of it."""

    expected: Expected
    answer: Answer
    outcome: Outcome

    @property
    def is_miss(self) -> bool:
        return self.outcome not in ("first", "silent", "called likely")


@dataclass(frozen=True, slots=True)
class AnswerFigures:
    """Counts over a file of questions."""

    answerable: int
    in_first: int
    """Answerable ones whose first statement cites the quote."""
    in_answer: int
    """Those with the quote in any statement."""
    likely: int
    """Those that are not answered, and whose quote is among the sentences that may answer."""
    wrongly_silent: int
    unanswerable: int
    silent: int
    """Unanswerable ones of which the sources are said to say nothing."""
    called_likely: int
    """Unanswerable ones with sentences that are said to be no more than likely."""


def read_expected(file: Path) -> tuple[Expected, ...]:
    """The questions of a file, in order. Raises `UseError` for a line that is none."""
    expected = tuple(_expected(line) for line in read_lines(file))
    if not expected:
        raise UseError(f"{str(file)!r} holds no questions.", remedy="Name a file with some.")
    return expected


def check(assistant: Assistant, expected: Iterable[Expected]) -> tuple[Checked, ...]:
    """What the assistant answers to each question, and how that compares."""
    checked = []
    for one in expected:
        answer = assistant.ask(one.question, history=[Turn(asked) for asked in one.history])
        checked.append(Checked(one, answer, compare(answer, one.quote)))
    return tuple(checked)


def compare(answer: Answer, quote: str | None) -> Outcome:
    """Where the answer cites the words of `quote`; `None` for a question without an answer."""
    silent = answer.states_nothing
    is_likely = answer.verdict == "likely"
    if quote is None:
        return "silent" if silent else "called likely" if is_likely else "wrongly answered"
    if silent:
        return "wrongly silent"
    cited = {citation.number: _plain(citation.quote.words) for citation in answer.citations}
    holding = [
        place
        for place, statement in enumerate(answer.statements)
        if any(_plain(quote) in cited[number] for number in statement.citations)
    ]
    if is_likely:
        return "likely" if holding else "likely elsewhere"
    if not holding:
        return "elsewhere"
    return "first" if holding[0] == 0 else "later"


def count(checked: Sequence[Checked]) -> AnswerFigures:
    """The outcomes, counted."""
    outcomes = [one.outcome for one in checked]
    unanswerable = sum(one.expected.quote is None for one in checked)
    return AnswerFigures(
        answerable=len(checked) - unanswerable,
        in_first=outcomes.count("first"),
        in_answer=outcomes.count("first") + outcomes.count("later"),
        likely=outcomes.count("likely"),
        wrongly_silent=outcomes.count("wrongly silent"),
        unanswerable=unanswerable,
        silent=outcomes.count("silent"),
        called_likely=outcomes.count("called likely"),
    )


def _expected(line: Line) -> Expected:
    verdict = line.words("verdict")
    if verdict not in ("answered", "partly", "not_in_sources"):
        raise line.wrong(f"expects the verdict {verdict!r}")
    answerable = verdict != "not_in_sources"
    history = line.items("history")
    if not all(isinstance(asked, str) for asked in history):
        raise line.wrong("has a 'history' that is not a list of earlier questions")
    question, quote = line.words("question"), line.words("quote", default="")
    if not question.strip():
        raise line.wrong("asks nothing")
    if answerable and not quote.strip():
        raise line.wrong("expects an answer and names no 'quote'")
    return Expected(
        id=line.id(),
        question=question,
        history=tuple(str(asked) for asked in history),
        quote=quote if answerable else None,
    )


def _plain(words: str) -> str:
    """Words to compare: white space folded, quotation marks of one kind."""
    folded = " ".join(unicodedata.normalize("NFC", words).split())
    return folded.translate({**dict.fromkeys(map(ord, "‘’`´"), "'"), **_DOUBLE})


_DOUBLE: dict[int, str] = dict.fromkeys(map(ord, "“”„«»"), '"')
