"""What the reader does: a click becomes a place, a place becomes the text that is shown."""

from dataclasses import dataclass, replace

import gradio as gr

from assistant.answers import Quote
from assistant.conversing.conversation import Conversation
from assistant.ui.event_fields import field_of
from assistant.ui.reader_rendering import (
    MAX_SHELF,
    Place,
    render_empty_reader,
    render_reader,
    render_reader_failure,
)
from sources.catalogue import Catalogue
from sources.entries import Version
from sources.errors import AssistantError, UseError
from sources.source import Span, Text

MAX_NOTES = 10_000
"""Of a briefing, as its page may say."""
MAX_BESIDE_CHARS = 220
"""Of a sentence beside cited words."""
MAX_AROUND = 4_096
"""Quotes of which it is remembered what stands around them."""


@dataclass(slots=True)
class Bookmark:
    """Where one visitor's reader is open, and how often it was opened or shut.

    It is the one value of the page that changes in place. Several events draw the reader: a
    click, the end of an answer, a text that was added. Each draws from what it was handed, so a
    slow one could put back what a click has replaced meanwhile; `moves` tells it not to.
    """

    place: Place | None = None
    """`None` while nothing is open."""
    moves: int = 0

    def move(self, place: Place | None) -> None:
        """Open at `place`, or shut."""
        self.place = place
        self.moves += 1


class Readings:
    """The reader's handlers over one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._around: dict[Quote, tuple[str, str]] = {}

    def open(self, conversation: Conversation, bookmark: Bookmark, event: gr.EventData) -> object:
        """The reader at a citation, a related passage, a whole source or an earlier text of it."""
        wanted = self._place_of(conversation, event)
        if wanted is None:
            return gr.skip()
        bookmark.move(wanted)
        return self.draw(conversation, bookmark)

    def draw(self, conversation: Conversation, bookmark: Bookmark) -> object:
        """The reader where it is open; nothing where it was moved while this was drawn.

        The sheet bears the number of moves it was drawn after: one that is late on its way to
        the browser is known there, and drawn again.
        """
        moves = bookmark.moves
        sheet = self.read(conversation, bookmark.place)
        if bookmark.moves != moves:
            return gr.skip()
        return f'{sheet}<span hidden data-moves="{moves}"></span>'

    def read(self, conversation: Conversation, place: Place | None) -> str:
        """The reader at `place`, with what the conversation has cited so far."""
        if place is None:
            return self.shelf()
        try:
            source = self.catalogue.source(place.slug)
            text, version = self._text_for(place)
        except UseError:
            return render_reader_failure(
                "This source is no longer in the library.",
                "Add it again, or ask again to be answered from what the library holds now.",
            )
        except AssistantError as error:
            return render_reader_failure(error.problem, error.remedy)
        entry = self.catalogue.entry(place.slug)
        return render_reader(
            source,
            text,
            place=place,
            conversation=conversation,
            version=version,
            has_original=entry is not None and self.catalogue.originals.has(entry),
        )

    def refresh(self, conversation: Conversation, bookmark: Bookmark) -> object:
        """The open text with what has been cited since; nothing where none is open."""
        return gr.skip() if bookmark.place is None else self.draw(conversation, bookmark)

    def shut(self, bookmark: Bookmark) -> str:
        """The reader without a source."""
        bookmark.move(None)
        return self.shelf()

    def around(self, quote: Quote) -> tuple[str, str]:
        """The sentences before and behind the words of a quote; empty where they are gone."""
        if quote not in self._around:
            if len(self._around) >= MAX_AROUND:
                self._around.clear()
            try:
                text, _ = self.catalogue.text_with(quote.source, quote.span, quote.words)
                self._around[quote] = sentences_around(text, quote.span)
            except AssistantError:
                return "", ""
        return self._around[quote]

    def _text_for(self, place: Place) -> tuple[Text, Version | None]:
        """The text that holds the words of the place: an earlier one where they are gone."""
        if place.sha256 is not None:
            text = self.catalogue.text(place.slug, sha256=place.sha256)
            versions = self.catalogue.versions(place.slug)
            return text, next((one for one in versions if one.sha256 == place.sha256), None)
        if place.quote is None:
            return self.catalogue.text(place.slug), None
        return self.catalogue.text_with(place.slug, place.quote.span, place.quote.words)

    def _place_of(self, conversation: Conversation, event: gr.EventData) -> Place | None:
        """What a click asks for; `None` for anything that this conversation does not hold."""
        number, slug = field_of(event, "number"), field_of(event, "source")
        turn, related = field_of(event, "turn"), field_of(event, "related")
        if isinstance(number, int):
            citation = conversation.citation(number)
            if citation is None:
                return None
            return Place(citation.quote.source, citation.quote, number)
        if isinstance(turn, int) and isinstance(related, int):
            if not 0 <= turn < len(conversation.exchanges):
                return None
            answer = conversation.exchanges[turn].answer
            near = (*answer.related, *conversation.exchanges[turn].further) if answer else ()
            if not 0 <= related < len(near):
                return None
            quote = near[related]
            return Place(quote.source, quote, related=True)
        if not isinstance(slug, str):
            return None
        start, end = field_of(event, "start"), field_of(event, "end")
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end:
            place = self._place_in(slug, Span(start, end), field_of(event, "sha256"))
            note, notes = field_of(event, "note"), field_of(event, "notes")
            if isinstance(note, int) and isinstance(notes, int) and 1 <= note <= notes <= MAX_NOTES:
                return replace(place, note=(note, notes))
            return place
        version = field_of(event, "version")
        return Place(slug, sha256=version if isinstance(version, str) else None)

    def _place_in(self, slug: str, span: Span, sha256: object) -> Place:
        """The words of a span, in the text of that hash where the library still has it."""
        for known in (sha256 if isinstance(sha256, str) else None, None):
            try:
                content = self.catalogue.text(slug, sha256=known).content
            except UseError:
                continue
            if span.end <= len(content):
                return Place(slug, Quote(slug, span, span.of(content)))
        return Place(slug)

    def shelf(self) -> str:
        """The reader with nothing open: what the library holds."""
        newest = self.catalogue.entries(state="ready", limit=MAX_SHELF)
        more = self.catalogue.counts()[0] - len(newest)
        return render_empty_reader([entry.source for entry in newest], more=more)


def sentences_around(text: Text, span: Span) -> tuple[str, str]:
    """The sentence before the words and that behind them, whole, and cut where they are long."""
    before = [one for one in text.sentences if one.end <= span.start][-1:]
    behind = next((one for one in text.sentences if one.start >= span.end), None)
    first = " ".join(before[0].of(text.content).split()) if before else ""
    last = " ".join(behind.of(text.content).split()) if behind else ""
    if len(first) > MAX_BESIDE_CHARS:
        first = "…" + first[-MAX_BESIDE_CHARS:].partition(" ")[2]
    if len(last) > MAX_BESIDE_CHARS:
        last = last[:MAX_BESIDE_CHARS].rpartition(" ")[0] + "…"
    return first, last
