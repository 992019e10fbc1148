"""The list of conversations says why something could not be done."""

from collections.abc import Callable, Iterator
from pathlib import Path

import fastapi
import gradio as gr
import pytest

from assistant.answering import Assistant
from assistant.conversing.conversation import Conversation
from assistant.conversing.store import ConversationStore
from assistant.ui.chat_events import ChatEvents
from assistant.ui.conversation_events import ConversationEvents
from index.library import Library
from tests.capabilities import rights_respected

VISITOR = "a" * 32
ACTS: list[tuple[str, dict[str, object]]] = [
    ("rename", {"title": "Donbas"}),
    ("remove", {}),
    ("restore", {}),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kept"


@pytest.fixture
def talk(folder: Path) -> Conversation:
    """A conversation that was kept while the folder could still be written."""
    talk = Conversation().asking("What did Vance name?").failing("It broke.", "Ask again.")
    store = ConversationStore(folder / "library.sqlite3")
    store.keep(VISITOR, talk)
    store.close()
    return talk


@pytest.fixture
def conversation_events_of(
    library_of: Callable[..., Library], folder: Path
) -> Iterator[Callable[[], ConversationEvents]]:
    stores: list[ConversationStore] = []

    def make() -> ConversationEvents:
        store = ConversationStore(folder / "library.sqlite3")
        stores.append(store)
        return ConversationEvents(
            ChatEvents(Assistant(library_of(a="One.")), conversations=store), store
        )

    yield make
    for store in stores:
        store.close()


def _request() -> gr.Request:
    headers = [(b"cookie", f"visitor={VISITOR}".encode())]
    return gr.Request(fastapi.Request({"type": "http", "headers": headers}))


def _do(conversations: ConversationEvents, act: str, id: str, fields: dict[str, object]) -> str:
    event = gr.EventData(None, {"id": id, **fields})
    shown = getattr(conversations, act)("", Conversation(), event, _request())
    return str(shown[0] if isinstance(shown, tuple) else shown)


@pytest.mark.parametrize(("act", "fields"), ACTS)
def test_what_a_library_that_may_only_be_read_refuses_is_told_above_the_list(
    conversation_events_of: Callable[[], ConversationEvents],
    talk: Conversation,
    folder: Path,
    act: str,
    fields: dict[str, object],
) -> None:
    for path in (folder, *folder.iterdir()):
        path.chmod(path.stat().st_mode & ~0o222)
    with rights_respected():
        shown = _do(conversation_events_of(), act, talk.id, fields)
    folder.chmod(0o700)
    assert "is read-only." in shown
    assert "What did Vance name?" in shown


@pytest.mark.usefixtures("talk")
@pytest.mark.parametrize(("act", "fields"), ACTS)
def test_a_conversation_that_is_not_there_is_told(
    conversation_events_of: Callable[[], ConversationEvents], act: str, fields: dict[str, object]
) -> None:
    shown = _do(conversation_events_of(), act, "gone", fields)
    assert "There is no such conversation" in shown
    assert "What did Vance name?" in shown


def test_a_deleted_conversation_is_brought_back_from_the_list(
    conversation_events_of: Callable[[], ConversationEvents], talk: Conversation
) -> None:
    conversations = conversation_events_of()
    assert f'data-restore="{talk.id}"' in _do(conversations, "remove", talk.id, {})
    assert f'data-show="{talk.id}"' in _do(conversations, "restore", talk.id, {})


def test_a_list_that_cannot_be_read_says_so_and_is_not_called_empty(
    conversation_events_of: Callable[[], ConversationEvents], talk: Conversation
) -> None:
    conversations = conversation_events_of()
    with conversations._store._database.changing() as connection:
        connection.execute("DROP TABLE conversation")
    shown = conversations.found("", talk, _request())
    assert "is damaged" in shown
    assert "No conversations yet" not in shown
