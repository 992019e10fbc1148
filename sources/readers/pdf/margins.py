"""What stands around the text and is none of it: running heads and feet, numbers of lines.

A line goes only where the same line, but for the page's own number, comes back on other pages.
Of the rest of its row, and of rows that merely stand where heads do, the caller is told.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from sources.readers.pdf.page import Row, Word

_REPEATED_SHARE = 0.5
"""What stands at the edge of more than this share of the pages is a head or foot."""
_EDGE_ROWS = 2
_MARGIN_ROWS = 3
_MARGIN_GAP = 1.5
"""Rows further from the text than this many lines stand in the margin."""
_FEWEST_PAGES = 3
_NUMBER = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"[-–—|\s]*(?:[^\W\d_]{1,8}\.?\s)?\s*(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s?(?:/|\||[^\W\d_]{1,3})\s?\d{1,4})?[-–—|.\s]*",
    re.IGNORECASE,
)
"""``12``, ``– 12 –``, ``Page 12 of 30``, ``12/30``, ``xiv``."""
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_LEAST_NUMBERED = 4
_LONGEST_NUMBER = 5
_LINE_STEPS = (1, 5)


@dataclass(slots=True)
class Margins:
    """The rows of each page that are text, and what became of the others."""

    pages: list[list[Row]]
    heads: list[list[str]]
    """Of each page, what stands where a head or foot does and comes back nowhere."""
    doubtful: int = 0
    """How many lines went that come back on most pages, though nothing sets them apart."""
    changing: int = 0
    """How many of the dropped pieces came back nowhere."""


@dataclass(slots=True)
class _Edge:
    """A row near the top or bottom of a page, outermost first."""

    row: Row
    side: str
    depth: int
    is_apart: bool
    """Whether it stands in the margin: a gap, or another size, sets it off."""
    looks_other: bool = False
    """Whether it is smaller than the text or, though not bold, of another font."""
    is_outside: bool = True
    """Whether it is nearer to the row outside it than to the next."""
    pieces: list[str] = field(default_factory=list)


def without_heads(pages: Sequence[Sequence[Row]], labels: Sequence[str]) -> Margins:
    """The pages without running heads, feet and page numbers."""
    body, pitch, font = _body(pages)
    edges = [_edges(rows, body, pitch, font) for rows in pages]
    filled = sum(1 for rows in pages if rows)
    whole = _seen([[_keys(edge.row.text, at) for edge in page] for at, page in enumerate(edges)])
    placed: Counter[tuple[object, ...]] = Counter()
    for at, page in enumerate(edges):
        placed.update(
            {
                (edge.side, round(edge.row.y / 4), key)
                for edge in page
                if edge.is_apart
                for piece in edge.pieces
                for key in _keys(piece, at)
            }
        )
    found = Margins([], [])
    steady = _steady_places(edges)
    for at, (rows, page) in enumerate(zip(pages, edges, strict=True)):
        dropped: set[int] = set()
        heads: list[str] = []
        most = len(rows) // 3
        for edge in page:
            text = edge.row.text
            is_often = filled >= _FEWEST_PAGES and any(
                times > _REPEATED_SHARE * filled
                for times in (whole[key] for key in _keys(text, at, is_apart=edge.is_apart))
            )
            if is_often and edge.depth < min(_EDGE_ROWS, most) and edge.is_outside:
                dropped.add(id(edge.row))
                found.doubtful += not edge.is_apart and not _PAGE_NUMBER.fullmatch(text)
                continue
            if not edge.is_apart:
                continue
            is_back = [
                any(_near(placed, edge, key) >= 2 for key in _keys(piece, at))
                or (piece == labels[at] and len(pages) > 1)
                for piece in edge.pieces
            ]
            if any(is_back):
                found.changing += is_back.count(False)
                dropped.add(id(edge.row))
            elif edge.looks_other and (edge.side, round(edge.row.y / 4)) in steady:
                heads.append(text)
                dropped.add(id(edge.row))
        found.pages.append([row for row in rows if id(row) not in dropped])
        found.heads.append(heads)
    return found


def _body(pages: Sequence[Sequence[Row]]) -> tuple[float, float, int]:
    """The usual size of letters, distance of rows, and font."""
    sizes: Counter[float] = Counter()
    steps: Counter[float] = Counter()
    fonts: Counter[int] = Counter()
    for rows in pages:
        for row in rows:
            sizes[round(row.size * 2) / 2] += len(row.text)
            fonts[row.font] += len(row.text)
        steps.update(round(one.y - two.y, 0) for one, two in pairwise(rows) if one.y - two.y > 3)
    body = sizes.most_common(1)[0][0] if sizes else 10.0
    usual = [step for step, _ in steps.most_common(3) if 0.9 * body <= step <= 2.6 * body]
    font = fonts.most_common(1)[0][0] if fonts else 0
    return body, usual[0] if usual else 1.3 * body, font


def _edges(rows: Sequence[Row], body: float, pitch: float, font: int) -> list[_Edge]:
    """The outermost rows of a page, and whether they stand apart from the rest."""
    found: list[_Edge] = []
    text = _main_group(rows, pitch)
    for side in ("top", "bottom"):
        ordered = list(rows) if side == "top" else list(rows)[::-1]
        edges = [_Edge(row, side, depth, False) for depth, row in enumerate(ordered[:_MARGIN_ROWS])]
        is_apart = False
        for edge in reversed(edges):
            inner = ordered[edge.depth + 1] if edge.depth + 1 < len(ordered) else None
            gap = abs(edge.row.y - inner.y) if inner else float("inf")
            is_apart |= gap > _MARGIN_GAP * pitch
            looks_other = inner is not None and (
                edge.depth == 0
                and edge.row.size < 0.9 * body
                and abs(edge.row.size - inner.size) > 0.05 * body
            )
            edge.is_apart = (
                (is_apart or looks_other)
                and edge.row.size < 1.3 * body
                and (looks_other or id(edge.row) not in text)
            )
            edge.looks_other = edge.row.size < 0.95 * body or (
                edge.row.font != font and edge.row.size < 1.05 * body and not edge.row.is_bold
            )
            edge.pieces = _pieces(edge.row)
            outer = abs(edge.row.y - ordered[edge.depth - 1].y) if edge.depth else 0.0
            edge.is_outside = outer <= gap + 1
        found += [edge for edge in edges if not any(edge.row is other.row for other in found)]
    return found


def _main_group(rows: Sequence[Row], pitch: float) -> set[int]:
    """Of the stretches of rows without a gap that one with the most letters; a lone row is none."""
    groups: list[list[Row]] = []
    for row in rows:
        if not groups or groups[-1][-1].y - row.y > _MARGIN_GAP * pitch:
            groups.append([])
        groups[-1].append(row)
    if len(rows) < 2:
        return set()
    return {id(row) for row in max(groups, key=lambda group: sum(len(row.text) for row in group))}


def _pieces(row: Row) -> list[str]:
    """A row's words, parted where it has wide gaps."""
    parts: list[list[str]] = [[]]
    for before, word in zip([None, *row.words], row.words, strict=False):
        if before is not None and word.x0 - before.x1 > 1.5 * word.size:
            parts.append([])
        parts[-1].append(word.text)
    return [" ".join(part) for part in parts]


