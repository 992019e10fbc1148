"""The files behind the sources: the very bytes that each was read from.

What was sent or fetched is kept here, in the library's own folder, each file once under its
SHA-256. A file in a person's own folder is left where it lies and read from there. What is
there by now can be anything, so the hash decides whether it is still the file.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sources.database import Database
from sources.entries import Entry
from sources.errors import StateError
from sources.file_names import path_in_words
from sources.source import Source

SHIPPED_FOLDER = Path(__file__).resolve().parent / "texts"
SHIPPED_ORIGIN = "shipped"

_HASH_DIGITS = 64
_SECOND_OF_ITS_NAME = re.compile(r"~[0-9a-f]{8}$")


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it was read into the library."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """A kept file that cannot be relied on."""

    file_sha256: str
    """Under which it is kept."""
    unreadable: str | None = None
    """Why it cannot be read, it may be whole; `None` where something else lies there."""


class Originals:
    """Files of one library: kept below `folder`, named by the catalogue in `database`."""

    def __init__(self, folder: Path, database: Database) -> None:
        self._folder = folder
        self._database = database

    def keep(self, content: bytes, file_sha256: str) -> None:
        """Keep the bytes of that hash; what is kept already is not written again.

        The file is whole or absent. Raises `StateError` where there is no room for it.
        """
        path = self._path(file_sha256)
        try:
            if path.is_file() and path.stat().st_size == len(content):
                return
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, written = tempfile.mkstemp(dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                Path(written).replace(path)
            except BaseException:
                Path(written).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise StateError(
                f"The file cannot be kept in {str(self._folder)!r}: {error.strerror}.",
                remedy="Check the folder's rights and free space, then try again.",
            ) from error

    def of(self, entry: Entry) -> Original | None:
        """The file that the source was read from; `None` where it is gone or has changed."""
        for path in self._paths_of(entry):
            try:
                if not path.is_file() or path.stat().st_size != entry.file_bytes:
                    continue
                content = path.read_bytes()
            except OSError:
                continue
            if hashlib.sha256(content).hexdigest() == entry.file_sha256:
                return Original(file_name_of(entry.source), content)
        return None

    def has(self, entry: Entry) -> bool:
        """Whether `of` would give the file. A file is hashed once for as long as it rests."""
        for path in self._paths_of(entry):
            try:
                status = path.stat()
                if path.is_file() and status.st_size == entry.file_bytes:
                    found = _hash_of(path, status.st_size, status.st_mtime_ns)
                    if found == entry.file_sha256:
                        return True
            except OSError:
                continue
        return False

    def faults(self) -> Iterator[Fault]:
        """The kept files that are not, or cannot be told to be, what their names say."""
        for path in self._files():
            if len(path.name) != _HASH_DIGITS:
                continue
            try:
                found = hashlib.sha256(path.read_bytes()).hexdigest()
            except OSError as error:
                yield Fault(path.name, unreadable=error.strerror or str(error))
                continue
            if found != path.name:
                yield Fault(path.name)

    def drop(self, file_sha256: str) -> None:
        """Keep the file of that hash no longer."""
        self._path(file_sha256).unlink(missing_ok=True)

    def forget_unused(self, among: Iterable[str] | None = None) -> None:
        """Take files off the disk that no source was read from, removed ones included.

        With `among`, only those of these hashes are looked at.
        """
        paths = self._files() if among is None else map(self._path, set(among))
        with self._database.reading() as connection:
            for path in list(paths):
                used = "SELECT 1 FROM source WHERE file_sha256 = ?"
                if connection.execute(used, (path.name,)).fetchone() is None:
                    path.unlink(missing_ok=True)

    def size(self) -> int:
        """Bytes on the disk."""
        return sum(path.stat().st_size for path in self._files())

    def _path(self, file_sha256: str) -> Path:
        return self._folder / file_sha256[:2] / file_sha256

    def _files(self) -> Iterator[Path]:
        return (path for path in self._folder.glob("*/*") if path.is_file())

    def _paths_of(self, entry: Entry) -> Iterator[Path]:
        if entry.file_sha256:
            yield self._path(entry.file_sha256)
        place = path_of(entry.source.origin)
        if place is not None:
            yield place


def path_of(origin: str) -> Path | None:
    """The file at an origin on this machine's disk; `None` for what was sent or fetched."""
    if origin.startswith(f"{SHIPPED_ORIGIN}/"):
        return SHIPPED_FOLDER / Path(origin).name
    path = path_in_words(origin)
    return path if path.is_absolute() else None


def file_name_of(source: Source) -> str:
    """How the file is called; one that was fetched, by the source's name."""
    if "://" in source.origin:
        return f"{source.slug}.{source.kind}"
    return _SECOND_OF_ITS_NAME.sub("", Path(source.origin).name)


@lru_cache(maxsize=512)
def _hash_of(path: Path, size: int, changed_ns: int) -> str:  # noqa: ARG001 - they are the key
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
