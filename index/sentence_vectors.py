"""Small vectors of the sentences of every passage, and where those stand in the text.

No question embeds a passage again. Kept beside the index they belong to, in an SQLite file: a
source's rows come and go together or not at all. A number takes half a byte; the words
themselves are slices of the text that the catalogue keeps.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

import numpy as np

from index.embedder import Vectors as Embeddings
from index.packing import packed, unpacked
from index.passages import Passage
from sources.database import Database
from sources.source import Sentence, Source

SENTENCE_VECTORS = "in-context-int4-3"
"""Names how they are made and kept; an index records it, and a new way is a new name."""
FILE_NAME = "sentences.sqlite3"

_Value = TypeVar("_Value")
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
        passages INTEGER NOT NULL,
        dimensions INTEGER NOT NULL,
        numbers TEXT NOT NULL
    );
    CREATE TABLE sentence_vectors (
        passage INTEGER PRIMARY KEY,
        spans BLOB NOT NULL,
        vectors BLOB NOT NULL
    );
    """,
)


@dataclass(frozen=True, slots=True)
class NewSentences:
    """The passages of one source with their vectors, to be kept."""

    source: Source
    passages: Sequence[Passage]
    sentences: Sequence[Embeddings]
    """For each passage ``(len(passage.sentences), dimensions)``, of unit length."""

    def __post_init__(self) -> None:
        if not len(self.passages) == len(self.sentences) < _MOST_PASSAGES:
            raise ValueError(f"{len(self.sentences)} vectors for {len(self.passages)} passages")
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

    def put(self, remove: Sequence[str], arriving: Sequence[NewSentences] = ()) -> None:
        """Remove all of the sources of these slugs, then keep: all of it, or nothing."""
        with self._database.changing() as connection:
            for slug in (*remove, *(one.source.slug for one in arriving)):
                _remove(connection, slug)
            for one in arriving:
                if len(one.passages):
                    _keep(connection, one)

    def of(self, ids: Iterable[str]) -> dict[str, Found]:
        """What is kept of the passages of those ids; an id that is not there is left out."""
        asked = [(name, *name.rpartition("#")[::2]) for name in ids]
        names: dict[int, tuple[str, str]] = {}
        kept: list[tuple[int, bytes, bytes]] = []
        with self._database.reading() as connection:
            held = _held(connection, {slug for _, slug, _ in asked})
            for name, slug, number in asked:
                if slug in held:
                    one = held[slug]
                    names[one.id * _MOST_PASSAGES + int(number)] = (name, one.sha256)
            for rows in _batches(names, _AT_ONCE):
                kept += connection.execute(
                    "SELECT passage, spans, vectors FROM sentence_vectors "
                    f"WHERE passage IN ({', '.join('?' * len(rows))})",
                    rows,
                )
        if not kept:
            return {}
        (dimensions, *_) = {one.dimensions for one in held.values()}
        every = unpacked(b"".join(row[2] for row in kept), dimensions=dimensions)
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

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


@dataclass(frozen=True, slots=True)
class _Held:
    """A source whose sentences are kept."""

    id: int
    sha256: str
    """Of the text that the passages are slices of."""
    dimensions: int


def _held(connection: sqlite3.Connection, slugs: Iterable[str]) -> dict[str, _Held]:
    """The sources of those slugs by their slugs; one of which nothing is kept is left out."""
    found: dict[str, _Held] = {}
    for some in _batches(slugs, _AT_ONCE):
        rows = connection.execute(
            "SELECT source, id, sha256, dimensions FROM held "
            f"WHERE source IN ({', '.join('?' * len(some))})",
            some,
        )
        found |= {source: _Held(*rest) for source, *rest in rows}
    return found


def _keep(connection: sqlite3.Connection, one: NewSentences) -> None:
    cursor = connection.execute(
        "INSERT INTO held (source, sha256, passages, dimensions, numbers)"
        " VALUES (?, ?, ?, ?, 'float32')",  # the column is read no more: all are computed in it
        (one.source.slug, one.source.sha256, len(one.passages), one.sentences[0].shape[1]),
    )
    assert cursor.lastrowid is not None
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
        connection.execute("DELETE FROM held WHERE id = ?", row)


def _spans(passage: Passage) -> bytes:
    return np.array([(span.start, span.end) for span in passage.sentences], dtype="<i4").tobytes()


def _batches(values: Iterable[_Value], size: int) -> Iterator[tuple[_Value, ...]]:
    """The values, at most `size` of them together."""
    remaining = iter(values)
    while batch := tuple(islice(remaining, size)):
        yield batch
