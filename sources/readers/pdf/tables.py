"""Tables: those that lines are drawn around, and those whose columns are clearly aligned."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from sources.readers.pdf.page import Row, Rule, Table, Word
from sources.readers.pdf.rows import in_reading_order

_TOUCH_PT = 3.0
_NEAR_PT = 8.0
_MOST_RULES = 4_000
_MOST_CELLS = 5_000
_FILLED_SHARE = 0.3
"""A grid with fewer cells filled is a drawing."""
_DIGIT = re.compile(r"\d")


def ruled_tables(rows: Sequence[Row], rules: Sequence[Rule]) -> tuple[list[Table], list[Row]]:
    """The tables that lines are drawn around, and the rows without their words."""
    if len(rules) < 4 or len(rules) > _MOST_RULES:
        return [], list(rows)
    tables, taken = [], set[int]()
    for grid in _grids(rules):
        table = _filled(grid, rows, taken)
        if table is not None:
            tables.append(table)
    if not tables:
        return [], list(rows)
    left = [[word for word in row.words if id(word) not in taken] for row in rows]
    return tables, [Row(words) for words in left if words]


class _Grid:
    """Crossing lines: where columns and rows begin and end, and which sides are drawn."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._upright = [rule for rule in rules if not rule.is_level]
        self._level = [rule for rule in rules if rule.is_level]
        self.xs = _places([rule.x0 for rule in self._upright])
        self.ys = _places([rule.y0 for rule in self._level])[::-1]

    def has_side(self, column: int, row: int) -> bool:
        """Whether a line is drawn to the left of the cell."""
        x, y = self.xs[column], (self.ys[row] + self.ys[row + 1]) / 2
        return any(
            abs(rule.x0 - x) <= _TOUCH_PT and rule.y0 <= y <= rule.y1 for rule in self._upright
        )

    def has_top(self, column: int, row: int) -> bool:
        """Whether a line is drawn above the cell."""
        x, y = (self.xs[column] + self.xs[column + 1]) / 2, self.ys[row]
        return any(
            abs(rule.y0 - y) <= _TOUCH_PT and rule.x0 <= x <= rule.x1 for rule in self._level
        )


