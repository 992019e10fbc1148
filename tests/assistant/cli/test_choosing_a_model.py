"""Which embedding model a library has: the one its first texts ask for, until somebody says."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.encoder.files import BUNDLED, MULTILINGUAL
from index.library import models_of
from tests.assistant.cli.conftest import Run

Runner = Callable[..., Run]
ENGLISH = "The envoys met in the capital on Monday. They spoke about grain."
UKRAINIAN = "Наглядова місія почне роботу в січні на всій лінії розмежування."
QUESTION = "When will the monitoring mission begin its work?"
THE_COMMAND = f"assistant sources reindex --embedder {MULTILINGUAL}"


@pytest.fixture
def english(tmp_path: Path) -> Path:
    file = tmp_path / "en.txt"
    file.write_text(ENGLISH, "utf-8")
    return file


@pytest.fixture
def ukrainian(tmp_path: Path) -> Path:
    file = tmp_path / "uk.txt"
    file.write_text(UKRAINIAN, "utf-8")
    return file


@pytest.fixture
def model(tmp_path: Path) -> Callable[[], str | None]:
    """The name of the model behind the index in use."""
    return lambda: models_of(tmp_path / "home")[0]


def _first_found(run: Runner) -> str:
    """The source of what is found for the question, which shares no word with the answer."""
    answer = run("ask", QUESTION, "--json").lines[0]
    return str([*answer["citations"], *answer["related"]][0]["source"])


def _words(told: str) -> str:
    return " ".join(told.split())


def test_english_texts_are_found_by_the_model_for_english(
    run: Runner, english: Path, model: Callable[[], str | None]
) -> None:
    assert run("sources", "add", english).err == ""
    assert model() == BUNDLED


def test_a_ukrainian_text_into_an_empty_library_is_found_by_an_english_question(
    run: Runner, english: Path, ukrainian: Path, model: Callable[[], str | None]
) -> None:
    added = run("sources", "add", english, ukrainian)
    assert added.code == 0
    assert "reindex" not in added.err
    assert model() == MULTILINGUAL
    assert _first_found(run) == "uk"
    assert run("doctor").code == 0


def test_what_a_card_says_of_the_language_decides_as_well(
    run: Runner, tmp_path: Path, model: Callable[[], str | None]
) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.md").write_text("---\nlanguage: pl\n---\n800 000", "utf-8")
    run("sources", "sync", folder)
    assert model() == MULTILINGUAL


def test_a_ukrainian_text_into_an_english_library_is_told_the_one_command_to_run(
    run: Runner, english: Path, ukrainian: Path, model: Callable[[], str | None]
) -> None:
    run("sources", "add", english)
    told = _words(run("sources", "add", ukrainian).err)
    assert "It is not in English" in told
    assert THE_COMMAND in told
    assert model() == BUNDLED
    assert run("sources", "reindex", "--embedder", MULTILINGUAL).out == "2 sources indexed anew.\n"
    assert model() == MULTILINGUAL  # and so it stays, with nothing in the settings
    assert _first_found(run) == "uk"
    assert run("sources", "reindex").code == 0
    assert model() == MULTILINGUAL
    assert run("sources", "reindex", "--embedder", BUNDLED).code == 0
    assert model() == BUNDLED


def test_what_the_settings_say_rules(
    run: Runner,
    ukrainian: Path,
    english: Path,
    model: Callable[[], str | None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ASSISTANT_EMBEDDER", BUNDLED)
    assert THE_COMMAND in _words(run("sources", "add", ukrainian).err)
    assert model() == BUNDLED
    refused = run("sources", "reindex", "--embedder", MULTILINGUAL)
    assert refused.code == 2
    assert "ASSISTANT_EMBEDDER" in refused.err
    monkeypatch.setenv("ASSISTANT_EMBEDDER", MULTILINGUAL)
    mismatched = run("sources", "add", english)
    assert mismatched.code == 1
    assert "assistant sources reindex" in _words(mismatched.err)
    assert run("sources", "reindex").code == 0
    assert model() == MULTILINGUAL


def test_an_interrupted_change_of_the_model_is_finished_by_reindex_alone(
    run: Runner, english: Path, model: Callable[[], str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    from index import reindexing

    run("sources", "add", english)
    whole = reindexing.reindex

    def interrupted(*_given: object, **_named: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(reindexing, "reindex", interrupted)
    assert run("sources", "reindex", "--embedder", MULTILINGUAL).code == 130
    assert model() == BUNDLED
    assert run("ask", "Where did the envoys meet?", "--json").lines[0]["citations"]
    monkeypatch.setattr(reindexing, "reindex", whole)
    assert run("sources", "reindex").code == 0
    assert model() == MULTILINGUAL


def test_a_lost_catalogue_is_made_again_for_the_index_that_is_left(
    run: Runner, ukrainian: Path, model: Callable[[], str | None], tmp_path: Path
) -> None:
    run("sources", "add", ukrainian)
    for file in (tmp_path / "home").glob("library.sqlite3*"):
        file.unlink()
    assert "whole    uk" in run("doctor", "--rebuild").out
    assert model() == MULTILINGUAL
    assert _first_found(run) == "uk"
