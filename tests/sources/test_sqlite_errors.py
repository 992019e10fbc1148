"""Each kind of trouble with the library's file has its own problem and remedy."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sources import sqlite_errors, writable
from sources.database import Database
from sources.errors import DamagedLibraryError, FullDiskError, LibraryBusyError, StateError
from sources.sqlite_errors import translated
from tests.capabilities import rights_respected

TABLES = ("CREATE TABLE word (word TEXT PRIMARY KEY);",)


def _open(path: Path) -> Database:
    return Database(path, room="words", migrations=TABLES)


def _error(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("told by SQLite")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("name", "remedy"),
    [("library.sqlite3", "doctor --rebuild"), ("sentences.sqlite3", "doctor --repair")],
)
@pytest.mark.parametrize("content", [b"garbage garbage!", b"SQLite format 3\0" + b"\xff" * 84])
def test_a_damaged_header_is_told_as_damage_with_the_remedy_for_that_file(
    tmp_path: Path, name: str, remedy: str, content: bytes
) -> None:
    _open(tmp_path / name).close()
    raw = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(content + raw[len(content) :])
    with pytest.raises(DamagedLibraryError, match="is damaged") as raised:
        _open(tmp_path / name)
    assert remedy in raised.value.remedy
    assert "free space" not in str(raised.value)


def test_a_file_that_lost_its_tables_is_damaged(tmp_path: Path) -> None:
    with closing(_open(tmp_path / "library.sqlite3")) as database:
        with closing(sqlite3.connect(database.path)) as other:
            other.execute("DROP TABLE word")
        with pytest.raises(DamagedLibraryError), database.reading() as connection:
            connection.execute("SELECT * FROM word")


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (sqlite3.SQLITE_FULL, FullDiskError, "is full"),
        (sqlite3.SQLITE_BUSY, LibraryBusyError, "Another process"),
        (sqlite3.SQLITE_IOERR_WRITE, FullDiskError, "Check its quota"),
        (sqlite3.SQLITE_IOERR_READ, StateError, "Check the disk"),
        (sqlite3.SQLITE_CANTOPEN, StateError, "Check the rights"),
        (sqlite3.SQLITE_CORRUPT | 1 << 8, DamagedLibraryError, "is damaged"),
        (sqlite3.SQLITE_MISMATCH, StateError, "`assistant doctor`"),
    ],
)
def test_every_code_has_a_remedy_of_its_own(
    tmp_path: Path, code: int, kind: type[StateError], words: str
) -> None:
    file = tmp_path / "library.sqlite3"
    file.touch()
    error = translated(_error(code), file)
    assert type(error) is kind
    assert words in str(error)


def test_trouble_with_reading_on_a_full_disk_comes_of_the_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_errors, "is_full", lambda _folder: True)
    error = translated(_error(sqlite3.SQLITE_IOERR), tmp_path / "library.sqlite3")
    assert type(error) is FullDiskError


def test_a_folder_whose_disk_is_full_may_not_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _open(tmp_path / "library.sqlite3").close()
    monkeypatch.setattr(writable, "LEAST_FREE_BYTES", 1 << 62)
    with closing(_open(tmp_path / "library.sqlite3")) as database:
        assert database.is_read_only
        with database.reading() as connection:
            assert connection.execute("SELECT count(*) FROM word").fetchone() == (0,)
        with pytest.raises(FullDiskError, match="is full"), database.changing():
            pass


def test_a_new_library_on_a_full_disk_is_told_as_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writable, "LEAST_FREE_BYTES", 1 << 62)
    with pytest.raises(FullDiskError):
        _open(tmp_path / "new" / "library.sqlite3")


def test_a_file_that_may_not_be_read_is_told_by_its_rights(tmp_path: Path) -> None:
    file = tmp_path / "library.sqlite3"
    _open(file).close()
    file.chmod(0)
    with rights_respected(), pytest.raises(StateError, match="Check the rights"):
        _open(file)
