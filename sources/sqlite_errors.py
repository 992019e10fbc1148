"""What SQLite says, as a problem and a remedy: each kind of trouble has its own.

The codes are those of https://www.sqlite.org/rescode.html.
"""

import sqlite3
from pathlib import Path

from sources.errors import DamagedLibraryError, FullDiskError, LibraryBusyError, StateError
from sources.writable import full_disk, is_full, read_only

LIBRARY_FILE = "library.sqlite3"
REBUILD = (
    "Put a backup in place with `assistant restore FILE --force`, or run"
    " `assistant doctor --rebuild`: it brings back what is left, and keeps the damaged file aside."
)
"""The remedy where the catalogue is lost or cannot be read."""
REPAIR = "Run `assistant doctor --repair`: the index is built anew from the library's texts."
"""The remedy where a part of the index is lost or cannot be read."""

_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_RIGHTS = frozenset(
    {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}
)
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_UNWRITTEN = frozenset({sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE})
"""Of a quota, of a limit on files, of a failing disk: SQLite tells a full one alone apart."""
_NO_ROOM = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN})


def translated(error: sqlite3.Error, path: Path) -> StateError:
    """The error of the file at `path` in plain words."""
    code, file = _code_of(error), f"The library file {str(path)!r}"
    if code in _DAMAGED or _lacks_tables(error):
        return damaged(path, f"{file} is damaged: {error}.")
    if code == sqlite3.SQLITE_FULL or (code in _NO_ROOM and is_full(path.parent)):
        return full_disk(path.parent)
    if getattr(error, "sqlite_errorcode", None) in _UNWRITTEN:
        return FullDiskError(
            f"The disk of the library {str(path.parent)!r} takes nothing more: {error}.",
            remedy="Check its quota and its health, then try again; asking works meanwhile.",
        )
    if code in _BUSY:
        return LibraryBusyError(
            "Another process is changing this library.",
            remedy="Wait until it has finished, then try again.",
        )
    if code == sqlite3.SQLITE_READONLY:
        return read_only(path.parent)
    if code in _RIGHTS:
        if not path.exists():
            return damaged(path, f"{file} is gone.")
        return StateError(
            f"{file} cannot be opened: {error}.",
            remedy="Check the rights of the file and its folder, or choose another with --home.",
        )
    if code == sqlite3.SQLITE_IOERR:
        return StateError(
            f"{file} cannot be read or written: {error}.",
            remedy="Check the disk and how much may be written to it, then try again.",
        )
    return StateError(
        f"{file} cannot be used: {error}.",
        remedy="Run `assistant doctor` to see what is wrong with it.",
    )


def is_no_room(error: sqlite3.Error) -> bool:
    """Whether the error may come of a full disk, so that reading alone might work."""
    return _code_of(error) in _NO_ROOM


def damaged(path: Path, problem: str) -> DamagedLibraryError:
    """What to raise where the file at `path` is lost, with the remedy for what it held."""
    return DamagedLibraryError(problem, remedy=REBUILD if path.name == LIBRARY_FILE else REPAIR)


def _code_of(error: sqlite3.Error) -> int | None:
    """The primary code; `None` for errors of Python's own module."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else int(code) & 0xFF


def _lacks_tables(error: sqlite3.Error) -> bool:
    return str(error).startswith("no such table")
