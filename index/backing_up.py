"""A library in one file, and back: consistent while it is asked, checked by hash.

In it are the catalogue's file (cards, texts, conversations, briefings), the index in use, the
files that sources were read from, and what was sent to a chat model, where that is written
down in the library's folder. Not in it are ``settings.toml``, which may hold a key and belongs
to the machine, and indexes that are not in use.
"""

import os
import secrets
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from index.backup_file import (
    MANIFEST,
    BytesReport,
    Filed,
    Manifest,
    as_json,
    opened,
    store,
    unpack,
)
from index.damage import check_catalogue_is_there, check_index_is_there, left_in
from index.library import IN_USE, index_folder
from sources.catalogue import Catalogue
from sources.database import FILE_NAME, may_be_written, open_to_read
from sources.errors import AssistantError, DamagedLibraryError, StateError, UseError
from sources.sqlite_errors import REBUILD, translated

_STEP_PAGES = 2_000
_SQLITE = ".sqlite3"
_KEPT_IN_PLACE = ("settings.toml",)
"""Files of a home that are no part of a library, and stay when one is put into it."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restoring did."""

    manifest: Manifest
    put_aside: Path | None
    """Where the library lies now that was there before."""


def back_up(
    home: Path,
    file: Path,
    *,
    force: bool = False,
    with_chroma: bool = True,
    wait_s: float = 0,
    report: BytesReport | None = None,
) -> Manifest:
    """Write the library in `home` to `file`, which is whole or absent whatever ends this.

    The lock for changes is held meanwhile; asking goes on, and so do conversations, of which
    the state at one moment is taken. Raises `DamagedLibraryError` where the library is not
    whole, `UseError` where `file` is there, without `force`, and `StateError` where there is no
    room.
    """
    if not (home / FILE_NAME).exists():
        check_catalogue_is_there(home)
        raise UseError(
            f"There is no library in {str(home)!r}.", remedy="Name its folder with --home."
        )
    check_catalogue_is_there(home)
    with closing(Catalogue(home / FILE_NAME)) as catalogue, ExitStack() as held:
        if not catalogue.is_read_only:
            held.enter_context(catalogue.changing_alone(wait_s=wait_s))
        fingerprint = catalogue.note(IN_USE)
        if fingerprint is not None:
            folder = index_folder(home, fingerprint)
            check_index_is_there(
                home,
                catalogue,
                folder,
                with_chroma=with_chroma,
                is_alone=not catalogue.is_read_only,
            )
        try:
            return _write(home, catalogue, fingerprint, file, force=force, report=report)
        except OSError as error:
            raise StateError(
                f"The backup {str(file)!r} could not be written: {error.strerror or error}.",
                remedy="Check the folder's rights and free space, then try again.",
            ) from error


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


def _write(
    home: Path,
    catalogue: Catalogue,
    fingerprint: str | None,
    file: Path,
    *,
    force: bool,
    report: BytesReport | None,
) -> Manifest:
    files = tuple(_files_of(home, fingerprint))
    total = sum(path.stat().st_size for path in files)
    done = 0

    def told(step: int) -> None:
        nonlocal done
        done += step
        if report is not None:
            report(min(done, total), total)

    sources, passages, _ = catalogue.counts()
    with _beside(file) as (written, working):
        filed: list[Filed] = []
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for path in files:
                name = path.relative_to(home).as_posix()
                with _as_it_is(path, working) as steady, steady.open("rb") as content:
                    filed.append(store(archive, name, content, told))
            manifest = Manifest(
                made=datetime.now(UTC).isoformat(timespec="seconds"),
                index=fingerprint,
                sources=sources,
                passages=passages,
                files=tuple(filed),
            )
            archive.writestr(MANIFEST, as_json(manifest))
        _sync(written)
        _name(written, file, force=force)
    return manifest


def _files_of(home: Path, fingerprint: str | None) -> Iterator[Path]:
    """What belongs to the library, in order; SQLite's logs come with the file they belong to."""
    yield home / FILE_NAME
    folders = [home / "originals", home / "audit"]
    if fingerprint is not None:
        folders.insert(0, index_folder(home, fingerprint))
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            is_log = path.name.endswith((f"{_SQLITE}-wal", f"{_SQLITE}-shm", f"{_SQLITE}-journal"))
            if path.is_file() and not path.is_symlink() and not is_log and path.suffix != ".lock":
                yield path


@contextmanager
def _as_it_is(path: Path, working: Path) -> Iterator[Path]:
    """The file at one moment: of one of SQLite's a copy that its own backup makes."""
    if path.suffix != _SQLITE:
        yield path
        return
    copy = working / f"{secrets.token_hex(8)}{_SQLITE}"
    try:
        with closing(_reading(path)) as read, closing(sqlite3.connect(copy)) as written:
            # Within one transaction, what others write meanwhile does not begin it anew.
            read.execute("BEGIN")
            read.execute("SELECT count(*) FROM sqlite_master").fetchone()
            read.backup(written, pages=_STEP_PAGES)
            written.execute("PRAGMA journal_mode = DELETE").fetchone()
            found = str(written.execute("PRAGMA quick_check(1)").fetchone()[0])
        if found != "ok":
            raise DamagedLibraryError(
                f"The file {str(path)!r} is damaged: {found}.", remedy=REBUILD
            )
        yield copy
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            raise StateError(
                f"There is no room in {str(working.parent)!r} for a copy of {path.name!r}.",
                remedy="Make room there, or write the backup elsewhere.",
            ) from error
        raise translated(error, path) from error
    finally:
        copy.unlink(missing_ok=True)


def _reading(path: Path) -> sqlite3.Connection:
    """A connection that takes part in SQLite's locking: another process may be writing."""
    if not may_be_written(path):
        return open_to_read(path)
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=30, isolation_level=None
    )


@contextmanager
def _beside(file: Path) -> Iterator[tuple[Path, Path]]:
    """A file to be written and a folder for copies, beside `file`; both go, whatever happens."""
    working = Path(tempfile.mkdtemp(prefix=f".{file.name}-", dir=file.absolute().parent))
    written = working / "backup.zip"
    os.close(os.open(written, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield written, working
    finally:
        shutil.rmtree(working, ignore_errors=True)


def _name(written: Path, file: Path, *, force: bool) -> None:
    """Give the finished backup its name, in one step; never over a file without `force`."""
    if force:
        written.replace(file)
    else:
        try:
            os.link(written, file)
        except FileExistsError as error:
            raise UseError(
                f"There is a file {str(file)!r} already.", remedy="Name another, or add --force."
            ) from error
        except OSError:  # a disk without links
            if file.exists():
                raise
            written.rename(file)
    _sync(file.absolute().parent)


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
        _sync(target)
    for folder in (made, *(path for path in made.rglob("*") if path.is_dir())):
        folder.chmod(0o700)
        _sync(folder)


def _check_opens(file: Path, made: Path) -> None:
    """A library made by a later version must not take a place where it cannot be used."""
    try:
        with closing(Catalogue(made / FILE_NAME)) as catalogue:
            catalogue.counts()
            catalogue.settle()
        _sync(made / FILE_NAME)
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
    _sync(home.absolute().parent)
    if aside is not None and not is_kept:
        shutil.rmtree(aside, ignore_errors=True)
        return None
    return aside


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
