"""The search in the empty reader, without a browser."""

from collections.abc import Callable

import gradio as gr
import pytest

from assistant.answering import Assistant
from assistant.conversing.conversation import Conversation
from assistant.ui.reader_rendering import Place
from assistant.ui.readings import Bookmark, Readings
from assistant.ui.searching import Searching
from index.filters import Filters
from index.library import Library

HOSTILE = '<img src=x onerror="window.hurt=1">'


@pytest.fixture
def searching(library_of: Callable[..., Library]) -> Searching:
    bridge = "Two bridges were closed. Rain fell."
    library = library_of(bridge=bridge, quay="The quay is open.")
    return Searching(Assistant(library), Readings(library.catalogue))


def _found(searching: Searching, words: str, talk: Conversation | None = None) -> str:
    event = gr.EventData(None, {"words": words})
    return str(searching.find(talk or Conversation(), Bookmark(), event))


def test_a_passage_is_shown_marked_to_be_opened_and_pinned(searching: Searching) -> None:
    page = _found(searching, "Two bridges were closed.")
    assert '<mark class="value">Two bridges</mark>' in page
    assert 'data-source="bridge" data-start="0" data-end="35"' in page
    assert 'data-pin="bridge" data-start="0" data-end="35"' in page
    assert 'data-pin="bridge" data-start="0" data-end="24"' in page
    assert "Pin sentence" in page


def test_what_is_searched_closes_the_open_source(searching: Searching) -> None:
    bookmark = Bookmark(Place("bridge"))
    searching.find(Conversation(), bookmark, gr.EventData(None, {"words": "bridge"}))
    assert bookmark == Bookmark(None, moves=1)


def test_no_words_bring_the_sources_back(searching: Searching) -> None:
    page = _found(searching, "  ")
    assert 'class="shelf"' in page
    assert "results" not in page


def test_the_filters_of_the_conversation_hold_and_are_said(searching: Searching) -> None:
    page = _found(searching, "bridge", Conversation(filters=Filters(sources=("quay",))))
    assert "within the filters beside the question" in page
    assert "Two <mark" not in page


def test_whatever_is_searched_stays_words(searching: Searching) -> None:
    assert HOSTILE not in _found(searching, HOSTILE)


def test_words_that_are_too_many_are_refused_with_a_remedy(searching: Searching) -> None:
    assert "Ask it in at most" in _found(searching, "bridge " * 1_000)


def test_a_word_that_no_text_has_is_said_apart_from_what_is_near_in_meaning(
    searching: Searching,
) -> None:
    page = _found(searching, "xylophone")
    assert "No text of the library has “<bdi>xylophone</bdi>”" in page
    assert page.index("No text of the library") < page.index("Near in meaning") < page.index("<li>")
    both = _found(searching, "xylophone quay")
    assert "1 passage with these words" in both
    assert "<bdi>xylophone</bdi>" in both
    assert "Near in meaning" not in _found(searching, "bridges quay")
