"""The connection to a chat model: what it holds, for how long, and beside which others."""

import gc
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

from assistant.writing.chat_model import LangChainModel, Message
from tests.scripted_model import Script, scripted

ASKED = (Message("user", "Anybody?"),)


def _said(chat: LangChainModel) -> str:
    return "".join(piece.words for piece in chat.stream(ASKED) if piece is not None)


def _own_threads() -> int:
    return sum(one.name.startswith("chat model") for one in threading.enumerate())


def test_models_that_nobody_holds_leave_no_threads() -> None:
    with scripted(Script(["Here."])) as model:
        assert _said(LangChainModel("openai:scripted", address=model.address, key="k")) == "Here."
        before = threading.active_count()
        for number in range(3):
            chat = LangChainModel(f"openai:scripted-{number}", address=model.address, key="k")
            assert _said(chat) == "Here."
        del chat
        gc.collect()
        assert _own_threads() == 1
        assert threading.active_count() <= before


def test_a_model_takes_over_the_connection_of_one_that_is_gone() -> None:
    with scripted(Script(["Here."], keeps=True)) as model:
        for number in range(3):
            chat = LangChainModel(f"openai:scripted-{number}", address=model.address, key="k")
            assert _said(chat) == "Here."
            del chat
            gc.collect()
        assert len(model.connections) == 1


def test_models_of_one_address_answer_at_the_same_time() -> None:
    with scripted(Script(["He", "re."], keeps=True, wait_s=0.05)) as model:
        chats = [
            LangChainModel(f"openai:scripted-{number}", address=model.address, key="k")
            for number in range(3)
        ]
        with ThreadPoolExecutor(6) as pool:
            said = list(pool.map(_said, chats * 4))
    assert said == ["Here."] * 12


def test_a_model_that_never_ends_is_left_at_once() -> None:
    with scripted(Script(["And so on. "], forever=True)) as model:
        chat = LangChainModel("openai:scripted", address=model.address, key="k")
        for _ in range(5):
            stream = chat.stream(ASKED)
            assert any(piece is not None for piece in islice(stream, 50))
            stream.close()  # type: ignore[attr-defined]  # a generator
            assert model.left.wait(10)
            model.left.clear()
