"""A conversation: its questions in order, what became of each, and numbers that stay.

An `Answer` numbers its citations from 1. Within a conversation the same words of the same
source keep one number from the first answer that cites them to the last, so a reader can
say "as in 3" and mean it. Numbers are handed out once and never used again for other
words, also when an answer is replaced.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answers import Answer, Citation, Quote
from index.retrieval import Turn


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a question got no answer, and what a person can do about it."""

    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what became of it; neither answer nor failure means it is at work."""

    question: str
    answer: Answer | None = None
    """May still grow while `complete` is false."""
    failure: Failure | None = None
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Conversation:
    """Exchanges, oldest first. Every method returns a new value."""

    exchanges: tuple[Exchange, ...] = ()
    ledger: tuple[Quote, ...] = ()
    """The words behind number 1, 2, …: added to, never reordered."""

    def asking(self, question: str) -> "Conversation":
        """With a new question at the end, at work."""
        return replace(self, exchanges=(*self.exchanges, Exchange(question)))

    def answering(self, answer: Answer, *, complete: bool = True) -> "Conversation":
        """With the last question answered, so far or, when `complete`, for good."""
        return self._ending_with(replace(self._last, answer=answer, complete=complete))._numbering(
            answer.citations
        )

    def failing(self, problem: str, remedy: str) -> "Conversation":
        """With the last question failed; what it had of an answer stays."""
        failure = Failure(problem, remedy)
        return self._ending_with(replace(self._last, failure=failure, complete=True))

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

    def _ending_with(self, exchange: Exchange) -> "Conversation":
        return replace(self, exchanges=(*self.exchanges[:-1], exchange))

    def _numbering(self, citations: Sequence[Citation]) -> "Conversation":
        new = dict.fromkeys(
            citation.quote for citation in citations if citation.quote not in self.ledger
        )
        return replace(self, ledger=(*self.ledger, *new))


def _said(answer: Answer | None) -> str | None:
    if answer is None or not answer.statements:
        return None
    return " ".join(statement.text for statement in answer.statements)
