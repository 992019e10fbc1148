import re
from collections.abc import Callable

import fastapi
import gradio as gr
import pytest

from assistant.answering import Assistant
from assistant.answers import Mode, Quote
from assistant.conversing.conversation import Conversation
from assistant.conversing.store import ConversationStore
from assistant.ui.chat_events import ChatEvents
from assistant.ui.growing import growing_answers
from assistant.ui.reader_rendering import Place
from assistant.ui.readings import Bookmark, Readings
from index.library import Library
from sources.source import Span

TEXT = "Vance named Donetsk as the main obstacle. Zelensky spoke in Miami."


@pytest.fixture
def events(library_of: Callable[..., Library]) -> ChatEvents:
    return ChatEvents(Assistant(library_of(article=TEXT)))


def _event(**fields: object) -> gr.EventData:
    return gr.EventData(None, fields)


def _request(visitor: str = "a" * 32) -> gr.Request:
    headers = [(b"cookie", f"visitor={visitor}".encode())]
    return gr.Request(fastapi.Request({"type": "http", "headers": headers}))


def _ask(events: ChatEvents, question: str, conversation: Conversation) -> Conversation:
    *_, (_, conversation, _) = events.ask(question, conversation, _event(), _request())
    assert isinstance(conversation, Conversation)
    return conversation


def test_the_question_is_shown_before_it_is_answered(events: ChatEvents) -> None:
    question = "What did Vance name as the main obstacle?"
    (box, first, thread), (_, last, _) = events.ask(question, Conversation(), _event(), _request())
    assert box == ""
    assert isinstance(first, Conversation)
    assert isinstance(last, Conversation)
    assert first.at_work
    assert "Searching the sources" in str(thread)
    assert not last.at_work


def test_a_question_while_another_is_at_work_stays_in_the_box(events: ChatEvents) -> None:
    steps = list(events.ask("b", Conversation().asking("a"), _event(), _request()))
    assert steps == [(gr.skip(), gr.skip(), gr.skip())]


def test_a_question_that_is_too_long_is_refused_with_the_remedy_and_nothing_is_kept(
    library_of: Callable[..., Library],
) -> None:
    library = library_of(article=TEXT)
    store = ConversationStore(library.catalogue.path)
    events = ChatEvents(Assistant(library), conversations=store)
    ((box, talk, thread),) = events.ask("x" * 5000, Conversation(), _event(), _request())
    assert (box, talk) == (gr.skip(), gr.skip())  # the words stay in the box
    assert "5,000 characters" in str(thread)
    assert "at most 4,000" in str(thread)
    assert store.listed("a" * 32) == ()


def test_a_failed_question_keeps_its_words_and_says_the_remedy(events: ChatEvents) -> None:
    asked = Conversation().asking("x" * 5000)
    (talk,) = growing_answers(events._assistant, asked, "x" * 5000, ())
    failure = talk.exchanges[-1].failure
    assert failure is not None
    assert "5,000 characters" in failure.problem
    assert failure.remedy
    assert talk.exchanges[-1].question == "x" * 5000


def test_whatever_breaks_the_visitor_keeps_the_question(events: ChatEvents) -> None:
    events._assistant.library.vectors.close()
    object.__setattr__(events._assistant.library, "embedder", None)
    talk = _ask(events, "What did Vance name?", Conversation())
    failure = talk.exchanges[-1].failure
    assert failure is not None
    assert "broke" in failure.problem


def test_a_citation_a_related_passage_and_a_whole_source_open_the_reader(
    events: ChatEvents,
) -> None:
    talk = _ask(events, "What did Vance name as the main obstacle?", Conversation())
    talk = _ask(events, "What did Poland offer?", talk)
    bookmark = Bookmark()
    events.open(talk, bookmark, _event(number=1))
    assert bookmark.place == Place("article", talk.ledger[0], 1)
    events.open(talk, bookmark, _event(turn=1, related=0))
    answer = talk.exchanges[1].answer
    assert answer is not None
    assert bookmark.place == Place("article", answer.related[0], related=True)
    markup = events.open(talk, bookmark, _event(source="article"))
    assert bookmark == Bookmark(Place("article"), moves=3)
    assert "Zelensky spoke in Miami." in str(markup)


@pytest.mark.parametrize(
    "fields",
    [
        {"number": 7},
        {"number": "1"},
        {"turn": 9, "related": 0},
        {"turn": 0, "related": 9},
        {"turn": -1, "related": 0},
        {},
    ],
)
def test_a_click_on_what_the_conversation_does_not_hold_changes_nothing(
    events: ChatEvents, fields: dict[str, object]
) -> None:
    talk = _ask(events, "What did Vance name as the main obstacle?", Conversation())
    bookmark = Bookmark(Place("article"), moves=1)
    assert events.open(talk, bookmark, _event(**fields)) == gr.skip()
    assert bookmark == Bookmark(Place("article"), moves=1)