def _keys(text: str, page: int, *, is_apart: bool = True) -> set[str]:
    """The text, and it with one number told from the page's: equal where only that differs.

    In a row that nothing sets apart, only where little else stands in it than the number.
    """
    text = " ".join(text.casefold().split())
    keys = {text}
    if len(text) > 200:
        return keys
    if is_apart or _PAGE_NUMBER.fullmatch(text):
        for found in list(_NUMBER.finditer(text))[:6]:
            value = _value(found.group())
            if value is not None:
                keys.add(f"{text[: found.start()]}\0{value - page}\0{text[found.end() :]}")
    return keys


def _value(number: str) -> int | None:
    if number.isdecimal():
        return int(number) if len(number) <= 6 else None
    values = [_ROMAN[letter] for letter in number.lower()]
    return sum(
        -one if two > one else one for one, two in zip(values, [*values[1:], 0], strict=True)
    )


def _seen(pages: Sequence[Sequence[set[str]]]) -> Counter[str]:
    """On how many pages each key is found."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({key for keys in page for key in keys})
    return seen


def _near(placed: Mapping[tuple[object, ...], int], edge: _Edge, key: str) -> int:
    place = round(edge.row.y / 4)
    return sum(placed.get((edge.side, place + step, key), 0) for step in (-1, 0, 1))


def _steady_places(edges: Sequence[Sequence[_Edge]]) -> set[tuple[str, int]]:
    """Heights at which most pages have a row in the margin that looks other than the text."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in edges:
        seen.update(
            {
                (edge.side, round(edge.row.y / 4))
                for edge in page
                if edge.depth == 0 and edge.is_apart and edge.looks_other
            }
        )
    return {
        place
        for place, times in seen.items()
        if times >= _FEWEST_PAGES and times > _REPEATED_SHARE * len(edges)
    }


