"""Inputs become sources: told from what is there, read, embedded together, made ready.

Nothing in the library changes while an input is read and embedded. Then a group of them is
entered as ``adding``, written to every index, and made ``ready``; if that is interrupted,
`index.indexing.recover` finishes it from the texts the catalogue already holds.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from index import indexes
from index.changes import Changes, Duplicate, Refusal
from index.embedder import Embedder
from index.inputs import Input
from index.library import Library, index_beside, put_in_use, remove_unused_indexes
from index.progress import Meter
from sources import stories
from sources.cards import differences
from sources.confined import ConfinedReader
from sources.entries import Arrival, Entry
from sources.errors import UnreadableFileError
from sources.places import REBUILT, Place
from sources.reading import READERS, make_source, title_from
from sources.source import Source

_GROUP_PASSAGES = 256
_GROUP_CHARACTERS = 2_000_000
_REMOVED_TOGETHER = 200
_SAME_UPLOAD = 0.3
"""An upload that has a known name replaces that text when at least so much alike."""


@contextmanager
def ingesting(
    library: Library, reader: ConfinedReader, meter: Meter, *, is_first: bool
) -> Iterator["Ingest"]:
    """Takes inputs; of what was not taken after all, and of what it replaced, no file stays."""
    taking = Ingest(library, reader, meter, is_first)
    try:
        yield taking
    finally:
        library.catalogue.originals.forget_unused(taking.touched)


@dataclass(slots=True)
class Ingest:
    """Takes inputs one by one; `finish` makes ready what still waits."""

    library: Library
    reader: ConfinedReader
    meter: Meter
    is_first: bool
    """Whether the library was empty before: then what comes decides on the model."""
    changes: Changes = field(default_factory=Changes)
    touched: set[str] = field(default_factory=set)
    """The hashes of files that were kept on the way, or may be needed no longer."""
    _waiting: list[tuple[Arrival, indexes.Cut]] = field(default_factory=list)
    _replacing: set[str] = field(default_factory=set)
    _again: set[str] = field(default_factory=set)
    """Of those being replaced the ones whose words stay the same."""

    def take(self, given: Input) -> None:
        """Read the input and put it in line, or note why it needs nothing."""
        self.meter.reading(given.name)
        try:
            content, name = given.load()
            self._take(given, content, name)
        except UnreadableFileError as error:
            self.library.catalogue.places.refuse(given.origin, str(error))
            self._note(refused=(*self.changes.refused, Refusal(given.name, error)))
            self.meter.file_done(given.name, given.size)

    def take_again(self, entry: Entry, name: str, content: bytes) -> None:
        """Read a source anew from its file; `UnreadableFileError` where that cannot be.

        Its name stays, and what was edited on its card; the text that it had becomes an earlier
        version where it was another.
        """
        self.meter.reading(name)
        origin = entry.source.origin
        source, text = make_source(self.reader.read(content, name), name=name, origin=origin)
        if "://" in origin and source.card.title == title_from(name):
            # What was fetched had a name of its own then, which its title may be from.
            source = replace(source, card=replace(source.card, title=entry.source.card.title))
        source = replace(source, slug=entry.source.slug)
        file_sha256 = hashlib.sha256(content).hexdigest()
        self.touched |= {entry.file_sha256, file_sha256}
        arrival = Arrival(source, text, file_sha256, len(content), READERS)
        if any(waiting.source.sha256 == source.sha256 for waiting, _ in self._waiting):
            self._make_ready()
        if not self._is_same(entry, arrival):
            self._replace(entry, arrival, entry.file_bytes)
            return
        if self.library.catalogue.register.take_card_of(arrival):
            follow(self.library, source.slug)
            self._note(edited=(*self.changes.edited, source.slug))
        else:
            self._note(unchanged=(*self.changes.unchanged, source.slug))
        self.meter.file_done(name, entry.file_bytes)

    def refuse_again(self, entry: Entry, error: UnreadableFileError) -> None:
        """Note why a source could not be read anew; it stays as it is."""
        self._note(refused=(*self.changes.refused, Refusal(entry.source.slug, error)))
        self.meter.file_done(entry.source.slug, entry.file_bytes)

    def finish(self) -> Changes:
        """Embed and make ready what waits; return all that was done."""
        self._make_ready()
        return self.changes

    def _take(self, given: Input, content: bytes, name: str) -> None:
        file_sha256 = hashlib.sha256(content).hexdigest()
        if self._waits(file_sha256, given.origin):
            self._make_ready()
        known = self._known(given.origin)
        if known is not None:
            self.touched.add(known.file_sha256)
        if self._is_there(given, file_sha256, known):
            self._keep(given, content, file_sha256)
            self.meter.file_done(given.name, given.size)
            return
        source, text = make_source(self.reader.read(content, name), name=name, origin=given.origin)
        self._keep(given, content, file_sha256)
        rebuilt = f"{REBUILT}/{source.sha256}"
        if known is None and (known := self._known(rebuilt)) is not None:
            self._keep_edits(known, source)
        arrival = Arrival(source, text, file_sha256, len(content), READERS)
        if any(waiting.source.sha256 == source.sha256 for waiting, _ in self._waiting):
            self._make_ready()
        if known is not None and given.is_upload and not self._is_like(known, arrival):
            origin = f"{given.origin}~{file_sha256[:8]}"
            arrival, known = replace(arrival, source=replace(source, origin=origin)), None
        if not self._has_only_another_card(arrival, known):
            self._line_up(arrival, known, given)
        else:
            self.meter.file_done(given.name, given.size)
        self.library.catalogue.places.leave(rebuilt)

    def _keep_edits(self, known: Entry, source: Source) -> None:
        """The file of a source that was brought back without it: its card was edited since."""
        edits = differences(known.source.card, source.card)
        if edits:
            self.library.catalogue.register.edit_card(known.source.slug, edits)

    def _keep(self, given: Input, content: bytes, file_sha256: str) -> None:
        """What lies in no other folder lies in the library's, before a source rests on it."""
        if given.is_only_here:
            self.touched.add(file_sha256)
            self.library.catalogue.originals.keep(content, file_sha256)

    def _is_there(self, given: Input, file_sha256: str, known: Entry | None) -> bool:
        """Whether a source holds these very bytes; it is noted where else they lie."""
        catalogue = self.library.catalogue
        place = catalogue.places.at(given.origin)
        if known is not None and place is not None and place.file_sha256 == file_sha256:
            self._note(unchanged=(*self.changes.unchanged, known.source.slug))
            return True
        twin = catalogue.with_file(file_sha256)
        if twin is None:
            return False
        slug = twin.source.slug
        if twin.state == "removed":
            catalogue.register.mark_restoring(slug)
            follow(self.library, slug)
            self._note(restored=(*self.changes.restored, slug))
        elif known is not None and known.source.slug == slug:
            self._note(unchanged=(*self.changes.unchanged, slug))
        else:
            duplicate = Duplicate(given.name, slug)
            self._note(duplicates=(*self.changes.duplicates, duplicate))
        self._move(Place(given.origin, slug, file_sha256), known)
        return True

    def _has_only_another_card(self, arrival: Arrival, known: Entry | None) -> bool:
        """Whether the text is there already; then at most a card changes, and no vector."""
        catalogue, source = self.library.catalogue, arrival.source
        if known is not None and self._is_same(known, arrival):
            slug = known.source.slug
            catalogue.register.take_card_of(replace(arrival, source=replace(source, slug=slug)))
            follow(self.library, slug)
            self._note(edited=(*self.changes.edited, slug))
            return True
        twin = catalogue.with_sha256(source.sha256)
        is_known = known is not None and known.source.sha256 == source.sha256
        if twin is None or is_known or twin.card != source.card:
            return False
        self._note(duplicates=(*self.changes.duplicates, Duplicate(source.origin, twin.slug)))
        self._move(Place(source.origin, twin.slug, arrival.file_sha256), known)
        return True

    def _is_same(self, entry: Entry, arrival: Arrival) -> bool:
        """Whether it is the source's text as it is kept, to the last sentence and block."""
        slug = entry.source.slug
        if entry.source.sha256 != arrival.source.sha256 or not self._has_text(slug):
            return False
        return self.library.catalogue.text(slug) == arrival.text

    def _line_up(self, arrival: Arrival, known: Entry | None, given: Input) -> None:
        places = self.library.catalogue.places
        if known is not None and (
            known.source.sha256 == arrival.source.sha256 or len(places.of(known.source.slug)) == 1
        ):
            self._replace(known, arrival, given.size)
            return
        slug = self._free_slug(arrival.source.slug)
        self._wait(replace(arrival, source=replace(arrival.source, slug=slug)), given.size)

    def _replace(self, entry: Entry, arrival: Arrival, file_bytes: int) -> None:
        slug = entry.source.slug
        self._replacing.add(slug)
        if arrival.source.sha256 == entry.source.sha256:
            self._again.add(slug)
        self._wait(replace(arrival, source=replace(arrival.source, slug=slug)), file_bytes)

    def _wait(self, arrival: Arrival, file_bytes: int) -> None:
        source, catalogue = arrival.source, self.library.catalogue
        twin = catalogue.with_sha256(source.sha256)
        if twin is not None and source.slug not in self._replacing and self._has_text(twin.slug):
            # A text is kept once, cut as its first source cut it.
            arrival = replace(arrival, text=catalogue.text(twin.slug))
        cut = indexes.cut(self.library, source, arrival.text, file_bytes=file_bytes)
        self._waiting.append((arrival, cut))
        passages = sum(len(cut.passages) for _, cut in self._waiting)
        characters = sum(len(waiting.text.content) for waiting, _ in self._waiting)
        if passages >= _GROUP_PASSAGES or characters >= _GROUP_CHARACTERS:
            self._make_ready()

    def _make_ready(self) -> None:
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        library = self.library
        other = library.for_other_languages
        if self.is_first and other is not None and any(map(_is_foreign, waiting)):
            change_model(library, other)
            waiting = [
                (arrival, indexes.cut(library, cut.source, arrival.text, file_bytes=cut.file_bytes))
                for arrival, cut in waiting
            ]
        embedded = indexes.embed(library, [cut for _, cut in waiting], self.meter)
        library.catalogue.register.enter([arrival for arrival, _ in waiting])
        slugs = [arrival.source.slug for arrival, _ in waiting]
        carded = _as_entered(library, [cut for _, cut in waiting])
        indexes.put(library, carded, embedded)
        library.catalogue.register.mark_ready(
            {cut.source.slug: len(cut.passages) for cut in carded},
            fingerprint=library.fingerprint,
        )
        # Other sources of a text that was cut anew.
        finish(library, [one for one in library.catalogue.unfinished() if one.state == "adding"])
        again = tuple(slug for slug in slugs if slug in self._again)
        replaced = tuple(slug for slug in slugs if slug in self._replacing - self._again)
        added = (slug for slug in slugs if slug not in self._replacing)
        self._note(
            added=(*self.changes.added, *added),
            replaced=(*self.changes.replaced, *replaced),
            cut_anew=(*self.changes.cut_anew, *again),
        )

    def _move(self, place: Place, known: Entry | None) -> None:
        """The source at `place` now lies there; what lay there before may lie nowhere."""
        places = self.library.catalogue.places
        places.put(place)
        if known is None or known.source.slug == place.slug:
            return
        if not places.of(known.source.slug):
            remove_now(self.library, [known.source.slug])
            self._note(removed=(*self.changes.removed, known.source.slug))

    def _known(self, origin: str) -> Entry | None:
        place = self.library.catalogue.places.at(origin)
        entry = None if place is None else self.library.catalogue.entry(place.slug)
        return entry if entry is not None and entry.state == "ready" else None

    def _is_like(self, known: Entry, arrival: Arrival) -> bool:
        one = stories.sign(self.library.catalogue.text(known.source.slug).content)
        other = stories.sign(arrival.text.content)
        if one is None or other is None:
            return True
        return stories.resemblance(one, other) >= _SAME_UPLOAD

    def _has_text(self, slug: str) -> bool:
        return self.library.catalogue.has_text(slug)

    def _waits(self, file_sha256: str, origin: str) -> bool:
        return any(
            waiting.file_sha256 == file_sha256 or waiting.source.origin == origin
            for waiting, _ in self._waiting
        )

    def _free_slug(self, wanted: str) -> str:
        taken = {arrival.source.slug for arrival, _ in self._waiting}
        slug, number = wanted, 2
        while slug in taken or self.library.catalogue.entry(slug) is not None:
            slug, number = f"{wanted}-{number}", number + 1
        return slug

    def _note(self, **more: object) -> None:
        self.changes = replace(self.changes, **more)  # type: ignore[arg-type]  # fields of Changes


