"""A file that breaks its reader costs that file alone."""

import signal

import pytest

from sources.confined import ConfinedReader
from sources.errors import UnreadableFileError
from sources.reading import read_bytes


def test_the_process_reads_what_would_be_read_here() -> None:
    raw = b"---\ntitle: A\npublished: 2025-12-22\ntags: [x, y]\n---\n# Head\n\nWords."
    with ConfinedReader() as reader:
        assert reader.read(raw, "a.md") == read_bytes(raw, "a.md")


def test_a_reader_that_takes_too_long_is_stopped_and_the_next_file_is_read() -> None:
    with ConfinedReader(seconds_per_file=0.001) as reader:
        with pytest.raises(UnreadableFileError, match="stopped"):
            reader.read(b"Words.", "a.txt")
        reader._seconds = 60
        assert reader.read(b"Words.", "a.txt").body == "Words."


def test_a_reader_that_takes_too_much_memory_is_refused() -> None:
    with (
        ConfinedReader(memory_bytes=400 * 1024**2) as reader,
        pytest.raises(UnreadableFileError, match="memory"),
    ):
        reader.read(b"Some words. " * 5_000_000, "a.txt")


def test_ctrl_c_reaches_who_adds_and_refuses_no_file() -> None:
    with ConfinedReader() as reader:
        reader.read(b"First.", "a.txt")
        process = reader._started()
        process.send_signal(signal.SIGINT)
        assert reader.read(b"Envoys met.", "b.txt").body == "Envoys met."
        assert reader._started() is process
