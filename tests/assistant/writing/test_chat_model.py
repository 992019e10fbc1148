"""The connection to a chat model: what it holds, and for how long."""

import gc
import threading

from assistant.writing.chat_model import LangChainModel, Message
from tests.scripted_model import Script, scripted


def test_a_model_that_nobody_holds_leaves_no_thread() -> None:
    before = set(threading.enumerate())
    with scripted(Script(["Here."])) as model:
        chat = LangChainModel("openai:scripted", address=model.address, key="k")
        assert any(chat.stream([Message("user", "Anybody?")]))
        (thread,) = {one for one in threading.enumerate() if one.name == "chat model"} - before
        del chat
        gc.collect()
        thread.join(timeout=30)
    assert not thread.is_alive()
