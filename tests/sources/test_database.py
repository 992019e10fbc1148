"""Connections are taken and given back; a change is one transaction of one thread."""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sources.database import Database
from sources.errors import StateError
from tests.capabilities import open_files

TABLES = ("CREATE TABLE word (word TEXT PRIMARY KEY);",)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "words.sqlite3", room="words", migrations=TABLES)
    yield opened
    opened.close()


def _in_thread(act: Callable[[], object]) -> None:
    thread = threading.Thread(target=act)
    thread.start()
    thread.join()


def _add(database: Database, word: str) -> None:
    with database.changing() as connection:
        connection.execute("INSERT INTO word VALUES (?)", (word,))


def _words(database: Database) -> list[str]:
    with database.reading() as connection:
        return [row[0] for row in connection.execute("SELECT word FROM word ORDER BY word")]


def test_threads_that_come_and_go_leave_no_file_open(database: Database) -> None:
    for number in range(100):
        _in_thread(lambda number=number: _add(database, f"{number:03}"))  # type: ignore[misc]
    assert len(_words(database)) == 100
    assert open_files(database.path) <= 3


def test_many_threads_at_once_open_no_more_files_the_next_time(database: Database) -> None:
    def read_together() -> int:
        together = threading.Barrier(12)

        def read() -> None:
            with database.reading() as connection:
                connection.execute("SELECT word FROM word").fetchall()
                together.wait(20)

        threads = [threading.Thread(target=read) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return open_files(database.path)

    first = read_together()
    assert [read_together() for _ in range(3)] == [first] * 3


def test_a_file_that_may_only_be_read_is_not_kept_open_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "words.sqlite3"
    Database(path, room="words", migrations=TABLES).close()
    reader = Database(path, room="words", migrations=TABLES)
    reader.is_read_only = True
    with sqlite3.connect(path) as writer:
        for number in range(20):
            writer.execute("INSERT INTO word VALUES (?)", (f"{number:02}",))
            writer.commit()
            writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            os.utime(path, ns=(number, number))
            assert len(_words(reader)) == number + 1
    writer.close()
    assert open_files(path) <= 3
    reader.close()
    assert open_files(path) == 0


def test_a_change_sees_what_it_has_changed(database: Database) -> None:
    with database.changing() as connection:
        connection.execute("INSERT INTO word VALUES ('guarantee')")
        assert _words(database) == ["guarantee"]


def test_another_thread_sees_nothing_of_a_change_before_its_end(database: Database) -> None:
    seen: list[list[str]] = []
    with database.changing() as connection:
        connection.execute("INSERT INTO word VALUES ('guarantee')")
        _in_thread(lambda: seen.append(_words(database)))
    _in_thread(lambda: seen.append(_words(database)))
    assert seen == [[], ["guarantee"]]


def test_a_change_that_fails_leaves_nothing(database: Database) -> None:
    _add(database, "guarantee")
    with pytest.raises(sqlite3.IntegrityError), database.changing() as connection:
        connection.executemany("INSERT INTO word VALUES (?)", [("troops",), ("guarantee",)])
    assert _words(database) == ["guarantee"]


def test_a_query_that_fails_is_told_and_the_next_one_works(database: Database) -> None:
    with pytest.raises(StateError, match="no such table"), database.reading() as connection:
        connection.execute("SELECT * FROM missing")
    assert _words(database) == []


def test_closing_lets_go_of_every_file_and_of_those_at_work_when_they_end(
    database: Database,
) -> None:
    with database.reading() as connection:
        database.close()
        assert connection.execute("SELECT count(*) FROM word").fetchone() == (0,)
    assert open_files(database.path) == 0


def test_opening_a_library_waits_for_nobody_who_changes_it(database: Database) -> None:
    with database.changing() as connection:
        connection.execute("INSERT INTO word VALUES ('guarantee')")
        other = Database(database.path, room="words", migrations=TABLES)
        assert _words(other) == []
        other.close()


def test_a_newer_room_is_made_beside_one_that_is_there(database: Database) -> None:
    _add(database, "guarantee")
    other = Database(database.path, room="numbers", migrations=("CREATE TABLE number (n);",))
    with other.changing() as connection:
        connection.execute("INSERT INTO number VALUES (1)")
    other.close()
    assert _words(database) == ["guarantee"]
