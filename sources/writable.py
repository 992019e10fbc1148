"""Whether a library can be changed just now: by the rights to its files, and by room on the disk.

Asking needs neither, so what cannot be written is read.
"""

import os
from pathlib import Path

from sources.errors import FullDiskError, ReadOnlyError

LEAST_FREE_BYTES = 256 * 1024
"""Below it the disk counts as full: SQLite needs 32 kB beside its file for the least change."""


def may_be_written(path: Path) -> bool:
    """Whether the file may be changed and others kept beside it."""
    return _has_rights(path) and not is_full(path.parent)


def is_full(folder: Path) -> bool:
    """Whether there is no room for a change on the disk of that folder, there or not yet."""
    if not hasattr(os, "statvfs"):  # Windows
        return False
    there = next((one for one in (folder, *folder.absolute().parents) if one.exists()), None)
    if there is None:
        return False
    status = os.statvfs(there)
    # Some file systems count no blocks at all.
    return status.f_blocks > 0 and status.f_bavail * status.f_frsize < LEAST_FREE_BYTES


def read_only(folder: Path) -> ReadOnlyError:
    """What to raise where a library that may only be read is to be changed."""
    if is_full(folder):
        return full_disk(folder)
    return ReadOnlyError(
        f"The library {str(folder)!r} is read-only.",
        remedy="Make its folder writable, or choose another with --home; asking works.",
    )


def full_disk(folder: Path) -> FullDiskError:
    """What to raise where the disk has no room for a change of the library in the folder."""
    return FullDiskError(
        f"The disk of the library {str(folder)!r} is full.",
        remedy="Make room on it, then try again; asking works meanwhile.",
    )


def _has_rights(path: Path) -> bool:
    folder = path.parent
    if not folder.exists():
        return True  # it is made, or its making fails with the reason
    return _writable(folder) and (not path.exists() or _writable(path))


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
