"""A backup as a file: a zip archive of a library's files, with a list of their hashes.

The list, `MANIFEST`, names the format, and each file with its size and SHA-256. Nothing in an
archive is believed: names, sizes and hashes are checked before anything is put in place.
"""

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from sources.database import FILE_NAME
from sources.errors import UseError

MANIFEST = "manifest.json"
FORMAT = "guarantees-assistant backup"
VERSION = 1
"""Of the format; a file of a later one is refused."""

BytesReport = Callable[[int, int], None]
"""Told how many bytes of how many are done."""

_CHUNK_BYTES = 1 << 20
_MANIFEST_BYTES = 256 << 20
"""More than the list of a million files takes."""
_FOLDERS = ("index", "originals", "audit")
_PART = re.compile(r"[^\x00-\x1f\x7f/\\:]{1,255}")


@dataclass(frozen=True, slots=True)
class Filed:
    """A file in a backup."""

    name: str
    """Its path in the library's folder, with ``/``."""
    size: int
    """Bytes."""
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    made: str
    """UTC, ISO 8601."""
    index: str | None
    """Names the model and cutting of its index; `None` where it has none."""
    sources: int
    passages: int
    files: tuple[Filed, ...]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(one.size for one in self.files)


def as_json(manifest: Manifest) -> bytes:
    """The manifest as it stands in the archive."""
    fields = {"format": FORMAT, "version": VERSION, **asdict(manifest)}
    return json.dumps(fields, ensure_ascii=False, indent=1).encode()


def store(
    archive: zipfile.ZipFile, name: str, content: IO[bytes], told: Callable[[int], None]
) -> Filed:
    """Write one file into the archive; `told` hears how many bytes each step took."""
    hashed, size = hashlib.sha256(), 0
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    with archive.open(info, "w", force_zip64=True) as written:
        while chunk := content.read(_CHUNK_BYTES):
            hashed.update(chunk)
            written.write(chunk)
            size += len(chunk)
            told(len(chunk))
    return Filed(name, size, hashed.hexdigest())


@contextmanager
def opened(file: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """The archive and its manifest, names and sizes checked; contents are not yet.

    Raises `UseError` where the file is no backup, of another version, or not whole.
    """
    try:
        archive = zipfile.ZipFile(file)
    except FileNotFoundError as error:
        raise UseError(f"There is no file {str(file)!r}.", remedy="Check the path.") from error
    except OSError as error:
        raise UseError(
            f"{str(file)!r} cannot be read: {error.strerror or error}.",
            remedy="Check that it is a file you may read.",
        ) from error
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _broken(file, "it is no zip archive, or its end is missing") from error
    with archive:
        manifest = _manifest(file, archive)
        _check_names(file, archive, manifest)
        yield archive, manifest


def unpack(
    file: Path, archive: zipfile.ZipFile, one: Filed, target: Path, told: Callable[[int], None]
) -> None:
    """Write one file of the archive to `target`; `UseError` where it is not what was put in."""
    hashed, size = hashlib.sha256(), 0
    try:
        with archive.open(one.name) as content, target.open("xb") as written:
            # One byte more than it should have: what swells is found without unpacking it.
            while chunk := content.read(min(_CHUNK_BYTES, one.size + 1 - size)):
                hashed.update(chunk)
                size += len(chunk)
                if size > one.size:
                    break
                written.write(chunk)
                told(len(chunk))
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise _broken(file, f"{one.name!r} cannot be unpacked") from error
    if size != one.size or hashed.hexdigest() != one.sha256:
        raise _broken(file, f"{one.name!r} is not the file that was put in")


def _manifest(file: Path, archive: zipfile.ZipFile) -> Manifest:
    try:
        info = archive.getinfo(MANIFEST)
        if info.file_size > _MANIFEST_BYTES:
            raise ValueError("too large")
        fields = json.loads(archive.read(info))
        if fields["format"] != FORMAT:
            raise ValueError("another format")
        version = int(fields["version"])
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile, EOFError, zlib.error) as error:
        raise UseError(
            f"{str(file)!r} is no backup of a library, or its list is damaged.",
            remedy="Name a file that `assistant backup` has written.",
        ) from error
    if version != VERSION:
        raise UseError(
            f"{str(file)!r} is a backup of version {version}; this program reads {VERSION}.",
            remedy="Restore it with the version of the program that wrote it.",
        )
    try:
        return Manifest(
            made=str(fields["made"]),
            index=None if fields["index"] is None else str(fields["index"]),
            sources=int(fields["sources"]),
            passages=int(fields["passages"]),
            files=tuple(_filed(one) for one in fields["files"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _broken(file, "its list is not complete") from error


def _filed(fields: Mapping[str, object]) -> Filed:
    size = fields["size"]
    if not isinstance(size, int) or size < 0:
        raise ValueError("no size")
    return Filed(str(fields["name"]), size, str(fields["sha256"]))


def _check_names(file: Path, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    names = [one.name for one in manifest.files]
    for name in names:
        if not _is_ours(name):
            raise _broken(file, f"{name!r} is no place for a file of a library")
    held = [one for one in archive.namelist() if one != MANIFEST]
    if len(set(names)) != len(names) or sorted(held) != sorted(names):
        raise _broken(file, "it does not hold just the files that it lists")
    if FILE_NAME not in names:
        raise _broken(file, f"{FILE_NAME!r} is not in it")


def _is_ours(name: str) -> bool:
    """Whether the path leads to a place where a library keeps files, and nowhere else."""
    if name == FILE_NAME:
        return True
    parts: Sequence[str] = name.split("/")
    return (
        len(parts) > 1
        and parts[0] in _FOLDERS
        and all(_PART.fullmatch(part) and part not in (".", "..") for part in parts)
        and str(PurePosixPath(name)) == name
    )


def _broken(file: Path, why: str) -> UseError:
    return UseError(
        f"The backup {str(file)!r} is damaged: {why}.",
        remedy="Nothing was restored. Copy the file again, or use another backup.",
    )
