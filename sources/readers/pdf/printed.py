"""What a browser prints around a page: the day and title above, the address and number below."""

import re
from collections.abc import Sequence

from sources.readers.pdf.page import Row

_FOOT = re.compile(r"((?:https?|file)://\S+)\s+(\d{1,4})/(\d{1,4})")
_DAY = re.compile(r"\d{1,4}[./-]")


def without_print_marks(
    pages: Sequence[Sequence[Row]],
) -> tuple[list[Sequence[Row]], str | None]:
    """The rows of each page without those marks, and the page's address where it is on the web.

    They are marks where every page that holds words ends with the address and its number.
    """
    feet = [_FOOT.fullmatch(rows[-1].text) if rows else None for rows in pages]
    filled = [foot for rows, foot in zip(pages, feet, strict=True) if rows]
    if not filled or any(foot is None or int(foot[3]) != len(pages) for foot in filled):
        return list(pages), None
    kept: list[Sequence[Row]] = []
    for rows in pages:
        has_day = len(rows) > 1 and rows[0].size <= rows[-1].size and _DAY.match(rows[0].text)
        kept.append(rows[1 if has_day else 0 : -1] if rows else rows)
    address = next(foot[1] for foot in filled if foot)
    return kept, address if address.startswith("http") else None
