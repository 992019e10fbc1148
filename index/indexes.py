"""The indexes of a library (vectors in Chroma, those of sentences, and words), changed together.

Passages of many sources are embedded in one go, before anything is changed; only then are
the indexes written, so that the time in which a source is in one index alone is short, and
the catalogue's state covers it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.embedder import Vectors as Embeddings
from index.embedder import embed_passages
from index.library import Library
from index.passages import Passage, cut_into_passages
from index.progress import Meter
from index.sentence_vectors import NewSentences
from sources.entries import Entry
from sources.source import Source, Text

_BATCH = 64
_GROUP_CHARACTERS = 300_000


@dataclass(frozen=True, slots=True)
class Cut:
    """A source cut into passages, on its way into an index."""

    source: Source
    passages: tuple[Passage, ...]
    file_bytes: int = 0
    """Of its file, for telling progress."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """The vectors of one source's passages, row by row, and of each passage's sentences."""

    passages: Embeddings
    sentences: tuple[Embeddings, ...]


def cut(library: Library, source: Source, text: Text, *, file_bytes: int = 0) -> Cut:
    """The source's passages, as the library's embedder takes them in."""
    embedder = library.embedder
    passages = cut_into_passages(
        text,
        source=source.slug,
        max_tokens=embedder.max_tokens,
        count_tokens=embedder.count_tokens,
    )
    return Cut(source, passages, file_bytes)


def embed(library: Library, cuts: Sequence[Cut], meter: Meter) -> tuple[Embedded, ...]:
    """The vectors of each source's passages; passages of several sources share a batch."""
    every = [(cut, passage) for cut in cuts for passage in cut.passages]
    rows: list[Embeddings] = []
    sentences: list[Embeddings] = []
    for begin in range(0, len(every), _BATCH):
        batch = every[begin : begin + _BATCH]
        vectors, of_sentences = embed_passages(
            library.embedder,
            [passage.content for _, passage in batch],
            [passage.sentence_bounds for _, passage in batch],
        )
        rows.append(vectors)
        sentences.extend(of_sentences)
        _tell(batch, meter)
    embedded: list[Embedded] = []
    reached = 0
    together = np.concatenate(rows) if rows else np.zeros((0, 0), dtype=np.float32)
    for cut in cuts:
        end = reached + len(cut.passages)
        embedded.append(Embedded(together[reached:end], tuple(sentences[reached:end])))
        reached = end
    return tuple(embedded)


def put(library: Library, cuts: Sequence[Cut], embedded: Sequence[Embedded]) -> None:
    """Make every index hold exactly these passages of these sources."""
    slugs = [cut.source.slug for cut in cuts]
    library.vectors.remove_all(slugs)
    pairs = list(zip(cuts, embedded, strict=True))
    library.vectors.add_all([(cut.source, cut.passages, made.passages) for cut, made in pairs])
    library.sentences.put(
        (), [NewSentences(cut.source, cut.passages, made.sentences) for cut, made in pairs]
    )
    library.lexical.change(remove=slugs, add=[(cut.source, cut.passages) for cut in cuts])


def take_in(library: Library, entries: Sequence[Entry], meter: Meter) -> None:
    """Embed sources anew from the catalogue's texts and make them ready, group by group."""
    catalogue = library.catalogue
    for group in groups(entries):
        cuts = [
            cut(
                library,
                entry.source,
                catalogue.text(entry.source.slug),
                file_bytes=entry.characters,
            )
            for entry in group
        ]
        embedded = embed(library, cuts, meter)
        passages = {cut.source.slug: len(cut.passages) for cut in cuts}
        if library.is_in_use:
            catalogue.register.mark_adding(list(passages))
            put(library, cuts, embedded)
            catalogue.register.mark_ready(passages, fingerprint=library.fingerprint)
        else:
            put(library, cuts, embedded)
            catalogue.register.note_indexed(library.fingerprint, passages)


def groups(entries: Sequence[Entry]) -> list[list[Entry]]:
    """The entries in order, so many together as are worth embedding in one go."""
    found: list[list[Entry]] = []
    characters = _GROUP_CHARACTERS
    for entry in entries:
        if characters >= _GROUP_CHARACTERS:
            found.append([])
            characters = 0
        found[-1].append(entry)
        characters += entry.characters
    return found


def take_out(library: Library, slugs: Sequence[str]) -> None:
    """Make no index hold any passage of these sources."""
    if slugs:
        library.vectors.remove_all(slugs)
        library.sentences.put(slugs)
        library.lexical.change(remove=slugs)


def recard(library: Library, source: Source) -> None:
    """Let every index filter by the card as it is now; no vector is made again."""
    library.vectors.recard(source)
    passages = library.vectors.passages_of(source.slug)
    library.lexical.change(remove=(source.slug,), add=((source, passages),))


def _tell(batch: Sequence[tuple[Cut, Passage]], meter: Meter) -> None:
    for cut in dict.fromkeys(found for found, _ in batch):
        passages = [passage for found, passage in batch if found is cut]
        total = len(cut.passages)
        meter.embedded(
            passages,
            cut.file_bytes * len(passages) / total,
            done=passages[-1].number + 1,
            total=total,
        )
