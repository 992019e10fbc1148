"""The library's cards and texts on disk.

The catalogue is the truth about what the library holds: the index is made to match it,
and a source is found only when its state here is ``ready``.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from sources.database import Database
from sources.errors import LibraryBusyError, UseError
from sources.source import Card, Sentence, Source, Text

State = Literal["adding", "ready", "removing"]

_MIGRATIONS = (
    """
CREATE TABLE source (
    slug      TEXT PRIMARY KEY,
    title     TEXT NOT NULL,
    publisher TEXT,
    author    TEXT,
    published TEXT,
    url       TEXT,
    language  TEXT,
    tags      TEXT NOT NULL,
    sha256    TEXT NOT NULL UNIQUE,
    origin    TEXT NOT NULL,
    state     TEXT NOT NULL CHECK (state IN ('adding', 'ready', 'removing')),
    passages  INTEGER NOT NULL DEFAULT 0,
    content   TEXT NOT NULL,
    sentences TEXT NOT NULL,
    added     TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
);
CREATE INDEX source_origin ON source (origin);
CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL);
""",
)
_CARD_COLUMNS = "slug, title, publisher, author, published, url, language, tags, sha256, origin"


@dataclass(frozen=True, slots=True)
class Entry:
    """A source as the catalogue holds it."""

    source: Source
    state: State
    passages: int
    characters: int
    added: str
    """When it was added, UTC, ISO 8601."""


class Catalogue:
    """Cards, texts and states of one library. Methods raise `StateError` on a broken file."""

    def __init__(self, path: Path) -> None:
        """Open the catalogue at `path`, creating it and its folder where there is none."""
        self.path = path
        self._database = Database(path, room="catalogue", migrations=_MIGRATIONS)

    def add(self, source: Source, text: Text) -> None:
        """Keep a new source in state ``adding``. Its slug and text must not be there yet."""
        card = source.card
        with self._database.changing() as connection:
            connection.execute(
                f"INSERT INTO source ({_CARD_COLUMNS}, state, content, sentences)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'adding', ?, ?)",
                (
                    source.slug,
                    card.title,
                    card.publisher,
                    card.author,
                    card.published.isoformat() if card.published else None,
                    card.url,
                    card.language,
                    json.dumps(card.tags),
                    source.sha256,
                    source.origin,
                    text.content,
                    json.dumps([(sentence.start, sentence.end) for sentence in text.sentences]),
                ),
            )

    def mark_ready(self, slug: str, *, passages: int) -> None:
        """From now on the source is found; `passages` is how many the index holds of it."""
        with self._database.changing() as connection:
            connection.execute(
                "UPDATE source SET state = 'ready', passages = ? WHERE slug = ?", (passages, slug)
            )

    def mark_removing(self, slug: str) -> None:
        """From now on the source is not found; `forget` ends what this begins."""
        with self._database.changing() as connection:
            connection.execute("UPDATE source SET state = 'removing' WHERE slug = ?", (slug,))

    def forget(self, slug: str) -> None:
        """Remove the source's card and text from disk."""
        with self._database.changing() as connection:
            connection.execute("DELETE FROM source WHERE slug = ?", (slug,))

    def entries(self, *, state: State | None = None) -> tuple[Entry, ...]:
        """All sources, newest publication first, undated last, then by slug."""
        rows = self._rows(
            f"SELECT {_CARD_COLUMNS}, state, passages, length(content), added FROM source"
            " WHERE ?1 IS NULL OR state = ?1 ORDER BY published IS NULL, published DESC, slug",
            (state,),
        )
        return tuple(Entry(_source_of(row[:10]), *row[10:]) for row in rows)

    def entry(self, slug: str) -> Entry | None:
        """The source of that name in whatever state, or `None`."""
        row = self._row(
            f"SELECT {_CARD_COLUMNS}, state, passages, length(content), added FROM source"
            " WHERE slug = ?",
            (slug,),
        )
        return None if row is None else Entry(_source_of(row[:10]), *row[10:])

    def source(self, slug: str) -> Source:
        """The ready source of that name; `UseError` when there is none."""
        entry = self.entry(slug)
        if entry is None or entry.state != "ready":
            raise UseError(
                f"There is no source {slug!r}.",
                remedy="See `assistant sources list` for the names.",
            )
        return entry.source

    def text(self, slug: str) -> Text:
        """The text of a source in whatever state; `UseError` when there is none."""
        row = self._row("SELECT content, sentences FROM source WHERE slug = ?", (slug,))
        if row is None:
            raise UseError(
                f"There is no source {slug!r}.",
                remedy="See `assistant sources list` for the names.",
            )
        return Text(row[0], tuple(Sentence(start, end) for start, end in json.loads(row[1])))

    def ready_among(self, slugs: Iterable[str]) -> dict[str, Source]:
        """Those of the named sources that are ready, by slug."""
        wanted = list(slugs)
        rows = self._rows(
            f"SELECT {_CARD_COLUMNS} FROM source WHERE state = 'ready'"
            f" AND slug IN ({', '.join('?' * len(wanted))})",
            wanted,
        )
        return {source.slug: source for source in map(_source_of, rows)}

    def with_sha256(self, sha256: str) -> Source | None:
        """The source whose text has this hash, in whatever state, or `None`."""
        row = self._row(f"SELECT {_CARD_COLUMNS} FROM source WHERE sha256 = ?", (sha256,))
        return None if row is None else _source_of(row)

    def from_origin(self, prefix: str) -> tuple[Source, ...]:
        """The sources whose origin is `prefix` or lies below it, by slug."""
        rows = self._rows(
            f"SELECT {_CARD_COLUMNS} FROM source"
            " WHERE origin = ?1 OR substr(origin, 1, length(?1) + 1) = ?1 || '/' ORDER BY slug",
            (prefix.rstrip("/"),),
        )
        return tuple(_source_of(row) for row in rows)

    def counts(self) -> tuple[int, int, date | None]:
        """How many sources are ready, how many passages they have, the newest known date."""
        sources, passages, newest = self._row(
            "SELECT count(*), coalesce(sum(passages), 0), max(published) FROM source"
            " WHERE state = 'ready'"
        )
        return sources, passages, date.fromisoformat(newest) if newest else None

    def note(self, name: str) -> str | None:
        """A value kept with `keep_note` (which index is in use, say), or `None`."""
        row = self._row("SELECT value FROM note WHERE name = ?", (name,))
        return None if row is None else str(row[0])

    def keep_note(self, name: str, value: str) -> None:
        """Keep a small value beside the sources; it replaces what had the name."""
        with self._database.changing() as connection:
            connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, value))

    @contextmanager
    def changing_alone(self) -> Iterator[None]:
        """Hold the library's lock for changes; `LibraryBusyError` when another process does."""
        from filelock import FileLock, Timeout

        try:
            with FileLock(self.path.with_suffix(".lock"), timeout=0):
                yield
        except Timeout as error:
            raise LibraryBusyError(
                "Another process is changing this library.",
                remedy="Wait until it has finished, then try again.",
            ) from error

    def close(self) -> None:
        """Close every thread's connection."""
        self._database.close()

    def _row(self, query: str, values: Sequence[Any] = ()) -> Any:
        rows = self._rows(query, values)
        return rows[0] if rows else None

    def _rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        with self._database.reading() as connection:
            return connection.execute(query, values).fetchall()


def _no_source(slug: str) -> UseError:
    return UseError(
        f"There is no source {slug!r}.", remedy="`assistant sources list` shows their names."
    )


def _source_of(row: Sequence[Any]) -> Source:
    slug, title, publisher, author, published, url, language, tags, sha256, origin = row
    return Source(
        slug=slug,
        card=Card(
            title=title,
            publisher=publisher,
            author=author,
            published=date.fromisoformat(published) if published else None,
            url=url,
            language=language,
            tags=tuple(json.loads(tags)),
        ),
        sha256=sha256,
        origin=origin,
    )
