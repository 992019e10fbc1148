"""Small vectors of every passage and its sentences, and where those stand in the text.

All that a search reads lies here, so that no question embeds a passage again or opens
Chroma. Kept beside the index they belong to, in an SQLite file: a source's rows come and go
together or not at all. A passage's vector takes a byte a number, a sentence's half a byte;
the words themselves are slices of the text that the catalogue keeps.
"""

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.embedder import Vectors as Embeddings
from index.filters import Filters, day_number
from index.nearness import Held, Nearness, as_bytes
from index.packing import packed, unpacked
from index.passages import Passage
from sources.database import Database
from sources.source import Sentence, Source

SENTENCE_VECTORS = "in-context-int4-2"
"""Names how they are made and kept; an index records it, and a new way is a new name."""
FILE_NAME = "sentences.sqlite3"

_AT_ONCE = 500
_PAGE_BYTES = 8192
"""A passage's row has some 1,700 bytes: of pages half as large a fifth stays empty."""
_SPAN_BYTES = 8
_MOST_PASSAGES = 1 << 24
"""Of one source; a passage's row is its source's number times this, plus its own number."""
_MIGRATIONS = (
    """
    CREATE TABLE held (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        source TEXT NOT NULL UNIQUE,
        sha256 TEXT NOT NULL,
        publisher TEXT,
        day INTEGER NOT NULL,
        passages INTEGER NOT NULL,
        dimensions INTEGER NOT NULL
    );
    CREATE TABLE passage_vectors (held INTEGER PRIMARY KEY, vectors BLOB NOT NULL);
    CREATE TABLE sentence_vectors (
        passage INTEGER PRIMARY KEY,
        spans BLOB NOT NULL,
        vectors BLOB NOT NULL
    );
    CREATE TABLE change (number INTEGER NOT NULL);
    INSERT INTO change VALUES (0);
    """,
    "ALTER TABLE held ADD COLUMN numbers TEXT NOT NULL DEFAULT 'float32';",
)


@dataclass(frozen=True, slots=True)
class Arriving:
    """The passages of one source with their vectors, to be kept."""

    source: Source
    passages: Sequence[Passage]
    vectors: Embeddings
    """``(len(passages), dimensions)``, of unit length."""
    sentences: Sequence[Embeddings]
    """For each passage ``(len(passage.sentences), dimensions)``, of unit length."""
    numbers: str = "float32"
    """In which the model computed them."""

    def __post_init__(self) -> None:
        if not len(self.passages) == len(self.vectors) == len(self.sentences) < _MOST_PASSAGES:
            raise ValueError(f"{len(self.vectors)} vectors for {len(self.passages)} passages")
        for passage, found in zip(self.passages, self.sentences, strict=True):
            if len(found) != len(passage.sentences):
                raise ValueError(f"{len(found)} vectors for the sentences of passage {passage.id}")


@dataclass(frozen=True, slots=True)
class Found:
    """What is kept of a passage."""

    sha256: str
    """Of the text it is a slice of."""
    spans: bytes
    vectors: Embeddings
    """``(len(sentences), dimensions)``, in their order; products with unit vectors are cosines."""

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """In order; offsets count characters of the source's text."""
        pairs = np.frombuffer(self.spans, dtype="<i4").reshape(-1, 2)
        return tuple(Sentence(start, end) for start, end in pairs.tolist())


