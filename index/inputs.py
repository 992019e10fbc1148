"""What a library can ingest: files, bytes with a name, addresses, folders of files."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sources.errors import StateError, UnreadableFileError, UseError
from sources.fetching import fetch
from sources.file_names import in_words
from sources.reading import read_file, readable_kinds

UPLOADS = "upload"
"""Origins of texts that came as bytes with a name begin with this."""

_UNFIT = re.compile(r"[\x00-\x1f\x7f/\\]+")


@dataclass(frozen=True, slots=True)
class Input:
    """A text to be ingested: how it is called, where it is from, and how its bytes are had."""

    name: str
    """Of the file, with its ending."""
    origin: str
    size: int
    """Bytes, as far as known beforehand; 0 when not."""
    load: Callable[[], tuple[bytes, str]]
    """The bytes, and the name they should be read under (a fetched page has its own)."""

    @property
    def is_upload(self) -> bool:
        """Whether only its name says where it is from."""
        return self.origin.startswith(f"{UPLOADS}/")

    @property
    def is_only_here(self) -> bool:
        """Whether its bytes lie in no folder of the person's own: they were sent or fetched."""
        return self.is_upload or "://" in self.origin


def given(place: str | Path) -> Iterator[Input]:
    """The file, the files of the folder, or the page at the address.

    Raises `UseError` where nothing is there, and for a folder without a readable file.
    """
    words = str(place)
    if re.match(r"^[a-zA-Z][a-zA-Z0-9+.-]+://", words):
        yield address_input(words)
        return
    path = Path(place).expanduser()
    if path.is_dir():
        inputs = tuple(folder_inputs(path))
        if not inputs:
            raise UseError(
                f"There is no readable file in {in_words(words)!r}.",
                remedy=f"Kinds that can be read: {', '.join(readable_kinds())}.",
            )
        yield from inputs
    elif not path.exists():
        raise UseError(f"There is no file {words!r}.", remedy="Check the path.")
    else:
        yield file_input(path, origin=str(path.resolve()))


def file_input(path: Path, *, origin: str) -> Input:
    """One file; it is read when its turn comes."""
    try:
        size = path.stat().st_size
    except OSError:
        size = 0
    return Input(in_words(path.name), in_words(origin), size, partial(_load_file, path))


def bytes_input(name: str, content: bytes) -> Input:
    """What was sent rather than named: a dropped file. Only the last part of a name counts."""
    safe = _UNFIT.sub(" ", re.split(r"[/\\]", name)[-1]).strip()[-200:] or "text.txt"
    return Input(safe, f"{UPLOADS}/{safe}", len(content), lambda: (content, safe))


def address_input(url: str) -> Input:
    """A page or file on the web; fetched when its turn comes, never before."""

    def load() -> tuple[bytes, str]:
        page = fetch(url)
        return page.content, page.name

    return Input(url, url, 0, load)


def folder_inputs(folder: Path, *, origin: str | None = None) -> Iterator[Input]:
    """The readable files of a folder and those below it, in order of path.

    Hidden files and files of other kinds are passed over, links to folders are not
    followed. Raises `UseError` when there is no such folder and `StateError` when a part of
    it cannot be looked into: a file that was not seen must not count as gone.
    """
    if not folder.is_dir():
        raise UseError(f"There is no folder {str(folder)!r}.", remedy="Check the path.")
    root = folder.resolve()
    place = origin or str(root)
    for path in _files_below(root):
        yield Input(
            in_words(path.name),
            in_words(f"{place}/{path.relative_to(root).as_posix()}"),
            _size_of(path),
            partial(_load_inside, path, root),
        )


def other_kinds(folder: Path) -> tuple[str, ...]:
    """The names of the files in and below a folder that `folder_inputs` passes over, in order.

    Without hidden ones.
    """
    return tuple(in_words(path.name) for path in _files_below(folder.resolve(), readable=False))


def _files_below(root: Path, *, readable: bool = True) -> Iterator[Path]:
    def stop(error: OSError) -> None:
        raise StateError(
            f"The folder {str(error.filename)!r} cannot be read: {error.strerror}.",
            remedy="Check its rights, then try again.",
        ) from error

    found: list[Path] = []
    for folder, folders, names in os.walk(root, onerror=stop):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found.extend(
            Path(folder, name)
            for name in names
            if not name.startswith(".")
            and (Path(name).suffix.lower() in readable_kinds()) is readable
        )
    return iter(sorted(found))


def _load_inside(path: Path, root: Path) -> tuple[bytes, str]:
    if path.is_symlink() and not path.resolve().is_relative_to(root):
        raise UnreadableFileError(
            f"{in_words(path.name)!r} is a link to a file outside the folder.",
            remedy="Copy the file into the folder, or add it by its own path.",
        )
    return _load_file(path)


def _load_file(path: Path) -> tuple[bytes, str]:
    return read_file(path), in_words(path.name)


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
