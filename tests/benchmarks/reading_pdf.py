"""``python -m tests.benchmarks.reading_pdf [FILE …]``: how many pages of PDF are read a second.

Of three made documents (running text, columns with notes, ruled tables), or of the files named;
read as a reading process does, and beside it the time in which pypdf gives their bare text.
"""

import io
import random
import sys
import time
from pathlib import Path

from sources.reading import read_bytes
from tests.sources.readers.drawing import Sheet, draw

PAGES = 60
_WORDS = (
    "river council border treaty winter grain harbour signal engine witness letter ledger and of"
    " the in by with for to from under after between"
).split()


def _line(chance: random.Random, characters: int) -> str:
    words = ""
    while len(words) < characters:
        words += f" {chance.choice(_WORDS)}"
    return words.strip()


def _prose(chance: random.Random) -> Sheet:
    sheet = Sheet().text(60, 785, "The state of the coast", size=9)
    return sheet.lines(60, 750, [_line(chance, 78) for _ in range(48)], size=11)


def _columns(chance: random.Random) -> Sheet:
    sheet = Sheet()
    for row in range(52):
        sheet.text(50, 760 - 12 * row, _line(chance, 42) + "^3^" * (row == 9), size=10)
        sheet.text(310, 760 - 12 * row, _line(chance, 42), size=10)
    return sheet.text(50, 90, f"^3^ {_line(chance, 60)}.", size=8)


def _table(chance: random.Random) -> Sheet:
    sheet = Sheet().grid((50, 200, 350, 550), [760 - 18 * row for row in range(38)])
    for row in range(37):
        for x in (55, 205, 355):
            sheet.text(x, 747 - 18 * row, _line(chance, 18), size=9)
    return sheet


def _print(name: str, raw: bytes) -> None:
    from pypdf import PdfReader

    began, worked = time.perf_counter(), time.process_time()
    reading = read_bytes(raw, "a.pdf")
    wall, cpu = time.perf_counter() - began, time.process_time() - worked
    began = time.process_time()
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages]
    plain = time.process_time() - began
    print(
        f"{name}: {len(pages)} pages, {len(reading.body):,} characters,"
        f" {len(reading.blocks):,} blocks; {len(pages) / wall:.0f} pages/s on the clock,"
        f" {len(pages) / cpu:.0f} by processor time; pypdf's bare text {len(pages) / plain:.0f}"
    )


def main() -> None:
    """Print a line for each document."""
    if sys.argv[1:]:
        for path in map(Path, sys.argv[1:]):
            _print(path.name, path.read_bytes())
        return
    for make in (_prose, _columns, _table):
        chance = random.Random(1)
        sheets = [make(chance) for _ in range(PAGES)]
        _print(make.__name__.strip("_"), draw(sheets))


if __name__ == "__main__":
    main()
