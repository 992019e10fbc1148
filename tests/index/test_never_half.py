"""Whatever ends a change: every source is whole or absent, and nothing that was ready is lost."""

import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from index.checking import check
from index.indexing import add, resume
from index.inputs import bytes_input
from index.library import Library, open_library
from index.retrieval import Retriever
from sources.errors import LibraryBusyError
from tests.conftest import WordEmbedder
from tests.index.never_half import words_of

KEPT = tuple(f"kept-{number}" for number in range(6))
SECONDS_OF_KILLING = 45
TOLD = re.compile(r"sources\.errors\.(?:StateError|FullDiskError)")
"""What a change ends with that finds no room: Chroma's and tantivy's tell no full disk apart."""


def _start(home: Path, seed: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.index.never_half", str(home), str(seed)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    return process


def _opened(home: Path) -> Library:
    library = open_library(home, embedder=WordEmbedder())
    resume(library)
    return library


def _fill(home: Path) -> None:
    with closing(_opened(home)) as library:
        add(library, [bytes_input(f"{name}.txt", words_of(name, 0, 12)) for name in KEPT])


def _assert_whole(home: Path, when: str = "") -> None:
    # A process of its own, as after a real crash; the library opens by itself.
    command = [sys.executable, "-m", "tests.index.test_never_half", str(home)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, when + done.stdout + done.stderr


def _assert_whole_here(home: Path) -> None:
    with closing(_opened(home)) as library:
        assert check(library).findings == ()
        assert library.catalogue.unfinished() == ()
        ready = {entry.source.slug for entry in library.catalogue.entries(state="ready")}
        assert ready >= set(KEPT)
        for slug in ready:
            text = library.catalogue.text(slug).content
            first = text.partition(" tells")[0]
            # Bytes of a known name that are too unlike its text are a source of their own, -2.
            name = re.match(r"Sentence 0 of (\S+) in version", text)
            assert name is not None, (slug, text)
            assert re.fullmatch(rf"{name[1]}(-\d+)?", slug), (slug, text)
            (match, *_) = Retriever(library).find(first, limit=1)
            passage = match.passage
            whole = library.catalogue.text(passage.source).content
            assert passage.content == whole[passage.start : passage.end]


@pytest.mark.long
def test_killed_at_any_moment_the_library_is_whole(tmp_path: Path) -> None:
    _fill(tmp_path)
    seed = random.randrange(1_000_000)
    chance = random.Random(seed)
    until = time.monotonic() + SECONDS_OF_KILLING
    kills = 0
    while time.monotonic() < until:
        process = _start(tmp_path, seed + kills)
        time.sleep(chance.uniform(0, 1.2))
        assert process.poll() is None
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        kills += 1
        _assert_whole(tmp_path, f"seed {seed}, kill {kills}")
    assert kills > 3


@pytest.mark.long
@pytest.mark.parametrize("most_bytes", [60_000, 200_000, 400_000, 1_000_000])
def test_a_file_that_cannot_grow_costs_nothing_that_was_ready(
    tmp_path: Path, most_bytes: int
) -> None:
    _fill(tmp_path)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

    command = [sys.executable, "-m", "tests.index.never_half", str(tmp_path), "1"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=120, preexec_fn=limit
    )
    assert done.returncode != 0
    assert TOLD.search(done.stderr), done.stderr
    _assert_whole(tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("megabytes", [2, 4])
def test_a_full_disk_costs_nothing_that_was_ready(tmp_path: Path, megabytes: int) -> None:
    small, large = tmp_path / "small", tmp_path / "large"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(small)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("no disk of a small size can be made here")
    try:
        _fill(small)
        command = [sys.executable, "-m", "tests.index.never_half", str(small), "1"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        assert TOLD.search(done.stderr), done.stderr
        shutil.copytree(small, large)
    finally:
        subprocess.run(["umount", str(small)], check=True)
    _assert_whole(large)


@pytest.mark.long
def test_questions_are_answered_while_another_process_changes_everything(tmp_path: Path) -> None:
    _fill(tmp_path)
    process = _start(tmp_path, 7)
    try:
        with closing(open_library(tmp_path, embedder=WordEmbedder())) as library:
            until = time.monotonic() + 10
            while time.monotonic() < until:
                for match in Retriever(library).find("Sentence tells of Miami", limit=5):
                    passage = match.passage
                    assert passage.content.startswith("Sentence ")
                    assert passage.content.endswith("tells of Miami.")
    finally:
        process.kill()
        process.communicate()


def test_a_second_process_is_told_who_is_at_work_and_can_still_ask(library: Library) -> None:
    add(library, [bytes_input("kept-0.txt", words_of("kept-0", 0, 3))])
    with (
        closing(open_library(library.home, embedder=WordEmbedder())) as other,
        library.catalogue.changing_alone(),
    ):
        with pytest.raises(LibraryBusyError, match="Another process"):
            add(other, [bytes_input("x.txt", b"Words.")])
        assert Retriever(other).find("Miami", limit=1)


@pytest.mark.long
def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    home = tmp_path / "home"
    _fill(home)
    mounted = subprocess.run(
        ["mount", "--bind", "-o", "ro", str(home), str(home)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no folder can be made unwritable here")
    try:
        command = [sys.executable, "-m", "tests.index.never_half", str(home), "1"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        assert "sources.errors.ReadOnlyError: The library" in done.stderr
        assert "is read-only. Make its folder writable" in done.stderr
    finally:
        subprocess.run(["umount", str(home)], check=True)
    _assert_whole(home)


if __name__ == "__main__":
    _assert_whole_here(Path(sys.argv[1]))
