"""The vectors in Chroma, embedded by default or a server by address: searched, and for all to read.

The collection is laid out as `langchain_chroma.Chroma` reads it (words
in the document, card and offsets in the metadata), with cosine distance and no embedding
function of Chroma's own: vectors only ever come from our `Embedder`.
"""

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index import chroma_file
from index.embedder import Vectors as Embeddings
from index.filters import Filters, day_number
from index.passages import Passage
from index.read_only_copy import TemporaryCopy, writable_copy
from sources.database import may_be_written
from sources.errors import StateError
from sources.source import Sentence, Source

if TYPE_CHECKING:
    from chromadb import Collection
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
_GRAPH: Any = {"space": "cosine", "ef_search": 200}
"""Chroma's graph: twice its own breadth of search, since a hundred are asked for at once."""
_WIDE = 5
"""So many times as many are looked at first where a filter lets only some through."""
_FARTHEST_DAY = 9999_12_31
_REMOVED_TOGETHER = 200
"""Sources whose removal is one step of Chroma's: each step takes about 40 ms."""


class Vectors:
    """Passages with their vectors, words and cards. Errors of Chroma become `StateError`."""

    def __init__(self, folder: Path | None = None, *, address: str | None = None) -> None:
        """The collection in `folder`, or on the Chroma server at ``host:port``.

        It is opened at first use, which takes half a second.
        """
        self._folder, self.address = folder, address
        self._turn = threading.Condition()
        self._in_use = 0
        """Threads that use the collection now."""
        self._changes = 0
        """Of them, those that change it."""
        self._opened: _Opened | None = None
        self._copy: TemporaryCopy | None = None

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
        with self._changing() as opened:
            for begin in range(0, len(every), opened.max_batch):
                batch = every[begin : begin + opened.max_batch]
                opened.collection.upsert(
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
        with self._changing() as opened:
            if not opened.collection.count():
                return
            for begin in range(0, len(sources), _REMOVED_TOGETHER):
                among: Any = {"$in": list(sources[begin : begin + _REMOVED_TOGETHER])}
                opened.collection.delete(where={"source": among})

    def recard(self, source: Source) -> None:
        """Write the source's card anew beside its vectors, which stay as they are."""
        with self._changing() as opened:
            ids = opened.collection.get(where={"source": source.slug}, include=[])["ids"]
            # `update` lays these over what is there; a None takes the field away.
            card: Any = _card_fields(source)
            for begin in range(0, len(ids), opened.max_batch):
                batch = ids[begin : begin + opened.max_batch]
                opened.collection.update(ids=batch, metadatas=[card] * len(batch))

    def nearest(
        self, vector: Embeddings, *, limit: int, filters: Filters | None = None
    ) -> tuple[tuple[str, float], ...]:
        """The ids of the `limit` nearest passages with cosine similarity in [-1, 1], best first.

        `vector` is of unit length. The nearest are found by Chroma's graph, which may miss a
        few of those farthest down.
        """
        condition = _condition(filters)
        if condition is None:
            return tuple((name, cosine) for name, cosine, _ in self._query(vector, limit))
        # Chroma reads the card of every passage to find which may be seen, which takes long
        # where many may; then the right ones are among a few hundred of all.
        wide = self._query(vector, _WIDE * limit, with_cards=True)
        seen = [(name, cosine) for name, cosine, card in wide if _passes(card, filters)]
        if len(seen) < limit and len(wide) == _WIDE * limit:
            narrow = self._query(vector, limit, where=condition)
            seen = [(name, cosine) for name, cosine, _ in narrow]
        return tuple(seen[:limit])

    def _query(
        self, vector: Embeddings, limit: int, *, where: Any = None, with_cards: bool = False
    ) -> list[tuple[str, float, Mapping[str, Any]]]:
        """Ids, cosines and, `with_cards`, what the passages are filtered by."""
        with self._reading() as opened:
            kept = opened.collection.query(
                query_embeddings=vector[None, :],
                n_results=limit,
                where=where,
                include=["metadatas", "distances"] if with_cards else ["distances"],
            )
        ids, distances = kept["ids"][0], (kept["distances"] or [[]])[0]
        cards = (kept["metadatas"] or [[]])[0] if with_cards else [{}] * len(ids)
        return [
            (name, 1.0 - distance, card)
            for name, distance, card in zip(ids, distances, cards, strict=True)
        ]

    def passages_of(self, source: str) -> tuple[Passage, ...]:
        """Every passage of the source of that slug, in order."""
        with self._reading() as opened:
            found = opened.collection.get(
                where={"source": source}, include=["documents", "metadatas"]
            )
        pairs = zip(found["documents"] or [], found["metadatas"] or [], strict=True)
        passages = (_passage(content, card) for content, card in pairs)
        return tuple(sorted(passages, key=lambda passage: passage.number))

    def kept_of(self, source: Source) -> tuple[Kept, ...]:
        """Everything held of the source, in order; for checking it."""
        with self._reading() as opened:
            found = opened.collection.get(
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
        with self._reading() as opened:
            for begin in range(0, opened.collection.count(), opened.max_batch):
                page = opened.collection.get(
                    limit=opened.max_batch, offset=begin, include=["metadatas"]
                )
                slugs.update(str(card["source"]) for card in page["metadatas"] or [])
        return frozenset(slugs)

    def count(self) -> int:
        """How many passages there are."""
        with self._reading() as opened:
            return int(opened.collection.count())

    def forget_removed(self) -> None:
        """Take the words of what was removed off the disk, where they lie on this machine.

        Chroma is closed meanwhile, and opened at the next use.
        """
        if self._folder is not None and self.address is None:
            self.close()
            chroma_file.forget_removed(self._folder)

    def close(self) -> None:
        """Let go of the files, once whoever reads them has finished."""
        with self._turn:
            self._turn.wait_for(lambda: not self._in_use)
            self._let_go()

    @contextmanager
    def _reading(self) -> Iterator["_Opened"]:
        """The collection as it is now, whichever process changed it last."""
        with _translated(), self._used(is_change=False) as opened:
            yield opened

    @contextmanager
    def _changing(self) -> Iterator["_Opened"]:
        with _translated(), self._used(is_change=True) as opened:
            yield opened

    @contextmanager
    def _used(self, *, is_change: bool) -> Iterator["_Opened"]:
        with self._turn:
            # An embedded Chroma does not see what another process has changed until it is
            # opened again (tests hold this; a server always does).
            while self._opened and not self._changes and self._opened.state != self._state():
                if not self._in_use:
                    self._let_go()
                else:
                    self._turn.wait()
            opened = self._open()
            self._in_use += 1
            self._changes += is_change
        try:
            yield opened
        finally:
            with self._turn:
                self._in_use -= 1
                self._changes -= is_change
                if is_change and self._opened is not None:
                    self._opened = replace(self._opened, state=self._state())
                self._turn.notify_all()

    def _state(self) -> "_State | None":
        """Tells one state of Chroma's own file from another; `None` for a server or a copy."""
        if self.address is not None or self._folder is None or self._copy is not None:
            return None
        try:
            status = (self._folder / chroma_file.FILE_NAME).stat()
        except OSError:
            return None
        return status.st_ino, status.st_size, status.st_mtime_ns

    def _let_go(self) -> None:
        opened, self._opened = self._opened, None
        if opened is not None:
            _close(opened.client)
        copy, self._copy = self._copy, None
        if copy is not None:
            copy.close()

    def _open(self) -> "_Opened":
        if self._opened is None:
            folder = self._folder
            if self.address is None and folder is not None:
                if folder.is_dir() and not may_be_written(folder / chroma_file.FILE_NAME):
                    self._copy = writable_copy(folder)
                    folder = self._copy.folder
                _prepare(folder)
            client = _connect(folder, self.address)
            collection = client.get_or_create_collection(
                COLLECTION, embedding_function=None, configuration={"hnsw": _GRAPH}
            )
            self._opened = _Opened(client, collection, client.get_max_batch_size(), self._state())
        return self._opened


_State = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Opened:
    client: "ClientAPI"
    collection: "Collection"
    max_batch: int
    """How many passages Chroma takes at once."""
    state: "_State | None"
    """Of its file, as this process knows it."""


def _prepare(folder: Path) -> None:
    """Let Chroma make its file, and lay it out small before anything is in it."""
    if not (folder / chroma_file.FILE_NAME).exists():
        _close(_connect(folder, None))
        chroma_file.slim(folder)


def _close(client: "ClientAPI") -> None:
    close = getattr(client, "close", None)  # not in the ClientAPI protocol
    if close is not None:
        close()
    # Chroma 1.5 leaves the connections to a server open, its own and those of a part of it.
    for part in (client, getattr(client, "_admin_client", None)):
        session = getattr(getattr(part, "_server", None), "_session", None)
        if session is not None:
            session.close()


def _connect(folder: Path | None, address: str | None) -> "ClientAPI":
    import chromadb
    import chromadb.errors
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if address is None:
        if folder is None:
            raise ValueError("either a folder or an address")
        try:
            return chromadb.PersistentClient(path=str(folder), settings=settings)
        except chromadb.errors.ChromaError:
            # Chroma 1.5 keeps the half-started system of a folder that it could not open, and
            # would hand it out again; failing a second time makes it forget.
            with suppress(Exception):
                chromadb.PersistentClient(path=str(folder), settings=settings)
            raise
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


def _condition(filters: Filters | None) -> Any:
    """The filters as Chroma's ``where``; `None` where they ask nothing."""
    if not filters:
        return None
    every: list[Any] = []
    if filters.sources:
        every.append({"source": {"$in": list(filters.sources)}})
    if filters.publishers:
        every.append({"publisher": {"$in": list(filters.publishers)}})
    if filters.since:
        every.append({"published_day": {"$gte": day_number(filters.since)}})
    if filters.until:
        every.append({"published_day": {"$lte": day_number(filters.until)}})
    return every[0] if len(every) == 1 else {"$and": every} if every else None


def _passes(card: Mapping[str, Any], filters: Filters | None) -> bool:
    if not filters:
        return True
    first = day_number(filters.since) if filters.since else 1
    last = day_number(filters.until) if filters.until else _FARTHEST_DAY
    has_day = bool(filters.since or filters.until)
    return (
        (not filters.sources or card["source"] in filters.sources)
        and (not filters.publishers or card.get("publisher") in filters.publishers)
        and (not has_day or first <= (card.get("published_day") or 0) <= last)
    )


def _passage(content: str, metadata: Mapping[str, Any]) -> Passage:
    return Passage(
        source=metadata["source"],
        number=metadata["number"],
        sentences=tuple(Sentence(start, end) for start, end in json.loads(metadata["sentences"])),
        content=content,
    )
