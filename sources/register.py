"""What changes the catalogue. Each method is one transaction: all of it happens, or nothing.

A change that the index has to follow leaves a mark (state ``adding`` or ``removing``, or a
pending card) that only following it takes away; so an interruption is always seen.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence

from sources import problems
from sources.cards import card_from_json, card_to_json, check_edits, with_edits
from sources.database import Database
from sources.entries import CARD_COLUMNS, Arrival
from sources.errors import UseError
from sources.kept_texts import drop_unused_texts, find_story, rewrite_text
from sources.reading import hash_text
from sources.source import Card, Text

_NOW = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"


class Register:
    """Writes to the catalogue's tables; `Catalogue` reads them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def enter(self, arrivals: Sequence[Arrival]) -> None:
        """Keep sources in state ``adding``, all or none.

        An arrival whose slug is known replaces that source: the text it had becomes an
        earlier version, and what was edited on its card stays edited. Where only its sentences or
        blocks are others, those are kept in the place of what they were, and other sources that
        have the same text are to be taken in again (``adding``).
        """
        with self._database.changing() as connection:
            for arrival in arrivals:
                source = arrival.source
                _keep_text_of(connection, arrival)
                connection.execute(
                    "INSERT OR REPLACE INTO version (slug, sha256, card)"
                    " SELECT slug, sha256, file_card FROM source WHERE slug = ? AND sha256 <> ?",
                    (source.slug, source.sha256),
                )
                connection.execute(
                    "DELETE FROM version WHERE slug = ? AND sha256 = ?",
                    (source.slug, source.sha256),
                )
                _write_source(connection, arrival)

    def mark_ready(self, passages: Mapping[str, int], *, fingerprint: str | None = None) -> None:
        """From now on these are found; `passages` is how many the index holds of each."""
        with self._database.changing() as connection:
            for slug, count in passages.items():
                connection.execute(
                    "UPDATE source SET state = 'ready', passages = ?, card_pending = 0"
                    " WHERE slug = ?",
                    (count, slug),
                )
                connection.execute("DELETE FROM indexed WHERE slug = ?", (slug,))
            if fingerprint is not None:
                _note_indexed(connection, fingerprint, passages)

    def mark_removing(self, slugs: Sequence[str], *, for_good: bool = False) -> None:
        """From now on the sources are not found; `finish_removing` ends what this begins."""
        with self._database.changing() as connection:
            connection.executemany(
                "UPDATE source SET state = 'removing', for_good = ? WHERE slug = ?",
                [(for_good, slug) for slug in slugs],
            )

    def finish_removing(self, slugs: Sequence[str]) -> None:
        """The index has let go of the sources: keep them aside to be restored, or forget them."""
        with self._database.changing() as connection:
            for slug in slugs:
                connection.execute("DELETE FROM indexed WHERE slug = ?", (slug,))
                connection.execute("DELETE FROM place WHERE slug = ?", (slug,))
                connection.execute("DELETE FROM source WHERE slug = ? AND for_good", (slug,))
                connection.execute(
                    f"UPDATE source SET state = 'removed', changed = {_NOW} WHERE slug = ?",
                    (slug,),
                )
            drop_unused_texts(connection)

    def mark_restoring(self, slug: str) -> None:
        """Take a removed source back, as ``adding``."""
        with self._database.changing() as connection:
            connection.execute(
                f"UPDATE source SET state = 'adding', changed = {_NOW} WHERE slug = ?", (slug,)
            )
            connection.execute(
                "INSERT OR IGNORE INTO place SELECT origin, slug, file_sha256 FROM source"
                " WHERE slug = ?",
                (slug,),
            )

    def mark_adding(self, slugs: Sequence[str]) -> None:
        """The index has to take these sources in again; one that is being removed stays so."""
        with self._database.changing() as connection:
            connection.executemany(
                "UPDATE source SET state = 'adding' WHERE slug = ? AND state = 'ready'",
                [(slug,) for slug in slugs],
            )

    def mend_text(self, sha256: str, text: Text) -> None:
        """Put a text in the place of what was damaged; it must be the one of that hash."""
        if hash_text(text.content) != sha256:
            raise ValueError("this is another text")
        with self._database.changing() as connection:
            rewrite_text(connection, sha256, text)

    def cut_anew(self, slug: str, text: Text, *, detected_language: str | None) -> None:
        """Keep the sentences of a source's text as they are now found, and its language."""
        with self._database.changing() as connection:
            row = connection.execute("SELECT sha256 FROM source WHERE slug = ?", (slug,)).fetchone()
            if row is None or row[0] != hash_text(text.content):
                raise ValueError("this is another text")
            rewrite_text(connection, row[0], text)
            connection.execute(
                "UPDATE source SET detected_language = ? WHERE slug = ?", (detected_language, slug)
            )

    def forget(self, slugs: Sequence[str]) -> None:
        """Remove cards, texts and earlier versions from disk."""
        with self._database.changing() as connection:
            for slug in slugs:
                connection.execute("DELETE FROM source WHERE slug = ?", (slug,))
                connection.execute("DELETE FROM indexed WHERE slug = ?", (slug,))
            drop_unused_texts(connection)

    def edit_card(self, slug: str, edits: Mapping[str, object]) -> Card:
        """Change fields of a card; they outlive a new version of the file.

        `UseError` for an unknown source or field, and for a value that cannot be one.
        """
        checked = check_edits(edits)
        with self._database.changing() as connection:
            row = connection.execute(
                "SELECT file_card, edits FROM source WHERE slug = ?", (slug,)
            ).fetchone()
            if row is None:
                raise UseError(
                    f"There is no source {slug!r}.",
                    remedy="See `assistant sources list` for the names.",
                )
            all_edits = json.loads(row[1]) | checked
            card = with_edits(card_from_json(row[0]), all_edits)
            _write_card(connection, slug, card, all_edits)
        return card

    def take_card_of(self, arrival: Arrival) -> bool:
        """Take over the card of a file whose text has not changed, edits stay; whether it differs.

        What differs may also be what is said of the file, or its bytes.
        """
        source = arrival.source
        told = (
            card_to_json(source.card),
            problems.to_json(source.problems),
            arrival.file_sha256,
            arrival.file_bytes,
            source.detected_language,
        )
        with self._database.changing() as connection:
            connection.execute(
                "UPDATE source SET readers = ? WHERE slug = ?", (arrival.readers, source.slug)
            )
            there = connection.execute(
                "SELECT file_card, problems, file_sha256, file_bytes, detected_language"
                " FROM source WHERE slug = ?",
                (source.slug,),
            ).fetchone()
            if there == told:
                return False
            edits = _edits(connection, source.slug)
            connection.execute(
                "UPDATE source SET file_card = ?, problems = ?, file_sha256 = ?, file_bytes = ?,"
                " detected_language = ? WHERE slug = ?",
                (*told, source.slug),
            )
            _put_place(connection, arrival)
            _write_card(connection, source.slug, with_edits(source.card, edits), edits)
        return True

    def mark_card_followed(self, slug: str) -> None:
        """The index has taken over the edited card."""
        with self._database.changing() as connection:
            connection.execute("UPDATE source SET card_pending = 0 WHERE slug = ?", (slug,))

    def note_indexed(self, fingerprint: str, passages: Mapping[str, int]) -> None:
        """The index of that fingerprint holds these sources whole, as they are now."""
        with self._database.changing() as connection:
            _note_indexed(connection, fingerprint, passages)

    def forget_indexed(self, fingerprint: str, slugs: Sequence[str] | None = None) -> None:
        """The index of that fingerprint holds these sources (or any) no more."""
        with self._database.changing() as connection:
            if slugs is None:
                connection.execute("DELETE FROM indexed WHERE fingerprint = ?", (fingerprint,))
            for slug in slugs or ():
                connection.execute(
                    "DELETE FROM indexed WHERE fingerprint = ? AND slug = ?", (fingerprint, slug)
                )

    def use_index(self, note: str, fingerprint: str) -> None:
        """The swap, in one step: from now on answers come from this index."""
        with self._database.changing() as connection:
            connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (note, fingerprint))
            connection.execute(
                "UPDATE source SET passages = (SELECT passages FROM indexed WHERE"
                " indexed.slug = source.slug AND fingerprint = ?1),"
                " state = 'ready', card_pending = 0"
                " WHERE state IN ('ready', 'adding') AND slug IN"
                " (SELECT slug FROM indexed WHERE fingerprint = ?1)",
                (fingerprint,),
            )
            connection.execute("DELETE FROM indexed WHERE fingerprint <> ?", (fingerprint,))


