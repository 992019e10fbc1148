"""Whether a library is whole: every index held against the catalogue.

Read only. Sources are looked at one by one, so that a large library needs no more memory
than its largest text. What is found wrong is a `Finding`, never an exception; mending is
the room next door.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeVar

import numpy as np

from index.embedder import Vectors as Embeddings
from index.embedder import embed_passages
from index.library import Library
from index.passages import Passage
from index.sentence_vectors import Found
from index.vectors import Kept
from sources.catalogue import Catalogue
from sources.entries import Entry
from sources.errors import AssistantError, DamagedLibraryError
from sources.source import Text

Room = Literal[
    "catalogue", "texts", "model", "interrupted", "vectors", "sentence vectors", "words", "cards",
    "files",
]  # fmt: skip

INDEX_ROOMS: tuple[Room, ...] = ("vectors", "sentence vectors", "words")
"""The indexes; one of which nothing can be read has to be made anew."""
SAME_MODEL = 0.97
"""Cosine of a kept vector with one made now, from which the same model made both."""
_SAMPLE = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it must be."""

    room: Room
    problem: str
    source: str | None = None
    """The slug of the source it is about; `None` when it is about the whole."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a check looked at, and what it found wrong."""

    sources: int
    passages: int
    findings: tuple[Finding, ...]


_Told = TypeVar("_Told")

CheckReport = Callable[[int, int], None]
"""Told how many sources of how many have been looked at."""


def check(library: Library, *, report: CheckReport | None = None) -> Report:
    """Look at everything the library holds. Raises `StateError` when the catalogue is broken."""
    catalogue = library.catalogue
    entries = catalogue.entries(state="ready")
    findings = [
        Finding("interrupted", f"A change of it was interrupted ({_what(entry)}).", slug)
        for entry in catalogue.unfinished()
        for slug in (entry.source.slug,)
    ]
    if not library.is_in_use:
        findings.append(Finding("model", "Answers do not come from this index."))
    indexes = _Indexes()
    for done, entry in enumerate(entries, start=1):
        if not entry.card_pending:
            findings.extend(_check_source(library, entry, indexes))
        if report is not None:
            report(done, len(entries))
    findings.extend(_check_model(library, entries, indexes))
    findings.extend(_check_strays(library, entries, indexes))
    findings.extend(_check_files(catalogue))
    findings.extend(indexes.broken.values())
    return Report(len(entries), sum(entry.passages for entry in entries), tuple(findings))


class _Indexes:
    """Asks the indexes; one that cannot answer is found once, and asked no more."""

    def __init__(self) -> None:
        self.broken: dict[Room, Finding] = {}

    def ask(self, room: Room, read: Callable[[], _Told]) -> _Told | None:
        """What `read` tells; `None` where the side is broken."""
        if room in self.broken:
            return None
        try:
            return read()
        except AssistantError as error:
            self.broken[room] = Finding(room, error.problem)
            return None


def strays(library: Library) -> frozenset[str]:
    """The sources that an index holds passages of, and the catalogue does not."""
    held = (read() for read in _holders(library).values())
    return frozenset[str]().union(*held) - _known(library)


def lost_sources(library: Library) -> frozenset[str]:
    """The strays whose words the index holds and of which the catalogue knows nothing.

    They are no leftovers: removing a source, or forgetting it, begins in the catalogue and ends
    there. So the catalogue has lost them.
    """
    held = library.vectors.sources() if strays(library) else frozenset()
    return frozenset(slug for slug in held if library.catalogue.entry(slug) is None)


def _known(library: Library) -> set[str]:
    catalogue = library.catalogue
    entries = (*catalogue.entries(state="ready"), *catalogue.entries(state="adding"))
    return {entry.source.slug for entry in entries}


def _holders(library: Library) -> dict[Room, Callable[[], frozenset[str]]]:
    return {
        "vectors": library.vectors.sources,
        "sentence vectors": library.sentences.sources,
        "words": library.lexical.sources,
    }


def _what(entry: Entry) -> str:
    if entry.state == "ready":
        return "editing its card"
    return entry.state


