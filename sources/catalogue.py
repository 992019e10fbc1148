"""The library's cards and texts on disk.

The catalogue is the truth about what the library holds: the index is made to match it,
and a source is found only when its state here is ``ready``. Changes that belong together
happen in one transaction; what the index still has to follow is marked as unfinished.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sources.cards import card_from_json
from sources.checked_texts import CheckedTexts, altered, whole_text
from sources.database import Database, read_only
from sources.entries import ENTRY_COLUMNS, Arrival, Entry, State, Version, entry_of, no_source
from sources.errors import DamagedLibraryError, UseError
from sources.facets import Facets, find_facets, find_signed, find_tagged, find_titled
from sources.kept_texts import blocks_of, locators_of
from sources.listing import Listing
from sources.lock import alone, is_held
from sources.originals import Originals
from sources.places import Places
from sources.problems import unread
from sources.register import Register
from sources.source import Block, Locator, Source, Span, Text
from sources.tables import MIGRATIONS

_ORDER = " ORDER BY published IS NULL, published DESC, slug"
_ASKED_AT_ONCE = 500


class Catalogue:
    """Cards, texts and states of one library. Methods raise `StateError` on a broken file."""

    def __init__(self, path: Path) -> None:
        """Open the catalogue at `path`, creating it and its folder where there is none."""
        self.path = path
        self._lock = path.with_suffix(".lock")
        self._database = Database(path, room="catalogue", migrations=MIGRATIONS)
        self._checked = CheckedTexts()
        self.register = Register(self._database)
        self.places = Places(self._database)
        self.listing = Listing(self._database)
        self.originals = Originals(path.parent / "originals", self._database)

    @property
    def is_read_only(self) -> bool:
        """Whether the library may be read and not written."""
        return self._database.is_read_only

    def add(self, source: Source, text: Text) -> None:
        """Keep one new source in state ``adding``."""
        self.register.enter((Arrival(source, text, file_sha256=source.sha256, file_bytes=0),))

    def mark_ready(self, slug: str, *, passages: int) -> None:
        """From now on the source is found; `passages` is how many the index holds of it."""
        self.register.mark_ready({slug: passages})

    def entries(self, *, state: State | None = None, limit: int = -1) -> tuple[Entry, ...]:
        """All sources but removed ones, newest publication first, undated last, then by slug.

        With a `state`, those in it; with a `limit`, at most so many.
        """
        wanted = "state = ?1" if state else "state <> 'removed' AND ?1 IS NULL"
        return tuple(self._entries(f"WHERE {wanted}{_ORDER} LIMIT ?2", (state, limit)))

    def entry(self, slug: str) -> Entry | None:
        """The source of that name in whatever state, or `None`."""
        return next(iter(self._entries("WHERE slug = ?", (slug,))), None)

    def unfinished(self) -> tuple[Entry, ...]:
        """What the index has not followed yet: half added, half removed, card edited."""
        where = "WHERE state IN ('adding', 'removing') OR card_pending"
        return tuple(self._entries(f"{where} ORDER BY slug"))

    def source(self, slug: str) -> Source:
        """The ready source of that name; `UseError` when there is none."""
        entry = self.entry(slug)
        if entry is None or entry.state != "ready":
            raise no_source(slug, entry)
        return entry.source

    def text(self, slug: str, *, sha256: str | None = None) -> Text:
        """The text of a source in whatever state, or its version of that hash.

        Raises `UseError` when there is none, `DamagedLibraryError` when it was altered.
        """
        row = self._text_row("sha256, content, sentences, locators, blocks", slug, sha256)
        return whole_text(*row, slug=slug)

    def altered_text(self, slug: str) -> str | None:
        """What is kept as the source's text, whatever it is; `None` where nothing is."""
        row = self._row(
            "SELECT content FROM text JOIN source ON text.sha256 = source.sha256 WHERE slug = ?",
            (slug,),
        )
        return None if row is None else str(row[0])

    def words_at(self, sha256: str, span: Span) -> str | None:
        """The words of a span of the text of that hash; `None` when it is not kept.

        Raises `DamagedLibraryError` when the text was altered: a text is held against its hash
        when it is first read from, and again once a minute.
        """
        with self._database.reading() as connection:
            return self._checked.words_at(connection, sha256, span)

    def locators(self, slug: str, *, sha256: str | None = None) -> tuple[Locator, ...]:
        """Where the pages and headings of a source's text begin, without reading the text."""
        return locators_of(self._text_row("locators", slug, sha256)[0])

    def blocks(
        self, slug: str, start: int, end: int, *, sha256: str | None = None
    ) -> tuple[Block, ...]:
        """The blocks of a source's text that have part in ``start:end``, without reading it."""
        known = self._text_row("sha256", slug, sha256)[0]
        rows = self._rows(
            "SELECT one.value FROM text, json_each(text.blocks) AS one WHERE sha256 = ?1"
            " AND json_extract(one.value, '$[0]') < ?3 AND ?2 < json_extract(one.value, '$[1]')",
            (known, start, end),
        )
        return blocks_of(f"[{','.join(row[0] for row in rows)}]")

    def versions(self, slug: str) -> tuple[Version, ...]:
        """The earlier texts of a source, newest first; each opens with `text(slug, sha256=…)`."""
        rows = self._rows(
            "SELECT version.sha256, card, until, characters FROM version"
            " JOIN text ON text.sha256 = version.sha256"
            " WHERE slug = ? ORDER BY until DESC, version.rowid DESC",
            (slug,),
        )
        return tuple(
            Version(sha256, card_from_json(card), until, characters)
            for sha256, card, until, characters in rows
        )

    def version_hash(self, slug: str, beginning: str) -> str:
        """The whole hash of the source's text, of today or earlier, that begins so.

        `UseError` when none does, or when several do.
        """
        known = [self.source(slug).sha256, *(version.sha256 for version in self.versions(slug))]
        found = [sha256 for sha256 in known if sha256.startswith(beginning.lower())]
        if len(found) != 1:
            raise UseError(
                f"{'Several texts' if found else 'No text'} of {slug!r} begin with {beginning!r}.",
                remedy=f"See `assistant sources show {slug}` for its versions.",
            )
        return found[0]

    def text_with(self, slug: str, span: Span, words: str) -> tuple[Text, Version | None]:
        """The newest text of the source in which the words stand at that span.

        With it the version it is, `None` for the text of today, which is also what comes
        back when the words stand there in none. `UseError` when there is no such source.
        """
        today = self.text(slug)
        if today.content[span.start : span.end] == words:
            return today, None
        for version in self.versions(slug):
            if span.end <= version.characters:
                earlier = self.text(slug, sha256=version.sha256)
                if earlier.content[span.start : span.end] == words:
                    return earlier, version
        return today, None

    def ready_among(self, slugs: Iterable[str]) -> dict[str, Source]:
        """Those of the named sources that are ready, by slug."""
        return {entry.source.slug: entry.source for entry in self._ready(slugs)}

    def stories(self, slugs: Iterable[str]) -> dict[str, str]:
        """For each of the ready sources named, a mark that reprints of one story share."""
        return {entry.source.slug: entry.story for entry in self._ready(slugs)}

    def same_story(self, slug: str) -> tuple[str, ...]:
        """The other ready sources that tell the same story, by slug."""
        rows = self._rows(
            "SELECT other.slug FROM source JOIN source AS other ON other.story = source.story"
            " WHERE source.slug = ?1 AND other.slug <> ?1 AND other.state = 'ready'"
            " ORDER BY other.slug",
            (slug,),
        )
        return tuple(row[0] for row in rows)

    def with_sha256(self, sha256: str) -> Source | None:
        """The first ready source whose text has this hash, or `None`."""
        found = self._entries("WHERE sha256 = ? AND state = 'ready' ORDER BY slug", (sha256,))
        return next((entry.source for entry in found), None)

    def with_file(self, file_sha256: str) -> Entry | None:
        """The source read from a file of exactly these bytes, ready before removed."""
        found = self._entries(
            "WHERE file_sha256 = ? AND state IN ('ready', 'removed') ORDER BY state, slug",
            (file_sha256,),
        )
        return next(iter(found), None)

    def with_unread(self) -> tuple[Source, ...]:
        """The ready sources of whose files not all could be read."""
        found = self._entries(f"WHERE state = 'ready' AND problems <> '[]'{_ORDER}")
        return tuple(entry.source for entry in found if unread(entry.source.problems))

    def read_before(self, readers: int) -> tuple[str, ...]:
        """The slugs of the ready sources that an earlier version of the readers read."""
        rows = self._rows(
            "SELECT slug FROM source WHERE state = 'ready' AND readers < ? ORDER BY slug",
            (readers,),
        )
        return tuple(row[0] for row in rows)

    def counts(self) -> tuple[int, int, date | None]:
        """How many sources are ready, how many passages they have, the newest known date.

        A day that is still to come is no such date.
        """
        sources, passages, newest = self._row(
            "SELECT count(*), coalesce(sum(passages), 0),"
            " max(CASE WHEN published <= date('now', '+1 day') THEN published END)"
            " FROM source WHERE state = 'ready'"
        )
        return sources, passages, date.fromisoformat(newest) if newest else None

    def dates(self) -> tuple[date | None, date | None, int]:
        """The oldest and the newest known date of ready sources, and how many have none."""
        oldest, newest, undated = self._row(
            "SELECT min(published), max(published), coalesce(sum(published IS NULL), 0)"
            " FROM source WHERE state = 'ready'"
        )
        known = [date.fromisoformat(day) if day else None for day in (oldest, newest)]
        return known[0], known[1], undated

    def facets(self) -> Facets:
        """What the ready sources can be told apart by."""
        return find_facets(self._rows)

    def signed(self, words: Sequence[str]) -> tuple[str, ...]:
        """The slugs of the ready sources whose publisher or author has all the words."""
        return find_signed(self._rows, words)

    def titled(self, words: Sequence[str]) -> tuple[str, ...]:
        """The slugs of the ready sources whose title and tags have all the words."""
        return find_titled(self._rows, words)

    def tagged(self, tags: Sequence[str]) -> tuple[str, ...]:
        """The slugs of the ready sources that have any of the tags."""
        return find_tagged(self._rows, tags)

    def indexed(self, fingerprint: str) -> dict[str, tuple[str, int]]:
        """What the index of that fingerprint holds whole: hash of the text, passages, by slug."""
        rows = self._rows(
            "SELECT slug, sha256, passages FROM indexed WHERE fingerprint = ?", (fingerprint,)
        )
        return {slug: (sha256, passages) for slug, sha256, passages in rows}

    def note(self, name: str) -> str | None:
        """A value kept with `keep_note` (which index is in use, say), or `None`."""
        row = self._row("SELECT value FROM note WHERE name = ?", (name,))
        return None if row is None else str(row[0])

    def keep_note(self, name: str, value: str) -> None:
        """Keep a small value beside the sources; it replaces what had the name."""
        with self._database.changing() as connection:
            connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, value))

    def has_text(self, slug: str) -> bool:
        """Whether the text of the source is there, and the one that its hash names."""
        try:
            self.text(slug)
        except DamagedLibraryError:
            return False
        return True

    def check(self) -> str | None:
        """What SQLite finds wrong with the file, or `None`."""
        found = str(self._row("PRAGMA quick_check(1)")[0])
        return None if found == "ok" else found

    def settle(self) -> None:
        """Leave nothing of what was forgotten on the disk."""
        self._database.settle()

    @contextmanager
    def changing_alone(self, *, wait_s: float = 0) -> Iterator[None]:
        """Hold the library's lock for changes; `LibraryBusyError` when another holds it."""
        if self.is_read_only:
            raise read_only(self.path.parent)
        with alone(self._lock, wait_s=wait_s):
            yield

    @property
    def is_being_changed(self) -> bool:
        """Whether somebody holds the lock for changes just now."""
        return not self.is_read_only and is_held(self._lock)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _entries(self, where: str, values: Sequence[Any] = ()) -> Iterator[Entry]:
        return map(entry_of, self._rows(f"SELECT {ENTRY_COLUMNS} FROM source {where}", values))

    def _ready(self, slugs: Iterable[str]) -> Iterator[Entry]:
        wanted = list(dict.fromkeys(slugs))
        for begin in range(0, len(wanted), _ASKED_AT_ONCE):
            batch = wanted[begin : begin + _ASKED_AT_ONCE]
            marks = ", ".join("?" * len(batch))
            yield from self._entries(f"WHERE state = 'ready' AND slug IN ({marks})", batch)

    def _text_row(self, columns: str, slug: str, sha256: str | None) -> Any:
        row = self._row(
            f"SELECT {columns} FROM text WHERE sha256 ="
            " (SELECT sha256 FROM source WHERE slug = ?1 AND (?2 IS NULL OR sha256 = ?2)"
            " UNION SELECT sha256 FROM version WHERE slug = ?1 AND sha256 = ?2)",
            (slug, sha256),
        )
        if row is not None:
            return row
        entry = self.entry(slug)
        if entry is not None and entry.state in ("ready", "adding") and sha256 is None:
            raise altered(slug, "is gone from the library")
        if entry is None or sha256 is None:
            raise no_source(slug, entry)
        raise UseError(
            f"The source {slug!r} has no version {sha256[:12]!r}.",
            remedy=f"See `assistant sources show {slug}` for its versions.",
        )

    def _row(self, query: str, values: Sequence[Any] = ()) -> Any:
        rows = self._rows(query, values)
        return rows[0] if rows else None

    def _rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        with self._database.reading() as connection:
            return connection.execute(query, values).fetchall()