def _keep_text_of(connection: sqlite3.Connection, arrival: Arrival) -> None:
    sha256, slug = arrival.source.sha256, arrival.source.slug
    holders = {
        row[0]
        for row in connection.execute(
            "SELECT slug FROM source WHERE sha256 = ? AND state IN ('ready', 'adding')", (sha256,)
        )
    }
    if holders and slug not in holders:
        return
    if rewrite_text(connection, sha256, arrival.text):
        connection.execute(
            "UPDATE source SET state = 'adding' WHERE sha256 = ? AND state = 'ready'", (sha256,)
        )


def _write_source(connection: sqlite3.Connection, arrival: Arrival) -> None:
    source = arrival.source
    edits = _edits(connection, source.slug)
    card = with_edits(source.card, edits)
    connection.execute(
        f"INSERT INTO source (slug, {CARD_COLUMNS}, sha256, origin, kind, problems, state,"
        " file_sha256, file_bytes, file_card, edits, story, detected_language, readers)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'adding', ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (slug) DO UPDATE SET title = excluded.title,"
        " publisher = excluded.publisher, author = excluded.author,"
        " published = excluded.published, url = excluded.url, language = excluded.language,"
        " tags = excluded.tags, sha256 = excluded.sha256, origin = excluded.origin,"
        " kind = excluded.kind, problems = excluded.problems, state = 'adding',"
        " file_sha256 = excluded.file_sha256, file_bytes = excluded.file_bytes,"
        " file_card = excluded.file_card, story = excluded.story,"
        " detected_language = excluded.detected_language, readers = excluded.readers,"
        f" changed = {_NOW}",
        (
            source.slug,
            *_card_values(card),
            source.sha256,
            source.origin,
            source.kind,
            problems.to_json(source.problems),
            arrival.file_sha256,
            arrival.file_bytes,
            card_to_json(source.card),
            json.dumps(edits, ensure_ascii=False),
            find_story(connection, source.slug, source.sha256),
            source.detected_language,
            arrival.readers,
        ),
    )
    _put_place(connection, arrival)