class SentenceVectors:
    """Small vectors by passage. SQLite's errors become `StateError`."""

    def __init__(self, folder: Path) -> None:
        """Open the file in `folder`, making it where there is none."""
        self._database = Database(
            folder / FILE_NAME,
            room="sentence vectors",
            migrations=_MIGRATIONS,
            page_bytes=_PAGE_BYTES,
        )
        self._reading = threading.Lock()
        self._seen = -1
        self._held: dict[str, Held] = {}
        self._dimensions = 0
        self._nearness: Nearness | None = None

    def put(self, remove: Sequence[str], arriving: Sequence[Arriving] = ()) -> None:
        """Remove all of the sources of these slugs, then keep: all of it, or nothing."""
        with self._database.changing() as connection:
            for slug in (*remove, *(one.source.slug for one in arriving)):
                _remove(connection, slug)
            for one in arriving:
                if len(one.passages):
                    _keep(connection, one)
            connection.execute("UPDATE change SET number = number + 1")

    def recard(self, source: Source) -> None:
        """Let filters see the source's card as it is now."""
        with self._database.changing() as connection:
            connection.execute(
                "UPDATE held SET publisher = ?, day = ? WHERE source = ?",
                (source.card.publisher, _day(source), source.slug),
            )
            connection.execute("UPDATE change SET number = number + 1")

    def nearest(
        self, vector: Embeddings, *, limit: int, filters: Filters | None = None
    ) -> tuple[tuple[str, float], ...]:
        """The ids of the `limit` nearest passages with cosine similarity in [-1, 1], best first.

        `vector` is of unit length.
        """
        nearness = self._refreshed()
        return nearness.search(vector, limit=limit, filters=filters) if nearness else ()

    def of(self, ids: Iterable[str]) -> dict[str, Found]:
        """What is kept of the passages of those ids; an id that is not there is left out."""
        self._refreshed()
        held, names = self._held, {}
        for name in ids:
            slug, _, number = name.rpartition("#")
            if slug in held:
                names[held[slug].id * _MOST_PASSAGES + int(number)] = (name, held[slug].sha256)
        rows, kept = list(names), []
        with self._database.reading() as connection:
            for begin in range(0, len(rows), _AT_ONCE):
                asked = rows[begin : begin + _AT_ONCE]
                kept += connection.execute(
                    "SELECT passage, spans, vectors FROM sentence_vectors "
                    f"WHERE passage IN ({', '.join('?' * len(asked))})",
                    asked,
                ).fetchall()
        if not kept:
            return {}
        every = unpacked(b"".join(row[2] for row in kept), dimensions=self._dimensions)
        found: dict[str, Found] = {}
        begin = 0
        for row, spans, _ in kept:
            name, sha256 = names[row]
            end = begin + len(spans) // _SPAN_BYTES
            found[name] = Found(sha256, spans, every[begin:end])
            begin = end
        return found

    def count(self) -> int:
        """Of how many passages vectors are kept."""
        with self._database.reading() as connection:
            (number,) = connection.execute("SELECT coalesce(sum(passages), 0) FROM held").fetchone()
        return int(number)

    def sizes_of(self, source: str) -> dict[str, int]:
        """How many sentence vectors each passage of the source of that slug has, by its id."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT passage % ?2, length(spans) / ?3 FROM held JOIN sentence_vectors"
                " ON passage BETWEEN id * ?2 AND (id + 1) * ?2 - 1 WHERE source = ?1",
                (source, _MOST_PASSAGES, _SPAN_BYTES),
            )
            return {f"{source}#{number}": size for number, size in rows}

    def sources(self) -> frozenset[str]:
        """The slugs of all sources that have vectors here."""
        with self._database.reading() as connection:
            return frozenset(row[0] for row in connection.execute("SELECT source FROM held"))

    def numbers(self) -> dict[str, int]:
        """In which numbers the model computed the vectors, and of how many passages."""
        with self._database.reading() as connection:
            return dict(
                connection.execute("SELECT numbers, sum(passages) FROM held GROUP BY numbers")
            )

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _refreshed(self) -> Nearness | None:
        """What is in memory, brought up to the last change by whatever process."""
        with self._database.reading() as connection:
            if self._change(connection) == self._seen:
                return self._nearness
            with self._reading:
                connection.execute("BEGIN")  # one state of the file for all that is read
                try:
                    self._read(connection)
                finally:
                    connection.execute("COMMIT")
        return self._nearness

    def _read(self, connection: sqlite3.Connection) -> None:
        change = self._change(connection)
        if change == self._seen:
            return
        rows = connection.execute(
            "SELECT id, source, sha256, publisher, day, passages, dimensions FROM held ORDER BY id"
        ).fetchall()
        held = {row[1]: Held(*row[:-1]) for row in rows}
        known = {one.id for one in self._held.values()}
        now = {one.id for one in held.values()}
        if rows and rows[0][-1] != self._dimensions:
            self._dimensions, self._nearness, known = rows[0][-1], Nearness(rows[0][-1]), set()
        if self._nearness is not None:
            self._nearness.change(
                gone=sorted(known - now),
                come=(
                    (one, _numbers(connection, one, self._dimensions))
                    for one in held.values()
                    if one.id not in known
                ),
                held=tuple(held.values()),
            )
        self._held, self._seen = held, change

    @staticmethod
    def _change(connection: sqlite3.Connection) -> int:
        return int(connection.execute("SELECT number FROM change").fetchone()[0])


def _keep(connection: sqlite3.Connection, one: Arriving) -> None:
    card = one.source.card
    cursor = connection.execute(
        "INSERT INTO held (source, sha256, publisher, day, passages, dimensions, numbers)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            one.source.slug,
            one.source.sha256,
            card.publisher,
            _day(one.source),
            len(one.passages),
            one.vectors.shape[1],
            one.numbers,
        ),
    )
    assert cursor.lastrowid is not None
    connection.execute(
        "INSERT INTO passage_vectors VALUES (?, ?)",
        (cursor.lastrowid, as_bytes(one.vectors).tobytes()),
    )
    connection.executemany(
        "INSERT INTO sentence_vectors VALUES (?, ?, ?)",
        [
            (cursor.lastrowid * _MOST_PASSAGES + passage.number, _spans(passage), packed(vectors))
            for passage, vectors in zip(one.passages, one.sentences, strict=True)
        ],
    )


def _remove(connection: sqlite3.Connection, slug: str) -> None:
    row = connection.execute("SELECT id FROM held WHERE source = ?", (slug,)).fetchone()
    if row is not None:
        first = row[0] * _MOST_PASSAGES
        connection.execute(
            "DELETE FROM sentence_vectors WHERE passage BETWEEN ? AND ?",
            (first, first + _MOST_PASSAGES - 1),
        )
        connection.execute("DELETE FROM passage_vectors WHERE held = ?", row)
        connection.execute("DELETE FROM held WHERE id = ?", row)


def _numbers(connection: sqlite3.Connection, one: Held, dimensions: int) -> np.ndarray:
    (content,) = connection.execute(
        "SELECT vectors FROM passage_vectors WHERE held = ?", (one.id,)
    ).fetchone()
    return np.frombuffer(content, dtype=np.int8).reshape(one.passages, dimensions)


def _day(source: Source) -> int:
    return day_number(source.card.published) if source.card.published else 0


def _spans(passage: Passage) -> bytes:
    return np.array([(span.start, span.end) for span in passage.sentences], dtype="<i4").tobytes()
