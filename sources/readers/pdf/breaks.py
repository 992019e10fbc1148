"""Where one line goes on with the one before it, and where a paragraph or an item begins."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from sources.readers.pdf.page import Row

SENTENCE_END = re.compile(r"[.!?:;…。！？؟][\"'”’»)\]]*$")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_POINT = r"[•●○◦▪▫■□►▶‣⁃∙·✓✔➢❖◆*o–—-]"
_NUMBER = r"\(?\d{1,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?|§\s?\d{1,3}\.?"
_LETTER = r"\(?(?:[^\W\d_]|[ivxlc]{2,6})\)|(?:[^\W\d_]|[ivxlc]{2,6}|[IVX]{2,6})\."
MARK = re.compile(rf"({_POINT}|{_NUMBER}|{_LETTER})\s+(?=\S)")
SURE_POINTS = "•●○◦▪▫■□►▶‣⁃✓✔➢❖◆"
HYPHENS = ("-", "\u00ad", "\u2010")
MEANT_BREAK = 0.25
"""A line that leaves so much of its column free, though no sentence ends, ends a paragraph."""


@dataclass(slots=True)
class Column:
    """What is usual among the rows of one part."""

    x0: float
    right: float
    pitch: float


def room(last: Row, row: Row, column: Column) -> float:
    """What the row's first word would have left on the line before, as a share of its column.

    Above zero the break was meant. `column` is that of the line before.
    """
    first = row.words[0]
    free = column.right - last.x1 - (first.x1 - first.x0) - 0.3 * row.size
    return free / max(column.right - column.x0, 1.0)


def is_initial(mark: str, row: Row) -> bool:
    """Whether it rather begins a name than marks an item: a capital no further off than words."""
    if not (len(mark) == 2 and mark[0].isupper() and mark[1] == "." and len(row.words) > 1):
        return False
    return row.words[1].x0 - row.words[0].x1 < 0.4 * row.size


def is_short(last: Row, column: Column) -> bool:
    return last.x1 - last.x0 < 0.8 * (column.right - column.x0)


def starts_anew(text: str) -> bool:
    return not text[0].islower() and text[0] not in ",.;:)]»”"


def shape(mark: str) -> str:
    return re.sub(r"\d+", "1", re.sub(r"[^\W\d_]+", "a", mark))


def is_next(one: str, two: str) -> bool:
    """Whether the second mark follows the first: 2 after 1, b after a; points always do."""
    first, second = re.findall(r"\d+", one), re.findall(r"\d+", two)
    if first and second:
        return int(second[-1]) == int(first[-1]) + 1
    letters, others = re.findall(r"[^\W\d_]+", one), re.findall(r"[^\W\d_]+", two)
    if letters and others and len(letters[0]) == len(others[0]) == 1:
        return ord(others[0]) == ord(letters[0]) + 1
    return True


def without_soft_hyphens(text: str) -> tuple[str, Callable[[int], int]]:
    """The text without soft hyphens, and where its offsets have moved."""
    if "\u00ad" not in text:
        return text, lambda at: at
    return text.replace("\u00ad", ""), lambda at: at - text.count("\u00ad", 0, at)


def is_broken_word(last: str, line: str, known: Counter[str]) -> bool:
    """Whether a hyphen at the end of `last` is one that only the line's end put there."""
    head, tail = WORD.findall(last[-80:-1]), WORD.match(line)
    if not head or not tail or not last[:-1].endswith(head[-1]):
        return False
    whole = f"{head[-1]}{tail.group()}".casefold()
    hyphened = f"{head[-1]}-{tail.group()}".casefold()
    if _is_number(head[-1]) and _is_number(tail.group()):
        return False  # "fifty-five" is written so in every place
    return known[hyphened] <= known[whole]


def _is_number(word: str) -> bool:
    from sources.quantities.reading import read_quantities

    found = read_quantities(word)
    return len(found) == 1 and len(found[0].span) == len(word)