def without_line_numbers(rows: Sequence[Row]) -> list[Row]:
    """A page's rows without the numbers of lines in its left or right margin.

    They count by ones or fives, stand in one column of their own, and number lines of running
    text: rows of a table or items of a list all begin anew.
    """
    for side in (0, -1):
        numbered = _numbered(rows, side)
        if numbered:
            kept = []
            for row in rows:
                if id(row) in numbered:
                    row = Row(row.words[1:] if side == 0 else row.words[:-1])
                kept.append(row)
            return [row for row in kept if row.words]
    return list(rows)


def _numbered(rows: Sequence[Row], side: int) -> set[int]:
    numbers = [
        (int(row.words[side].text), row, row.words[side])
        for row in rows
        if row.words[side].text.isdecimal()
        and len(row.words[side].text) <= _LONGEST_NUMBER
        and not row.words[side].is_raised
    ]
    if len(numbers) < _LEAST_NUMBERED:
        return set()
    middle = sorted(((word.x0 + word.x1) / 2 for _, _, word in numbers))[len(numbers) // 2]
    # Set to the left or to the right, shorter and longer numbers have this place in common.
    found = [one for one in numbers if one[2].x0 - 3 <= middle <= one[2].x1 + 3]
    steps = {two - one for (one, _, _), (two, _, _) in pairwise(found)}
    if len(found) < _LEAST_NUMBERED or len(steps) != 1 or not steps & set(_LINE_STEPS):
        return set()
    return {id(row) for _, row, _ in found} if _is_running_text(rows, found, side) else set()


def _is_running_text(
    rows: Sequence[Row], found: Sequence[tuple[int, Row, Word]], side: int
) -> bool:
    """Whether the numbers stand clear of the text, and sentences run on beside them."""
    others = [row.words[1:] if side == 0 else row.words[:-1] for _, row, _ in found]
    if not all(others) and sum(map(bool, others)) < _LEAST_NUMBERED:
        return False
    numbers = [word for _, _, word in found]
    texts = [words for words in others if words]
    ids = {id(row) for _, row, _ in found}
    rest = [row.words for row in rows if id(row) not in ids]
    if side == 0:
        edge = max(word.x1 for word in numbers)
        is_clear = all(words[0].x0 > edge + 2 for words in [*texts, *rest])
    else:
        edge = min(word.x0 for word in numbers)
        is_clear = all(words[-1].x1 < edge - 2 for words in [*texts, *rest])
    gaps = sum(
        any(two.x0 - one.x1 > 1.5 * one.size for one, two in pairwise(words)) for words in texts
    )
    runs_on = sum(words[0].text[0].islower() for words in texts)
    size = median(words[0].size for words in texts)
    smaller = all(word.size < 0.9 * size for word in numbers)
    return (
        is_clear and gaps <= 0.3 * len(texts) and runs_on >= (0.1 if smaller else 0.2) * len(texts)
    )
