"""The page while a chat model writes: what grows is shown, and a stop ends the request."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from assistant.answering import Assistant
from assistant.conversing.conversation import Conversation
from assistant.conversing.store import ConversationStore
from assistant.reader.reader import SentenceReader
from assistant.ui.chat_events import ChatEvents
from assistant.writing.audit import Audit
from assistant.writing.chat_model import LangChainModel
from assistant.writing.composing import Writer
from tests.scripted_model import Script, scripted

GOOD = "A central element of the plan is maintaining Ukraine’s armed forces at 800,000 troops"


def test_a_stop_keeps_what_is_shown_and_ends_the_request(
    shipped: Assistant, real_reader: SentenceReader, tmp_path: Path
) -> None:
    event: Any = SimpleNamespace(_data={})
    request: Any = SimpleNamespace(request=None)
    with scripted(Script([f"{GOOD} [1]. Then "], hang=True)) as model:
        writer = Writer(
            LangChainModel("openai:scripted", address=model.address, key="k"),
            count_tokens=shipped.library.embedder.count_tokens,
            checker=real_reader,
            audit=Audit(tmp_path / "audit"),
        )
        events = ChatEvents(Assistant(shipped.library, writer=writer))
        shown, was_quoted = Conversation(), False
        asking = events.ask(
            "What troop level does the plan keep for Ukraine’s armed forces?", shown, event, request
        )
        for _, conversation, html in asking:
            if isinstance(conversation, Conversation):
                shown = conversation
            answer = shown.exchanges[-1].answer if shown.exchanges else None
            if answer is None:
                continue
            assert isinstance(html, str)
            assert "800,000" in html
            if answer.mode == "model":
                break
            was_quoted = True
        assert was_quoted
        stopped, _ = events.stop(shown, request)
        assert list(asking) == []
        assert model.left.wait(5)
    assert isinstance(stopped, Conversation)
    assert not stopped.at_work
    kept = stopped.exchanges[-1].answer
    assert kept is not None
    assert kept.statements[0].text == f"{GOOD}."
    assert all(one.support == "supported" for one in kept.statements)


def test_quotes_chosen_send_nothing_and_the_choice_is_the_visitors_own(
    shipped: Assistant, real_reader: SentenceReader, tmp_path: Path
) -> None:
    def request_of(visitor: str) -> Any:
        return SimpleNamespace(request=SimpleNamespace(cookies={"visitor": visitor * 32}))

    event: Any = SimpleNamespace(_data={"mode": "quotes"})
    asked: Any = SimpleNamespace(_data={})
    with scripted(Script([f"{GOOD} [1]."])) as model:
        writer = Writer(
            LangChainModel("openai:scripted", address=model.address, key="k"),
            count_tokens=shipped.library.embedder.count_tokens,
            checker=real_reader,
        )
        store = ConversationStore(tmp_path / "library.sqlite")
        events = ChatEvents(Assistant(shipped.library, writer=writer), conversations=store)
        mode, status = events.choose(event, request_of("a"))
        assert mode == "quotes"
        assert "nothing leaves this machine" in status
        question = "What troop level does the plan keep for Ukraine’s armed forces?"
        *_, (_, talk, _) = events.ask(question, Conversation(), asked, request_of("a"))
        assert isinstance(talk, Conversation)
        assert talk.exchanges[-1].answer is not None
        assert talk.exchanges[-1].answer.mode == "quotes"
        assert model.requests == []
    assert events.mode_of("a" * 32) == "quotes"
    assert events.mode_of("b" * 32) == "model"
