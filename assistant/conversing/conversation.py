"""A conversation: its questions in order, what became of each, and numbers that stay.

An `Answer` numbers its citations from 1. Within a conversation the same words of the same
source keep one number from the first answer that cites them to the last, so a reader can
say "as in 3" and mean it. Numbers are handed out once and never used again for other
words, also when an answer is replaced.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from assistant.answers import Answer, Citation, Quote
from index.filters import Filters
from index.retrieval import Turn


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a question got no answer, and what a person can do about it."""

    problem: str
    remedy: str


Reason = Literal["wrong source", "missed something", "not supported"]
"""What a person finds wrong with an answer."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """A person's thumb on an answer."""

    helpful: bool
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what became of it; neither answer nor failure means it is at work."""

    question: str
    answer: Answer | None = None
    """May still grow while `complete` is false."""
    failure: Failure | None = None
    complete: bool = False
    stopped: bool = False
    """Whether a person, or the end of the program, stopped it before it was complete."""
    filters: Filters = field(default_factory=Filters)
    """What it was asked under."""
    further: tuple[Quote, ...] = ()
    """More passages that are near, where a person asked to search more widely."""
    opinion: Opinion | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """Exchanges, oldest first. Every method returns a new value."""

    exchanges: tuple[Exchange, ...] = ()
    ledger: tuple[Quote, ...] = ()
    """The words behind number 1, 2, …: added to, never reordered."""
    id: str = ""
    """Cannot be guessed; empty until a question is asked."""
    filters: Filters = field(default_factory=Filters)
    """What the next question is asked under."""

    def asking(self, question: str) -> "Conversation":
        """With a new question at the end, at work."""
        exchange = Exchange(question, filters=self.filters)
        return replace(self, exchanges=(*self.exchanges, exchange), id=self.id or _new_id())

    def without_from(self, turn: int) -> "Conversation":
        """As it was before the question at `turn`, to ask that one anew; numbers stay.

        Where questions follow it, that is the beginning of another conversation: nothing
        that was answered is lost. Raises `ValueError` when there is no such question.
        """
        if not 0 <= turn < len(self.exchanges):
            raise ValueError(f"there is no question {turn}")
        is_last = turn == len(self.exchanges) - 1
        return replace(self, exchanges=self.exchanges[:turn], id=self.id if is_last else _new_id())

    def stopping(self) -> "Conversation":
        """With the question at work stopped; what it had of an answer stays."""
        if not self.at_work:
            return self
        return self._ending_with(replace(self._last, stopped=True, complete=True))

    def widening(self, turn: int, further: Sequence[Quote]) -> "Conversation":
        """With more passages shown below what the question at `turn` got."""
        return self._with(turn, replace(self.exchanges[turn], further=tuple(further)))

    def judged(self, turn: int, opinion: Opinion | None) -> "Conversation":
        """With a person's opinion of the answer at `turn`; `None` takes it back."""
        return self._with(turn, replace(self.exchanges[turn], opinion=opinion))

    def answering(self, answer: Answer, *, complete: bool = True) -> "Conversation":
        """With the last question answered, so far or, when `complete`, for good."""
        answered = self._ending_with(replace(self._last, answer=answer, complete=complete))
        return answered._noting([citation.quote for citation in answer.citations])

    def failing(self, problem: str, remedy: str) -> "Conversation":
        """With the last question failed; what it had of an answer stays."""
        failure = Failure(problem, remedy)
        return self._ending_with(replace(self._last, failure=failure, complete=True))

    def taking_over(self, other: "Conversation") -> "Conversation":
        """With what became of the last question in `other`, a copy that went on by itself.

        Where that question is not in this one, at its place, it comes at the end.
        """
        turn = len(other.exchanges) - 1
        known = turn < len(self.exchanges) and (
            self.exchanges[turn].question == other._last.question
        )
        taken = (
            self._with(turn, other._last)
            if known
            else replace(self, exchanges=(*self.exchanges, other._last))
        )
        return taken._noting(other.ledger)

    def history(self) -> tuple[Turn, ...]:
        """The answered questions for retrieval, oldest first."""
        return tuple(
            Turn(exchange.question, _said(exchange.answer))
            for exchange in self.exchanges
            if exchange.complete and exchange.answer is not None
        )

    def number_of(self, quote: Quote) -> int:
        """The number that `quote` has here; `KeyError` when no answer cited it."""
        return self.numbers()[quote]

    def numbers(self) -> Mapping[Quote, int]:
        """Every cited quote with its number, in order of the numbers."""
        return {quote: number for number, quote in enumerate(self.ledger, start=1)}

    def citation(self, number: int) -> Citation | None:
        """The newest citation of that number with its own 1..n replaced, or `None`."""
        for exchange in reversed(self.exchanges):
            for citation in self.cited_by(exchange):
                if citation.number == number:
                    return citation
        return None

    def cited_by(self, exchange: Exchange) -> tuple[Citation, ...]:
        """The citations of one exchange under the conversation's numbers, ascending."""
        numbers = self.numbers()
        citations = exchange.answer.citations if exchange.answer else ()
        return tuple(
            sorted(
                (replace(citation, number=numbers[citation.quote]) for citation in citations),
                key=lambda citation: citation.number,
            )
        )

    def cited(self) -> tuple[Citation, ...]:
        """All citations still shown, each once, by number."""
        shown = {
            citation.number: citation
            for exchange in self.exchanges
            for citation in self.cited_by(exchange)
        }
        return tuple(shown[number] for number in sorted(shown))

    @property
    def at_work(self) -> bool:
        """Whether the last question still waits for its answer to be complete."""
        return bool(self.exchanges) and not self.exchanges[-1].complete

    @property
    def _last(self) -> Exchange:
        if not self.exchanges:
            raise ValueError("the conversation has no question yet")
        return self.exchanges[-1]

    def _with(self, turn: int, exchange: Exchange) -> "Conversation":
        exchanges = (*self.exchanges[:turn], exchange, *self.exchanges[turn + 1 :])
        return replace(self, exchanges=exchanges)

    def _ending_with(self, exchange: Exchange) -> "Conversation":
        return replace(self, exchanges=(*self.exchanges[:-1], exchange))

    def _noting(self, quotes: Sequence[Quote]) -> "Conversation":
        """With a number for each of the quotes that has none yet."""
        return replace(self, ledger=tuple(dict.fromkeys((*self.ledger, *quotes))))


def _new_id() -> str:
    return secrets.token_urlsafe(12)


def _said(answer: Answer | None) -> str | None:
    if answer is None or not answer.statements:
        return None
    return " ".join(statement.text for statement in answer.statements)
