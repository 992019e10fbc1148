"""Lines that a margin broke, joined again: texts wrapped at 72 columns, words cut by a hyphen."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ENDS = re.compile(r"[.!?…:;][»”\"“’)\]]*$")
_OPENS_ANEW = re.compile(
    r"[-*+•–—·▪◦‣>#|]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxlIVXL]{1,6})[.)](?:\s|$)"
    r"|(?:\S{1,20} ){0,3}\S{1,20}:(?:\s|$)|\(\S{1,12}\)$"
)
"""What begins with a mark of a list, a number of one, or a label begins a line of its own."""
_NARROWEST, _WIDEST = 40, 100
"""Columns at which texts are wrapped. Longer lines are paragraphs."""
_LEAST_LINES = 6
_NEAR = 0.75
"""A wrapped text has this share of its lines' ends where the next word had no room."""


class Unwrapper:
    """Joins the lines of the paragraphs of one text, told of all of it beforehand."""

    def __init__(self, text: str) -> None:
        self._known = Counter(word.casefold() for word in _WORD.findall(text))
        self._width = _wrapped_at(text)

    def join(self, paragraph: str) -> str:
        """The paragraph with a space where a margin broke a line, and broken words mended.

        Lines that may be meant as they are, of a list, an address or a verse, stay.
        """
        if "\n" not in paragraph:
            return paragraph
        first, *others = paragraph.split("\n")
        pieces, last = [first.rstrip()], first.strip()
        for line in others:
            words = line.strip()
            if self._is_cut(last, words):
                if is_broken_word(last, words, self._known):
                    pieces[-1] = pieces[-1][:-1]
                pieces.append(words)
            elif self._goes_on(last, words):
                pieces.append(f" {words}")
            else:
                pieces.append(f"\n{line.rstrip()}")
            last = words
        return "".join(pieces)

    def _is_cut(self, last: str, line: str) -> bool:
        return bool(re.search(r"[^\W\d_]-$", last)) and line[:1].islower()

    def _goes_on(self, last: str, line: str) -> bool:
        if not last or not line or len(last) > _WIDEST or _OPENS_ANEW.match(line):
            return False
        if not _ENDS.search(last) and (line[0].islower() or _is_number_after(last, line)):
            return True
        return bool(self._width) and len(last) + 1 + len(line.split()[0]) > self._width


def is_broken_word(last: str, line: str, known: Counter[str]) -> bool:
    """Whether a hyphen at the end of `last` is one that only the line's end put there.

    `known` counts the words of the text in small letters, with their inner hyphens.
    """
    head, tail = _WORD.findall(last[:-1]), _WORD.match(line)
    if not head or not tail or not last[:-1].endswith(head[-1]):
        return False
    whole = f"{head[-1]}{tail.group()}".casefold()
    hyphened = f"{head[-1]}-{tail.group()}".casefold()
    return known[hyphened] <= known[whole]


def _is_number_after(last: str, line: str) -> bool:
    """Whether a line of prose goes on with a number: "It was signed on", "12 March"."""
    return line[0].isdigit() and len(last) >= _NARROWEST and last[-1].islower()


def _wrapped_at(text: str) -> int:
    """The column at which the text is wrapped; 0 where it is not."""
    broken: list[tuple[int, int]] = []
    for paragraph in re.split(r"\n[ \t]*\n", text):
        lines = [line.strip() for line in paragraph.split("\n") if line.strip()]
        if not any(map(_OPENS_ANEW.match, lines)):
            broken += _ends_of(lines)
    if len(broken) < _LEAST_LINES:
        return 0
    lengths = sorted(length for length, _ in broken)
    width = lengths[int(len(lengths) * 0.98)]
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    full = sum(length + 1 + following > width for length, following in broken)
    return width if full >= _NEAR * len(broken) else 0


def _ends_of(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Of each line but the last its length, and that of the next line's first word."""
    return [(len(line), len(after.split()[0])) for line, after in pairwise(lines)]
