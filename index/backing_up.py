"""A library in one file: consistent while it is asked, each of its files with its hash.

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
from datetime import UTC, datetime
from pathlib import Path

from index.backup_file import (
    MANIFEST,
    BytesReport,
    Filed,
    Manifest,
    as_json,
    store,
)
from index.damage import check_catalogue_is_there, check_index_is_there
from index.library import IN_USE, index_folder
from sources.catalogue import Catalogue
from sources.database import FILE_NAME, open_there
from sources.errors import DamagedLibraryError, StateError, UseError
from sources.sqlite_errors import REBUILD, translated

_STEP_PAGES = 2_000
_SQLITE = ".sqlite3"


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
        sync(written)
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
        with closing(open_there(path)) as read, closing(sqlite3.connect(copy)) as written:
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
    sync(file.absolute().parent)


def sync(path: Path) -> None:
    """See to it that the file, or the names in the folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
