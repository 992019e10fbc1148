"""Asking with a chat model at the address of a scripted server."""

from pathlib import Path

from assistant.answering import Assistant
from assistant.reader.reader import SentenceReader
from assistant.writing.audit import Audit
from assistant.writing.chat_model import LangChainModel, Patience
from assistant.writing.composing import Writer
from index.encoder.encoder import MultilingualEncoder
from tests.scripted_model import ScriptedModel

TROOPS = "How many troops would Ukraine keep?"
GOOD = "A central element of the plan is maintaining Ukraine’s armed forces at 800,000 troops"
CHECKER = SentenceReader(MultilingualEncoder())
"""It loads at first use, once for all tests of a process."""
KEY = "sk-very-secret-0123456789"


def written_by(
    shipped: Assistant, model: ScriptedModel, folder: Path, **options: object
) -> Assistant:
    # Only a server that hangs is given up on; a busy machine must not look like one.
    waits_s = 1.0 if model.script.hang else 20.0
    patience = Patience(first_s=waits_s, next_s=waits_s)
    chat = LangChainModel("openai:scripted", address=model.address, key=KEY, patience=patience)
    writer = Writer(
        chat,
        count_tokens=shipped.library.embedder.count_tokens,
        checker=CHECKER,
        audit=Audit(folder / "audit"),
        **options,  # type: ignore[arg-type]
    )
    return Assistant(shipped.library, writer=writer)
