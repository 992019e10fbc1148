"""The page while a chat model writes: what grows is shown, and a stop ends the request."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from assistant.answering import Assistant
from assistant.audit import Audit
from assistant.chat_model import LangChainModel
from assistant.conversations import Conversation
from assistant.ui.visits import Visits
from assistant.writing.composing import Writer
from tests.scripted_model import Script, scripted

GOOD = "A central element of the plan is maintaining Ukraine’s armed forces at 800,000 troops"


def test_a_stop_keeps_what_is_shown_and_ends_the_request(
    shipped: Assistant, tmp_path: Path
) -> None:
    event: Any = SimpleNamespace(_data={})
    request: Any = SimpleNamespace(request=None)
    with scripted(Script([f"{GOOD} [1]. Then "], hang=True)) as model:
        writer = Writer(
            LangChainModel("openai:scripted", address=model.address, key="k"),
            count_tokens=shipped.library.embedder.count_tokens,
            audit=Audit(tmp_path / "audit"),
        )
        visits = Visits(Assistant(shipped.library, writer=writer))
        shown = Conversation()
        asking = visits.ask("How many troops would Ukraine keep?", shown, event, request)
        for _, conversation, html in asking:
            if isinstance(conversation, Conversation):
                shown = conversation
            if isinstance(html, str) and "800,000 troops" in html:
                break
        stopped, _ = visits.stop(shown, request)
        assert list(asking) == []
        assert model.left.wait(5)
    assert isinstance(stopped, Conversation)
    assert not stopped.at_work
    kept = stopped.exchanges[-1].answer
    assert kept is not None
    assert [one.text for one in kept.statements] == [f"{GOOD}."]
