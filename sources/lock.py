"""One process changes a library at a time: the lock that sees to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sources.errors import LibraryBusyError, StateError


@contextmanager
def alone(path: Path, *, wait_s: float = 0) -> Iterator[None]:
    """Hold the lock in the file at `path`, waiting for it at most `wait_s`.

    Raises `LibraryBusyError` when another process, or another part of this one, holds it.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(path, timeout=wait_s, is_singleton=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise LibraryBusyError(
            "Another process is changing this library.",
            remedy="Wait until it has finished, then try again; asking works meanwhile.",
        ) from error
    except OSError as error:
        raise StateError(
            f"The library {str(path.parent)!r} cannot be changed: {error.strerror}.",
            remedy="Check the folder's rights and free space, or choose another with --home.",
        ) from error
    try:
        yield
    finally:
        lock.release()
