"""A watched folder and the library stay the same."""

import threading
from pathlib import Path
from queue import Queue

import pytest

from index.changes import Changes
from index.library import Library
from index.watching import watch_folder
from sources.errors import UseError

WAIT_S = 30


@pytest.mark.long
def test_what_changes_in_a_watched_folder_changes_in_the_library(
    library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text("The first text.")
    stop, seen = threading.Event(), Queue[Changes]()

    def follow() -> None:
        for changes in watch_folder(library, folder, stop=stop):
            seen.put(changes)

    following = threading.Thread(target=follow)
    following.start()
    try:
        assert seen.get(timeout=WAIT_S).added == ("a",)
        (folder / "b.txt").write_text("The second text.")
        assert seen.get(timeout=WAIT_S).added == ("b",)
        (folder / "a.txt").write_text("The first text, changed.")
        assert seen.get(timeout=WAIT_S).replaced == ("a",)
        (folder / "b.txt").unlink()
        assert seen.get(timeout=WAIT_S).removed == ("b",)
    finally:
        stop.set()
        following.join(timeout=WAIT_S)
    assert not following.is_alive()


def test_a_folder_that_is_not_there_is_not_watched(library: Library, tmp_path: Path) -> None:
    with pytest.raises(UseError, match="no folder"):
        next(watch_folder(library, tmp_path / "none"))
