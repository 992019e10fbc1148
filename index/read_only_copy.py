"""An index that may only be read, opened from a temporary copy: its engines write to open it.

Tantivy locks a file to read, Chroma brings its file up to date. What they write there goes
when the program ends; nothing of it is kept.
"""

import shutil
import tempfile
import weakref
from pathlib import Path

from sources.errors import StateError


class TemporaryCopy:
    """A temporary folder; it goes when it is closed, let go of, or when the program ends."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="guarantees-assistant-"))
        self._goes = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    def close(self) -> None:
        """Take it off the disk."""
        self._goes()


def linked_copy(folder: Path) -> TemporaryCopy:
    """A temporary folder whose files are links to those in `folder`."""
    copied = TemporaryCopy()
    for path in folder.iterdir():
        if not path.name.endswith(".lock"):
            (copied.folder / path.name).symlink_to(path.absolute())
    return copied


def writable_copy(folder: Path) -> TemporaryCopy:
    """A temporary folder with copies of everything in `folder`, free to be changed.

    Raises `StateError` where there is no room for them.
    """
    copied = TemporaryCopy()
    try:
        for path in folder.rglob("*"):
            copy = copied.folder / path.relative_to(folder)
            if path.is_dir():
                copy.mkdir(parents=True, exist_ok=True)
            else:
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)
    except OSError as error:
        copied.close()
        raise StateError(
            f"The vectors in {str(folder)!r} may not be written, and there is no room for a copy:"
            f" {error.strerror}.",
            remedy="Make room in the temporary folder, or make the library writable.",
        ) from error
    return copied
