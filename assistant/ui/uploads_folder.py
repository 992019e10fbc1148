"""Where what is sent to the page lies until it is taken in: a folder of each server's own.

Several servers may run on one library. Each holds a lock for as long as it lives, so that
the next one to start can tell what a server left behind that is there no more.
"""

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.library import Library
from sources.errors import LibraryBusyError
from sources.lock import alone

ARRIVING = "arriving"
"""The folder in the library's own that holds those of the servers."""


@contextmanager
def uploads_folder(library: Library) -> Iterator[Path]:
    """A folder for what is sent to a page over the library; it goes when the block ends.

    Documents can be checked against a library that may only be read as well: then it is
    among the temporary files, readable by this user alone.
    """
    if library.catalogue.is_read_only:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)
    else:
        with arriving_folder(library.home) as mine:
            yield mine


@contextmanager
def arriving_folder(home: Path) -> Iterator[Path]:
    """A folder that is this server's until the block ends; those of servers now gone go.

    It is made when the first file comes. Raises `StateError` where nothing can be written.
    """
    every = home / ARRIVING
    every.mkdir(parents=True, exist_ok=True, mode=0o700)
    _sweep(every)
    mine = every / secrets.token_hex(8)
    with alone(_lock_of(mine)):
        try:
            yield mine
        finally:
            _take_off(mine)


def _sweep(every: Path) -> None:
    for folder in [path for path in every.iterdir() if path.is_dir()]:
        with suppress(LibraryBusyError), alone(_lock_of(folder)):  # busy: its server runs
            _take_off(folder)


def _take_off(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    _lock_of(folder).unlink(missing_ok=True)


def _lock_of(folder: Path) -> Path:
    return folder.with_suffix(".lock")
