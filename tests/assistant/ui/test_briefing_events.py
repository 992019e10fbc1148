"""What the briefing view does and shows, without a browser."""

from collections.abc import Callable
from pathlib import Path

import gradio as gr
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.answering import Assistant
from assistant.briefing.editor import BriefingEditor
from assistant.briefing.store import BriefingStore
from assistant.conversing.conversation import Conversation
from assistant.ui.briefing_events import BriefingEvents
from assistant.ui.briefing_view import add_downloads
from index.indexing import sync_folder
from index.library import Library

TEXT = "Vance named Donetsk as the main obstacle. Zelensky spoke in Miami."
HOSTILE = '<img src=x onerror="window.hurt=1">'


@pytest.fixture
def events(library_of: Callable[..., Library]) -> BriefingEvents:
    library = library_of(article=TEXT)
    return BriefingEvents(
        BriefingEditor(library.catalogue, BriefingStore(library.catalogue.path)), Assistant(library)
    )


def _act(events: BriefingEvents, name: str | None, **wish: object) -> tuple[str | None, str]:
    *_, (name, sheet, _) = events.act(name, gr.EventData(None, wish))
    return name if isinstance(name, str) else None, str(sheet)


def test_whatever_is_written_stays_words(events: BriefingEvents) -> None:
    name, _ = _act(events, None, do="new", words=HOSTILE)
    _, _ = _act(events, name, do="add", kind="own", words=HOSTILE)
    _, page = _act(events, name, do="add", kind="section", words=HOSTILE)
    assert HOSTILE not in page
    assert page.count("&lt;img src=x") >= 3


def test_a_wish_that_fails_is_said_above_the_briefing(events: BriefingEvents) -> None:
    name, _ = _act(events, None, do="new", words="Talks")
    kept, page = _act(events, name, do="remove", line=9)
    assert kept == "talks"
    assert "has no line 9" in page


def test_a_briefing_that_is_deleted_leaves_word_of_the_way_back(events: BriefingEvents) -> None:
    name, _ = _act(events, None, do="new", words="Talks")
    *_, (_, _, notice) = events.act(name, gr.EventData(None, {"do": "delete"}))
    assert "`assistant brief undo talks` brings it back." in str(notice)
    *_, (_, _, notice) = events.act(None, gr.EventData(None, {"do": "new", "words": "Next"}))
    assert notice == gr.skip()


def test_a_title_is_changed_and_the_name_stays(events: BriefingEvents) -> None:
    name, _ = _act(events, None, do="new", words="Talks")
    kept, page = _act(events, name, do="rename", words="Talks in Miami")
    assert (kept, '<h2 dir="auto">Talks in Miami</h2>' in page) == ("talks", True)


def test_a_line_is_written_below_another_and_a_move_stops_at_the_end(
    events: BriefingEvents,
) -> None:
    name, _ = _act(events, None, do="new", words="Talks")
    for words in ("One.", "Two."):
        _act(events, name, do="add", kind="own", words=words)
    _act(events, name, do="add", kind="note", words="Between.", line="1")
    _act(events, name, do="move", line="1", by=9)
    lines = events.editor.store.get("talks").lines
    assert [line.text for line in lines] == ["Between.", "Two.", "One."]


def test_words_pinned_without_a_briefing_begin_one(events: BriefingEvents) -> None:
    sha256 = events.editor.catalogue.source("article").sha256
    event = gr.EventData(None, {"source": "article", "start": 0, "end": 41, "sha256": sha256})
    name, page, notice = events.pin(None, Conversation(), event)
    assert name is not None
    assert "has 1 line now" in notice
    assert "Vance named Donetsk as the main obstacle." in page


def test_words_of_an_earlier_text_are_not_pinned(events: BriefingEvents) -> None:
    event = gr.EventData(None, {"source": "article", "start": 0, "end": 41, "sha256": "0" * 64})
    name, _, notice = events.pin(None, Conversation(), event)
    assert "an earlier text of the source" in notice
    assert name is not None
    assert events.editor.store.get(name).lines == ()


def test_a_library_that_grew_is_said(
    events: BriefingEvents, library: Library, tmp_path: Path
) -> None:
    name, before = _act(events, None, do="new", words="Talks")
    (tmp_path / "texts" / "later.md").write_text("Rubio spoke in Rome.", encoding="utf-8")
    sync_folder(library, tmp_path / "texts")
    _, after = events.show(name)
    assert "The library has changed" not in before
    assert "1 added, 0 replaced, 0 removed" in after


def test_downloads_are_documents_and_other_names_are_not_found(events: BriefingEvents) -> None:
    name, _ = _act(events, None, do="new", words="Talks")
    _act(events, name, do="add", kind="own", words="What I think.")
    app = FastAPI()
    add_downloads(app, events)
    client = TestClient(app)
    document = client.get("/briefings/talks.md")
    assert "What I think. (author)" in document.text
    assert 'filename="talks.md"' in document.headers["content-disposition"]
    assert client.get("/briefings/talks.exe").status_code == 404
    assert client.get("/briefings/missing.docx").status_code == 404


def test_the_notice_after_a_pin_names_the_briefing_and_where_to_choose_another(
    events: BriefingEvents,
) -> None:
    sha256 = events.editor.catalogue.source("article").sha256
    wish = {"source": "article", "start": 9, "end": 20, "sha256": sha256}
    events.editor.new("Bananas")
    name, _, notice = events.pin("bananas", Conversation(), gr.EventData(None, wish))
    assert "Pinned to “Bananas”, which has 1 line now." in notice
    assert "Choose another" not in notice
    events.editor.new("Talks")
    *_, notice = events.pin(name, Conversation(), gr.EventData(None, wish))
    assert "“Bananas”, which has 2 lines now. Choose another in the tab “Briefing”." in notice
    *_, notice = events.pin(None, Conversation(), gr.EventData(None, wish))
    assert "”, the one changed last, which has" in notice


def test_a_draft_on_nothing_that_is_there_says_so_and_makes_no_briefing(
    events: BriefingEvents,
) -> None:
    name, page = _act(events, None, do="draft", words="bananas")
    assert "No passage of the library is about" in page
    assert (name, events.editor.store.briefings()) == (None, ())


def test_a_draft_that_fails_adds_nothing_to_the_open_briefing(events: BriefingEvents) -> None:
    name, _ = _act(events, None, do="new", words="Talks")
    _act(events, name, do="add", kind="own", words="What I think.")
    kept, page = _act(events, name, do="draft", words="bananas")
    assert "No passage of the library is about" in page
    assert [line.text for line in events.editor.store.get("talks").lines] == ["What I think."]
    assert kept == "talks"


def test_a_draft_into_a_briefing_with_lines_tells_where_they_are(events: BriefingEvents) -> None:
    name, _ = _act(events, None, do="new", words="Talks")
    _act(events, name, do="add", kind="own", words="What I think.")
    *_, (_, _, notice) = events.act(name, gr.EventData(None, {"do": "draft", "words": "Donetsk"}))
    count = len(events.editor.store.get("talks").lines) - 1
    assert f"Drafted {count} lines at the end of “Talks”." in str(notice)
