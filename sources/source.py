"""A source: one text with its card. Frozen types that carry their own invariants.

Only values live here; reading files and keeping them is done in the rooms next door.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``start:end`` of characters (Unicode code points) in a text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}:{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, content: str) -> str:
        """The words of the span; `content` must be the text the span was made for."""
        if self.end > len(content):
            raise ValueError(f"span {self.start}:{self.end} ends after the text ({len(content)})")
        return content[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Whether every character of `other` is in this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


class Sentence(Span):
    """A span that the sentence segmenter found; never blank, no outer white space."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Card:
    """What a file says about its text. `None` and empty mean unknown; nothing is guessed."""

    title: str
    publisher: str | None = None
    author: str | None = None
    published: date | None = None
    url: str | None = None
    language: str | None = None
    """ISO 639-1 code, e.g. ``en``."""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A normalised text (NFC, ``\\n``) and its sentences, in order, without overlap.

    Credit lines at the end ("(jh)", "Source: …") are characters of the text, but no
    sentences: they belong to the card and can never be quoted as an answer.
    """

    content: str
    sentences: tuple[Sentence, ...]

    def __post_init__(self) -> None:
        reached = 0
        for sentence in self.sentences:
            if sentence.start < reached or sentence.end > len(self.content):
                raise ValueError(f"sentence {sentence.start}:{sentence.end} is out of order")
            reached = sentence.end


@dataclass(frozen=True, slots=True)
class Source:
    """One text of the library with its card.

    `slug` names it in commands and citations, `sha256` is of the normalised text
    (UTF-8), so a changed text is a changed source.
    """

    slug: str
    card: Card
    sha256: str
    origin: str
    """Where it was read from: a path, or ``shipped/NAME`` for the texts that come along."""

    def __post_init__(self) -> None:
        if not self.slug or not self.card.title:
            raise ValueError("a source needs a slug and a title")
