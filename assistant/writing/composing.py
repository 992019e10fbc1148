"""An answer by a model as it grows: every sentence verified before anybody sees it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.verifying.model import SupportModel
from assistant.writing.audit import Audit
from assistant.writing.chat_model import CHARS_PER_TOKEN, ChatModel, Ending, Message, Piece
from assistant.writing.failures import ModelFailure
from assistant.writing.filling import MARGIN, fill
from assistant.writing.grounding import Grounded, ground
from assistant.writing.hosts import machines_reached, shown
from assistant.writing.parsing import StatementStream, Written
from assistant.writing.prompting import (
    NOT_IN_SOURCES,
    Marks,
    earlier_words,
    make_request,
    make_rewriting,
)
from assistant.writing.thinking import ThoughtFilter
from index.passages import Passage, TokenCounter
from index.retrieval import Turn
from sources.source import Source, Span

HERE = "this machine"
"""Where a model runs that nothing is sent away for."""
MAX_STATEMENTS = 24
MAX_REWRITTEN_CHARS = 500
_RULES_TOKENS = 800
"""What the rules take, and no more than that."""
_ENDED: dict[Ending, str] = {
    "length": "The model's answer was cut off at the cap for one answer. ASSISTANT_ANSWER_TOKENS"
    " raises it.",
    "filtered": "The model was stopped by its provider's content filter. Ask in other words, or set"
    " ASSISTANT_MODEL to another model.",
    "tools": "The model called a tool instead of answering. Set ASSISTANT_MODEL to one that chats,"
    " or switch its tools off at its server.",
}
_NO_THOUGHT_CHARS = 40
"""So few may be counted where a server sends a few empty pieces."""
_ONLY_THOUGHT = (
    "The model used up its tokens on thinking, before it wrote a word."
    " ASSISTANT_THINKING_TOKENS gives it more."
)


def tokens_to_think(*, window: int, answer: int, thinking: int) -> int:
    """Of the tokens that a model may think, those that leave half the room to passages."""
    return max(0, min(thinking, (window - answer - _RULES_TOKENS) // 2))


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
    checker: SupportModel
    """Tells what the cited sentences make of a written one."""
    audit: Audit | None = None
    window_tokens: int = 8_000
    answer_tokens: int = 1_000
    thinking_tokens: int = 0
    """What a reasoning model may think before it answers, and beside it."""
    day_tokens: int | None = None
    strict: bool = False
    """Whether sentences that are not fully supported are left out instead of marked."""
    marks: Marks = field(default_factory=Marks)

    @property
    def where(self) -> str:
        """Where the model runs: ``this machine`` or the name of a host."""
        if self.model.address is None:
            provider = self.model.name.partition(":")[0]
            return HERE if provider in ("ollama", "local") else f"{provider}'s servers"
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
        asked = sum(self.count_tokens([question, earlier_words(history)]))
        back = self.answer_tokens + tokens_to_think(
            window=self.window_tokens, answer=self.answer_tokens, thinking=self.thinking_tokens
        )
        room = self.window_tokens - back - _RULES_TOKENS - round(MARGIN * asked)
        return fill(passages, best=best, room_tokens=room, count_tokens=self.count_tokens)

    def rewrite(self, question: str, history: Sequence[Turn]) -> Iterator[str | None]:
        """The question made to stand alone; `None` while waiting, nothing when it fails.

        Nothing is sent, and nothing comes, once the tokens of the day are used up.
        """
        if self.is_used_up():
            return
        said, thoughts = "", ThoughtFilter()
        messages = make_rewriting(question, history)
        outcome, was_sent = "unread", True
        tokens_in = tokens_out = 0
        pieces = self.model.stream(messages)
        try:
            for piece in pieces:
                if piece is None:
                    yield None
                    continue
                tokens_in = piece.tokens_in or tokens_in
                tokens_out = piece.tokens_out or tokens_out
                words, is_anew = thoughts.feed(piece.words)
                said = words if is_anew else said + words
                if len(said) > MAX_REWRITTEN_CHARS:
                    break
            said += thoughts.end()
            outcome = "rewritten"
        except ModelFailure as failure:
            outcome = failure.kind
            said = ""
            was_sent = failure.was_sent
        finally:
            _close(pieces)
            self._note(messages, said, tokens_in, tokens_out, outcome, was_sent=was_sent)
        if said.strip() and len(said) <= MAX_REWRITTEN_CHARS:
            yield " ".join(said.split())

    def write(
        self,
        question: str,
        passages: Sequence[Passage],
        *,
        history: Sequence[Turn] = (),
        sources: Mapping[str, Source],
        standing_alone: str | None = None,
    ) -> Iterator[Draft]:
        """The draft as it grows, and again unchanged while nothing comes; closing it stops.

        `standing_alone` is a follow-up as `rewrite` put it, for the model to see beside it.
        """
        if self.is_used_up():
            yield Draft(trouble="The tokens allowed for today are used up.", complete=True)
            return
        messages = make_request(
            question,
            passages,
            mark=self.marks.mark_for(question, history),
            history=history,
            standing_alone=standing_alone,
            cites=self.model.cites,
        )
        work = _Work(
            len(passages), lambda one: ground(one, passages, sources=sources, model=self.checker)
        )
        pieces = self.model.stream(messages)
        outcome, was_sent = "stopped", True
        try:
            for piece in pieces:
                if piece is not None:
                    work.read(piece, strict=self.strict)
                trouble = work.why_enough(self.answer_tokens, self.thinking_tokens)
                if trouble is not None:
                    work.draft = replace(work.draft, trouble=trouble)
                    break
                yield work.draft
            else:
                work.end(strict=self.strict)
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
                work.tokens_out or work.characters // CHARS_PER_TOKEN,
                outcome,
                was_sent=was_sent,
            )
        sent = sum(len(one.words) for one in messages) // CHARS_PER_TOKEN if was_sent else 0
        yield replace(
            work.draft,
            complete=True,
            tokens_in=work.tokens_in or sent,
            tokens_out=work.tokens_out or work.characters // CHARS_PER_TOKEN,
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
    thought: int = 0
    """Characters that came apart from the words."""
    ending: Ending | None = None
    repeated: int = 0
    seen: set[str] = field(default_factory=set)
    thoughts: ThoughtFilter = field(default_factory=ThoughtFilter)
    stream: StatementStream = field(init=False)

    def __post_init__(self) -> None:
        self.stream = StatementStream(self.known)

    @property
    def characters(self) -> int:
        """Of all that the model wrote, its thoughts too."""
        return len(self.stream.text) + self.thoughts.characters + self.thought

    def read(self, piece: Piece, *, strict: bool) -> None:
        self.tokens_in = piece.tokens_in or self.tokens_in
        self.tokens_out = piece.tokens_out or self.tokens_out
        self.thought += piece.thought
        self.ending = piece.ending or self.ending
        words, is_anew = self.thoughts.feed(piece.words)
        if is_anew:
            self.draft, self.repeated, self.seen = Draft(), 0, set()
            self.stream = StatementStream(self.known)
        self.take(self.stream.feed(words), strict=strict)

    def end(self, *, strict: bool) -> None:
        self.take(self.stream.feed(self.thoughts.end()), strict=strict)
        self.take(self.stream.end(), strict=strict)
        self.close()

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

    def why_enough(self, answer_tokens: int, thinking_tokens: int) -> str | None:
        """Why nothing more is read, if so: a server may not keep to the caps it was given."""
        if self.repeated > 2:
            return "The model repeated itself and was stopped."
        written = len(self.stream.text)
        if len(self.seen) >= MAX_STATEMENTS or written > CHARS_PER_TOKEN * answer_tokens:
            return _ENDED["length"]
        if self.characters > 2 * CHARS_PER_TOKEN * (answer_tokens + thinking_tokens):
            return _ONLY_THOUGHT
        return None

    def close(self) -> None:
        text = self.stream.text.strip()
        has_thought = self.thoughts.characters > 0 or self.thought > _NO_THOUGHT_CHARS
        if not text and (self.ending == "length" or (self.ending is None and has_thought)):
            self.draft = replace(self.draft, trouble=_ONLY_THOUGHT)
        elif self.ending is not None and not (text and self.ending == "tools"):
            self.draft = replace(self.draft, trouble=_ENDED[self.ending])
        elif not text:
            self.draft = replace(self.draft, trouble="The model sent nothing. Ask again.")
        elif NOT_IN_SOURCES in text and not self.draft.statements:
            self.draft = replace(self.draft, silent=True)
        elif not text.endswith((".", "!", "?", "]", "】", ")", "”", '"', "…")):
            self.draft = replace(self.draft, trouble="The model stopped in mid-sentence.")


def _close(pieces: object) -> None:
    close = getattr(pieces, "close", None)
    if close is not None:
        close()
