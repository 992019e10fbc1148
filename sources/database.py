"""One SQLite file for everything a library keeps; each room of the house brings its tables.

A few connections that whichever thread needs one takes and gives back, a write-ahead log so
that reading goes on while another process writes, and migrations that are applied once, in
order, in one transaction. A file that may not be written is read all the same, and nothing
is written beside it.
"""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sources.errors import ReadOnlyError, StateError
from sources.rights import close_to_others, make_private
from sources.sqlite_errors import LIBRARY_FILE as FILE_NAME
from sources.sqlite_errors import damaged, is_no_room, translated
from sources.writable import full_disk, is_full, may_be_written, read_only

__all__ = ["FILE_NAME", "Database", "may_be_written", "open_there", "open_to_read", "read_only"]

_MAX_IDLE = 8
"""Connections kept open for the next ones to ask; more are open only while more are at work."""


class Database:
    """Connections to the SQLite file at `path`. SQLite's errors become `StateError`."""

    def __init__(
        self, path: Path, *, room: str, migrations: Sequence[str], page_bytes: int = 4096
    ) -> None:
        """Open the file, making it and its folder, and bring the tables of `room` up to date.

        `migrations` are SQL scripts, oldest first; those a library already has are skipped.
        A new version of the tables is a new script at the end, never a changed one.
        `page_bytes` is for a file that is made; one that is there keeps its pages.
        """
        self.path = path
        self._page_bytes = page_bytes
        self.is_read_only = not may_be_written(path)
        self._stands_in: Sequence[str] = ()
        """What makes the tables of a room that a read-only file lacks: empty, in memory."""
        self._local = threading.local()
        self._lock = threading.Lock()
        self._idle: list[_Opened] = []
        self._closings = 0
        self._is_made = path.exists() and path.stat().st_size > 0
        """Whether the file was there, so that it may not be made again."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not self.is_read_only:
                make_private(path.parent)
        except OSError as error:
            raise StateError(
                f"The library folder {str(path.parent)!r} cannot be made: {error.strerror}.",
                remedy="Choose another with --home or ASSISTANT_HOME.",
            ) from error
        if self.is_read_only:
            self._look_for(room, migrations)
        else:
            self._migrate(room, migrations)
            for ending in ("", "-wal", "-shm"):
                close_to_others(path.with_name(f"{path.name}{ending}"))

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection for queries, this thread's own until the block ends.

        Queries may use ``folded(words)``, which is Python's ``casefold``.
        Within a block of this thread it is the same one: a change sees what it has changed.
        """
        try:
            with self._taken() as connection:
                yield connection
        except sqlite3.Error as error:
            raise translated(error, self.path) from error

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """A connection in a transaction: all of the block happens, or nothing.

        Raises `ReadOnlyError` where the file may not be written.
        """
        if self.is_read_only:
            raise read_only(self.path.parent)
        try:
            with self._taken() as taken, taken as connection:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
        except sqlite3.IntegrityError:
            raise
        except sqlite3.Error as error:
            raise translated(error, self.path) from error

    def settle(self) -> None:
        """Move what the write-ahead log holds into the file, and empty the log."""
        with self.reading() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close every connection; one that is at work is closed when it is given back."""
        with self._lock:
            idle, self._idle = self._idle, []
            self._closings += 1
        for opened in idle:
            opened.connection.close()

    @contextmanager
    def _taken(self) -> Iterator[sqlite3.Connection]:
        """A connection out of those that are idle, or a new one, for this thread alone."""
        mine: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if mine is not None:
            yield mine
            return
        opened = self._take()
        self._local.connection = opened.connection
        broke = False
        try:
            yield opened.connection
        except sqlite3.Error:
            broke = True
            raise
        finally:
            self._local.connection = None
            self._give_back(opened, broke=broke)

    def _take(self) -> "_Opened":
        state = self._state() if self.is_read_only else None
        stale: list[_Opened] = []
        try:
            with self._lock:
                closings = self._closings
                while self._idle:
                    opened = self._idle.pop()
                    if opened.state == state:
                        return opened
                    stale.append(opened)
        finally:
            for opened in stale:
                opened.connection.close()
        try:
            connection = self._open() if state is None else self._open_to_read(state)
        except sqlite3.Error as error:
            if state is not None or not self._is_made or not is_no_room(error):
                raise
            # On a full disk it can still be read: for as long as the file rests.
            state = self._state()
            connection = self._open_to_read(state)
        return _Opened(connection, state, closings)

    def _state(self) -> "_FileState":
        try:
            return _state_of(self.path)
        except OSError as error:
            raise damaged(self.path, f"The library file {str(self.path)!r} is gone.") from error

    def _give_back(self, opened: "_Opened", *, broke: bool) -> None:
        with self._lock:
            is_kept = (
                not broke
                and not opened.connection.in_transaction
                and opened.closings == self._closings
                and len(self._idle) < _MAX_IDLE
            )
            if is_kept:
                self._idle.append(opened)
        if not is_kept:
            opened.connection.close()

    def _open(self) -> sqlite3.Connection:
        # One that was there and is gone must not be made anew, empty, in its place.
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode={'rw' if self._is_made else 'rwc'}",
            uri=True,
            timeout=30,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            connection.execute(f"PRAGMA page_size = {self._page_bytes}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            connection.close()
            raise
        return _folding(connection)

    def _open_to_read(self, state: "_FileState") -> sqlite3.Connection:
        """One that makes no file: SQLite's log is read where a writer keeps one, else ignored.

        ``immutable`` is right only while nobody writes, so a changed file is opened anew.
        """
        if self._stands_in:
            connection = sqlite3.connect(":memory:", check_same_thread=False)
            connection.executescript("".join(self._stands_in))
            return _folding(connection)
        return _folding(_connect_to_read(self.path, state))

    def _look_for(self, room: str, migrations: Sequence[str]) -> None:
        if not self.path.exists():
            if is_full(self.path.parent):
                raise full_disk(self.path.parent)
            raise ReadOnlyError(
                f"The folder {str(self.path.parent)!r} holds no library and may not be written.",
                remedy="Choose another with --home or ASSISTANT_HOME.",
            )
        with self.reading() as connection:
            known = dict(connection.execute("SELECT name, version FROM room").fetchall())
        self._check_version(known.get(room, 0), migrations)
        if room not in known:
            self.close()
            self._stands_in = migrations
        elif known[room] < len(migrations):
            raise ReadOnlyError(
                f"The library {str(self.path)!r} was made by an older version and may not be"
                " written.",
                remedy="Make its folder writable once, so that it is brought up to date.",
            )

    def _check_version(self, version: int, migrations: Sequence[str]) -> None:
        if version > len(migrations):
            raise StateError(
                f"The library {str(self.path)!r} was made by a newer version.",
                remedy="Install that version, or choose another folder with --home.",
            )

    def _migrate(self, room: str, migrations: Sequence[str]) -> None:
        if self._version(room) == len(migrations):
            return  # who only opens a library waits for nobody who changes it
        with self.changing() as connection:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS room (name TEXT PRIMARY KEY, version INTEGER NOT NULL)"
            )
            row = connection.execute("SELECT version FROM room WHERE name = ?", (room,)).fetchone()
            version = row[0] if row else 0
            self._check_version(version, migrations)
            for script in migrations[version:]:
                for statement in _statements(script):
                    connection.execute(statement)
            connection.execute("INSERT OR REPLACE INTO room VALUES (?, ?)", (room, len(migrations)))
        self._is_made = True

    def _version(self, room: str) -> int:
        with self.reading() as connection:
            if not connection.execute("PRAGMA table_info(room)").fetchall():
                return 0
            row = connection.execute("SELECT version FROM room WHERE name = ?", (room,)).fetchone()
            return int(row[0]) if row else 0


_FileState = tuple[bool, int, int]
"""Whether a writer's log lies beside the file, and the file's time and size."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """A connection, and what must still be so for it to be used again."""

    connection: sqlite3.Connection
    state: _FileState | None
    """Of the file when it was opened; `None` where the file may be written."""
    closings: int
    """How often the database had been closed by then."""


def open_to_read(path: Path) -> sqlite3.Connection:
    """A connection that makes no file; SQLite's log is read where a writer keeps one."""
    return _connect_to_read(path, _state_of(path))


