"""Tests that run as root see what others see: root's right to write everywhere, laid aside."""

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_VERSION_3 = 0x20080522
_OVERRIDES = (1 << 1) | (1 << 2)
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, see capabilities(7)."""


@contextmanager
def rights_respected() -> Iterator[None]:
    """Within, a file that may not be written cannot be written by this thread either."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        yield
        return
    if sys.platform != "linux":
        pytest.skip("root's rights can be laid aside on Linux alone")
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_VERSION_3, 0)
    before = (ctypes.c_uint32 * 6)()
    if libc.capget(header, before) != 0:
        pytest.skip("root's rights cannot be told")
    without = (ctypes.c_uint32 * 6)(*before)
    without[0] &= ~_OVERRIDES
    if libc.capset(header, without) != 0:
        pytest.skip("root's rights cannot be laid aside")
    try:
        yield
    finally:
        libc.capset(header, before)


def open_files(path: Path) -> int:
    """How many descriptors of this process lead to the file, to what lies beside or in it."""
    own = Path("/proc/self/fd")
    if not own.is_dir():
        pytest.skip("open files cannot be told")
    return sum(os.path.realpath(own / one).startswith(str(path)) for one in os.listdir(own))


@contextmanager
def small_disk(folder: Path, *, megabytes: int) -> Iterator[None]:
    """Within, the folder is a disk of that size; skips where none can be made."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("no disk of a small size can be made here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Fill the disk that the folder is on; the file returned gives the room back when it goes."""
    file = folder / "filling"
    with file.open("wb", buffering=0) as written:
        try:
            while written.write(bytes(64 * 1024)):
                pass
        except OSError:
            return file
    return file
