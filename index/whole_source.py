"""A whole source as the index keeps it: every passage with the vectors of its sentences."""

from dataclasses import dataclass

from index.embedder import Vectors
from index.library import Library
from index.passages import Passage
from sources.source import Span


@dataclass(frozen=True, slots=True)
class KeptPassage:
    """A passage and what the index keeps of it."""

    passage: Passage
    vectors: Vectors
    """``(len(passage.sentences), dimensions)``; products with unit vectors are cosines."""


def read_whole(library: Library, slug: str) -> tuple[KeptPassage, ...]:
    """Every passage of the source of that slug, in order; empty while it has none indexed."""
    source = library.catalogue.ready_among([slug]).get(slug)
    if source is None:
        return ()
    content = library.catalogue.text(slug).content
    kept = library.sentences.of(library.sentences.sizes_of(slug))
    passages = []
    for name, found in kept.items():
        if found.sha256 == source.sha256:
            whole = Span(found.sentences[0].start, found.sentences[-1].end)
            number = int(name.rpartition("#")[2])
            passage = Passage(slug, number, found.sentences, whole.of(content))
            passages.append(KeptPassage(passage, found.vectors))
    return tuple(sorted(passages, key=lambda one: one.passage.number))
