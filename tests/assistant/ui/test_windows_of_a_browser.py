"""Two windows of one browser show one conversation: what one does, the other does not undo."""

from collections.abc import Callable, Iterator
from pathlib import Path

import fastapi
import gradio as gr
import pytest

from assistant.answering import Assistant
from assistant.conversing.conversation import Conversation, Opinion
from assistant.conversing.store import ConversationStore
from assistant.ui.chat_events import ChatEvents
from assistant.ui.narrowing import Narrowing
from index.filters import Filters
from index.library import Library

VISITOR = "a" * 32
FIRST, SECOND = "What did Vance name as the main obstacle?", "Where did Zelensky speak?"


class NosyStore(ConversationStore):
    """Lets another window act at the moment when one reads what is kept."""

    meanwhile: Callable[[], object] | None = None

    def get(self, visitor: str, id: str) -> Conversation:
        self._interrupt()
        return super().get(visitor, id)

    def change(
        self,
        visitor: str,
        conversation: Conversation,
        edit: Callable[[Conversation], Conversation],
    ) -> Conversation:
        self._interrupt()
        return super().change(visitor, conversation, edit)

    def _interrupt(self) -> None:
        act, self.meanwhile = self.meanwhile, None
        if act is not None:
            act()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[NosyStore]:
    opened = NosyStore(tmp_path / "conversations.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def events(library_of: Callable[..., Library], store: NosyStore) -> ChatEvents:
    text = "Vance named Donetsk as the main obstacle. Zelensky spoke in Miami."
    return ChatEvents(Assistant(library_of(article=text)), conversations=store)


def _event(**fields: object) -> gr.EventData:
    return gr.EventData(None, fields)


def _request() -> gr.Request:
    headers = [(b"cookie", f"visitor={VISITOR}".encode())]
    return gr.Request(fastapi.Request({"type": "http", "headers": headers}))


def _ask(events: ChatEvents, question: str, conversation: Conversation) -> Conversation:
    *_, (_, conversation, _) = events.ask(question, conversation, _event(), _request())
    assert isinstance(conversation, Conversation)
    return conversation


def _questions(conversation: object) -> list[str]:
    assert isinstance(conversation, Conversation)
    return [exchange.question for exchange in conversation.exchanges]


def test_a_thumb_in_one_window_keeps_what_was_asked_in_another(
    events: ChatEvents, store: NosyStore
) -> None:
    stale = _ask(events, FIRST, Conversation())
    _ask(events, SECOND, stale)
    shown, _ = events.judge(stale, _event(turn=0, helpful=True), _request())
    kept = store.get(VISITOR, stale.id)
    assert _questions(kept) == [FIRST, SECOND]
    assert kept.exchanges[0].opinion == Opinion(True)
    assert shown == kept


def test_a_thumb_is_for_the_answer_that_was_seen(events: ChatEvents, store: NosyStore) -> None:
    stale = _ask(events, FIRST, Conversation())
    list(events.ask(SECOND, stale, _event(turn=0), _request()))
    events.judge(stale, _event(turn=0, helpful=True), _request())
    kept = store.get(VISITOR, stale.id)
    assert _questions(kept) == [SECOND]
    assert kept.exchanges[0].opinion is None


def test_searching_more_widely_keeps_what_was_asked_in_another_window(
    events: ChatEvents, store: NosyStore
) -> None:
    stale = _ask(events, "What did Poland offer?", Conversation())
    _ask(events, FIRST, stale)
    events.widen(stale, _event(turn=0), _request())
    assert len(store.get(VISITOR, stale.id).exchanges) == 2


def test_filters_set_while_a_question_is_at_work_outlive_its_answer(
    events: ChatEvents, store: NosyStore
) -> None:
    before = _ask(events, FIRST, Conversation())
    asking = events.ask(SECOND, before, _event(), _request())
    next(asking)
    narrowing = Narrowing(events, events.catalogue)
    narrowing.only(before, _event(source="article"), _request())
    events.judge(before, _event(turn=0, helpful=True), _request())
    *_, (_, shown, _) = asking
    kept = store.get(VISITOR, before.id)
    assert shown == kept
    assert kept.filters == Filters(sources=("article",))
    assert kept.exchanges[0].opinion == Opinion(True)
    assert kept.exchanges[1].answer is not None


def test_another_window_does_not_wait_for_a_question_that_is_at_work(events: ChatEvents) -> None:
    before = _ask(events, FIRST, Conversation())
    asking = events.ask(SECOND, before, _event(), _request())
    next(asking)
    shown, _ = events.judge(before, _event(turn=0, helpful=True), _request())
    assert isinstance(shown, Conversation)
    assert not shown.at_work
    list(asking)


def test_a_thumb_while_a_question_is_at_work_leaves_it_at_work(events: ChatEvents) -> None:
    before = _ask(events, FIRST, Conversation())
    asking = events.ask(SECOND, before, _event(), _request())
    _, growing, _ = next(asking)
    assert isinstance(growing, Conversation)
    shown, _ = events.judge(growing, _event(turn=0, helpful=True), _request())
    assert isinstance(shown, Conversation)
    assert shown.at_work
    list(asking)


def test_two_windows_that_ask_at_once_get_one_answer(events: ChatEvents, store: NosyStore) -> None:
    before = _ask(events, FIRST, Conversation())
    other: list[tuple[object, ...]] = []
    store.meanwhile = lambda: other.extend(events.ask("And where?", before, _event(), _request()))
    after = _ask(events, SECOND, before)
    assert other == [(gr.skip(), gr.skip(), gr.skip())]
    assert _questions(store.get(VISITOR, before.id)) == _questions(after) == [FIRST, SECOND]


def test_a_stop_that_comes_too_late_keeps_the_whole_answer(
    events: ChatEvents, store: NosyStore
) -> None:
    asking = events.ask(FIRST, Conversation(), _event(), _request())
    _, growing, _ = next(asking)
    assert isinstance(growing, Conversation)
    *_, (_, whole, _) = asking
    events.windows.move(growing.id, events.windows.begin("") or pytest.fail("no place"))
    shown, _ = events.stop(growing, _request())
    assert shown == whole == store.get(VISITOR, growing.id)


def test_the_next_question_can_be_asked_when_one_could_not_be_kept(
    events: ChatEvents, store: NosyStore
) -> None:
    before = _ask(events, FIRST, Conversation())

    def fail() -> None:
        raise OSError("no room")

    store.meanwhile = fail
    with pytest.raises(OSError, match="no room"):
        _ask(events, SECOND, before)
    assert _questions(_ask(events, SECOND, before)) == [FIRST, SECOND]
