"""A library that lost its catalogue, its index or a text: every command says so, with a remedy."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from sources.database import FILE_NAME
from tests.assistant.cli.conftest import Run
from tests.assistant.speakers.texts import MADE_UP

Runner = Callable[..., Run]
SLUG = "08-zelensky-interview"
QUESTION = "How many years of guarantees did the American proposal give?"


@pytest.fixture
def filled(run: Runner) -> Runner:
    """Runs commands on a library of the made-up texts."""
    assert run("sources", "add", MADE_UP).code == 0
    return run


@pytest.fixture
def file(filled: Runner, tmp_path: Path) -> Path:  # noqa: ARG001 - it makes the file
    return tmp_path / "home" / FILE_NAME


def _alter(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(statement)
        connection.commit()


COMMANDS = (
    ("ask", QUESTION),
    ("search", "guarantees"),
    ("chat",),
    ("sources", "sync"),
    ("sources", "add", str(MADE_UP)),
    ("sources", "list"),
    ("sources", "show", SLUG),
    ("sources", "remove", SLUG),
    ("sources", "clean-up"),
    ("sources", "reindex"),
    ("brief", "list"),
    ("brief", "positions"),
    ("brief", "new", "Talks"),
    ("feedback", "export"),
    ("backup", "backup.zip"),
    ("doctor",),
    ("doctor", "--repair"),
)


@pytest.mark.parametrize("content", [None, b"", b"\xff" * 8192])
def test_without_its_catalogue_every_command_says_so_and_makes_nothing(
    filled: Runner, file: Path, content: bytes | None
) -> None:
    for one in file.parent.glob(f"{FILE_NAME}*"):
        one.unlink()
    if content is not None:
        file.write_bytes(content)
    for command in COMMANDS:
        refused = filled(*command)
        assert refused.code == 1, command
        assert "assistant doctor --rebuild" in refused.err, command
        assert (file.read_bytes() if file.exists() else None) == content, command


def test_what_is_left_is_brought_back_and_answers_again(filled: Runner, file: Path) -> None:
    before = filled("ask", QUESTION, "--json").lines[0]["citations"]
    file.write_bytes(b"")
    rebuilt = filled("doctor", "--rebuild")
    assert rebuilt.code == 0
    assert f"whole    {SLUG}" in rebuilt.out
    assert "Everything agrees: 13 sources" in rebuilt.out
    assert "Conversations, briefings" in rebuilt.err
    assert "library-damaged-" in rebuilt.err
    assert filled("ask", QUESTION, "--json").lines[0]["citations"] == before
    again = filled("doctor", "--rebuild", "--json").lines[0]
    assert (again["whole"], again["rebuilt"]["whole"]) == (True, [])


def test_texts_that_lie_elsewhere_are_looked_for_where_a_person_says(
    filled: Runner, file: Path
) -> None:
    tags = filled("sources", "show", SLUG, "--json").lines[0]
    file.unlink()
    assert filled("doctor", "--rebuild", "--look-in", MADE_UP).code == 0
    assert filled("sources", "show", SLUG, "--json").lines[0] | {"added": 0, "changed": 0} == (
        tags | {"added": 0, "changed": 0}
    )
    assert filled("doctor", "--look-in", MADE_UP).code == 2


def test_an_altered_text_is_told_with_its_source_and_mended(filled: Runner, file: Path) -> None:
    before = filled("ask", QUESTION, "--json").lines[0]["citations"]
    assert before
    for statement in (
        "UPDATE text SET content = replace(content, 'fifteen', 'sixteen')",
        "UPDATE text SET content = replace(content, 'fifteen', 'two')",
    ):
        _alter(file, statement)
        asked = filled("ask", QUESTION)
        assert (asked.code, asked.out) == (1, "")
        assert "was altered in the library. Run `assistant doctor --repair`" in asked.err
        assert filled("brief", "positions").code == 1
        assert filled("doctor").code == 1
        assert filled("doctor", "--repair").code == 0
        assert filled("ask", QUESTION, "--json").lines[0]["citations"] == before


def test_a_backup_is_restored_into_an_empty_folder_and_asked(
    filled: Runner, tmp_path: Path
) -> None:
    before = filled("ask", QUESTION, "--json").lines[0]["citations"]
    made = filled("backup", tmp_path / "library.zip")
    assert (made.code, "13 sources" in made.out) == (0, True)
    refused = filled("backup", tmp_path / "library.zip")
    assert (refused.code, "--force" in refused.err) == (2, True)
    new = ("--home", tmp_path / "new")
    restored = filled("restore", tmp_path / "library.zip", *new)
    assert (restored.code, "13 sources" in restored.out) == (0, True)
    assert filled("ask", QUESTION, "--json", *new).lines[0]["citations"] == before
    assert "Everything agrees: 13 sources" in filled("doctor", *new).out
    assert filled("restore", tmp_path / "library.zip", *new).code == 2
    again = filled("restore", tmp_path / "library.zip", "--force", *new)
    assert (again.code, "new-before-" in again.err) == (0, True)
