"""The positions view over a library that changes under it."""

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import gradio as gr
import pytest

from assistant.briefing.chronology import Event
from assistant.briefing.editor import BriefingEditor
from assistant.briefing.store import BriefingStore
from assistant.speakers.kept_utterances import Report
from assistant.speakers.utterances import EverythingSaid
from assistant.ui.positions_events import PositionsEvents
from assistant.ui.positions_rendering import MAX_ALL_PARTIES, MAX_EVENTS, render_events
from index.indexing import sync_folder
from index.library import Library
from sources.errors import StateError
from sources.source import Span
from tests.assistant.speakers.texts import made_up


@pytest.fixture
def events(library_of: Callable[..., Library]) -> PositionsEvents:
    library = library_of(first="Macron said 26 countries had joined the coalition.")
    return PositionsEvents(BriefingEditor(library.catalogue, BriefingStore(library.catalogue.path)))


def _act(events: PositionsEvents, **wish: object) -> str:
    *_, page = events.act(gr.EventData(None, wish))
    return page


def _shown(events: PositionsEvents) -> str:
    *_, page = events.show()
    return page


def test_a_source_that_was_added_is_in_the_next_table(
    events: PositionsEvents, library: Library, tmp_path: Path
) -> None:
    assert "Starmer" not in _shown(events)
    later = tmp_path / "texts" / "later.md"
    later.write_text("Starmer said 30 countries now belonged to the coalition.", "utf-8")
    sync_folder(library, tmp_path / "texts")
    assert "Starmer" in _shown(events)


def test_an_issue_that_was_added_is_a_row_and_can_be_removed(events: PositionsEvents) -> None:
    assert "membership drive" not in _shown(events)
    _act(events, do="issue-add", name="membership drive", cues="joined, countries")
    assert "membership drive" in _shown(events)
    _act(events, do="issue-remove", name="membership drive")
    assert "membership drive" not in _shown(events)


def test_an_issue_without_words_is_refused_with_a_remedy(events: PositionsEvents) -> None:
    assert "An issue needs a name and words." in _act(events, do="issue-add", name="x", cues="*")
    assert "An issue needs a name and words." in _act(events, do="issue-add", name="x", cues=" , ")


def test_a_bar_leads_to_its_statements_with_pins_that_name_who_speaks(
    events: PositionsEvents,
) -> None:
    assert 'aria-label="Macron, undated: 1 statement"' in _act(events, do="pictures")
    page = _act(events, do="mark", of="statements", name="Macron", period="undated")
    assert 'data-pin="first" data-start="0" data-end="50"' in page
    assert 'data-speaker="Macron"' in page


def test_a_bar_of_a_publisher_leads_to_its_sources(events: PositionsEvents) -> None:
    page = _act(events, do="mark", of="coverage", name="unknown", period="undated")
    assert '<section class="chosen"' in page
    assert 'data-source="first"' in page


def test_a_bar_that_is_not_there_leads_nowhere(events: PositionsEvents) -> None:
    page = _act(events, do="mark", of="statements", name="<b>", period="undated")
    assert 'class="chosen"' not in page
    assert "<b>" not in page


def test_events_stand_below_their_year(library_of: Callable[..., Library]) -> None:
    library = library_of(first="It was signed in September 2014 and again in February 2015.")
    events = PositionsEvents(
        BriefingEditor(library.catalogue, BriefingStore(library.catalogue.path))
    )
    page = _act(events, do="events")
    assert page.index("<h3>2014</h3>") < page.index("<h3>2015</h3>")
    assert page.count("It was signed in September 2014") == 2
    assert page.count("data-pin=") == 2


def test_more_parties_than_a_table_holds_are_counted(library_of: Callable[..., Library]) -> None:
    ends = ("ardo", "elin", "omak", "ugin", "ivet", "osta", "arle")
    names = [f"{first}{end}" for first in "BDFGKLM" for end in ends]
    said = " ".join(f"Minister {name} said the coalition was ready." for name in names)
    library = library_of(first=said)
    events = PositionsEvents(
        BriefingEditor(library.catalogue, BriefingStore(library.catalogue.path))
    )
    assert "Show more parties" in _shown(events)
    page = _act(events, do="table", all="yes")
    assert page.count('<th scope="col"><bdi>') == MAX_ALL_PARTIES
    assert "more parties: <code>" in page


def test_many_events_are_walked_earlier_and_later() -> None:
    source = next(iter(made_up().texts.values()))[0]
    days = [date(1900 + at, 1, 1) for at in range(MAX_EVENTS + 2)]
    events = [Event(day, str(day.year), source, Span(0, 4), "Then") for day in days]
    latest = render_events(events)
    assert "3 to 152 of 152" in latest
    assert 'data-until="2">Earlier' in latest
    assert ">Later<" not in latest
    earliest = render_events(events, until=2)
    assert "1 to 2 of 152" in earliest
    assert 'data-until="152">Later' in earliest
    assert ">Earlier<" not in earliest


def test_a_narrow_view_counts_longer_periods(library_of: Callable[..., Library]) -> None:
    cards = {
        f"text-{year}": f"---\ntitle: A\npublished: {year}-05-01\n---\nMacron said it was {year}."
        for year in (2023, 2025)
    }
    library = library_of(**cards)
    events = PositionsEvents(
        BriefingEditor(library.catalogue, BriefingStore(library.catalogue.path))
    )
    assert "Counted by month" in _act(events, do="pictures", room=1_200)
    assert "Counted by quarter" in _act(events, do="pictures", room=350)
    wish = {"of": "statements", "name": "Macron", "period": "2025-01-01", "grain": "year"}
    assert "Macron, 2025: 1 statement" in _act(events, do="mark", **wish)


def test_somebody_who_waits_is_told_how_many_texts_are_read(
    library_of: Callable[..., Library],
) -> None:
    library = library_of(first="Macron said 26 countries had joined the coalition.")
    may_end = threading.Event()

    class SlowEditor(BriefingEditor):
        def everything_said(self, report: Report | None = None) -> EverythingSaid:
            assert report is not None
            report(1, 1_200)
            may_end.wait(timeout=20)
            return BriefingEditor.everything_said(self)

    events = PositionsEvents(SlowEditor(library.catalogue, BriefingStore(library.catalogue.path)))
    pages = events.show()
    assert "1 of 1,200 texts" in next(pages)
    may_end.set()
    *_, last = pages
    assert "Macron" in last


def test_a_reading_that_broke_is_begun_again(library_of: Callable[..., Library]) -> None:
    library = library_of(first="Macron said 26 countries had joined the coalition.")
    broken = [True]

    class BreakingEditor(BriefingEditor):
        def everything_said(self, report: Report | None = None) -> EverythingSaid:
            if broken.pop():
                broken.append(False)
                raise StateError("The disk is full.", remedy="Make room.")
            return BriefingEditor.everything_said(self, report)

    events = PositionsEvents(
        BreakingEditor(library.catalogue, BriefingStore(library.catalogue.path))
    )
    assert "The disk is full." in _shown(events)
    assert "Macron" in _shown(events)
