"""Briefings on disk, every version of them, so that each change can be undone.

A change writes a new version and moves a mark; undoing moves the mark back. Versions and
library states are kept by value: what a briefing was made from stays known after the
library has moved on.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.briefing.briefings import Briefing
from assistant.briefing.states import Kept, LibraryState
from assistant.briefing.written import as_json, from_json
from sources.database import Database
from sources.errors import UseError
from sources.reading import make_slug

MAX_VERSIONS = 200
"""Older versions of a briefing are forgotten."""

_MIGRATIONS = (
    """
CREATE TABLE briefing (
    name    TEXT PRIMARY KEY,
    version INTEGER NOT NULL
);
CREATE TABLE briefing_version (
    name    TEXT NOT NULL REFERENCES briefing (name) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    what    TEXT NOT NULL,
    made    TEXT NOT NULL,
    content TEXT,
    PRIMARY KEY (name, version)
);
CREATE TABLE library_state (fingerprint TEXT PRIMARY KEY, content TEXT NOT NULL);
""",
)


@dataclass(frozen=True, slots=True)
class Summary:
    """A briefing in the list of briefings."""

    name: str
    title: str
    lines: int
    changed: str
    """UTC, ISO 8601."""


class BriefingStore:
    """The briefings of one library."""

    def __init__(self, path: Path) -> None:
        """Open the library's file at `path`."""
        self._database = Database(path, room="briefing", migrations=_MIGRATIONS)

    def create(self, title: str, *, library: LibraryState, name: str | None = None) -> Briefing:
        """A new, empty briefing; `UseError` when one of that name is there."""
        name = make_slug(name or title)
        briefing = Briefing(
            name=name,
            title=" ".join(title.split()),
            created=datetime.now(UTC).date(),
            library=library.fingerprint,
        )
        self.keep_state(library)
        with self._database.changing() as connection:
            row = connection.execute(
                "SELECT content FROM briefing NATURAL JOIN briefing_version WHERE name = ?", (name,)
            ).fetchone()
            if row is not None and row[0] is not None:
                raise UseError(
                    f"There is a briefing {name!r} already.", remedy="Give this one another name."
                )
            connection.execute("INSERT OR IGNORE INTO briefing VALUES (?, 0)", (name,))
            _put(connection, name, "make the briefing", briefing)
        return briefing

    def briefings(self) -> tuple[Summary, ...]:
        """All briefings, the one changed last first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT name, content, made FROM briefing NATURAL JOIN briefing_version"
                " WHERE content IS NOT NULL ORDER BY made DESC, name"
            ).fetchall()
        found = ((from_json(content), made) for _, content, made in rows)
        return tuple(Summary(one.name, one.title, len(one.lines), made) for one, made in found)

    def get(self, name: str) -> Briefing:
        """The briefing of that name; `UseError` when there is none."""
        with self._database.reading() as connection:
            return _current(connection, name)

    def change(self, name: str, what: str, edit: Callable[[Briefing], Briefing]) -> Briefing:
        """The briefing after `edit`, kept as a new version described by `what`."""
        with self._database.changing() as connection:
            before = _current(connection, name)
            after = edit(before)
            if after != before:
                _put(connection, name, what, after)
        return after

    def delete(self, name: str) -> None:
        """Take the briefing off the list; `undo` brings it back."""
        with self._database.changing() as connection:
            _current(connection, name)
            _put(connection, name, "delete the briefing", None)

    def undo(self, name: str) -> str:
        """Take back the last change and return what it was; `UseError` at the beginning."""
        with self._database.changing() as connection:
            version = _version(connection, name)
            row = connection.execute(
                "SELECT what FROM briefing_version WHERE name = ?1 AND version = ?2 AND EXISTS"
                " (SELECT 1 FROM briefing_version WHERE name = ?1 AND version = ?2 - 1)",
                (name, version),
            ).fetchone()
            if row is None:
                raise UseError("There is nothing to undo.", remedy="Make a change first.")
            _mark(connection, name, version - 1)
            return str(row[0])

    def redo(self, name: str) -> str:
        """Make the last undone change again and return what it was."""
        with self._database.changing() as connection:
            version = _version(connection, name)
            row = connection.execute(
                "SELECT what FROM briefing_version WHERE name = ? AND version = ?",
                (name, version + 1),
            ).fetchone()
            if row is None:
                raise UseError("There is nothing to redo.", remedy="Undo a change first.")
            _mark(connection, name, version + 1)
            return str(row[0])

    def keep_state(self, state: LibraryState) -> str:
        """Remember a library state; return its fingerprint."""
        content = json.dumps([[one.slug, one.sha256, one.origin] for one in state.sources])
        with self._database.changing() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO library_state VALUES (?, ?)", (state.fingerprint, content)
            )
        return state.fingerprint

    def state(self, fingerprint: str) -> LibraryState:
        """The library state of that fingerprint, as it was kept; empty when it never was."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT content FROM library_state WHERE fingerprint = ?", (fingerprint,)
            ).fetchone()
        return LibraryState(tuple(Kept(*one) for one in json.loads(row[0])) if row else ())

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


def _version(connection: Any, name: str) -> int:
    row = connection.execute("SELECT version FROM briefing WHERE name = ?", (name,)).fetchone()
    if row is None:
        raise _no_briefing(name)
    return int(row[0])


def _current(connection: Any, name: str) -> Briefing:
    row = connection.execute(
        "SELECT content FROM briefing NATURAL JOIN briefing_version WHERE name = ?", (name,)
    ).fetchone()
    if row is None or row[0] is None:
        raise _no_briefing(name)
    return from_json(row[0])


def _put(connection: Any, name: str, what: str, briefing: Briefing | None) -> None:
    version = _version(connection, name) + 1
    connection.execute(
        "DELETE FROM briefing_version WHERE name = ? AND (version >= ? OR version <= ?)",
        (name, version, version - MAX_VERSIONS),
    )
    connection.execute(
        "INSERT INTO briefing_version VALUES (?, ?, ?, ?, ?)",
        (
            name,
            version,
            what,
            datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            None if briefing is None else as_json(briefing),
        ),
    )
    _mark(connection, name, version)


def _mark(connection: Any, name: str, version: int) -> None:
    connection.execute("UPDATE briefing SET version = ? WHERE name = ?", (version, name))


def _no_briefing(name: str) -> UseError:
    return UseError(
        f"There is no briefing {name!r}.", remedy="See `assistant brief list` for the names."
    )
