"""Mending what `index.checking` finds: the index is made again from the catalogue's texts.

The catalogue is the truth. A text that is itself damaged is read again from where it came
from, if the very same text still lies there; nothing else could take its place.
"""

import shutil
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from index import indexes
from index.checking import Finding, lost_sources, strays
from index.indexing import changing
from index.ingest import finish
from index.library import IN_USE, Library, index_folder
from index.passages_left import SourceLeft, sources_left
from index.progress import ProgressReport
from index.reindexing import reindex
from sources.catalogue import Catalogue
from sources.confined import ConfinedReader
from sources.errors import AssistantError
from sources.originals import Original, path_of
from sources.reading import make_source, read_file
from sources.source import Text


def mend(
    library: Library, findings: Sequence[Finding], *, report: ProgressReport | None = None
) -> tuple[str, ...]:
    """Mend what can be mended; return what was done, in plain words.

    What the index holds and the catalogue has lost stays: `index.rebuilding` brings it back.

    Check again afterwards: what is still found then cannot be mended from here.
    """
    done: list[str] = []
    with library.catalogue.changing_alone():
        damaged = [found.source or "" for found in findings if found.room == "texts"]
        done.extend(texts_again(library.catalogue, library.home, damaged))
    with changing(library):
        stray = sorted(strays(library) - lost_sources(library))
        indexes.take_out(library, stray)
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

    Not to be called while the index is open. Whoever opens the library next, builds it. Texts
    that were altered are first read again from their files or from the index; where one cannot
    be, what is left of the index is kept aside, for it may hold the words.
    """
    with catalogue.changing_alone():
        fingerprint = catalogue.note(IN_USE)
        ready = [entry.source.slug for entry in catalogue.entries(state="ready")]
        altered = [slug for slug in ready if not catalogue.has_text(slug)]
        tuple(texts_again(catalogue, home, altered))
        is_needed = any(not catalogue.has_text(slug) for slug in altered)
        catalogue.register.mark_adding(ready)
        if fingerprint is None:
            return
        folder = index_folder(home, fingerprint)
        if is_needed and folder.is_dir():
            folder.rename(home / f"index-aside-{datetime.now(UTC):%Y%m%d-%H%M%S}")
        shutil.rmtree(folder, ignore_errors=True)


def _to_index_again(catalogue: Catalogue, findings: Sequence[Finding]) -> list[str]:
    """The sources whose index is wrong, without those that have no text to make it from.

    Nor those that the catalogue no longer shows.
    """
    rooms = ("vectors", "sentence vectors", "words", "cards", "texts")
    wrong = (found.source or "" for found in findings if found.room in rooms)
    return [slug for slug in catalogue.ready_among(wrong) if catalogue.has_text(slug)]


def texts_again(catalogue: Catalogue, home: Path, damaged: Sequence[str]) -> Iterator[str]:
    """Put the very texts in the place of altered ones, where they still lie; tell which."""
    wanted = catalogue.ready_among(damaged)
    left = _left_of(catalogue, home, wanted.keys())
    with ConfinedReader() as reader:
        for slug, source in wanted.items():
            for origin, original in _files_of(catalogue, slug):
                try:
                    read = reader.read(original.content, original.name)
                except AssistantError:
                    continue
                found, text = make_source(read, name=original.name, origin=origin)
                if found.sha256 == source.sha256:
                    catalogue.register.mend_text(source.sha256, text)
                    yield f"{slug}: text read again from {origin!r}"
                    break
            else:
                one, kept = left.get(slug), catalogue.altered_text(slug)
                content = one.text(like=kept) if one and one.sha256 == source.sha256 else None
                if one is not None and content is not None:
                    text = Text(content, one.sentences_of(content))
                    catalogue.register.mend_text(source.sha256, text)
                    yield f"{slug}: text put together again from the index"


def _left_of(catalogue: Catalogue, home: Path, slugs: Collection[str]) -> dict[str, SourceLeft]:
    """What the index in use holds of the sources, from its files alone."""
    fingerprint = catalogue.note(IN_USE)
    if not slugs or fingerprint is None:
        return {}
    left = sources_left(index_folder(home, fingerprint) / "vectors")
    return {one.slug: one for one in left if one.slug in slugs}


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
