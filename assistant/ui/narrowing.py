"""The filters beside the question: what can be chosen, what is set, and setting it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import gradio as gr

from assistant.conversing.conversation import Conversation
from assistant.formatting import written_day
from assistant.ui.chat_events import ChatEvents
from assistant.ui.event_fields import field_of
from assistant.ui.templates import fill_in
from assistant.ui.visitors import visitor_of
from index.filters import Filters
from sources.catalogue import Catalogue
from sources.facets import Facets

MAX_CHOSEN = 1_000


class Narrowing:
    """The filters' handlers over one catalogue."""

    def __init__(self, events: ChatEvents, catalogue: Catalogue) -> None:
        self._visits = events
        self._catalogue = catalogue

    def shown(self, conversation: Conversation) -> str:
        """The filters of the conversation, and what the library offers to filter by."""
        return render_filters(conversation.filters, self._catalogue.facets())

    def set(
        self, conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> tuple[object, ...]:
        """The conversation under the filters that the page names, all of them anew."""
        filters = Filters(
            sources=_words(event, "sources"),
            publishers=_words(event, "publishers"),
            tags=_words(event, "tags"),
            since=_day(event, "since"),
            until=_day(event, "until"),
        )
        return self._with(conversation, filters, request)

    def only(
        self, conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> tuple[object, ...]:
        """The conversation with one source alone to be asked, whatever was set before."""
        source = field_of(event, "source")
        if not isinstance(source, str):
            return gr.skip(), gr.skip()
        return self._with(conversation, Filters(sources=(source,)), request)

    def _with(
        self, conversation: Conversation, filters: Filters, request: gr.Request
    ) -> tuple[object, ...]:
        edited = self._visits.windows.edit(
            conversation, visitor_of(request), lambda kept: replace(kept, filters=filters)
        )
        shown = self._visits.windows.show(edited, conversation)
        return shown, self.shown(shown)


def render_filters(filters: Filters, facets: Facets) -> str:
    """The chips of what is set and the panel to set it in."""
    return fill_in(
        "filters.html",
        filters=filters,
        chips=tuple(_chips(filters, dict(facets.titles))),
        publishers=[(name, f"{name} ({count:,})") for name, count in facets.publishers],
        tags=[(name, f"{name} ({count:,})") for name, count in facets.tags],
        titles=_with_chosen(facets.titles, filters.sources),
    )


def _with_chosen(
    titles: tuple[tuple[str, str], ...], chosen: tuple[str, ...]
) -> list[tuple[str, str]]:
    known = {slug for slug, _ in titles}
    return [(slug, slug) for slug in chosen if slug not in known] + list(titles)


def _chips(filters: Filters, titles: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    for slug in filters.sources:
        yield "sources", slug, titles.get(slug, slug)
    for publisher in filters.publishers:
        yield "publishers", publisher, publisher
    for tag in filters.tags:
        yield "tags", tag, f"#{tag}"
    if filters.since:
        yield "since", "", f"since {written_day(filters.since)}"
    if filters.until:
        yield "until", "", f"until {written_day(filters.until)}"


def _words(event: gr.EventData, name: str) -> tuple[str, ...]:
    values = field_of(event, name)
    if not isinstance(values, list):
        return ()
    return tuple(dict.fromkeys(str(value) for value in values[:MAX_CHOSEN]))


def _day(event: gr.EventData, name: str) -> date | None:
    try:
        return date.fromisoformat(str(field_of(event, name)))
    except ValueError:
        return None
