"""Reading what can be read of a damaged SQLite file, into another one.

A file whose first page alone is damaged is read whole: SQLite needs few of its hundred bytes
there, and what they must be is known. Of other damage, the rows before and after it are read.
The damaged file is only read. The format is that of https://www.sqlite.org/fileformat2.html.
"""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Literal

Salvage = Literal["whole", "rows", "nothing"]
"""What was read: a copy in which SQLite finds nothing wrong, rows of its tables, or nothing."""

_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100
_PAGE_BYTES = 4096
_UNLISTED = re.compile(r"Page \d+:? (?:is )?never used|\*\*\* in database main \*\*\*")


def salvage(damaged: Path, copy: Path) -> Salvage:
    """Write to `copy`, which must not be there, what can be read of the file at `damaged`."""
    if not damaged.is_file() or damaged.stat().st_size < _HEADER_BYTES:
        return "nothing"
    raw = copy.with_name(f"{copy.name}.raw")
    try:
        shutil.copyfile(damaged, raw)
        log = damaged.with_name(f"{damaged.name}-wal")
        if log.is_file():
            shutil.copyfile(log, raw.with_name(f"{raw.name}-wal"))
        if not _opens(raw):
            _write_header(raw)
        if not _opens(raw):
            return "nothing"
        with closing(sqlite3.connect(raw, isolation_level=None)) as read:
            read.execute("PRAGMA cell_size_check = ON")
            if _is_sound(read):
                read.execute("VACUUM INTO ?", (str(copy),))
                return "whole"
            with closing(sqlite3.connect(copy, isolation_level=None)) as written:
                return "rows" if _copy_rows(read, written) else "nothing"
    finally:
        for left in raw.parent.glob(f"{raw.name}*"):
            left.unlink()


def _opens(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(file)) as connection:
            return bool(connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone())
    except sqlite3.Error:
        return False


def _is_sound(connection: sqlite3.Connection) -> bool:
    try:
        told = [row[0] for row in connection.execute("PRAGMA quick_check")]
    except sqlite3.Error:
        return False
    lines = [line for words in told for line in str(words).splitlines()]
    # A page in no list was free before the header was written anew.
    return all(line == "ok" or _UNLISTED.fullmatch(line) for line in lines)


def _write_header(file: Path) -> None:
    """Put a header in front that fits the library's file: UTF-8, a write-ahead log, small pages.

    Pages that were free are then in no list; the copy that is made of the file leaves them out.
    """
    pages = file.stat().st_size // _PAGE_BYTES
    header = bytearray(_HEADER_BYTES)
    header[:16] = _MAGIC
    header[16:18] = _PAGE_BYTES.to_bytes(2, "big")
    header[18:24] = bytes((2, 2, 0, 64, 32, 32))  # a write-ahead log, no reserved bytes
    header[24:28] = header[92:96] = (1).to_bytes(4, "big")  # the change counter, twice
    header[28:32] = pages.to_bytes(4, "big")
    header[40:44] = (1).to_bytes(4, "big")  # the schema's version
    header[44:48] = (4).to_bytes(4, "big")  # its format
    header[56:60] = (1).to_bytes(4, "big")  # UTF-8
    header[96:100] = (3_045_000).to_bytes(4, "big")
    with file.open("r+b") as opened:
        opened.write(header)


def _copy_rows(read: sqlite3.Connection, written: sqlite3.Connection) -> bool:
    """Make the tables anew with the rows that can be read; whether there were any."""
    wanted = (
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
        " AND name NOT LIKE 'sqlite_%'"
    )
    schema = sorted(set(_rows(read, wanted)), key=lambda row: row[0] != "table")
    found = False
    written.execute("BEGIN")
    for kind, name, sql in schema:
        with suppress(sqlite3.Error):  # an index over rows that contradict each other
            written.execute(str(sql))
        if kind != "table":
            continue
        for row in _rows(read, f'SELECT * FROM "{name}"'):
            marks = ", ".join("?" * len(row))
            with suppress(sqlite3.Error):
                written.execute(f'INSERT OR IGNORE INTO "{name}" VALUES ({marks})', row)
                found = True
    written.execute("COMMIT")
    return found


def _rows(read: sqlite3.Connection, query: str) -> Iterator[tuple[object, ...]]:
    """The rows from the beginning up to the damage, and those from the end back to it."""
    for order in ("", " ORDER BY rowid DESC"):
        try:
            # One by one: what is fetched together is lost together.
            yield from read.execute(f"{query}{order}")
        except sqlite3.Error:
            continue
        return
