"""Building another index beside the one in use, and swapping them.

Until the swap, answers come from the old one. What the new one already holds is noted, so
an interrupted building goes on where it stopped.
"""

from collections.abc import Sequence

from index import sides
from index.indexing import recover
from index.library import Library, put_in_use
from index.progress import Meter, ProgressReport
from sources.entries import Entry

_GROUP_CHARACTERS = 1_000_000


def reindex(library: Library, *, report: ProgressReport | None = None) -> int:
    """Bring `library`'s index to hold every source of the catalogue, then put it in use.

    Returns how many sources it holds. An index that is in use already is made anew source
    by source, in place.
    """
    catalogue = library.catalogue
    with catalogue.changing_alone():
        if library.is_in_use:
            recover(library)
            catalogue.register.forget_indexed(library.fingerprint)
        entries = [entry for entry in catalogue.entries() if entry.state in ("ready", "adding")]
        wanted = {entry.source.slug: entry.source.sha256 for entry in entries}
        done = catalogue.indexed(library.fingerprint)
        stale = [slug for slug, (sha256, _) in done.items() if wanted.get(slug) != sha256]
        sides.take_out(library, stale)
        catalogue.register.forget_indexed(library.fingerprint, stale)
        todo = [entry for entry in entries if entry.source.slug not in done.keys() - set(stale)]
        meter = Meter(report, files=len(todo), bytes_total=sum(entry.characters for entry in todo))
        for group in _groups(todo):
            _index(library, group, meter)
        put_in_use(library)
        recover(library)
    return len(entries)


def _index(library: Library, group: Sequence[Entry], meter: Meter) -> None:
    catalogue = library.catalogue
    cuts = [
        sides.cut(
            library,
            entry.source,
            catalogue.text(entry.source.slug),
            file_bytes=entry.characters,
        )
        for entry in group
    ]
    embedded = sides.embed(library, cuts, meter)
    passages = {cut.source.slug: len(cut.passages) for cut in cuts}
    if not library.is_in_use:
        sides.put(library, cuts, embedded)
        catalogue.register.note_indexed(library.fingerprint, passages)
        return
    catalogue.register.mark_adding(list(passages))
    sides.put(library, cuts, embedded)
    catalogue.register.mark_ready(passages, fingerprint=library.fingerprint)


def _groups(entries: Sequence[Entry]) -> list[list[Entry]]:
    groups: list[list[Entry]] = []
    characters = _GROUP_CHARACTERS
    for entry in entries:
        if characters >= _GROUP_CHARACTERS:
            groups.append([])
            characters = 0
        groups[-1].append(entry)
        characters += entry.characters
    return groups
