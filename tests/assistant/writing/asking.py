"""Asking with a chat model at the address of a scripted server."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant.answering import Assistant
from assistant.reader.reader import SentenceReader
from assistant.verifying.model import Shares, SupportModel
from assistant.verifying.overlap import word_overlap
from assistant.writing.audit import Audit
from assistant.writing.chat_model import LangChainModel, Patience
from assistant.writing.composing import Writer
from index.encoder.encoder import MultilingualEncoder
from tests.scripted_model import ScriptedModel

TROOPS = "What troop level does the plan keep for Ukraine’s armed forces?"
GOOD = "A central element of the plan is maintaining Ukraine’s armed forces at 800,000 troops"
CHECKER = SentenceReader(MultilingualEncoder())
"""It loads at first use, once for all tests of a process."""
KEY = "sk-very-secret-0123456789"


class WordChecker:
    """Tells support by the share of a statement's words that are cited: to be checked by eye."""

    support_bars = (0.8, 0.5)

    def support(
        self, statement: str, cited: Sequence[Sequence[tuple[str, str]]]
    ) -> tuple[Shares, ...]:
        held = [word_overlap(statement, [words for _, words in group]) for group in cited]
        return tuple(Shares(share, 0.0, 1.0 - share) for share in held)

    def alike(self, statement: str, cited: Sequence[tuple[str, str]]) -> tuple[float, ...]:
        return tuple(word_overlap(statement, [words]) for _, words in cited)


def written_by(
    shipped: Assistant,
    model: ScriptedModel,
    folder: Path,
    *,
    checker: SupportModel = CHECKER,
    **options: object,
) -> Assistant:
    # Only a server that hangs is given up on; a busy machine must not look like one.
    waits_s = 1.0 if model.script.hang else 20.0
    patience = Patience(first_s=waits_s, next_s=waits_s)
    chat = LangChainModel("openai:scripted", address=model.address, key=KEY, patience=patience)
    writer = Writer(
        chat,
        count_tokens=shipped.library.embedder.count_tokens,
        checker=checker,
        audit=Audit(folder / "audit"),
        **options,  # type: ignore[arg-type]
    )
    return replace(shipped, writer=writer)
