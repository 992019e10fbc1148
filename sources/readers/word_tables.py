"""Rows of a Word document's tables: which are left, and which stand above the others."""

from collections.abc import Sequence
from typing import Any

from sources.readers.word_styles import Style, look_of
from sources.readers.word_xml import WORD, is_on, words_of


def heads_among(table: Any, rows: Sequence[Any], style: Style) -> int:
    """How many of the first rows are heads.

    Those that Word repeats on each page; else the first one, where the table's style sets it
    apart or it alone is bold. Word's own flag for a first row is set on any new table.
    """
    repeated = 0
    while repeated < len(rows) and _is_repeated(rows[repeated]):
        repeated += 1
    if repeated or len(rows) < 2:
        return repeated
    return int(_shows_first_row(table, style) or _is_bold_above(rows))


def _is_repeated(row: Any) -> bool:
    """Whether Word repeats the row on top of each page."""
    properties = row.find(f"{WORD}trPr")
    mark = properties.find(f"{WORD}tblHeader") if properties is not None else None
    return mark is not None and is_on(mark.get(f"{WORD}val"), default=True)


def _shows_first_row(table: Any, style: Style) -> bool:
    """Whether the table's style sets its first row apart, and the table uses that."""
    look = table.find(f"{WORD}tblPr/{WORD}tblLook")
    if look is None or not style.has_first_row:
        return False
    written = look.get(f"{WORD}firstRow")
    if written is not None:
        return is_on(written)
    try:
        return bool(int(look.get(f"{WORD}val") or "0", 16) & 0x20)
    except ValueError:
        return False


def _is_bold_above(rows: Sequence[Any]) -> bool:
    """Whether all words of the first row are bold, and not all of the second."""

    def bold(row: Any) -> set[bool]:
        return {
            look_of(run.find(f"{WORD}rPr")).has("b")
            for run in row.iter(f"{WORD}r")
            if words_of(run).strip()
        }

    return bold(rows[0]) == {True} and False in bold(rows[1])
