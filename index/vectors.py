"""The vector side of the index: Chroma, embedded by default or a server by address.

The collection is laid out as `langchain_chroma.Chroma` reads it (words in the document,
card and offsets in the metadata), with cosine distance and no embedding function of
Chroma's own: vectors only ever come from our `Embedder`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.embedder import Vectors as Embeddings
from index.filters import Filters, day_number
from index.passages import Passage
from sources.errors import StateError
from sources.source import Sentence, Source

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

COLLECTION = "passages"


@dataclass(frozen=True, slots=True)
class Kept:
    """A passage as the collection holds it."""

    passage: Passage
    sha256: str
    """Of the text it was cut from."""
    has_card: bool
    """Whether it lies beside the card that its source has now."""
    vector: Embeddings

    @property
    def is_unit(self) -> bool:
        """Whether the vector is there and of length one."""
        return bool(abs(float(np.linalg.norm(self.vector)) - 1.0) < _UNIT_TOLERANCE)


_UNIT_TOLERANCE = 1e-3


class Vectors:
    """Passages by the nearness of their vectors. Errors of Chroma become `StateError`."""

    def __init__(self, folder: Path | None = None, *, address: str | None = None) -> None:
        """Open the collection in `folder`, or on the Chroma server at ``host:port``."""
        with _translated():
            self._client = _connect(folder, address)
            self._collection = self._client.get_or_create_collection(
                COLLECTION,
                embedding_function=None,
                configuration={"hnsw": {"space": "cosine"}},
            )
            self._max_batch = self._client.get_max_batch_size()

    def add(self, source: Source, passages: Sequence[Passage], embeddings: Embeddings) -> None:
        """Add passages of one source with their vectors, row by row."""
        self.add_all(((source, passages, embeddings),))

    def add_all(self, arriving: Sequence[tuple[Source, Sequence[Passage], Embeddings]]) -> None:
        """Add passages of several sources with their vectors, row by row.

        Chroma takes nearly as long for one passage as for a hundred: together is faster.
        """
        every = [(source, passage) for source, passages, _ in arriving for passage in passages]
        if not every:
            return
        rows = np.concatenate([vectors for _, passages, vectors in arriving if len(passages)])
        with _translated():
            for begin in range(0, len(every), self._max_batch):
                batch = every[begin : begin + self._max_batch]
                self._collection.upsert(
                    ids=[passage.id for _, passage in batch],
                    embeddings=rows[begin : begin + len(batch)],
                    documents=[passage.content for _, passage in batch],
                    metadatas=[_metadata(source, passage) for source, passage in batch],
                )

    def remove(self, source: str) -> None:
        """Remove all passages of the source of that slug; none is no error."""
        self.remove_all((source,))

    def remove_all(self, sources: Sequence[str]) -> None:
        """Remove all passages of the sources of those slugs."""
        with _translated():
            for slug in sources:
                self._collection.delete(where={"source": slug})

    def recard(self, source: Source) -> None:
        """Write the source's card anew beside its vectors, which stay as they are."""
        with _translated():
            ids = self._collection.get(where={"source": source.slug}, include=[])["ids"]
            # `update` lays these over what is there; a None takes the field away.
            card: Any = _card_fields(source)
            for begin in range(0, len(ids), self._max_batch):
                batch = ids[begin : begin + self._max_batch]
                self._collection.update(ids=batch, metadatas=[card] * len(batch))

    def passages_of(self, source: str) -> tuple[Passage, ...]:
        """Every passage of the source of that slug, in order."""
        with _translated():
            found = self._collection.get(
                where={"source": source}, include=["documents", "metadatas"]
            )
        pairs = zip(found["documents"] or [], found["metadatas"] or [], strict=True)
        passages = (_passage(content, card) for content, card in pairs)
        return tuple(sorted(passages, key=lambda passage: passage.number))

    def kept_of(self, source: Source) -> tuple[Kept, ...]:
        """Everything held of the source, in order; for checking it."""
        with _translated():
            found = self._collection.get(
                where={"source": source.slug}, include=["documents", "metadatas", "embeddings"]
            )
            card = _card_fields(source)
            rows = zip(
                found["documents"] or [],
                found["metadatas"] or [],
                found["embeddings"] if found["embeddings"] is not None else [],
                strict=True,
            )
            kept = [
                Kept(
                    passage=_passage(content, metadata),
                    sha256=str(metadata["sha256"]),
                    has_card=all(metadata.get(name) == value for name, value in card.items()),
                    vector=np.asarray(vector, dtype=np.float32),
                )
                for content, metadata, vector in rows
            ]
        return tuple(sorted(kept, key=lambda one: one.passage.number))

    def sources(self) -> frozenset[str]:
        """The slugs of all sources that have passages here; reads every passage's card."""
        slugs: set[str] = set()
        with _translated():
            for begin in range(0, self._collection.count(), self._max_batch):
                page = self._collection.get(
                    limit=self._max_batch, offset=begin, include=["metadatas"]
                )
                slugs.update(str(card["source"]) for card in page["metadatas"] or [])
        return frozenset(slugs)

    def search(
        self, embedding: Embeddings, *, limit: int, filters: Filters | None = None
    ) -> tuple[tuple[str, float], ...]:
        """The ids of the `limit` nearest passages with cosine similarity in [-1, 1], best first.

        `embedding` is one vector of unit length.
        """
        with _translated():
            found = self._collection.query(
                query_embeddings=embedding.reshape(1, -1),
                n_results=limit,
                where=_where(filters),
                include=["distances"],
            )
        distances = found["distances"] or [[]]
        return tuple(
            (passage_id, 1.0 - distance)
            for passage_id, distance in zip(found["ids"][0], distances[0], strict=True)
        )

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        """The passages of those ids; an id that is not there is left out."""
        if not ids:
            return {}
        with _translated():
            found = self._collection.get(ids=list(ids), include=["documents", "metadatas"])
        return {
            passage_id: _passage(content, metadata)
            for passage_id, content, metadata in zip(
                found["ids"], found["documents"] or [], found["metadatas"] or [], strict=True
            )
        }

    def count(self) -> int:
        """How many passages there are."""
        with _translated():
            return int(self._collection.count())

    def close(self) -> None:
        """Let go of the files."""
        close = getattr(self._client, "close", None)  # not in the ClientAPI protocol
        if close is not None:
            close()


