"""The reading order of a page: columns one after the other, tables in their place.

A strip that no word crosses, with rows on both sides of it, parts either columns of running
text, which are read one after the other, or cells of a table, which are read row by row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from sources.readers.pdf.breaks import SURE_POINTS
from sources.readers.pdf.notes import SMALLER
from sources.readers.pdf.page import Part, Prose, Row, Rule, Table, Word
from sources.readers.pdf.rows import usual_size
from sources.readers.pdf.tables import aligned_table, rows_of_table, ruled_tables

_NARROWEST_GUTTER = 0.8
"""Of a strip between columns, as a share of the letters' size."""
_CLEAR_GUTTER = 1.5
_HANGING = 3.0
"""The widest gap between a point or a note's sign and the words, beside which it hangs."""
_LONGEST_SIGN = 4
_MOST_PIECES = 4_000
"""Pages with more are read row by row."""
_DEEPEST = 3
_MOST_FAILURES = 60
"""Of attempts to part a page; one that takes more is no page of columns."""
_FEWEST_ROWS = 3


@dataclass(slots=True)
class _Piece:
    """Words of a row without a wide gap; or a whole table."""

    words: list[Word]
    x0: float
    x1: float
    y: float
    size: float
    table: Table | None = None


def in_order(rows: Sequence[Row], rules: Sequence[Rule], before: Table | None = None) -> list[Part]:
    """What stands on a page, in reading order; `before` is the table that ended the last one."""
    tables, rest = ruled_tables(rows, rules)
    is_aligned = before is not None and not before.is_ruled and bool(rest)
    if before is not None and is_aligned and not any(table.top > rest[0].y for table in tables):
        rest_of_it = rows_of_table(rest, before)
        if rest_of_it is not None:
            return [rest_of_it, *_in_order(tables, rest[len(rest_of_it.rows) :], rules)]
    return _in_order(tables, rest, rules)


def _in_order(tables: Sequence[Table], rest: Sequence[Row], rules: Sequence[Rule]) -> list[Part]:
    body = usual_size(rest)
    pieces = [piece for row in rest for piece in _pieces(row, body)]
    pieces += [
        _Piece([], table.x0, table.x1, table.top, 10.0, table) for table in tables if table.rows
    ]
    pieces.sort(key=lambda piece: (-piece.y, piece.x0))
    if len(pieces) > _MOST_PIECES:
        return _prose(pieces)
    return _read(pieces, rules, 0)


def _pieces(row: Row, body: float) -> list[_Piece]:
    """A row, parted wherever a gap may be the strip between columns."""
    parts: list[list[Word]] = [[]]
    reached = row.words[0].x1
    first = row.words[0].text
    hangs = first in SURE_POINTS or (row.size < SMALLER * body and len(first) <= _LONGEST_SIGN)
    for number, word in enumerate(row.words):
        widest = _HANGING if hangs and number == 1 else _NARROWEST_GUTTER
        if parts[-1] and word.x0 - reached > widest * max(word.size, 4):
            parts.append([])
        reached = max(reached, word.x1) if parts[-1] else word.x1
        parts[-1].append(word)
    return [
        _Piece(words, words[0].x0, max(word.x1 for word in words), row.y, row.size)
        for words in parts
    ]


def _read(pieces: Sequence[_Piece], rules: Sequence[Rule], depth: int) -> list[Part]:
    parts: list[Part] = []
    plain: list[_Piece] = []
    at = failures = 0
    while at < len(pieces):
        is_tried = depth < _DEEPEST and failures < _MOST_FAILURES
        end, gutters = _run(pieces, at) if is_tried else (at, [])
        if gutters and _is_alone(pieces, at) and len(_run(pieces, at + 1)[1]) > len(gutters):
            gutters = []
        found = _parted(pieces[at:end], gutters, pieces[end:], rules, depth) if gutters else None
        if found is None:
            failures += bool(gutters)
            level = pieces[at]
            while at < len(pieces) and abs(pieces[at].y - level.y) <= 0.3 * level.size:
                plain.append(pieces[at])
                at += 1
            continue
        taken, inner = found
        parts += _prose(plain) + inner
        plain = []
        at += taken
    return parts + _prose(plain)


def _is_alone(pieces: Sequence[_Piece], at: int) -> bool:
    """Whether nothing stands in the piece's row: it may be a caption across strips below it."""
    return not any(
        abs(piece.y - pieces[at].y) <= 0.3 * pieces[at].size
        for piece in (*pieces[max(0, at - 1) : at], *pieces[at + 1 : at + 2])
    )


def _run(pieces: Sequence[_Piece], start: int) -> tuple[int, list[tuple[float, float]]]:
    """How far from `start` on the same strips stay clear, and these; none where there are none."""
    left = min(piece.x0 for piece in pieces)
    right = max(piece.x1 for piece in pieces)
    clear = [(left, right)]
    best: tuple[int, list[tuple[float, float]]] = (start, [])
    if pieces[start].table is not None:
        return best
    first_x0, last_x1 = pieces[start].x0, pieces[start].x1
    for at in range(start, len(pieces)):
        piece = pieces[at]
        least = _NARROWEST_GUTTER * max(piece.size, 4)
        clear = [
            (one, two)
            for low, high in clear
            for one, two in ((low, min(high, piece.x0)), (max(low, piece.x1), high))
            if two - one >= least
        ]
        first_x0, last_x1 = min(first_x0, piece.x0), max(last_x1, piece.x1)
        inner = [(one, two) for one, two in clear if one > first_x0 and two < last_x1]
        if not inner and (not clear or best[1]):
            break
        if best[1] and len(inner) < len(best[1]) and at - start >= 2 * _FEWEST_ROWS:
            # A later line crosses one of the strips: what came before is a table of its own.
            break
        if inner:
            best = (at + 1, inner)
    return best


