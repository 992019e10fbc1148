"""A backup put back: all of it is checked in a folder beside, which then takes its place."""

import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from index.backing_up import sync
from index.backup_file import BytesReport, Manifest, opened, unpack
from index.damage import left_in
from sources.catalogue import Catalogue
from sources.database import FILE_NAME, open_to_read
from sources.errors import AssistantError, StateError, UseError

_KEPT_IN_PLACE = ("settings.toml",)
"""Files of a home that are no part of a library, and stay when one is put into it."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restoring did."""

    manifest: Manifest
    put_aside: Path | None
    """Where the library lies now that was there before."""


def restore(
    home: Path, file: Path, *, force: bool = False, report: BytesReport | None = None
) -> Restored:
    """Put the library in the backup `file` into the folder `home`, in one step when all is checked.

    Raises `UseError` where the file is no whole backup, and where there is something in `home`
    that is not an empty library; with `force` it is kept aside under another name.
    """
    home = home.resolve()
    with opened(file) as (archive, manifest):
        holds = what_is_in(home)
        if holds is not None and not force:
            raise UseError(
                f"{str(home)!r} holds {holds} already.",
                remedy="Name a new folder with --home, or add --force, which keeps it aside.",
            )
        try:
            home.parent.mkdir(parents=True, exist_ok=True)
            _check_room(home.parent, manifest)
            with _folder_beside(home) as made:
                _unpack_all(file, archive, manifest, made, report)
                _check_opens(file, made)
                return Restored(manifest, _put_in_place(made, home, is_kept=holds is not None))
        except OSError as error:
            raise StateError(
                f"The library cannot be put into {str(home)!r}: {error.strerror or error}.",
                remedy="Check rights and free space of the folder above it, or name another with"
                " --home (a folder below it, where it is a disk of its own).",
            ) from error


def what_is_in(home: Path) -> str | None:
    """What would be lost if the folder were another library's, in words; `None` for nothing."""
    if not home.is_dir():
        return "a file" if home.exists() else None
    others = [
        path
        for path in home.iterdir()
        if path.name not in _KEPT_IN_PLACE
        and not path.name.startswith((FILE_NAME, "library.lock"))
        and path.name not in ("index", "originals")
    ]
    if others:
        return f"{min(path.name for path in others)!r}"
    file, left = home / FILE_NAME, tuple(left_in(home))
    if file.exists() and not _is_empty(file):
        return "a library"
    return " and ".join(left) or None


def _is_empty(file: Path) -> bool:
    """Whether it is a library's file with nothing of a person in it."""
    try:
        with closing(open_to_read(file)) as connection:
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
            kept = tables & {"source", "conversation", "briefing", "text"}
            return "source" in tables and not any(
                connection.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone() for name in kept
            )
    except (OSError, sqlite3.Error):
        return False


def _check_room(folder: Path, manifest: Manifest) -> None:
    free = shutil.disk_usage(folder).free
    if manifest.size > free:
        raise StateError(
            f"The library takes {manifest.size:,} bytes, and {str(folder)!r} has {free:,} free.",
            remedy="Make room there, or name another folder with --home.",
        )


@contextmanager
def _folder_beside(home: Path) -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix=f".{home.name}-restoring-", dir=home.absolute().parent))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _unpack_all(
    file: Path,
    archive: zipfile.ZipFile,
    manifest: Manifest,
    made: Path,
    report: BytesReport | None,
) -> None:
    done = 0

    def told(step: int) -> None:
        nonlocal done
        done += step
        if report is not None:
            report(done, manifest.size)

    for one in manifest.files:
        target = made / one.name
        target.parent.mkdir(parents=True, exist_ok=True)
        unpack(file, archive, one, target, told)
        target.chmod(0o600)
        sync(target)
    for folder in (made, *(path for path in made.rglob("*") if path.is_dir())):
        folder.chmod(0o700)
        sync(folder)


def _check_opens(file: Path, made: Path) -> None:
    """A library made by a later version must not take a place where it cannot be used."""
    try:
        with closing(Catalogue(made / FILE_NAME)) as catalogue:
            catalogue.counts()
            catalogue.settle()
        sync(made / FILE_NAME)
    except AssistantError as error:
        raise UseError(
            f"The library in the backup {str(file)!r} cannot be used: {error.problem}",
            remedy="Nothing was restored. Use the version of the program that wrote it.",
        ) from error


def _put_in_place(made: Path, home: Path, *, is_kept: bool) -> Path | None:
    """Let the new folder take the place of `home`; what is there is kept aside or was empty."""
    for name in _KEPT_IN_PLACE:
        if (home / name).is_file():
            shutil.copy2(home / name, made / name)
    aside: Path | None = None
    if home.exists() and (is_kept or any(home.iterdir())):
        aside = home.with_name(f"{home.name}-before-{datetime.now(UTC):%Y%m%d-%H%M%S}")
        home.rename(aside)
    try:
        made.rename(home)
    except OSError:
        if aside is not None:
            aside.rename(home)
        raise
    sync(home.absolute().parent)
    if aside is not None and not is_kept:
        shutil.rmtree(aside, ignore_errors=True)
        return None
    return aside
