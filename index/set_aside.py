"""An index that may only be read, opened from a folder aside: its engines write to open it.

Tantivy locks a file to read, Chroma brings its file up to date. What they write there goes
when the program ends; nothing of it is kept.
"""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from sources.errors import StateError


def linked_aside(folder: Path) -> "TemporaryDirectory[str]":
    """A temporary folder whose files are links to those in `folder`."""
    aside = TemporaryDirectory(prefix="guarantees-assistant-")
    for path in folder.iterdir():
        if not path.name.endswith(".lock"):
            Path(aside.name, path.name).symlink_to(path.absolute())
    return aside


def copied_aside(folder: Path) -> "TemporaryDirectory[str]":
    """A temporary folder with copies of everything in `folder`, free to be changed.

    Raises `StateError` where there is no room for them.
    """
    aside = TemporaryDirectory(prefix="guarantees-assistant-")
    try:
        for path in folder.rglob("*"):
            copy = Path(aside.name) / path.relative_to(folder)
            if path.is_dir():
                copy.mkdir(parents=True, exist_ok=True)
            else:
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)
    except OSError as error:
        aside.cleanup()
        raise StateError(
            f"The vectors in {str(folder)!r} may not be written, and there is no room for a copy:"
            f" {error.strerror}.",
            remedy="Make room in the temporary folder, or make the library writable.",
        ) from error
    return aside