def change_model(library: Library, embedder: Embedder) -> None:
    """Let an open library have its texts in an index of another model from now on.

    Only to be called while holding the library's lock.
    """
    fresh = index_beside(library, embedder)
    indexes.take_in(fresh, library.catalogue.entries(state="ready"), Meter(None))
    put_in_use(fresh)
    library.become(fresh)
    remove_unused_indexes(library)


def follow(library: Library, slug: str) -> None:
    """Bring the index to where the catalogue says this source is; no-op when it is there.

    This is what ends every change of one source.
    """
    entry = library.catalogue.entry(slug)
    if entry is not None:
        finish(library, (entry,))


def finish(library: Library, entries: Sequence[Entry]) -> None:
    """Bring the index to where the catalogue says these sources are.

    This is what recovers from an interruption, many sources together.
    """
    register, has_text = library.catalogue.register, library.catalogue.has_text
    # One whose text was altered stays as it is, for `assistant doctor`: the rest must go on.
    ingesting = [one for one in entries if one.state == "adding" and has_text(one.source.slug)]
    indexes.take_in(library, ingesting, Meter(None))
    leaving = [one.source.slug for one in entries if one.state == "removing"]
    if leaving:
        indexes.take_out(library, leaving)
        register.finish_removing(leaving)
    for one in entries:
        if one.state == "ready" and one.card_pending:
            indexes.recard(library, one.source)
            register.mark_card_followed(one.source.slug)


def remove_now(library: Library, slugs: Sequence[str], *, for_good: bool = False) -> None:
    """Remove sources from every index and from what the catalogue shows."""
    for begin in range(0, len(slugs), _REMOVED_TOGETHER):
        group = slugs[begin : begin + _REMOVED_TOGETHER]
        library.catalogue.register.mark_removing(group, for_good=for_good)
        indexes.take_out(library, group)
        library.catalogue.register.finish_removing(group)


def _is_foreign(ingesting: tuple[Arrival, indexes.Cut]) -> bool:
    """Whether its card names, or its words are in, another language than English."""
    return ingesting[0].source.language not in (None, "en")


def _as_entered(library: Library, cuts: list[indexes.Cut]) -> list[indexes.Cut]:
    """The same with the cards as the catalogue has them: with what was edited by hand."""
    sources: dict[str, Source] = {}
    for ingesting in cuts:
        entry = library.catalogue.entry(ingesting.source.slug)
        assert entry is not None
        sources[ingesting.source.slug] = entry.source
    return [replace(ingesting, source=sources[ingesting.source.slug]) for ingesting in cuts]
