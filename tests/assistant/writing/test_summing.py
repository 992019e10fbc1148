"""Summaries by a chat model: of whole sources, in as many points as are wanted, each checked."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.answers import Answer
from assistant.asking.summing import Summing
from assistant.reader.reader import SentenceReader
from assistant.writing.answer import answer_from
from assistant.writing.drafting import Draft
from assistant.writing.gathering import STRETCH_CHARS, draft_from, stretches
from index.library import Library
from tests.assistant.writing.asking import GOOD, WordChecker, written_by
from tests.scripted_model import Script, ScriptedModel, scripted

SHIPS = "The harbour of Norby holds twelve grain ships."
TUGS = "The harbour of Norby keeps three tugs for the ships."
BUILT = "It was built in 1871."
FAIR = "The fair of Oster is held in May."
REQUEST = "Summarise the text on Norby"


@pytest.fixture
def ports(library_of: Callable[..., Library]) -> Assistant:
    return Assistant(library_of(norby=f"{SHIPS} {BUILT} {TUGS}", fair=f"{FAIR} It draws bakers."))


def _drafted(
    ports: Assistant, folder: Path, script: Script, summing: Summing, **options: object
) -> tuple[Draft, Answer | None, ScriptedModel]:
    def nothing_is_searched(*_: object, **__: object) -> tuple[()]:
        raise AssertionError("a summary needs no search")

    quoted = ports.ask("Which ships does the harbour of Norby hold and keep?")
    with scripted(script) as model:
        writer = written_by(ports, model, folder, checker=WordChecker(), **options).writer
        assert writer is not None
        catalogue = ports.library.catalogue
        *_, (draft, sources) = draft_from(
            writer, REQUEST, (), (), search=nothing_is_searched, catalogue=catalogue,
            summing=summing,
        )  # fmt: skip
        answer = answer_from(draft, quoted, (), writer=writer, sources=sources, catalogue=catalogue)
        return draft, answer, model


def test_the_model_reads_the_whole_source_and_no_other(ports: Assistant, tmp_path: Path) -> None:
    _, _, model = _drafted(ports, tmp_path, Script([f"{SHIPS} [1]"]), Summing(("norby",), 1))
    rules, asked = (one["content"] for one in model.requests[0]["messages"])
    assert "one sentence" in rules
    for sentence in (SHIPS, BUILT, TUGS):
        assert sentence in asked
    assert FAIR not in asked


def test_several_sources_are_read_in_their_order(ports: Assistant, tmp_path: Path) -> None:
    script = Script([f"{FAIR} [1] {SHIPS} [2]"])
    draft, answer, model = _drafted(ports, tmp_path, script, Summing(("fair", "norby"), 2))
    sent = model.requests[0]["messages"][-1]["content"]
    assert sent.index(FAIR) < sent.index(SHIPS)
    assert answer is not None
    assert [one.quote.source for one in answer.citations] == ["fair", "norby"]
    assert (answer.verdict, draft.trouble, answer.notice) == ("answered", None, None)


def test_no_more_points_are_shown_than_are_wanted(ports: Assistant, tmp_path: Path) -> None:
    script = Script([f"{SHIPS} [1] {TUGS} [1] {BUILT} [1] "])
    draft, answer, _ = _drafted(ports, tmp_path, script, Summing(("norby",), 2))
    assert [one.words for one in draft.statements] == [SHIPS, TUGS]
    assert answer is not None
    assert (answer.verdict, answer.notice) == ("answered", None)


def test_it_is_said_where_fewer_points_came(ports: Assistant, tmp_path: Path) -> None:
    draft, answer, _ = _drafted(ports, tmp_path, Script([f"{SHIPS} [1]"]), Summing(("norby",), 3))
    assert draft.trouble == "3 points were wanted, and 1 came."
    assert answer is not None
    assert answer.verdict == "partly"


def test_each_point_is_checked(ports: Assistant, tmp_path: Path) -> None:
    script = Script([f"{SHIPS} [1] The harbour of Norby keeps ninety tugs [1]."])
    _, answer, _ = _drafted(ports, tmp_path, script, Summing(("norby",), 2))
    assert answer is not None
    assert [one.support for one in answer.statements] == ["supported", "not_supported"]


def test_it_is_said_how_much_the_window_holds(
    library_of: Callable[..., Library], tmp_path: Path
) -> None:
    long = " ".join(f"The harbour of town {number} holds grain ships." for number in range(900))
    ports = Assistant(library_of(long=long, norby=f"{SHIPS} {TUGS}"))
    script = Script(["The harbour of town 1 holds grain ships [1]."])
    draft, answer, _ = _drafted(ports, tmp_path, script, Summing(("long",), 1), window_tokens=3_000)
    assert draft.aside is not None
    assert answer is not None
    assert answer.notice == draft.aside
    assert "of what is summed up" in draft.aside


def test_stretches_are_whole_sentences_and_lose_none(
    library_of: Callable[..., Library],
) -> None:
    words = " ".join(f"The harbour of town {number} holds grain ships." for number in range(90))
    library = library_of(long=words, norby=f"{SHIPS} {TUGS}")
    found = stretches(("long", "norby", "gone"), (), library.catalogue)
    assert [one.source for one in found][:3] == ["long", "norby", "long"]
    assert all(len(one.content) <= STRETCH_CHARS for one in found)
    of_long = [s for one in found if one.source == "long" for s in one.sentences]
    assert tuple(of_long) == library.catalogue.text("long").sentences


def test_a_request_for_a_summary_is_written_from_the_whole_article(
    shipped: Assistant, real_reader: SentenceReader, tmp_path: Path
) -> None:
    with scripted(Script([f"{GOOD} [1]. {GOOD} [1]. "])) as model:
        assistant = written_by(shipped, model, tmp_path, checker=WordChecker())
        answer = replace(assistant, reader=real_reader).ask(
            "Summarise this article in one sentence"
        )
        rules = model.requests[0]["messages"][0]["content"]
    assert "You sum up numbered passages" in rules
    assert answer.mode == "model"
    assert [one.text for one in answer.statements] == [f"{GOOD}."]
