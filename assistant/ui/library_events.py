"""What the library's view does when something happens on it: values in, values and HTML out."""

import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

import gradio as gr

from assistant.ingest_queue import IngestQueue
from assistant.ui.door.uploads import Uploads
from assistant.ui.event_fields import fields_of
from assistant.ui.library_rendering import (
    render_book_card,
    render_line,
    render_table,
    render_table_failure,
)
from assistant.ui.notices import Notice, render_notice
from assistant.ui.rereading import reread_earlier
from assistant.ui.templates import origin_key
from assistant.ui.visitors import visitor_of
from index import indexing
from index.inputs import Input, address_input, bytes_input
from index.library import Library
from sources.errors import AssistantError, LibraryBusyError
from sources.listing import SORTED_BY, STATES, Wanted
from sources.reading import READERS, read_file

_PATIENCE_S = 10.0
_AT_MOST = 1_000
PAGE_SIZES = (10, 50)
"""Sources a page of the table, on a phone and anywhere else."""
_FIELDS = ("title", "publisher", "author", "published", "url", "language", "tags")

_Result = TypeVar("_Result")


class LibraryEvents:
    """The library view's handlers over one library."""

    def __init__(self, library: Library, uploads: Uploads) -> None:
        self._library = library
        self._catalogue = library.catalogue
        self._queue = IngestQueue(library)
        self._uploads = uploads

    def show(self, wanted: Wanted) -> tuple[str, str]:
        """What arrives and the table, as a new visitor sees them."""
        return render_line(self._queue.now()), self._table(wanted)

    def look(self, wanted: Wanted, event: gr.EventData) -> tuple[Wanted, str]:
        """The table narrowed, sorted or turned as the event says."""
        wanted = _wanted(wanted, fields_of(event))
        return wanted, self._table(wanted)

    def take(self, event: gr.EventData, request: gr.Request) -> str:
        """Put dropped files and an address in line, or go on with what is there."""
        visitor = visitor_of(request)
        fields = fields_of(event)
        inputs: list[Input] = []
        spent: list[Path | None] = []
        refused: list[tuple[str, str, str]] = []
        for sent in _mappings(fields.get("files"))[:_AT_MOST]:
            name, problem = str(sent.get("name", ""))[:200], sent.get("problem")
            file = None if problem else self._uploads.claim(sent.get("sent"), visitor)
            if file is None:
                why = str(problem or "It did not arrive whole.")[:300]
                refused.append(
                    (name, why, "Drop it again, or add it with `assistant sources add`.")
                )
                continue
            safe = bytes_input(name, b"")
            inputs.append(
                Input(safe.name, safe.origin, file.stat().st_size, partial(_load, file, safe.name))
            )
            spent.append(file)
        address = fields.get("address")
        if isinstance(address, str) and address.strip():
            words = address.strip()[:2_000]
            inputs.append(address_input(words if "://" in words else f"https://{words}"))
        if inputs:
            self._queue.take(inputs, spent=spent)
        elif not refused:
            self._queue.again()
        for name, problem, remedy in refused:
            self._queue.refuse(name, problem, remedy)
        return render_line(self._queue.now())

    def follow(self) -> Iterator[str]:
        """What arrives, as long as something does."""
        seen = self._queue.now()
        while seen.at_work:
            seen = self._queue.next(seen)
            yield render_line(seen)
            time.sleep(0.2)
        yield render_line(self._queue.now())

    def table(self, wanted: Wanted) -> str:
        """The sources that this visitor's table shows, as they are now."""
        return self._table(wanted)

    def stop(self) -> str:
        """Give up what is not done yet."""
        self._queue.stop()
        return render_line(self._queue.now())

    def clear(self) -> str:
        """Show nothing more of what is over."""
        self._queue.clear()
        return render_line(self._queue.now())

    def edit(self, event: gr.EventData) -> str:
        """The card of one source, to be read and changed."""
        return self._card(str(fields_of(event).get("slug")))

    def shut(self) -> str:
        """Nothing."""
        return ""

    def save(self, wanted: Wanted, event: gr.EventData) -> tuple[object, object, object]:
        """Change a card; what cannot be is said on the card, and nothing is lost."""
        fields = fields_of(event)
        slug = str(fields.get("slug"))
        edits = {name: str(fields[name]) for name in _FIELDS if name in fields}
        try:
            card = self._patiently(partial(indexing.edit_card, self._library, slug, edits))
        except AssistantError as error:
            return self._card(slug, typed=edits, error=error), gr.skip(), gr.skip()
        return "", self._table(wanted), render_notice(Notice(f"“{card.title}” is saved."))

    def remove(self, wanted: Wanted, event: gr.EventData) -> tuple[object, object]:
        """Take a source out, with a way back."""
        slug = str(fields_of(event).get("slug"))

        def change() -> Notice:
            title = self._catalogue.source(slug).card.title
            indexing.remove(self._library, [slug])
            return Notice(f"“{title}” was removed.", undo=slug)

        return self._change(wanted, change)

    def restore(self, wanted: Wanted, event: gr.EventData) -> tuple[object, object]:
        """Take back a removed source."""
        slug = str(fields_of(event).get("slug"))

        def change() -> Notice:
            indexing.restore(self._library, slug)
            return Notice(f"“{self._catalogue.source(slug).card.title}” is back.")

        return self._change(wanted, change)

    def clean_up(self, wanted: Wanted) -> tuple[object, object]:
        """Forget removed sources for good."""

        def change() -> Notice:
            count = len(indexing.clean_up(self._library))
            return Notice(f"{count} removed source{'' if count == 1 else 's'} forgotten for good.")

        return self._change(wanted, change)

    def reread(self, wanted: Wanted) -> Iterator[tuple[object, object]]:
        """Read again what an earlier version of the readers read, telling how far it is."""
        yield gr.skip(), render_notice(Notice("Reading again …"))
        for notice in reread_earlier(self._library):
            yield gr.skip(), render_notice(notice)
        yield self._table(wanted), gr.skip()

    def forget(self, wanted: Wanted, event: gr.EventData) -> tuple[object, object]:
        """Speak no more of a file that could not be read."""
        key = fields_of(event).get("origin")
        places = self._catalogue.places

        def change() -> Notice | None:
            for one in places.refused():
                if origin_key(one.origin) == key:
                    places.forget_refused(one.origin)
            return None

        return self._change(wanted, change)

    def _change(self, wanted: Wanted, change: Callable[[], Notice | None]) -> tuple[object, object]:
        try:
            notice = self._patiently(change)
        except AssistantError as error:
            notice = Notice(error.problem, remedy=error.remedy)
        return self._table(wanted), render_notice(notice) if notice else gr.skip()

    def _patiently(self, change: Callable[[], _Result]) -> _Result:
        """The change; while this page itself is adding, it waits for a gap between two texts."""
        end = time.monotonic() + _PATIENCE_S
        while True:
            try:
                return change()
            except LibraryBusyError:
                if not self._queue.now().at_work or time.monotonic() > end:
                    raise
                time.sleep(0.05)

    def _table(self, wanted: Wanted) -> str:
        listing = self._catalogue.listing
        try:
            return render_table(
                listing.find(wanted),
                wanted=wanted,
                choices=listing.choices(),
                removed=listing.removed(),
                refused=self._catalogue.places.refused(),
                earlier=len(self._catalogue.read_before(READERS)),
            )
        except AssistantError as error:
            return render_table_failure(error.problem, error.remedy)

    def _card(
        self,
        slug: str,
        *,
        typed: Mapping[str, str] | None = None,
        error: AssistantError | None = None,
    ) -> str:
        try:
            self._catalogue.source(slug)
            entry = self._catalogue.entry(slug)
            assert entry is not None
            versions = self._catalogue.versions(slug)
            kept = self._catalogue.originals.has(entry)
        except AssistantError as gone:
            return render_notice(Notice(gone.problem, remedy=gone.remedy))
        return render_book_card(
            entry, versions=versions, has_original=kept, typed=typed, error=error
        )


def _load(file: Path, name: str) -> tuple[bytes, str]:
    return read_file(file), name


def _wanted(before: Wanted, fields: Mapping[str, object]) -> Wanted:
    """`before` with what the event names; whatever is no valid value is left as it was."""

    def words(name: str, otherwise: str | None) -> str | None:
        value = fields.get(name)
        return value[:200] if isinstance(value, str) else otherwise

    by = next((name for name in SORTED_BY if name == fields.get("by")), before.by)
    show = words("show", before.state or ("problems" if before.with_problems else ""))
    page, descending, size = fields.get("page"), fields.get("descending"), fields.get("size")
    return Wanted(
        words=words("words", before.words) or "",
        publisher=words("publisher", before.publisher) or None,
        tag=words("tag", before.tag) or None,
        state=next((state for state in STATES if state == show), None),
        with_problems=show == "problems",
        by=by,
        descending=descending if isinstance(descending, bool) else before.descending,
        page=page if isinstance(page, int) and 1 <= page <= 1_000_000 else 1,
        page_size=size if isinstance(size, int) and size in PAGE_SIZES else before.page_size,
    )


def _mappings(value: object) -> list[Mapping[str, object]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
