"""What the rooms of this package hand to each other: letters, words, rows, rules, pages.

Lengths are points, y grows upwards, and every page is turned so that its text runs rightwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Letter:
    """A drawn character (or several that one glyph stands for)."""

    text: str
    x0: float
    x1: float
    y: float
    """Of its base line."""
    size: float
    font: int
    """A number for its font; equal numbers, equal font."""
    is_bold: bool
    run: int
    """A number for what it was drawn together with."""
    after_space: bool
    """Whether PDFium sees a space before it."""
    is_raised: bool = False


@dataclass(slots=True)
class Word:
    """Letters without a space within a row."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    font: int
    is_bold: bool
    is_raised: bool = False
    """Whether it is smaller and higher than the row, as the number of a note is."""
    is_glued: bool = False
    """Whether no space stands before it."""


class Row:
    """Words on one base line, from left to right; never empty."""

    __slots__ = ("_text", "font", "is_bold", "size", "words", "x0", "x1", "y")

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.x0 = words[0].x0
        """Where it begins."""
        self.x1 = max([word.x1 for word in words])
        """Where it ends."""
        plain = [word for word in words if not word.is_raised] or words
        main = _main_of(plain)
        self.y, self.size, self.font = main.y, main.size, main.font
        """The base line, size and font of most of its letters."""
        self.is_bold = all(word.is_bold for word in plain)
        """Whether all of it is."""
        self._text = ""

    @property
    def text(self) -> str:
        """Its words as they are drawn, signs of notes among them."""
        if not self._text:
            self._text = "".join(
                word.text if word.is_glued or not number else f" {word.text}"
                for number, word in enumerate(self.words)
            )
        return self._text


def _main_of(words: Sequence[Word]) -> Word:
    """The longest word of the size that most letters have."""
    sizes: dict[float, int] = {}
    for word in words:
        sizes[word.size] = sizes.get(word.size, 0) + len(word.text)
    size = max(sizes, key=lambda one: sizes[one]) if len(sizes) > 1 else words[0].size
    return max(words, key=lambda word: (word.size == size, len(word.text)))


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn straight line, level or upright."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def is_level(self) -> bool:
        """Whether it runs from left to right."""
        return self.x1 - self.x0 >= self.y1 - self.y0


@dataclass(slots=True)
class Page:
    """What is drawn on one page."""

    letters: list[Letter]
    aside: list[list[Letter]] = field(default_factory=list)
    """Letters that run in other directions than most do, each direction alone."""
    rules: Sequence[Rule] = ()
    points: Sequence[Rule] = ()
    """The boxes of small shapes, as the points of lists are drawn."""
    unmapped: int = 0
    """Glyphs that the file gives no character for, or a private one."""
    is_blank: bool = False
    """Whether nothing at all is drawn on it."""
    is_picture: bool = False
    """Whether a picture fills it, with hardly a letter beside it, as a scan's does."""


@dataclass(slots=True)
class Table:
    """Rows of cells, with the words that stand above them."""

    rows: list[list[str]]
    header: list[str]
    x0: float
    x1: float
    top: float
    bottom: float
    columns: tuple[tuple[float, float], ...]
    """Where each of them begins and ends."""
    is_ruled: bool = True


@dataclass(slots=True)
class Prose:
    """Rows of one column, from top to bottom."""

    rows: list[Row]


Part = Table | Prose
