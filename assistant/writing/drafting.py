"""One answer by a model while its stream is read: statements as they come, and why it ended."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from assistant.writing.chat_model import CHARS_PER_TOKEN, Ending, Piece
from assistant.writing.grounding import Grounded
from assistant.writing.parsing import StatementStream, Written
from assistant.writing.prompting import NOT_IN_SOURCES
from assistant.writing.thinking import ThoughtFilter

MAX_STATEMENTS = 24
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


@dataclass(frozen=True, slots=True)
class Draft:
    """What a model has written so far."""

    statements: tuple[Grounded, ...] = ()
    silent: bool = False
    """Whether the model said that the passages do not answer."""
    trouble: str | None = None
    """What went wrong, in plain words."""
    aside: str | None = None
    """What is to be said of it though nothing went wrong."""
    language: str | None = None
    """The one it is written in (ISO 639-1), where a source is in another."""
    is_translation: bool = False
    tokens_in: int = 0
    tokens_out: int = 0
    complete: bool = False


@dataclass(slots=True)
class Work:
    """The state of one answer while its stream is read."""

    known: int
    ground: Callable[[Written], Grounded]
    most: int | None = None
    """So many statements are wanted; what comes after them is left out."""
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
            if self.is_full:
                return
            if NOT_IN_SOURCES in one.words:
                self.draft = replace(self.draft, silent=True)
            elif one.words.casefold() in self.seen:
                self.repeated += 1
            elif one.keys or not one.words.endswith(":"):
                self.seen.add(one.words.casefold())
                found = self.ground(one)
                if not strict or found.verification.support == "supported":
                    self.draft = replace(self.draft, statements=(*self.draft.statements, found))

    @property
    def is_full(self) -> bool:
        """Whether as many statements stand as are wanted."""
        return self.most is not None and len(self.draft.statements) >= self.most

    def miss_points(self) -> None:
        """Say where fewer statements came than are wanted."""
        written = len(self.draft.statements)
        if self.most and 0 < written < self.most and not self.draft.trouble:
            self.draft = replace(
                self.draft, trouble=f"{self.most} points were wanted, and {written} came."
            )

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
