"""Cited sentences translated by a chat model: each beside its own words, and marked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.answers import Answer
from assistant.asking.questions import Question
from assistant.judging.evidence import Evidence
from assistant.reader.reader import Read, SentenceReader
from assistant.verifying.check import Fault, Verification
from assistant.verifying.model import Shares
from assistant.writing.translating import Translating, mark_of
from index.encoder.encoder import MultilingualEncoder
from index.library import Library
from index.retrieval import Turn
from tests.assistant.writing.asking import WordChecker, written_by
from tests.scripted_model import Script, ScriptedModel, scripted

SHIPS = "The harbour of Norby holds twelve grain ships, and they are there for the winter."
ASKED = "How many ships does the harbour of Norby hold?"
GERMAN = "Im Hafen von Norby liegen zwölf Getreideschiffe, und sie sind für den Winter da."


class _AcrossChecker(WordChecker):
    """Takes every statement that names Norby for said, whatever the language."""

    def support(self, statement: str, cited: object) -> tuple[Shares, ...]:
        is_said = 0.9 if "Norby" in statement else 0.1
        return (Shares(is_said, 0.0, 1 - is_said),) * len(cited)  # type: ignore[arg-type]


class _SureReader(SentenceReader):
    """Tells requests by the real encoder, and takes what is most to the point for the answer."""

    def read(
        self,
        question: Question,  # noqa: ARG002
        evidence: Sequence[Evidence],
        *,
        earlier: str = "",  # noqa: ARG002
        titles: Mapping[str, str],  # noqa: ARG002
    ) -> tuple[Read, ...]:
        return tuple(Read(one, float(at == 0)) for at, one in enumerate(evidence))


@pytest.fixture
def port(library_of: Callable[..., Library]) -> Assistant:
    library = library_of(norby=f"---\nlanguage: en\n---\n{SHIPS} It was built in 1871.")
    return Assistant(library, reader=_SureReader(MultilingualEncoder()))


def _ask(
    port: Assistant, folder: Path, script: Script, request: str
) -> tuple[list[Answer], ScriptedModel]:
    with scripted(script) as model:
        assistant = written_by(port, model, folder, checker=_AcrossChecker())
        history = [Turn(ASKED, SHIPS), Turn("Translate this into Polish", "…")]
        shown = [one for one, _ in assistant.ask_streaming(request, history=history) if one]
        return shown, model


def test_what_was_cited_is_translated_beside_its_own_words(port: Assistant, tmp_path: Path) -> None:
    script = Script([f"{GERMAN[:-1]} [1]."])
    (first, *_, last), model = _ask(port, tmp_path, script, "Translate this into German")
    assert [one.text for one in first.statements] == [SHIPS]
    assert (last.mode, last.question) == ("model", "Translate this into German")
    assert [one.text for one in last.statements] == [GERMAN]
    assert [one.quote.words for one in last.citations] == [SHIPS]
    rules, asked = (one["content"] for one in model.requests[-1]["messages"])
    assert "You translate numbered passages into German" in rules
    assert SHIPS in asked
    assert "1871" not in asked


def test_a_translation_is_marked_and_never_called_supported(
    port: Assistant, tmp_path: Path
) -> None:
    script = Script([f"{GERMAN[:-1]} [1]."])
    (*_, last), _ = _ask(port, tmp_path, script, "Translate this into German")
    (said,) = last.statements
    assert said.support == "partly"
    assert (said.doubt or "").startswith("translated, meaning checked; ")
    assert (last.verdict, (last.reason or "").split(",")[0]) == ("likely", "Written in German")


def test_a_translation_with_another_number_leaves_the_quotes(
    port: Assistant, tmp_path: Path
) -> None:
    script = Script([f"{GERMAN[:-1].replace('zwölf', '90')} [1]."])
    (*_, last), _ = _ask(port, tmp_path, script, "Translate this into German")
    assert last.mode == "quotes"
    assert [one.text for one in last.statements] == [SHIPS]


def test_without_a_language_it_is_asked_which(port: Assistant, tmp_path: Path) -> None:
    (only,), model = _ask(port, tmp_path, Script(["Ja."]), "Translate that for me, please")
    assert only.asks_back
    assert "Into which language?" in (only.reason or "")
    assert model.requests == []


def test_what_is_in_that_language_already_is_not_sent(port: Assistant, tmp_path: Path) -> None:
    (*_, last), model = _ask(port, tmp_path, Script(["No."]), "Translate this into English")
    assert model.requests == []
    assert [one.text for one in last.statements] == [SHIPS]


@pytest.mark.parametrize(
    ("told", "mark"),
    [
        (Verification("supported", Shares(1, 0, 0)), None),
        (Verification("partly", Shares(1, 0, 0), (Fault("language", "not read"),)),
         "translated, meaning checked; not read"),
        (Verification("not_supported", Shares(0, 0, 1), (Fault("not said"),)),
         "translated, meaning checked and not found: the cited words do not say this"),
        (Verification("not_supported", Shares(0, 0, 1), (Fault("uncited"),)),
         "translated, meaning not checked"),
    ],
)  # fmt: skip
def test_the_mark_says_what_was_checked(told: Verification, mark: str | None) -> None:
    assert mark_of(told) == mark


def test_each_quote_is_a_passage_of_whole_sentences(port: Assistant) -> None:
    quoted = replace(port, reader=None).ask(ASKED)
    (passage,) = Translating.of(quoted.citations, "de").passages(port.library.catalogue)
    assert passage.content == SHIPS