def open_there(path: Path) -> sqlite3.Connection:
    """A connection to a file that is there, whoever made it, to be read.

    Where the file may be written it takes part in SQLite's locking, and finishes or undoes what
    an interruption left half written there: what is read else would be neither old nor new.
    """
    if not may_be_written(path):
        return open_to_read(path)
    uri = f"{path.absolute().as_uri()}?mode=rw"
    return sqlite3.connect(uri, uri=True, timeout=30, isolation_level=None)


def _connect_to_read(path: Path, state: _FileState) -> sqlite3.Connection:
    """``immutable`` ignores a log, and needs none: right only while nobody writes."""
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?{'mode=ro' if state[0] else 'immutable=1'}",
        uri=True,
        timeout=30,
        isolation_level=None,
        check_same_thread=False,
    )


def _state_of(path: Path) -> _FileState:
    log = path.with_name(f"{path.name}-wal")
    status = path.stat()
    return log.exists() and log.stat().st_size > 0, status.st_mtime_ns, status.st_size


def _folding(connection: sqlite3.Connection) -> sqlite3.Connection:
    """The connection with ``folded(words)``: SQLite's own ``lower`` knows ASCII alone."""
    connection.create_function("folded", 1, _folded, deterministic=True)
    return connection


def _folded(words: str | None) -> str | None:
    return None if words is None else words.casefold()


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: `executescript` would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
