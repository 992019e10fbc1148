"""Mending what `index.checking` finds: the index is made again from the catalogue's texts.

The catalogue is the truth. A text that is itself damaged is read again from where it came
from, if the very same text still lies there; nothing else could take its place.
"""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from index import sides
from index.arriving import finish
from index.checking import Finding, strays
from index.indexing import changing
from index.library import IN_USE, Library, index_folder
from index.progress import ProgressReport
from index.reindexing import reindex
from sources.catalogue import Catalogue
from sources.confined import ConfinedReader
from sources.errors import AssistantError
from sources.originals import Original, path_of
from sources.reading import make_source, read_file


def mend(
    library: Library, findings: Sequence[Finding], *, report: ProgressReport | None = None
) -> tuple[str, ...]:
    """Mend what can be mended; return what was done, in plain words.

    Check again afterwards: what is still found then cannot be mended from here.
    """
    done: list[str] = []
    with changing(library):
        done.extend(_texts_again(library, findings))
        stray = sorted(strays(library))
        sides.take_out(library, stray)
        done.extend(f"{slug}: taken out of the index" for slug in stray)
        for fault in list(library.catalogue.originals.faults()):
            if fault.unreadable is None:
                library.catalogue.originals.drop(fault.file_sha256)
                name = fault.file_sha256[:12]
                done.append(f"damaged file {name} taken off the disk; its text stays")
        if not _concerns_all(findings):
            again = _to_index_again(library.catalogue, findings)
            library.catalogue.register.mark_adding(again)
            finish(library, library.catalogue.unfinished())
            return (*done, *(f"{slug}: indexed again" for slug in again))
    count = reindex(library, report=report)
    return (*done, f"{count} source{'s' if count != 1 else ''} indexed again")


def _concerns_all(findings: Sequence[Finding]) -> bool:
    serious = [found for found in findings if found.room != "files"]
    return any(found.source is None or found.room == "model" for found in serious)


def throw_index_away(catalogue: Catalogue, home: Path) -> None:
    """Take an index that cannot be opened off the disk; its sources are to be taken in again.

    Not to be called while the index is open. Whoever opens the library next, builds it.
    """
    with catalogue.changing_alone():
        fingerprint = catalogue.note(IN_USE)
        ready = [entry.source.slug for entry in catalogue.entries(state="ready")]
        catalogue.register.mark_adding(ready)
        if fingerprint is not None:
            shutil.rmtree(index_folder(home, fingerprint), ignore_errors=True)


def _to_index_again(catalogue: Catalogue, findings: Sequence[Finding]) -> list[str]:
    """The sources whose index is wrong, without those that the catalogue no longer shows."""
    rooms = ("vectors", "sentence vectors", "words", "cards", "texts")
    return list(
        catalogue.ready_among(found.source or "" for found in findings if found.room in rooms)
    )


def _texts_again(library: Library, findings: Sequence[Finding]) -> Iterator[str]:
    catalogue = library.catalogue
    damaged = (found.source or "" for found in findings if found.room == "texts")
    with ConfinedReader() as reader:
        for slug, kept in catalogue.ready_among(damaged).items():
            wanted = kept.sha256
            for origin, original in _files_of(catalogue, slug):
                try:
                    read = reader.read(original.content, original.name)
                except AssistantError:
                    continue
                source, text = make_source(read, name=original.name, origin=origin)
                if source.sha256 == wanted:
                    catalogue.register.mend_text(wanted, text)
                    yield f"{slug}: text read again from {origin!r}"
                    break


def _files_of(catalogue: Catalogue, slug: str) -> Iterator[tuple[str, Original]]:
    """The files that may hold the source's text: as it was read, and where else it lies."""
    entry = catalogue.entry(slug)
    original = catalogue.originals.of(entry) if entry is not None else None
    if entry is not None and original is not None:
        yield entry.source.origin, original
    for place in catalogue.places.of(slug):
        path = path_of(place.origin)
        if path is None:
            continue
        try:
            yield place.origin, Original(path.name, read_file(path))
        except AssistantError:
            continue
