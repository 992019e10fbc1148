"""A cited line in plain words by a chat model: checked against what the line cites alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.briefing.briefings import Briefing
from assistant.briefing.editor import BriefingEditor
from assistant.briefing.store import BriefingStore
from index.library import Library
from sources.database import FILE_NAME
from sources.errors import StateError, UseError
from sources.source import Span
from tests.assistant.writing.asking import WordChecker, written_by
from tests.scripted_model import Script, scripted

SHIPS = "The harbour of Norby holds twelve grain ships of the fleet."
TUGS = "The harbour of Norby keeps three tugs."
PLAIN = "The harbour of Norby holds twelve ships."

Put = Callable[[str], Briefing]


@pytest.fixture
def library(library_of: Callable[..., Library]) -> Library:
    return library_of(norby=f"{SHIPS} {TUGS}")


@pytest.fixture
def editor(library: Library, tmp_path: Path) -> BriefingEditor:
    editor = BriefingEditor(library.catalogue, BriefingStore(tmp_path / "home" / FILE_NAME))
    editor.new("Norby")
    editor.pin_words("norby", "norby", Span(0, len(SHIPS)))
    editor.write("norby", "own", "A sentence of mine.")
    return editor


@pytest.fixture
def put(editor: BriefingEditor, library: Library, tmp_path: Path) -> Put:
    def putting(said: str, number: int = 1) -> Briefing:
        with scripted(Script([said])) as model:
            writer = written_by(Assistant(library), model, tmp_path, checker=WordChecker()).writer
            assert writer is not None
            briefing = editor.put_plainly("norby", number, writer)
            sent = model.requests[0]["messages"][-1]["content"]
        assert SHIPS in sent
        assert TUGS not in sent
        return briefing

    return putting


def test_it_comes_below_the_line_with_the_same_words_cited(put: Put) -> None:
    quoted, plain, own = put(f"{PLAIN[:-1]} [1].").lines
    assert (plain.kind, plain.text, plain.support) == ("statement", PLAIN, "supported")
    assert plain.evidence == quoted.evidence
    assert own.kind == "own"


def test_what_is_supported_in_part_is_marked(put: Put) -> None:
    partly = "The harbour of Norby holds twelve ships with bread inside."
    assert put(f"{PLAIN} [1] {partly} [1]").lines[2].support == "partly"


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(PLAIN.replace("twelve", "ninety"), id="another number"),
        pytest.param(TUGS, id="what another sentence of the source says"),
        pytest.param("NOT_IN_SOURCES", id="silence"),
    ],
)
def test_nothing_is_added_that_the_line_does_not_bear_out(
    put: Put, editor: BriefingEditor, said: str
) -> None:
    before = editor.store.get("norby")
    with pytest.raises(StateError, match="was not rewritten"):
        put(said)
    assert editor.store.get("norby") == before


def test_a_model_that_fails_is_told(
    editor: BriefingEditor, library: Library, tmp_path: Path
) -> None:
    with scripted(Script(status=500)) as model:
        writer = written_by(Assistant(library), model, tmp_path, checker=WordChecker()).writer
        assert writer is not None
        with pytest.raises(StateError, match="was not rewritten"):
            editor.put_plainly("norby", 1, writer)


def test_a_line_that_cites_nothing_is_refused(
    editor: BriefingEditor, library: Library, tmp_path: Path
) -> None:
    with scripted(Script([PLAIN])) as model:
        writer = written_by(Assistant(library), model, tmp_path, checker=WordChecker()).writer
        assert writer is not None
        with pytest.raises(UseError, match="cites nothing"):
            editor.put_plainly("norby", 2, writer)
        assert model.requests == []
