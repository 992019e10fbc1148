"""One process changes a library at a time: the lock that sees to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sources.errors import LibraryBusyError, StateError

_A_LOOK_S = 0.25
"""More than a look at the lock takes; who only looks must not keep anybody from it."""


@contextmanager
def alone(path: Path, *, wait_s: float = 0) -> Iterator[None]:
    """Hold the lock in the file at `path`, waiting for it at most `wait_s`, or a moment.

    Raises `LibraryBusyError` when another process, or another part of this one, holds it.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(path, timeout=max(wait_s, _A_LOOK_S), poll_interval=0.02, is_singleton=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise LibraryBusyError(
            "Another process is changing this library.",
            remedy="Wait until it has finished, then try again; asking works meanwhile.",
        ) from error
    except OSError as error:
        raise _unusable(path, error) from error
    try:
        yield
    finally:
        lock.release()


def is_held(path: Path) -> bool:
    """Whether somebody holds the lock in the file at `path` just now.

    Those who look at the same time are not in each other's way.
    """
    try:
        import fcntl
    except ImportError:  # Windows: taking the lock is the only way to look at it
        return _cannot_be_taken(path)
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    except OSError as error:
        raise _unusable(path, error) from error
    return False


def _cannot_be_taken(path: Path) -> bool:
    try:
        with alone(path):
            return False
    except LibraryBusyError:
        return True


def _unusable(path: Path, error: OSError) -> StateError:
    return StateError(
        f"The library {str(path.parent)!r} cannot be changed: {error.strerror}.",
        remedy="Check the folder's rights and free space, or choose another with --home.",
    )