def _write_card(
    connection: sqlite3.Connection, slug: str, card: Card, edits: Mapping[str, object]
) -> None:
    names = CARD_COLUMNS.split(", ")
    connection.execute(
        f"UPDATE source SET {', '.join(f'{name} = ?' for name in names)}, edits = ?,"
        f" card_pending = (state = 'ready'), changed = {_NOW} WHERE slug = ?",
        (*_card_values(card), json.dumps(edits, ensure_ascii=False), slug),
    )
    # Another index that is being built has the card as it was: it takes the source in again.
    connection.execute(
        "DELETE FROM indexed WHERE slug = ? AND fingerprint NOT IN (SELECT value FROM note)",
        (slug,),
    )


def _put_place(connection: sqlite3.Connection, arrival: Arrival) -> None:
    source = arrival.source
    connection.execute(
        "INSERT OR REPLACE INTO place VALUES (?, ?, ?)",
        (source.origin, source.slug, arrival.file_sha256),
    )
    connection.execute("DELETE FROM refusal WHERE origin = ?", (source.origin,))


def _edits(connection: sqlite3.Connection, slug: str) -> dict[str, object]:
    row = connection.execute("SELECT edits FROM source WHERE slug = ?", (slug,)).fetchone()
    return dict(json.loads(row[0])) if row else {}


def _note_indexed(
    connection: sqlite3.Connection, fingerprint: str, passages: Mapping[str, int]
) -> None:
    connection.executemany(
        "INSERT OR REPLACE INTO indexed SELECT ?, slug, sha256, ? FROM source WHERE slug = ?",
        [(fingerprint, count, slug) for slug, count in passages.items()],
    )


def _card_values(card: Card) -> tuple[str | None, ...]:
    return (
        card.title,
        card.publisher,
        card.author,
        card.published.isoformat() if card.published else None,
        card.url,
        card.language,
        json.dumps(card.tags, ensure_ascii=False),
    )
