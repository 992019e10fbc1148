"""What can be read of a damaged file is read, and the damaged file stays as it is."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sources.salvage import salvage

PAGE = 4096


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two tables of some pages each, and pages that were freed."""
    path = tmp_path / "library.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE word (word TEXT PRIMARY KEY, said TEXT)")
        connection.execute("CREATE TABLE other (number INTEGER)")
        connection.executemany(
            "INSERT INTO word VALUES (?, ?)", [(f"{n:04}", f"said {n} " * 40) for n in range(400)]
        )
        connection.executemany("INSERT INTO other VALUES (?)", [(n,) for n in range(3000)])
        connection.execute("DELETE FROM other WHERE number > 1000")
        connection.commit()
    return path


def _words(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        return [row[0] for row in connection.execute("SELECT word FROM word ORDER BY word")]


def _damage(file: Path, begin: int, content: bytes) -> bytes:
    raw = bytearray(file.read_bytes())
    raw[begin : begin + len(content)] = content
    file.write_bytes(raw)
    return bytes(raw)


@pytest.mark.parametrize("damage", [b"garbage garbage!", b"\xff" * 100, b"\0" * 100])
def test_a_file_with_another_header_is_read_whole(
    file: Path, tmp_path: Path, damage: bytes
) -> None:
    before = _damage(file, 0, damage)
    assert salvage(file, tmp_path / "copy") == "whole"
    assert len(_words(tmp_path / "copy")) == 400
    assert file.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "library.sqlite3"]


def test_what_only_the_log_holds_is_read_too(file: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("INSERT INTO word VALUES ('newest', '')")
        connection.commit()
        for name in ("library.sqlite3", "library.sqlite3-wal"):
            (tmp_path / f"{name}.kept").write_bytes((tmp_path / name).read_bytes())
    (tmp_path / "library.sqlite3.kept").replace(file)
    (tmp_path / "library.sqlite3-wal.kept").replace(tmp_path / "library.sqlite3-wal")
    _damage(file, 0, b"garbage garbage!")
    assert salvage(file, tmp_path / "copy") == "whole"
    assert "newest" in _words(tmp_path / "copy")


def test_of_a_file_damaged_within_the_rows_before_and_after_are_read(
    file: Path, tmp_path: Path
) -> None:
    _damage(file, 20 * PAGE, b"\xff" * PAGE)
    assert salvage(file, tmp_path / "copy") == "rows"
    words = _words(tmp_path / "copy")
    assert 350 < len(words) < 400
    assert {"0000", "0399"} <= set(words)


@pytest.mark.parametrize("content", [b"", b"no database", b"\0" * 8 * PAGE, b"\xff" * 8 * PAGE])
def test_of_a_file_that_holds_nothing_nothing_is_made(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "library.sqlite3"
    file.write_bytes(content)
    assert salvage(file, tmp_path / "copy") == "nothing"
    assert [path.name for path in tmp_path.iterdir()] == ["library.sqlite3"]


def test_a_file_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert salvage(tmp_path / "library.sqlite3", tmp_path / "copy") == "nothing"
