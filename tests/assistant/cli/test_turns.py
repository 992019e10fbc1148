"""Two processes at one library: one changes it, the others ask or wait for their turn."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.cli.turns import await_first_source
from index.indexing import add, being_added
from index.inputs import Input, bytes_input
from index.library import Library
from sources.catalogue import Catalogue
from sources.database import FILE_NAME
from sources.errors import LibraryBusyError
from tests.assistant.cli.conftest import Run

Runner = Callable[..., Run]


def test_asking_goes_on_while_another_changes_the_library(run: Runner, tmp_path: Path) -> None:
    run("sources", "sync")
    with Catalogue(tmp_path / "home" / FILE_NAME).changing_alone():
        asked = run("ask", "How many troops would Ukraine keep?")
    assert (asked.code, asked.err) == (0, "")
    assert "800,000 troops" in asked.out


def test_a_second_writer_waits_for_its_turn_and_says_so(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Envoys met.")
    held, release = threading.Event(), threading.Event()

    def first() -> None:
        with Catalogue(tmp_path / "home" / FILE_NAME).changing_alone():
            held.set()
            release.wait(1)

    writer = threading.Thread(target=first)
    writer.start()
    held.wait()
    added = run("sources", "add", tmp_path / "a.txt")
    writer.join()
    assert "Another process is changing this library; waiting" in added.err
    assert (added.code, added.out) == (0, "added    a\n")


def test_where_no_text_is_ready_yet_it_is_told_how_far_the_adding_is(library: Library) -> None:
    seen: list[str | None] = []

    def asked_meanwhile() -> tuple[bytes, str]:
        seen.append(being_added(library))
        with pytest.raises(LibraryBusyError, match=r"none is ready yet \(0 of 1 files so far\)"):
            await_first_source(library, wait_s=0)
        return b"Envoys met.", "a.txt"

    add(library, [Input("a.txt", "upload/a.txt", 0, asked_meanwhile)])
    assert seen == ["0 of 1"]
    assert being_added(library) is None


def test_nobody_waits_where_nothing_is_being_added(library: Library) -> None:
    await_first_source(library, wait_s=0)
    add(library, [bytes_input("a.txt", b"Envoys met.")])
    with library.catalogue.changing_alone():
        await_first_source(library, wait_s=0)
