"""Reading the library's sources again, by the readers of today, from the files behind them.

What an earlier version of the readers read stays as it is until then. Nothing is lost on the
way: a source is replaced when the new text is whole, and the old one stays an earlier version.
"""

from collections.abc import Sequence

from index.changes import Changes, StoppedError
from index.indexing import changing
from index.ingest import Ingest, ingesting
from index.library import Library
from index.progress import Meter, ProgressReport
from sources.confined import ConfinedReader
from sources.entries import Entry
from sources.errors import UnreadableFileError
from sources.originals import Original, path_of
from sources.reading import READERS, read_file


def read_by_earlier(library: Library) -> tuple[str, ...]:
    """The slugs of the sources that an earlier version of the readers read."""
    return library.catalogue.read_before(READERS)


def reread(
    library: Library, slugs: Sequence[str], *, report: ProgressReport | None = None
) -> Changes:
    """Read these sources again, from their kept files or from where they lie.

    One whose file is gone, or that cannot be read any more, is refused, and stays as it is.
    Raises `UseError`, before anything is read, when one of them is not there, and
    `StoppedError` on Ctrl+C: what is done stays, the rest is as it was.
    """
    catalogue = library.catalogue
    entries = [_entry(library, slug) for slug in dict.fromkeys(slugs)]
    meter = Meter(
        report, files=len(entries), bytes_total=sum(entry.file_bytes for entry in entries)
    )
    with (
        changing(library),
        ConfinedReader() as reader,
        ingesting(library, reader, meter, is_first=False) as arrivals,
    ):
        try:
            for entry in entries:
                now = catalogue.entry(entry.source.slug)
                if now is not None and now.state == "ready":
                    _take_again(arrivals, now)
            return arrivals.finish()
        except KeyboardInterrupt as stop:
            raise StoppedError(arrivals.changes, len(entries)) from stop


def _entry(library: Library, slug: str) -> Entry:
    library.catalogue.source(slug)
    entry = library.catalogue.entry(slug)
    assert entry is not None
    return entry


def _take_again(arrivals: Ingest, entry: Entry) -> None:
    try:
        original = _file_of(arrivals, entry)
        arrivals.take_again(entry, original.name, original.content)
    except UnreadableFileError as error:
        arrivals.refuse_again(entry, error)


def _file_of(arrivals: Ingest, entry: Entry) -> Original:
    """The file as it was read, else what lies in its place today."""
    original = arrivals.library.catalogue.originals.of(entry)
    if original is not None:
        return original
    origin = entry.source.origin
    path = path_of(origin)
    if path is None:
        raise UnreadableFileError(
            f"The file of {entry.source.slug!r} is not kept any more.",
            remedy=f"Add it again: {origin}." if "://" in origin else "Add it again.",
        )
    return Original(path.name, read_file(path))