def _parted(
    run: Sequence[_Piece],
    gutters: Sequence[tuple[float, float]],
    after: Sequence[_Piece],
    rules: Sequence[Rule],
    depth: int,
) -> tuple[int, list[Part]] | None:
    """How many pieces are read as columns or as a table, and these; `None` where neither."""
    columns = _columns(run, gutters)
    if len(columns) < 2 or sum(len(column) >= 2 for column in columns) < 2:
        return None
    rows = _rows(run)
    if all(len(column) >= _FEWEST_ROWS and _is_running(column) for column in columns):
        end = _end_of_columns(run, gutters, after)
        taken = run[:end]
        parts: list[Part] = []
        for column in _columns(taken, gutters):
            parts += _read(column, rules, depth + 1)
        return end, parts
    found = _table(rows, gutters, rules)
    if found is not None:
        return found
    beside = sum(len({id(piece) for piece in row}) > 1 for row in rows)
    if len(gutters) == 1 and beside < 0.5 * len(rows) and any(map(_is_running, columns)):
        inner = [part for column in columns for part in _read(column, rules, depth + 1)]
        return len(run), inner
    return None


def _columns(run: Sequence[_Piece], gutters: Sequence[tuple[float, float]]) -> list[list[_Piece]]:
    columns: list[list[_Piece]] = [[] for _ in range(len(gutters) + 1)]
    for piece in run:
        columns[sum(piece.x0 >= right - 0.1 for _, right in gutters)].append(piece)
    return columns


def _rows(run: Sequence[_Piece]) -> list[list[_Piece]]:
    rows: list[list[_Piece]] = []
    for piece in run:
        if rows and abs(rows[-1][0].y - piece.y) <= 0.3 * piece.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _is_running(column: Sequence[_Piece]) -> bool:
    """Whether its lines are those of sentences: long, and one goes on with the other."""
    if any(piece.table for piece in column):
        return True
    lines = [" ".join(word.text for word in row.words) for row in map(_as_row, _rows(column))]
    if not lines or median(map(len, lines)) < 16 or median(len(x.split()) for x in lines) < 3:
        return False
    goes_on = sum(line[0].islower() for line in lines[1:])
    if goes_on >= 0.15 * len(lines):
        return True
    has_case = any(character.isupper() or character.islower() for x in lines for character in x)
    right = max(piece.x1 for piece in column)
    width = right - min(piece.x0 for piece in column)
    full = sum(piece.x1 > right - 0.15 * width for piece in column)
    return not has_case and full >= 0.6 * len(column)


def _end_of_columns(
    run: Sequence[_Piece], gutters: Sequence[tuple[float, float]], after: Sequence[_Piece]
) -> int:
    """Where columns end: a heading on the left above a full line is the next part's."""
    end = len(run)
    steps = [one.y - two.y for one, two in pairwise(run) if one.y - two.y > 1]
    usual = median(steps) if steps else 0.0
    while after and end > 2:
        last, before = run[end - 1], run[end - 2]
        is_left = last.x0 < gutters[0][0]
        is_alone = not any(abs(piece.y - last.y) < 0.3 * last.size for piece in run[: end - 1])
        gap = before.y - last.y
        if not (is_left and is_alone and gap > max(1.5 * usual, 1.6 * last.size)):
            break
        end -= 1
    return end


def _table(
    rows: Sequence[Sequence[_Piece]], gutters: Sequence[tuple[float, float]], rules: Sequence[Rule]
) -> tuple[int, list[Part]] | None:
    """A table, after what stands above it in its first column."""
    if any(piece.table for row in rows for piece in row):
        return None
    several = [number for number, row in enumerate(rows) if len(row) > 1]
    if not several:
        return None
    first = several[0]
    last = several[0]
    for number in several[1:]:
        if number - last > _FEWEST_ROWS:
            break
        last = number
    body = [_as_row(row) for row in rows[first : last + 1]]
    held = sum(len(row) > 1 for row in rows[first : last + 1])
    if held < 2 or held < 0.5 * len(body):
        return None
    table = aligned_table(body, gutters, rules)
    if table is None:
        return None
    widest = min(right - left for left, right in gutters)
    is_clear = bool(table.header) and widest >= _CLEAR_GUTTER * body[0].size
    if held < _FEWEST_ROWS and not is_clear:
        # Two lines of justified text may have wide gaps in the same places.
        return None
    above = _prose([piece for row in rows[:first] for piece in row])
    return sum(len(row) for row in rows[: last + 1]), [*above, table]


def _as_row(pieces: Sequence[_Piece]) -> Row:
    return Row([word for piece in sorted(pieces, key=lambda one: one.x0) for word in piece.words])


def _prose(pieces: Sequence[_Piece]) -> list[Part]:
    parts: list[Part] = []
    rows: list[Row] = []
    for row in _rows(pieces):
        table = next((piece.table for piece in row if piece.table), None)
        words = [piece for piece in row if piece.table is None]
        if words:
            rows.append(_as_row(words))
        if table is not None:
            if rows:
                parts.append(Prose(rows))
            rows = []
            parts.append(table)
    return [*parts, Prose(rows)] if rows else parts
