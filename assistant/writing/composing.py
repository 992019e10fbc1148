"""An answer by a model as it grows: every sentence verified before anybody sees it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.writing.audit import Audit
from assistant.writing.chat_model import ChatModel, Message, ModelFailure
from assistant.writing.filling import MARGIN, fill
from assistant.writing.grounding import Grounded, ground
from assistant.writing.hosts import machines_reached, shown
from assistant.writing.parsing import StatementStream, Written
from assistant.writing.prompting import NOT_IN_SOURCES, make_request, make_rewriting
from index.passages import Passage, TokenCounter
from index.retrieval import Turn
from sources.source import Source, Span

HERE = "this machine"
"""Where a model runs that nothing is sent away for."""
MAX_STATEMENTS = 24
MAX_REWRITTEN_CHARS = 500
_RULES_TOKENS = 800
"""What the rules take, and no more than that."""
CHARS_PER_TOKEN = 4
"""Where the server does not count tokens."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a model has written so far."""

    statements: tuple[Grounded, ...] = ()
    silent: bool = False
    """Whether the model said that the passages do not answer."""
    trouble: str | None = None
    """What went wrong, in plain words."""
    tokens_in: int = 0
    tokens_out: int = 0
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes answers with one chat model, within its caps."""

    model: ChatModel
    count_tokens: TokenCounter
    audit: Audit | None = None
    window_tokens: int = 8_000
    answer_tokens: int = 1_000
    day_tokens: int | None = None
    strict: bool = False
    """Whether sentences that are not fully supported are left out instead of marked."""

    @property
    def where(self) -> str:
        """Where the model runs: ``this machine`` or the name of a host."""
        if self.model.address is None:
            provider = self.model.name.partition(":")[0]
            return HERE if provider == "ollama" else f"{provider}'s servers"
        return next(iter(machines_reached(self.model.address)), HERE)

    def fitting(
        self,
        question: str,
        passages: Sequence[Passage],
        *,
        history: Sequence[Turn],
        best: Mapping[str, Span],
    ) -> tuple[Passage, ...]:
        """What of the passages leaves the model room for the questions and its answer.

        `best` names the best sentence of each passage, by the passage's id.
        """
        asked = sum(self.count_tokens([question, *(turn.question for turn in history[-3:])]))
        room = self.window_tokens - self.answer_tokens - _RULES_TOKENS - round(MARGIN * asked)
        return fill(passages, best=best, room_tokens=room, count_tokens=self.count_tokens)

    def rewrite(self, question: str, history: Sequence[Turn]) -> Iterator[str | None]:
        """The question made to stand alone; `None` while waiting, nothing when it fails.

        Nothing is sent, and nothing comes, once the tokens of the day are used up.
        """
        if self.is_used_up():
            return
        said = ""
        messages = make_rewriting(question, history)
        outcome, was_sent = "unread", True
        pieces = self.model.stream(messages)
        try:
            for piece in pieces:
                if piece is None:
                    yield None
                    continue
                said += piece.words
                if len(said) > MAX_REWRITTEN_CHARS:
                    break
            outcome = "rewritten"
        except ModelFailure as failure:
            outcome = failure.kind
            said = ""
            was_sent = failure.was_sent
        finally:
            _close(pieces)
            self._note(messages, said, 0, 0, outcome, was_sent=was_sent)
        if said.strip() and len(said) <= MAX_REWRITTEN_CHARS:
            yield " ".join(said.split())

    def write(
        self,
        question: str,
        passages: Sequence[Passage],
        *,
        history: Sequence[Turn] = (),
        sources: Mapping[str, Source],
    ) -> Iterator[Draft]:
        """The draft as it grows, and again unchanged while nothing comes; closing it stops."""
        if self.is_used_up():
            yield Draft(trouble="The tokens allowed for today are used up.", complete=True)
            return
        messages = make_request(question, passages, history=history)
        work = _Work(len(passages), lambda one: ground(one, passages, sources=sources))
        pieces = self.model.stream(messages)
        outcome, was_sent = "stopped", True
        try:
            for piece in pieces:
                if piece is not None:
                    work.tokens_in = piece.tokens_in or work.tokens_in
                    work.tokens_out = piece.tokens_out or work.tokens_out
                    work.take(work.stream.feed(piece.words), strict=self.strict)
                if work.is_enough(self.answer_tokens):
                    work.draft = replace(work.draft, trouble=work.why_enough())
                    break
                yield work.draft
            else:
                work.take(work.stream.end(), strict=self.strict)
                work.close()
            outcome = work.draft.trouble or "answered"
        except ModelFailure as failure:
            outcome, was_sent = failure.kind, failure.was_sent
            address = self.model.address
            tried = f"at {shown(address)}" if address else f"on {self.where}"
            work.draft = replace(work.draft, trouble=failure.told(tried))
        finally:
            _close(pieces)
            self._note(
                messages,
                work.stream.text,
                work.tokens_in,
                work.tokens_out,
                outcome,
                was_sent=was_sent,
            )
        sent = sum(len(one.words) for one in messages) // CHARS_PER_TOKEN if was_sent else 0
        yield replace(
            work.draft,
            complete=True,
            tokens_in=work.tokens_in or sent,
            tokens_out=work.tokens_out or len(work.stream.text) // CHARS_PER_TOKEN,
        )

    def is_used_up(self) -> bool:
        """Whether the tokens allowed for today are used."""
        if self.day_tokens is None or self.audit is None:
            return False
        return self.audit.tokens_today() >= self.day_tokens

    def _note(
        self,
        messages: Sequence[Message],
        said: str,
        sent: int,
        got: int,
        outcome: str,
        *,
        was_sent: bool,
    ) -> None:
        """Write the request down; one that reached nobody took no tokens."""
        if self.audit is None:
            return
        characters = sum(len(one.words) for one in messages) if was_sent else 0
        tokens = (sent or characters // CHARS_PER_TOKEN) + (got or len(said) // CHARS_PER_TOKEN)
        self.audit.note(
            messages, model=self.model.name, where=self.where, tokens=tokens, outcome=outcome
        )


@dataclass(slots=True)
class _Work:
    """The state of one answer while its stream is read."""

    known: int
    ground: Callable[[Written], Grounded]
    draft: Draft = field(default_factory=Draft)
    tokens_in: int = 0
    tokens_out: int = 0
    repeated: int = 0
    seen: set[str] = field(default_factory=set)
    stream: StatementStream = field(init=False)

    def __post_init__(self) -> None:
        self.stream = StatementStream(self.known)

    def take(self, written: Sequence[Written], *, strict: bool) -> None:
        for one in written:
            if NOT_IN_SOURCES in one.words:
                self.draft = replace(self.draft, silent=True)
            elif one.words.casefold() in self.seen:
                self.repeated += 1
            elif one.keys or not one.words.endswith(":"):
                self.seen.add(one.words.casefold())
                found = self.ground(one)
                if not strict or found.verification.support == "supported":
                    self.draft = replace(self.draft, statements=(*self.draft.statements, found))

    def is_enough(self, answer_tokens: int) -> bool:
        return (
            self.repeated > 2
            or len(self.seen) >= MAX_STATEMENTS
            or len(self.stream.text) > CHARS_PER_TOKEN * answer_tokens
        )

    def why_enough(self) -> str:
        if self.repeated > 2:
            return "The model repeated itself and was stopped."
        return "The model's answer was cut off at the cap for one answer."

    def close(self) -> None:
        text = self.stream.text.strip()
        if not text:
            self.draft = replace(self.draft, trouble="The model sent nothing.")
        elif NOT_IN_SOURCES in text and not self.draft.statements:
            self.draft = replace(self.draft, silent=True)
        elif not text.endswith((".", "!", "?", "]", "】", ")", "”", '"', "…")):
            self.draft = replace(self.draft, trouble="The model stopped in mid-sentence.")


def _close(pieces: object) -> None:
    close = getattr(pieces, "close", None)
    if close is not None:
        close()