def _places(values: Sequence[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _TOUCH_PT:
            places.append(value)
    return places


def _grids(rules: Sequence[Rule]) -> list[_Grid]:
    """Lines that touch, taken together."""
    parent = list(range(len(rules)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    order = sorted(range(len(rules)), key=lambda index: rules[index].x0)
    for place, one in enumerate(order):
        a = rules[one]
        for other in order[place + 1 :]:
            b = rules[other]
            if b.x0 > a.x1 + _TOUCH_PT:
                break
            if b.y0 <= a.y1 + _TOUCH_PT and a.y0 <= b.y1 + _TOUCH_PT:
                parent[root(one)] = root(other)
    groups: dict[int, list[Rule]] = defaultdict(list)
    for index, rule in enumerate(rules):
        groups[root(index)].append(rule)
    grids = [_Grid(group) for group in groups.values() if len(group) >= 4]
    return [
        grid
        for grid in grids
        if len(grid.xs) >= 3
        and len(grid.ys) >= (3 if len(grid.xs) < 4 else 2)
        and (len(grid.xs) - 1) * (len(grid.ys) - 1) <= _MOST_CELLS
    ]


def _filled(grid: _Grid, rows: Sequence[Row], taken: set[int]) -> Table | None:
    width, height = len(grid.xs) - 1, len(grid.ys) - 1
    downwards = [-y for y in grid.ys]
    cells: dict[tuple[int, int], list[list[Word]]] = defaultdict(list)
    used = []
    for row in rows:
        line = bisect_right(downwards, -(row.y + 0.3 * row.size)) - 1
        if not 0 <= line < height:
            continue
        parts: dict[int, list[Word]] = defaultdict(list)
        for word in row.words:
            column = bisect_right(grid.xs, (word.x0 + word.x1) / 2) - 1
            if 0 <= column < width and id(word) not in taken:
                parts[column].append(word)
                used.append(word)
        for column, words in parts.items():
            cells[line, column].append(words)
    homes = _merged(grid, width, height)
    texts: dict[tuple[int, int], list[list[Word]]] = defaultdict(list)
    for at in sorted(cells):
        texts[homes[at]] += cells[at]
    if len(texts) < max(2, _FILLED_SHARE * len(set(homes.values()))):
        return None
    if len({column for _, column in texts}) < 2:
        return None
    taken.update(map(id, used))
    lines: list[list[str]] = []
    for line in range(height):
        row_cells = []
        for column in range(width):
            home = homes[line, column]
            is_first = home[1] == column
            row_cells.append(_cell_text(texts[home]) if is_first else "")
        lines.append(row_cells)
    bold = [
        all(
            word.is_bold
            for column in range(width)
            for part in cells.get((line, column), ())
            for word in part
        )
        for line in range(height)
    ]
    spans = [[homes[line, column] for column in range(width)] for line in range(height)]
    header, body = _parted(lines, bold, spans)
    return Table(
        body, header, grid.xs[0], grid.xs[-1], grid.ys[0], grid.ys[-1], tuple(pairwise(grid.xs))
    )


def _merged(grid: _Grid, width: int, height: int) -> dict[tuple[int, int], tuple[int, int]]:
    """For each cell the first of those that no line parts from it."""
    homes: dict[tuple[int, int], tuple[int, int]] = {}
    for line in range(height):
        for column in range(width):
            home = (line, column)
            if line and not grid.has_top(column, line):
                home = homes[line - 1, column]
            elif column and not grid.has_side(column, line):
                home = homes[line, column - 1]
            homes[line, column] = home
    return homes


def _cell_text(lines: Sequence[Sequence[Word]]) -> str:
    """The words of a cell; a word that its narrow column broke is mended."""
    text = ""
    for words in lines:
        for number, word in enumerate(in_reading_order(words)):
            if word.is_raised and word.text.isdecimal() and text[-1:].isdigit():
                continue
            if text.endswith("-") and number == 0 and word.text[0].islower():
                text = text[:-1]
            elif text and not (word.is_glued and number):
                text += " "
            text += word.text
    return text


def _parted(
    lines: list[list[str]], bold: Sequence[bool], spans: Sequence[Sequence[tuple[int, int]]]
) -> tuple[list[str], list[list[str]]]:
    """Header and rows. Where words stand over several columns, they stand before each one's."""
    if len(lines) < 2:
        return [], lines
    filled = [line for line in range(len(lines)) if any(lines[line])]
    if not filled:
        return [], []
    first = filled[0]
    is_over_two = len(filled) > 2 and any(
        one == two and lines[first][one[1]]
        for one, two in pairwise(spans[first])
        if lines[first][one[1]] and sum(map(bool, lines[first])) > 1
    )
    depth = 2 if is_over_two else 1
    top = filled[:depth]
    rest = [lines[line] for line in filled[depth:]]
    if not rest:
        return [], lines
    header = []
    for column in range(len(lines[0])):
        words = [lines[line][spans[line][column][1]] for line in top]
        header.append(" ".join(dict.fromkeys(word for word in words if word)))
    is_bold = all(bold[line] for line in top) and not all(bold[line] for line in filled)
    if is_bold or is_over_two or is_header(header, rest):
        return header, rest
    return [], [lines[line] for line in filled]


def is_header(first: Sequence[str], rest: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns: words stand where the others have numbers."""
    if not rest or sum(map(bool, first)) < max(2, len(first) - 1):
        return False
    for column, label in enumerate(first):
        below = [row[column] for row in rest if column < len(row) and row[column]]
        if not label or not below:
            continue
        numeric = sum(_is_numeric(cell) for cell in below)
        if numeric >= 0.6 * len(below) and not _is_numeric(label):
            return True
    return False


def _is_numeric(cell: str) -> bool:
    """Whether digits are a good part of it, or it stands for a number that is not known."""
    digits = sum(map(str.isdigit, cell))
    letters = sum(map(str.isalpha, cell))
    return (digits > 0 and digits >= 0.25 * (digits + letters)) or not (digits or letters)


def aligned_table(
    rows: Sequence[Row], gutters: Sequence[tuple[float, float]], rules: Sequence[Rule]
) -> Table | None:
    """The table of rows whose words stand clear of the strips between its columns, or `None`.

    A row without a first cell, close below another, carries that one's cells on.
    """
    cuts = [(left + right) / 2 for left, right in gutters]
    split = [_split(row, cuts) for row in rows]
    if not _are_aligned(split, len(cuts) + 1):
        return None
    steps = [one.y - two.y for one, two in pairwise(rows)]
    pitch = median(steps) if steps else 0.0
    levels = _levels_between(rows, rules)
    lines: list[list[list[list[Word]]]] = []
    marks: list[int] = []
    for number, (row, cells) in enumerate(zip(rows, split, strict=True)):
        is_ruled = len(set(levels)) > max(2, len(rows) // 3)
        if number and is_ruled:
            goes_on = levels[number] == levels[number - 1]
        else:
            step = rows[number - 1].y - row.y if number else 0.0
            goes_on = bool(number and not cells[0] and step <= min(1.05 * pitch, 1.6 * row.size))
        if goes_on:
            for cell, words in zip(lines[-1], cells, strict=True):
                cell += [words] if words else []
        else:
            lines.append([[words] if words else [] for words in cells])
            marks.append(number)
    texts = [[_cell_text(cell) for cell in line] for line in lines]
    bold = [
        all(word.is_bold for cell in line for words in cell for word in words) for line in lines
    ]
    header: list[str] = []
    is_over_rule = len(lines) > 2 and levels[0] != levels[marks[1]] and len(set(levels)) == 2
    if len(texts) > 1 and (
        (bold[0] and not all(bold)) or is_over_rule or is_header(texts[0], texts[1:])
    ):
        header, texts = texts[0], texts[1:]
    columns = []
    for column in range(len(cuts) + 1):
        words = [word for cells in split for word in cells[column]]
        columns.append((min(word.x0 for word in words), max(word.x1 for word in words)))
    x1 = max(row.x1 for row in rows)
    top, bottom = rows[0].y + rows[0].size, rows[-1].y
    return Table(texts, header, columns[0][0], x1, top, bottom, tuple(columns), False)


def _split(row: Row, cuts: Sequence[float]) -> list[list[Word]]:
    cells: list[list[Word]] = [[] for _ in range(len(cuts) + 1)]
    for word in row.words:
        cells[bisect_right(cuts, (word.x0 + word.x1) / 2)].append(word)
    return cells


def _are_aligned(split: Sequence[Sequence[Sequence[Word]]], width: int) -> bool:
    """Whether in each column most cells begin, end or are centred in one place."""
    for column in range(width):
        cells = [cells[column] for cells in split if cells[column]]
        if not cells:
            return False
        for places in (
            [words[0].x0 for words in cells],
            [words[-1].x1 for words in cells],
            [(words[0].x0 + words[-1].x1) / 2 for words in cells],
        ):
            usual = median(places)
            if sum(abs(place - usual) <= _TOUCH_PT for place in places) >= 0.6 * len(places):
                break
        else:
            return False
    return True


def _levels_between(rows: Sequence[Row], rules: Sequence[Rule]) -> list[int]:
    """For each row, how many level lines stand above it."""
    x0, x1 = min(row.x0 for row in rows), max(row.x1 for row in rows)
    heights = sorted(
        (rule.y0 for rule in rules if rule.is_level and rule.x1 > x0 and rule.x0 < x1),
        reverse=True,
    )
    return [
        bisect_right([-height for height in heights], -(row.y + 0.3 * row.size)) for row in rows
    ]


def continues(table: Table, before: Table) -> bool:
    """Whether it goes on with the table at the end of the page before."""
    return (
        len(table.columns) == len(before.columns)
        and all(
            one[0] < two[1] + _NEAR_PT and two[0] < one[1] + _NEAR_PT
            for one, two in zip(table.columns, before.columns, strict=True)
        )
        and all(
            min(abs(one[0] - two[0]), abs(one[1] - two[1])) <= _NEAR_PT
            for one, two in zip(table.columns[:1], before.columns[:1], strict=True)
        )
    )


def rows_of_table(rows: Sequence[Row], before: Table) -> Table | None:
    """The first rows of a page as the last ones of the table before it, as far as they fit it."""
    lines: list[list[str]] = []
    for row in rows:
        cells: list[list[Word]] = [[] for _ in before.columns]
        for word in row.words:
            for cell, (x0, x1) in zip(cells, before.columns, strict=True):
                if x0 - _NEAR_PT <= word.x0 and word.x1 <= x1 + 3 * _NEAR_PT:
                    cell.append(word)
                    break
            else:
                cells = []
                break
        filled = [cell for cell in cells if cell]
        if any(two[0].x0 - one[-1].x1 < 0.8 * row.size for one, two in pairwise(filled)):
            break
        if len(filled) < max(2, len(before.columns) - 1) or not cells[0]:
            break
        lines.append([_cell_text([cell]) for cell in cells])
    if not lines:
        return None
    top, bottom = rows[0].y + rows[0].size, rows[len(lines) - 1].y
    x1 = max(x1 for _, x1 in before.columns)
    return Table(lines, [], before.x0, x1, top, bottom, before.columns, False)
