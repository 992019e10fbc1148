"""The vectors of every passage's sentences, so that no question embeds a passage again.

Kept beside the index they belong to, one row a passage in an SQLite file: changes are whole
or not at all, and what a search reads is a few kilobytes from the page cache. A vector is
384 bytes instead of 1,536: each number a whole one from -127 to 127, the largest of each
vector 127. Its length is one by promise, so no scale is kept; the cosine of two sentences
moves by less than .002.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.embedder import Vectors as Embeddings
from index.passages import Passage
from index.pooling import normalised
from sources.database import Database

SENTENCE_VECTORS = "in-context-int8-1"
"""Names how they are made and kept; an index records it, and a new way is a new name."""
FILE_NAME = "sentences.sqlite3"

_LARGEST = 127
_AT_ONCE = 500
_MIGRATIONS = (
    """
    CREATE TABLE sentence_vectors (
        passage TEXT PRIMARY KEY,
        source TEXT NOT NULL,
        sentences INTEGER NOT NULL,
        vectors BLOB NOT NULL
    );
    CREATE INDEX sentence_vectors_source ON sentence_vectors (source);
    """,
)


class SentenceVectors:
    """Sentence vectors by passage. SQLite's errors become `StateError`."""

    def __init__(self, folder: Path) -> None:
        """Open the file in `folder`, making it where there is none."""
        self._database = Database(
            folder / FILE_NAME, room="sentence vectors", migrations=_MIGRATIONS
        )

    def add(self, passages: Sequence[Passage], vectors: Sequence[Embeddings]) -> None:
        """Keep for each passage ``(len(passage.sentences), dimensions)`` unit vectors.

        A passage that is there already is replaced; all are kept, or none.
        """
        self.put((), passages, vectors)

    def put(
        self, remove: Sequence[str], passages: Sequence[Passage], vectors: Sequence[Embeddings]
    ) -> None:
        """Remove those of the sources of these slugs, then `add`: all of it, or nothing."""
        rows = []
        for passage, found in zip(passages, vectors, strict=True):
            if len(found) != len(passage.sentences):
                raise ValueError(f"{len(found)} vectors for the sentences of passage {passage.id}")
            rows.append((passage.id, passage.source, len(found), _packed(found)))
        with self._database.changing() as connection:
            connection.executemany(
                "DELETE FROM sentence_vectors WHERE source = ?", [(slug,) for slug in remove]
            )
            connection.executemany("INSERT OR REPLACE INTO sentence_vectors VALUES (?,?,?,?)", rows)

    def remove(self, source: str) -> None:
        """Remove those of all passages of the source of that slug; none is no error."""
        self.put((source,), (), ())

    def of(self, ids: Sequence[str]) -> dict[str, Embeddings]:
        """``(sentences, dimensions)`` float32 unit vectors of each passage of those ids.

        An id that is not there is left out.
        """
        found: dict[str, Embeddings] = {}
        with self._database.reading() as connection:
            for begin in range(0, len(ids), _AT_ONCE):
                asked = ids[begin : begin + _AT_ONCE]
                rows = connection.execute(
                    "SELECT passage, sentences, vectors FROM sentence_vectors "
                    f"WHERE passage IN ({', '.join('?' * len(asked))})",
                    tuple(asked),
                )
                for passage, sentences, packed in rows:
                    found[passage] = _unpacked(packed, sentences)
        return found

    def count(self) -> int:
        """Of how many passages sentence vectors are kept."""
        with self._database.reading() as connection:
            (number,) = connection.execute("SELECT count(*) FROM sentence_vectors").fetchone()
        return int(number)

    def sizes_of(self, source: str) -> dict[str, int]:
        """How many sentence vectors each passage of the source of that slug has, by its id."""
        with self._database.reading() as connection:
            return dict(
                connection.execute(
                    "SELECT passage, sentences FROM sentence_vectors WHERE source = ?", (source,)
                )
            )

    def sources(self) -> frozenset[str]:
        """The slugs of all sources that have sentence vectors here."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT DISTINCT source FROM sentence_vectors")
            return frozenset(row[0] for row in rows)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


def _packed(vectors: Embeddings) -> bytes:
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=np.finfo(np.float32).tiny)
    return bytes(np.rint(vectors / largest * _LARGEST).astype(np.int8).tobytes())


def _unpacked(packed: bytes, sentences: int) -> Embeddings:
    numbers = np.frombuffer(packed, dtype=np.int8).reshape(sentences, -1)
    return normalised(numbers.astype(np.float32))
