"""What was recognised in a picture: lines of words, where they stand, how sure it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from sources.readers.pdf.page import Letter, Page

Picture = Any
"""A numpy array ``(height, width, 3)`` of uint8, red first."""

_USUAL = 0.25
"""Heights within this share of the usual one are that: a line's box is as high as its letters."""
_LETTER_HEIGHT = 0.75
"""Of a line's box, the size of its letters."""
_LETTER_WIDTH = 0.5
"""Of a letter's size, its usual width."""
_LONG = 20
_BELOW = 0.22
"""Of a line's box, what is below the base line."""


@dataclass(frozen=True, slots=True)
class Line:
    """Words in a row, and their box in pixels from the upper left corner."""

    words: str
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Recognised:
    """The lines of a picture; `lost` counts those that could not be made out."""

    lines: Sequence[Line]
    lost: int = 0


def page_of(found: Recognised, *, height: int, pixels_per_point: float) -> Page:
    """The lines as a page of letters, each line's spread evenly over its box."""
    usual = median([line.y1 - line.y0 for line in found.lines] or [1.0])
    body = _body(found.lines, usual)
    letters: list[Letter] = []
    for run, line in enumerate(found.lines):
        box = line.y1 - line.y0
        larger = 1.0 if abs(box - usual) <= _USUAL * usual else box / usual
        base = (height - line.y1 + _BELOW * box) / pixels_per_point
        size = max(1.0, round(body / pixels_per_point) * larger)
        step = (line.x1 - line.x0) / max(len(line.words), 1) / pixels_per_point
        after_space = False
        for at, character in enumerate(line.words):
            if character.isspace():
                after_space = True
                continue
            x0 = line.x0 / pixels_per_point + at * step
            letters.append(Letter(character, x0, x0 + step, base, size, 0, False, run, after_space))
            after_space = False
    return Page(letters)


def _body(lines: Sequence[Line], usual: float) -> float:
    """The size of the text in pixels: by the width of its letters, which varies less from page to
    page than the height of a line, with or without capitals and marks above them."""
    widths = [
        (line.x1 - line.x0) / len(line.words)
        for line in lines
        if len(line.words) >= _LONG and abs(line.y1 - line.y0 - usual) <= _USUAL * usual
    ]
    return median(widths) / _LETTER_WIDTH if widths else _LETTER_HEIGHT * usual
