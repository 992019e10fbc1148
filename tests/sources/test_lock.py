"""One holds the lock at a time; who only looks is in nobody's way."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sources.errors import LibraryBusyError
from sources.lock import alone, is_held

fcntl = pytest.importorskip("fcntl")


@contextmanager
def _looking(path: Path) -> Iterator[None]:
    """Somebody else's look at the lock, caught in the middle."""
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


def test_a_lock_is_held_while_somebody_has_it(tmp_path: Path) -> None:
    path = tmp_path / "library.lock"
    assert not is_held(path)
    with alone(path):
        assert is_held(path)
        with pytest.raises(LibraryBusyError), alone(path):
            pass
    assert not is_held(path)


def test_two_who_look_at_once_see_no_change(tmp_path: Path) -> None:
    path = tmp_path / "library.lock"
    path.touch()
    with _looking(path):
        assert not is_held(path)


def test_a_look_keeps_nobody_from_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "library.lock"
    path.touch()
    looking = _looking(path)
    looking.__enter__()
    threading.Timer(0.01, looking.__exit__, (None, None, None)).start()
    with alone(path):
        assert is_held(path)