def test_a_source_that_is_gone_is_said_in_the_reader(events: ChatEvents) -> None:
    assert "no longer in the library" in events.read(Conversation(), Place("gone"))


def test_an_old_citation_opens_in_the_text_that_it_cites(
    library_of: Callable[..., Library],
) -> None:
    events = ChatEvents(Assistant(library_of(article=TEXT)))
    talk = _ask(events, "What did Vance name as the main obstacle?", Conversation())
    library_of(article="Nothing of that is left in the text of today.")
    markup = events.open(talk, Bookmark(), _event(number=1))
    assert "An earlier text of this source" in str(markup)
    assert ">Vance named Donetsk as the main obstacle.</mark>" in re.sub(
        r'</mark><mark class="current[^>]*>', "", str(markup)
    )
    markup = events.open(talk, Bookmark(), _event(source="article"))
    assert "text of today." in str(markup)


def test_words_named_by_their_span_open_in_the_reader(events: ChatEvents) -> None:
    event = _event(source="article", start=42, end=66)
    bookmark = Bookmark()
    sheet = events.open(Conversation(), bookmark, event)
    assert bookmark.place == Place(
        "article", Quote("article", Span(42, 66), "Zelensky spoke in Miami.")
    )
    assert "Quoted words" in str(sheet)


def test_a_span_in_a_source_that_is_gone_says_so(events: ChatEvents) -> None:
    sheet = events.open(Conversation(), Bookmark(), _event(source="gone", start=0, end=5))
    assert "no longer in the library" in str(sheet)


def test_an_address_without_a_conversation_never_overwrites_a_quick_question(
    events: ChatEvents,
) -> None:
    assert events.resume("", _request()) == (gr.skip(), gr.skip(), "")
    *unchanged, told = events.resume("unknown", _request())
    assert unchanged == [gr.skip(), gr.skip()]
    assert "That conversation is not here." in str(told)


def test_an_answer_draws_no_reader_where_none_is_open(events: ChatEvents) -> None:
    assert events.refresh(Conversation(), Bookmark()) == gr.skip()


def test_a_slow_drawing_never_replaces_what_was_opened_meanwhile(events: ChatEvents) -> None:
    bookmark = Bookmark()

    class ClickedMeanwhile(Readings):
        def read(self, conversation: Conversation, place: Place | None) -> str:
            sheet = super().read(conversation, place)
            bookmark.move(Place("article"))
            return sheet

    readings = ClickedMeanwhile(events.catalogue)
    assert readings.draw(Conversation(), bookmark) == gr.skip()
    assert bookmark == Bookmark(Place("article"), moves=1)


def test_what_is_opened_while_the_status_is_made_is_shown(
    library_of: Callable[..., Library],
) -> None:
    bookmark = Bookmark()

    class Interrupted(ChatEvents):
        def _status(self, mode: Mode | None) -> str:
            bookmark.move(Place("article"))
            return super()._status(mode)

    events = Interrupted(Assistant(library_of(article=TEXT)))
    arrived, _, _ = events.arrive(Conversation(), bookmark, _request())
    changed, _ = events.after_change(Conversation(), bookmark)
    assert "Vance named Donetsk" in str(arrived)
    assert "Vance named Donetsk" in str(changed)


def test_a_sheet_tells_after_how_many_moves_it_was_drawn(events: ChatEvents) -> None:
    bookmark = Bookmark()
    events.open(Conversation(), bookmark, _event(source="article"))
    sheet = events.open(Conversation(), bookmark, _event(source="article", start=0, end=5))
    assert 'data-moves="2"' in str(sheet)


def test_an_earlier_text_opens_as_what_it_is_and_stays_open(
    library_of: Callable[..., Library],
) -> None:
    events = ChatEvents(Assistant(library_of(article=TEXT)))
    old = events.catalogue.source("article").sha256
    library_of(article="Nothing of that is left in the text of today.")
    bookmark = Bookmark()
    sheet = events.open(Conversation(), bookmark, _event(source="article", version=old))
    assert "An earlier text of this source" in str(sheet)
    assert "Zelensky spoke in Miami." in str(sheet)
    assert events.refresh(Conversation(), bookmark) == sheet


def test_a_footnote_of_a_briefing_has_its_neighbours_beside_it(events: ChatEvents) -> None:
    wish = {"source": "article", "start": 0, "end": 5, "note": 2, "notes": 3}
    markup = str(events.open(Conversation(), Bookmark(), _event(**wish)))
    assert "Footnote 2 of 3" in markup
    assert 'data-note="1" aria-label="Previous footnote"' in markup
    assert 'data-note="3" aria-label="Next footnote"' in markup


def test_a_footnote_beyond_the_last_is_only_words(events: ChatEvents) -> None:
    wish = {"source": "article", "start": 0, "end": 5, "note": 4, "notes": 3}
    assert "Quoted words" in str(events.open(Conversation(), Bookmark(), _event(**wish)))
