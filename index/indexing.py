"""Making the index match the catalogue: add, sync, remove, restore, edit, recover.

Every change holds the library's lock and first finishes what an interruption left. Reading
and asking go on meanwhile, in this process and in others.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from index.changes import Changes, Refusal, StoppedError
from index.ingest import Ingest, finish, follow, ingesting, remove_now
from index.inputs import Input, folder_inputs, given, other_kinds
from index.library import Library, remove_unused_indexes
from index.progress import Meter, ProgressReport
from sources.confined import ConfinedReader
from sources.errors import LibraryBusyError, StateError, UnreadableFileError, UseError
from sources.file_names import in_words
from sources.originals import SHIPPED_FOLDER, SHIPPED_ORIGIN
from sources.source import Card

_BEING_ADDED = "being added"
_NOTED_EVERY_S = 1.0
_SHIPPED_AS_TAKEN = "shipped texts taken"


def add(
    library: Library, inputs: Sequence[Input], *, report: ProgressReport | None = None
) -> Changes:
    """Add what is offered; what the library has already is not read again.

    A file that cannot be read is refused with the reason and the rest goes on. Raises
    `StoppedError` on Ctrl+C.
    """
    with (
        changing(library),
        ConfinedReader() as reader,
        ingesting(library, reader, _meter(inputs, report), is_first=_is_empty(library)) as arrivals,
    ):
        return _take(arrivals, inputs)


def add_each(
    library: Library, inputs: Sequence[Input], *, report: ProgressReport | None = None
) -> Iterator[tuple[Input, Changes]]:
    """Add inputs one by one: each is told with what it did before the next one begins.

    Slower than `add` for thousands of small files, but each can be asked about at once, the
    lock is free between two of them, and whoever stops iterating stops the adding. Raising
    from `report` gives up the input at hand, of which nothing is kept.
    """
    meter, is_first = _meter(inputs, report), _is_empty(library)
    with ConfinedReader() as reader:
        for offered in inputs:
            with (
                changing(library),
                ingesting(library, reader, meter, is_first=is_first) as arrivals,
            ):
                arrivals.take(offered)
                changes = arrivals.finish()
            yield offered, changes


def add_places(
    library: Library, places: Sequence[str | Path], *, report: ProgressReport | None = None
) -> Changes:
    """Add files, whole folders and pages on the web, by path or address.

    A path that is not there is refused and the rest goes on; raises `UseError` when there
    is nothing at any of them.
    """
    inputs: list[Input] = []
    refused: list[Refusal] = []
    for place in places:
        try:
            inputs.extend(given(place))
        except UseError as error:
            missing = UnreadableFileError(error.problem, remedy=error.remedy)
            refused.append(Refusal(in_words(str(place)), missing))
    if len(refused) == len(places):
        raise UseError(
            " ".join(dict.fromkeys(one.error.problem for one in refused)),
            remedy=" ".join(dict.fromkeys(one.error.remedy for one in refused)),
        )
    folders = [Path(place).expanduser() for place in places if "://" not in str(place)]
    passed_over = [name for folder in folders if folder.is_dir() for name in other_kinds(folder)]
    changes = add(library, inputs, report=report)
    return replace(changes, refused=(*refused, *changes.refused), passed_over=tuple(passed_over))


def sync_shipped(
    library: Library, *, report: ProgressReport | None = None, again: bool = False
) -> Changes:
    """Make the library hold the texts that come with the installation.

    Once they have been taken, nothing is done until an installation brings other texts, so
    that a shipped text which was removed stays removed. A library of other texts, which never
    took them, is left alone. `again` takes them all the same.
    """
    taken = library.catalogue.note(_SHIPPED_AS_TAKEN)
    if not again and taken is None and library.catalogue.counts()[0]:
        return Changes()
    shipped = sha256()
    for path in sorted(SHIPPED_FOLDER.iterdir()):
        shipped.update(path.name.encode() + b"\0" + path.read_bytes())
    if not again and taken == shipped.hexdigest():
        return Changes()
    changes = sync_folder(library, SHIPPED_FOLDER, origin=SHIPPED_ORIGIN, report=report)
    library.catalogue.keep_note(_SHIPPED_AS_TAKEN, shipped.hexdigest())
    return changes


def sync_folder(
    library: Library,
    folder: Path,
    *,
    origin: str | None = None,
    report: ProgressReport | None = None,
) -> Changes:
    """Make the library hold what the folder holds: add, replace, remove; skip what is the same.

    Files of other kinds and hidden ones are passed over; a file that cannot be read is
    refused and the rest goes on. Sources from elsewhere are left alone, and a text that
    another file still holds is not removed. Raises `UseError` when there is no such folder.
    """
    inputs = tuple(folder_inputs(folder, origin=origin))
    place = in_words(origin or str(folder.resolve()))
    catalogue = library.catalogue
    with (
        changing(library),
        ConfinedReader() as reader,
        ingesting(library, reader, _meter(inputs, report), is_first=_is_empty(library)) as arrivals,
    ):
        before = {found.origin for found in catalogue.places.below(place)}
        for offered in inputs:
            before.discard(offered.origin)
        changes = _take(arrivals, inputs)
        removed = [slug for gone in sorted(before) if (slug := _leave(library, gone)) is not None]
        remove_now(library, removed)
        catalogue.places.forget_refused(place, but={offered.origin for offered in inputs})
        return replace(
            changes, removed=(*changes.removed, *removed), passed_over=other_kinds(folder)
        )


def remove(library: Library, slugs: Sequence[str], *, for_good: bool = False) -> tuple[str, ...]:
    """Remove sources from the index and the catalogue; return their slugs.

    They can be restored until `clean_up`; with `for_good` their words leave the disk now.
    Raises `UseError`, before anything is removed, when one of them is not there.
    """
    with changing(library):
        for slug in slugs:
            library.catalogue.source(slug)
        remove_now(library, list(dict.fromkeys(slugs)), for_good=for_good)
        if for_good:
            _off_the_disk(library)
    return tuple(dict.fromkeys(slugs))


def restore(library: Library, slug: str) -> None:
    """Take back a removed source, with its card and its earlier versions."""
    with changing(library):
        entry = library.catalogue.entry(slug)
        if entry is None or entry.state != "removed":
            raise UseError(
                f"No removed source is called {slug!r}.",
                remedy="See `assistant sources list --removed` for those that can be restored.",
            )
        library.catalogue.register.mark_restoring(slug)
        follow(library, slug)


def clean_up(library: Library) -> tuple[str, ...]:
    """Forget removed sources for good, refused files, and indexes out of use; return the slugs."""
    with changing(library):
        gone = tuple(entry.source.slug for entry in library.catalogue.entries(state="removed"))
        library.catalogue.register.forget(gone)
        library.catalogue.places.forget_refused()
        _off_the_disk(library)
    return gone


def edit_card(library: Library, slug: str, edits: Mapping[str, object]) -> Card:
    """Change fields of a source's card, in the catalogue and in every index's filters.

    Nothing is embedded. Raises `UseError` as `sources.cards.check_edits` does.
    """
    with changing(library):
        library.catalogue.source(slug)
        card = library.catalogue.register.edit_card(slug, edits)
        follow(library, slug)
    return card


def recover(library: Library) -> tuple[str, ...]:
    """Finish what an interruption left half done; return the slugs.

    Only to be called while holding the library's lock.
    """
    half_done = library.catalogue.unfinished()
    finish(library, half_done)
    return tuple(entry.source.slug for entry in half_done)


def resume(library: Library) -> tuple[str, ...]:
    """On opening: `recover`, where the library can be changed and no other process does."""
    catalogue = library.catalogue
    if catalogue.is_read_only or not library.is_in_use or not catalogue.unfinished():
        return ()
    try:
        with library.catalogue.changing_alone():
            return recover(library)
    except LibraryBusyError:
        return ()


@contextmanager
def changing(library: Library) -> Iterator[None]:
    """Hold the lock over a change to `library`, whose index is in use and whole."""
    with library.catalogue.changing_alone():
        if not library.is_in_use:
            raise StateError(
                "The index was replaced by another while this program was running.",
                remedy="Start it again.",
            )
        recover(library)
        remove_unused_indexes(library)
        yield


def _take(arrivals: Ingest, inputs: Sequence[Input]) -> Changes:
    catalogue = arrivals.library.catalogue
    noted = float("-inf")
    try:
        for offered in inputs:
            if time.monotonic() - noted > _NOTED_EVERY_S:
                noted = time.monotonic()
                catalogue.keep_note(_BEING_ADDED, f"{arrivals.changes.count} of {len(inputs)}")
            arrivals.take(offered)
        return arrivals.finish()
    except KeyboardInterrupt as stop:
        raise StoppedError(arrivals.changes, len(inputs)) from stop
    finally:
        catalogue.keep_note(_BEING_ADDED, "")


def being_added(library: Library) -> str | None:
    """How far another process is that adds files: "128 of 300", or "" where it does not tell.

    `None` when nobody changes the library.
    """
    if not library.catalogue.is_being_changed:
        return None
    return library.catalogue.note(_BEING_ADDED) or ""


def _off_the_disk(library: Library) -> None:
    library.vectors.forget_removed()
    library.catalogue.originals.forget_unused()
    library.catalogue.settle()


def _leave(library: Library, origin: str) -> str | None:
    """Nothing lies at `origin` any more; the slug of the source to remove with it, if any."""
    places = library.catalogue.places
    place = places.at(origin)
    if place is None:
        return None
    others = [found for found in places.of(place.slug) if found.origin != origin]
    if others:
        places.leave(origin)
        return None
    return place.slug


def _is_empty(library: Library) -> bool:
    return not library.catalogue.counts()[0]


def _meter(inputs: Sequence[Input], report: ProgressReport | None) -> Meter:
    return Meter(report, files=len(inputs), bytes_total=sum(offered.size for offered in inputs))