def _check_source(library: Library, entry: Entry, indexes: _Indexes) -> Iterator[Finding]:
    slug = entry.source.slug

    def found(room: Room, problem: str) -> Finding:
        return Finding(room, problem, slug)

    try:
        text = library.catalogue.text(slug)
    except DamagedLibraryError as error:
        yield found("texts", error.problem)
        return
    kept = indexes.ask("vectors", lambda: library.vectors.kept_of(entry.source))
    if kept is None:
        return
    problem = _wrong_with(kept, text, entry)
    if problem is not None:
        yield found("vectors", problem)
        return
    ids = {one.passage.id: len(one.passage.sentences) for one in kept}
    if any(not one.has_card for one in kept):
        yield found("cards", "The vectors have another card than the catalogue.")
    small = indexes.ask("sentence vectors", lambda: library.sentences.of(ids))
    sizes = indexes.ask("sentence vectors", lambda: library.sentences.sizes_of(slug))
    if small is not None and sizes is not None and not (sizes == ids and _fit(small, kept)):
        yield found("sentence vectors", "The small vectors are not those of its passages.")
    words = indexes.ask("words", lambda: library.lexical.ids_of(slug))
    if words is not None and words != ids.keys():
        yield found("words", "The word index does not hold just its passages.")


def _fit(small: Mapping[str, Found], kept: Sequence[Kept]) -> bool:
    return all(
        small[one.passage.id].sha256 == one.sha256
        and small[one.passage.id].sentences == one.passage.sentences
        for one in kept
    )


def _wrong_with(kept: Sequence[Kept], text: Text, entry: Entry) -> str | None:
    if [one.passage.number for one in kept] != list(range(entry.passages)):
        return f"There are vectors of {len(kept)} passages, not of its {entry.passages}."
    for one in kept:
        passage = one.passage
        if one.sha256 != entry.source.sha256:
            return f"Passage {passage.number} was cut from another text."
        if text.content[passage.start : passage.end] != passage.content:
            return f"Passage {passage.number} is not a slice of its text."
        if not one.is_unit:
            return f"The vector of passage {passage.number} is missing or not of length one."
    pieces = [piece for one in kept for piece in one.passage.sentences]
    begins, ends = {piece.start for piece in pieces}, {piece.end for piece in pieces}
    for sentence in text.sentences:
        if sentence.start not in begins or sentence.end not in ends:
            return f"The sentence at {sentence.start}:{sentence.end} is in no passage."
    return None


def _check_model(
    library: Library, entries: Sequence[Entry], indexes: _Indexes
) -> Iterator[Finding]:
    """Embed a few passages again: do their vectors come from this model?"""

    def embedded(passage: Passage) -> Embeddings:
        return embed_passages(library.embedder, [passage.content], [passage.sentence_bounds])[0]

    for entry in entries[:: max(1, len(entries) // _SAMPLE)][:_SAMPLE]:
        kept = indexes.ask("vectors", partial(library.vectors.kept_of, entry.source))
        for one in (kept or ())[:1]:
            made = indexes.ask("model", partial(embedded, one.passage))
            if made is not None and float(np.dot(made[0], one.vector)) < SAME_MODEL:
                yield Finding(
                    "model",
                    f"Its vectors were not made by {library.embedder.name!r}.",
                    entry.source.slug,
                )


def _check_files(catalogue: Catalogue) -> Iterator[Finding]:
    for fault in catalogue.originals.faults():
        entry = catalogue.with_file(fault.file_sha256)
        yield Finding(
            "files",
            "The file it was read from is kept, but damaged."
            if fault.unreadable is None
            else f"The file it was read from is kept, but cannot be read: {fault.unreadable}.",
            entry.source.slug if entry is not None else None,
        )


def _check_strays(
    library: Library, entries: Sequence[Entry], indexes: _Indexes
) -> Iterator[Finding]:
    """Reading who holds what is slow where much is held: only when the numbers differ."""
    half_done = {entry.source.slug for entry in library.catalogue.unfinished()}
    expected = sum(entry.passages for entry in entries)
    counts = (
        indexes.ask("vectors", library.vectors.count),
        indexes.ask("sentence vectors", library.sentences.count),
        indexes.ask("words", library.lexical.count),
    )
    if not half_done and all(count in (None, expected) for count in counts):
        return
    held = {
        room: indexes.ask(room, read) or frozenset() for room, read in _holders(library).items()
    }
    for slug in sorted(frozenset[str]().union(*held.values()) - _known(library) - half_done):
        is_lost = slug in held["vectors"] and library.catalogue.entry(slug) is None
        yield Finding(
            "catalogue" if is_lost else "vectors",
            "The index holds passages of it, the catalogue does not.",
            slug,
        )