def _connect(folder: Path | None, address: str | None) -> "ClientAPI":
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if address is None:
        if folder is None:
            raise ValueError("either a folder or an address")
        return chromadb.PersistentClient(path=str(folder), settings=settings)
    host, _, port = address.removeprefix("http://").rstrip("/").partition(":")
    return chromadb.HttpClient(host=host, port=int(port or 8000), settings=settings)


@contextmanager
def _translated() -> Iterator[None]:
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, OSError, RuntimeError, ValueError) as error:
        raise StateError(
            f"The vector store cannot be used: {error}.",
            remedy="Run `assistant sources reindex` to build the index anew.",
        ) from error


def _metadata(source: Source, passage: Passage) -> Mapping[str, str | int]:
    known = {name: value for name, value in _card_fields(source).items() if value is not None}
    return known | {
        "source": source.slug,
        "sha256": source.sha256,
        "number": passage.number,
        "start": passage.start,
        "end": passage.end,
        "sentences": json.dumps([(span.start, span.end) for span in passage.sentences]),
    }


def _card_fields(source: Source) -> Mapping[str, str | int | None]:
    card = source.card
    return {
        "title": card.title,
        "publisher": card.publisher,
        "author": card.author,
        "published": card.published.isoformat() if card.published else None,
        "published_day": day_number(card.published) if card.published else None,
        "url": card.url,
        "language": card.language,
    }


def _passage(content: str, metadata: Mapping[str, Any]) -> Passage:
    return Passage(
        source=metadata["source"],
        number=metadata["number"],
        sentences=tuple(Sentence(start, end) for start, end in json.loads(metadata["sentences"])),
        content=content,
    )


def _where(filters: Filters | None) -> Any:
    if not filters:
        return None
    conditions: list[dict[str, Any]] = []
    if filters.sources:
        conditions.append({"source": {"$in": list(filters.sources)}})
    if filters.publishers:
        conditions.append({"publisher": {"$in": list(filters.publishers)}})
    if filters.since:
        conditions.append({"published_day": {"$gte": day_number(filters.since)}})
    if filters.until:
        conditions.append({"published_day": {"$lte": day_number(filters.until)}})
    return conditions[0] if len(conditions) == 1 else {"$and": conditions}
