"""Who may read what a library keeps: its owner alone, on systems that know such rights.

A library holds questions and texts that may not leave the building. So its folder and files are
readable by the user whose it is (0700, 0600), those of an earlier version too once it is opened.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_OTHERS = 0o077
_KEPT = (
    "library.*",
    "settings.toml",
    "index",
    "originals",
    "arriving",
    "audit",
    "sentences.*",
    "vectors",
    "words",
    "*.jsonl",
)
"""In a library's folder, in that of an index, and in that of an audit."""
_usual_mask: int | None = None
"""What the user's system takes from new files, where this process takes more."""


def keep_new_files_private() -> None:
    """From now on, files that this process makes are its user's alone.

    For a command's whole process: what writes a file that the user named calls `share`.
    """
    global _usual_mask
    before = os.umask(_OTHERS)
    if _usual_mask is None:
        _usual_mask = before


def share(path: Path) -> None:
    """Give a file that the user named the rights that files of theirs usually have."""
    if _usual_mask is not None and path.is_file():
        with suppress(OSError):
            path.chmod(0o666 & ~_usual_mask)


def make_private(folder: Path) -> None:
    """Make the folder where there is none; where others may look into it, close it to them.

    So is what a library keeps in it. What belongs to another user, a folder in which everybody
    may keep things, and files of other names are left as they are.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.stat()
    if not status.st_mode & _OTHERS:
        return
    if not status.st_mode & stat.S_ISVTX:
        close_to_others(folder)
    for path in _of_a_library(folder):
        close_to_others(path)


def close_to_others(path: Path) -> None:
    """Take from others every right to the file or folder; nothing where it is not there."""
    with suppress(OSError):  # gone meanwhile, or somebody else's
        mode = stat.S_IMODE(path.stat(follow_symlinks=False).st_mode)
        if mode & _OTHERS and not path.is_symlink():
            path.chmod(mode & ~_OTHERS)


def _of_a_library(folder: Path) -> Iterator[Path]:
    for path in (one for name in _KEPT for one in folder.glob(name)):
        yield path
        for where, folders, files in os.walk(path):
            yield from (Path(where, name) for name in (*folders, *files))
