"""Asking works on a full disk: the conversation goes on in memory, is told as not kept, and is
kept as soon as it can be."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.answers import Answer
from assistant.conversing.conversation import Conversation
from assistant.conversing.store import ConversationStore
from assistant.conversing.unkept import FULL, MOST_HELD, READ_ONLY, Unkept
from assistant.conversing.windows import Windows
from assistant.ui.rendering import render_thread
from sources.database import Database
from sources.errors import FullDiskError, ReadOnlyError, UseError
from tests.capabilities import fill, small_disk

SILENT = Answer("q", "quotes", "not_in_sources", reason="No source says so.")
LONG = Answer("q", "quotes", "not_in_sources", reason="No source says so. " * 2_000)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ConversationStore]:
    opened = ConversationStore(tmp_path / "library.sqlite3")
    yield opened
    opened.close()


def _set_room(store: ConversationStore, pages: int) -> None:
    """SQLite tells a file that may have no more pages as it tells a full disk."""
    database, make = store._database, Database._open

    def limited() -> sqlite3.Connection:
        connection = make(database)
        connection.execute(f"PRAGMA max_page_count = {pages}").fetchall()
        return connection

    database.close()
    database._open = limited  # type: ignore[method-assign]


def _ask(windows: Windows, talk: Conversation, question: str) -> Conversation:
    begun = windows.edit(talk, "ann", lambda kept: kept.stopping().asking(question))
    answered = begun.answering(LONG)
    return windows.edit(answered, "ann", lambda kept: kept.taking_over(answered))


def test_on_a_full_disk_a_conversation_goes_on_and_is_kept_once_there_is_room(
    store: ConversationStore,
) -> None:
    windows = Windows(store)
    talk = _ask(windows, Conversation(), "First?")
    assert store.unkept is None
    _set_room(store, 1)
    talk = _ask(windows, talk, "Second?")
    talk = _ask(windows, talk, "Third?")
    assert store.unkept == FULL
    assert [one.question for one in talk.exchanges] == ["First?", "Second?", "Third?"]
    assert all(one.complete and one.answer == LONG for one in talk.exchanges)
    assert windows.newest(talk, "ann") == talk
    with pytest.raises(UseError):
        store.get("ben", talk.id)
    _set_room(store, 100_000)
    talk = _ask(windows, talk, "Fourth?")
    assert store.unkept is None
    with closing(ConversationStore(store._database.path)) as another:
        assert another.get("ann", talk.id) == talk
    assert len(talk.exchanges) == 4


def test_the_page_says_that_a_conversation_is_not_kept_and_only_then() -> None:
    talk = Conversation().asking("Who?").answering(SILENT)
    assert FULL in render_thread(talk, cards={}, unkept=FULL).replace("&#39;", "'")
    assert "not kept" not in render_thread(talk, cards={})
    assert render_thread(Conversation(), cards={}, unkept=FULL) == ""


def test_in_a_read_only_library_it_is_told_too(store: ConversationStore) -> None:
    store._database.is_read_only = True
    assert store.unkept == READ_ONLY


def test_what_can_wait_is_left_for_when_there_is_room(store: ConversationStore) -> None:
    _set_room(store, 1)
    with store._database.changing() as connection:
        connection.execute("INSERT INTO chosen_mode VALUES ('ann', 'quotes')")
    for number in range(400):
        store.keep_mode(f"visitor {number} " * 40, "model")
    store.forget_removed()
    assert store.mode("ann") == "quotes"


def test_only_so_many_are_held_in_memory() -> None:
    unkept = Unkept()
    error: ReadOnlyError = FullDiskError("Full.", remedy="Make room.")
    talks = [Conversation().asking(str(number)) for number in range(MOST_HELD + 1)]
    for talk in talks:
        unkept.hold("ann", talk, error)
    assert unkept.get("ann", talks[0].id) is None
    assert unkept.get("ann", talks[-1].id) == talks[-1]
    assert unkept.get("ben", talks[-1].id) is None


@pytest.mark.long
def test_every_command_that_reads_works_on_a_full_disk(tmp_path: Path) -> None:
    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "assistant", *arguments, "--home", str(disk / "home")]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    disk = tmp_path / "disk"
    disk.mkdir()
    with small_disk(disk, megabytes=4):
        assert run("sources", "sync").returncode == 0
        fill(disk)
        before = sorted(disk.rglob("*"))
        asked = run("ask", "How many troops would Ukraine keep?")
        assert (asked.returncode, "800,000 troops" in asked.stdout) == (0, True)
        for command in (("sources", "list"), ("search", "Donetsk"), ("doctor",), ("brief", "list")):
            assert run(*command).returncode == 0, command
        refused = run("sources", "clean-up")
        assert refused.returncode == 1
        assert "is full. Make room on it" in refused.stderr
        assert sorted(disk.rglob("*")) == before
