"""The library that a set's texts make, added by the code that adds a user's texts.

It is kept under a name made of the texts and of what the index is made with, so that texts
are embedded once; an interrupted build is taken up where it stopped.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from assistant.evaluation.beir import Document
from index.changes import Changes
from index.embedder import Embedder
from index.filters import Filters
from index.indexing import add, sync_folder
from index.inputs import Input
from index.library import Library, fingerprint_of, open_library
from index.progress import ProgressReport

_ORIGIN = "corpus"
_WHOLE = "set is whole"
_PLAIN = "plain-1"
_LAYOUT = "title-and-text-1"
"""Names how a document is written as a file; a new way is a new name."""


@dataclass(frozen=True, slots=True)
class SetLibrary:
    """A library made of a set's documents."""

    library: Library
    slugs: Mapping[str, str]
    """The source that each document became, by the document's id; the same words make one."""
    documents: Mapping[str, tuple[str, ...]]
    """The other way round."""
    refused: tuple[str, ...]
    """Ids of documents that are no readable text (empty ones, say)."""

    def filters_for(self, documents: Sequence[str]) -> Filters | None:
        """Filters that let only these documents through; `None` for an empty sequence."""
        if not documents:
            return None
        # A slug that no source has: where none of them could be read, nothing may be seen.
        known = tuple(dict.fromkeys(self.slugs.get(name, "-") for name in documents))
        return Filters(sources=known)


@contextmanager
def set_library(
    documents: Sequence[Document],
    *,
    name: str,
    cache: Path,
    embedder: Embedder,
    report: ProgressReport | None = None,
) -> Iterator[SetLibrary]:
    """The library of `documents`, kept in `cache` under `name` (a hash of them)."""
    library = open_library(library_folder(cache, name, embedder), embedder=embedder)
    try:
        catalogue = library.catalogue
        if catalogue.note(_WHOLE) != _LAYOUT:
            inputs = [_offer(number, one) for number, one in enumerate(documents, start=1)]
            add(library, inputs, report=report)
            catalogue.keep_note(_WHOLE, _LAYOUT)
        slugs = {
            place.origin.partition("/")[2]: place.slug for place in catalogue.places.below(_ORIGIN)
        }
        documents_of = defaultdict(list)
        for document, slug in slugs.items():
            documents_of[slug].append(document)
        yield SetLibrary(
            library=library,
            slugs=slugs,
            documents={slug: tuple(names) for slug, names in documents_of.items()},
            refused=tuple(one.id for one in documents if one.id not in slugs),
        )
    finally:
        library.close()


@contextmanager
def text_library(
    texts: Mapping[str, str],
    *,
    cache: Path,
    embedder: Embedder,
    report: ProgressReport | None = None,
) -> Iterator[Library]:
    """The library of `texts`, by name, whatever marks are in them: each is read as plain text.

    It is kept in `cache` under a hash of them; where each came from tells `origin_of`.
    """
    name = sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()
    library = open_library(library_folder(cache, name, embedder), embedder=embedder)
    try:
        if library.catalogue.note(_WHOLE) != _PLAIN:
            add(library, [_as_plain(*one) for one in texts.items()], report=report)
            library.catalogue.keep_note(_WHOLE, _PLAIN)
        yield library
    finally:
        library.close()


def origin_of(name: str) -> str:
    """The origin of a text of that name in a `text_library`."""
    return f"{_ORIGIN}/{name}"


def _as_plain(name: str, written: str) -> Input:
    content, file = written.encode("utf-8", "replace"), f"{name}.txt"
    return Input(file, origin_of(name), len(content), lambda: (content, file))


@contextmanager
def folder_library(
    folder: Path, *, cache: Path, embedder: Embedder, report: ProgressReport | None = None
) -> Iterator[tuple[Library, Changes]]:
    """The library of the files in `folder`, kept in `cache` and made to match each time."""
    place = str(folder.resolve())
    library = open_library(library_folder(cache, place, embedder), embedder=embedder)
    try:
        yield library, sync_folder(library, folder, report=report)
    finally:
        library.close()


def library_folder(cache: Path, name: str, embedder: Embedder) -> Path:
    """Where in `cache` the library of the texts called `name` is kept."""
    key = f"{name}, {_LAYOUT}, {fingerprint_of(embedder)}"
    return cache / sha256(key.encode()).hexdigest()[:16]


def _offer(number: int, document: Document) -> Input:
    """The document as a file: its title on the card and, as a saved page has it, on top."""
    import yaml

    title = " ".join(document.title.split())
    card = yaml.safe_dump({"title": title or "unknown"}, allow_unicode=True, width=10_000)
    body = f"{title}\n\n{document.text}" if title else document.text
    content = f"---\n{card}---\n{body}".encode("utf-8", "replace")
    name = f"{number}.txt"
    return Input(name, f"{_ORIGIN}/{document.id}", len(content), lambda: (content, name))
