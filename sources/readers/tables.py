"""Tables of text: rows of CSV files, and of lines in a text that signs part into columns."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence

from sources.readers.content import MAX_CHARACTERS, Builder, Content, normalise
from sources.readers.decoding import decode_and_tell

Row = Sequence[str]

_SEPARATORS = (",", ";", "\t", "|")
_SAMPLED_ROWS = 200
_LONGEST_CELL = 80
_LEAST_LINES = 3
_RULE = re.compile(r"[\s|+:=_─│┼–—-]+")
"""A line that is only drawn."""
_FIGURE = re.compile(r"[\s\d.,:%€$£+–/()-]*\d[\s\d.,:%€$£+–/()-]*[^\W\d_]{0,3}\.?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MOST_TITLES = 5
"""Lines with one cell above a table that name it."""


def read_delimited(raw: bytes, name: str) -> Content:
    """A table of values parted by commas, semicolons, tabs or bars: each row with its header."""
    decoded, problems = decode_and_tell(raw, name=name)
    csv.field_size_limit(MAX_CHARACTERS)
    separator, content = _separator(normalise(decoded))
    builder = Builder()
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=separator)
    write_rows([[cell.strip() for cell in row] for row in reader], builder)
    return builder.content({}, problems)


def _separator(content: str) -> tuple[str, str]:
    """What parts the values, and the content without the line by which Excel says so."""
    first, _, rest = content.partition("\n")
    if said := re.fullmatch(r"sep=(.)", first.strip()):
        return said[1], rest
    sample = "\n".join(content.split("\n", _SAMPLED_ROWS)[:_SAMPLED_ROWS])
    return max(_SEPARATORS, key=lambda separator: _fit(sample, separator)), content


def _fit(sample: str, separator: str) -> tuple[float, int]:
    """How well the separator parts the sample: rows that have as many cells as most have."""
    rows = [row for row in csv.reader(io.StringIO(sample), delimiter=separator) if any(row)]
    counted = Counter(map(len, rows))
    columns, times = max(counted.items(), key=lambda one: (one[0] > 1, one[1]), default=(1, 0))
    return (0.0, 0) if columns < 2 else (times / len(rows), columns)


def write_rows(rows: Sequence[Row], builder: Builder) -> None:
    """Add a table to the blocks, its titles above it and its remarks below as paragraphs.

    Blank rows part tables. The first row with several cells is the header, unless a figure
    stands in it.
    """
    part: list[Row] = []
    for row in (*rows, ()):
        if any(cell.strip() for cell in row):
            part.append(row)
        elif part:
            _write_part(part, builder)
            part = []


def _write_part(rows: Sequence[Row], builder: Builder) -> None:
    first, last = 0, len(rows)
    if max(map(_filled, rows)) > 1:
        while first < min(last, _MOST_TITLES) and _filled(rows[first]) == 1:
            first += 1
        while last > first and _filled(rows[last - 1]) == 1:
            last -= 1
    else:
        first = last
    for row in rows[:first]:
        builder.paragraph(" ".join(row).strip())
    if first < last:
        body = rows[first:last]
        width = max(at + 1 for row in body for at, cell in enumerate(row) if cell.strip())
        body = [(*row[:width], *[""] * (width - len(row))) for row in body]
        if has_header(body):
            builder.table(body[1:], header=body[0])
        else:
            builder.table(body)
    for row in rows[last:]:
        builder.paragraph(" ".join(row).strip())


def has_header(rows: Sequence[Row]) -> bool:
    """Whether the first of several rows only names what stands below: it holds no figure.

    Years in it are names, where other figures than years stand below them.
    """
    if len(rows) < 2:
        return False
    head = rows[0]
    named = [cell.strip() for cell in head if cell.strip()]
    if len(named) * 2 <= len(head) or len(set(named)) < len(named):
        return False
    for at, cell in enumerate(map(str.strip, head)):
        below = [row[at].strip() for row in rows[1:] if row[at].strip()]
        if _YEAR.fullmatch(cell):
            if below and all(map(_YEAR.fullmatch, below)):
                return False
        elif _FIGURE.fullmatch(cell):
            return False
    return True


def rows_of_lines(paragraph: str) -> list[Row]:
    """The rows of a table that the lines of a paragraph draw; empty where they draw none.

    At least three lines of short cells, all with as many semicolons, tabs, bars or wide gaps.
    """
    lines = [line for line in paragraph.split("\n") if line.strip()]
    drawn = [line for line in lines if not _RULE.fullmatch(line)]
    if len(drawn) < _LEAST_LINES - (len(drawn) < len(lines)):
        return []
    for separator in (r"\t", r"\|", ";", r"(?: {2,}|\t)"):
        rows = [_cells(line, separator) for line in drawn]
        columns = len(rows[0])
        cells = [cell for row in rows for cell in row]
        if (
            columns > 1
            and all(len(row) == columns for row in rows)
            and all(len(cell) <= _LONGEST_CELL for cell in cells)
            and sum(not cell for cell in cells) * 3 < len(cells)
        ):
            return list(rows)
    return []


def _cells(line: str, separator: str) -> list[str]:
    words = line.strip(" ")
    if separator == r"\|":
        words = words.removeprefix("|").removesuffix("|")
    return [cell.strip() for cell in re.split(separator, words)]


def _filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row)
