"""A library that has lost a part of itself is told as damaged, and nothing is made over it."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from index.checking import check
from index.damage import check_catalogue_is_there, lost_catalogue, parts_of
from index.indexing import add, clean_up, remove, sync_shipped
from index.inputs import bytes_input
from index.library import Library, index_folder, open_library
from sources.catalogue import Catalogue
from sources.database import FILE_NAME
from sources.errors import DamagedLibraryError
from tests.conftest import WordEmbedder

WORDS = b"The envoys met in Miami. They spoke of guarantees. Nothing was signed that day."


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A library of two sources, closed."""
    home = tmp_path / "library"
    with closing(_open(home)) as library:
        add(library, [bytes_input("a.txt", WORDS), bytes_input("b.txt", b"Another text. Of two.")])
    return home


def _open(home: Path) -> Library:
    return open_library(home, embedder=WordEmbedder())


def _index_of(home: Path) -> Path:
    (folder,) = (home / "index").iterdir()
    return folder


def _everything_in(home: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and not path.name.endswith((".lock", "-wal", "-shm"))
    }


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _as_another_store_makes_it(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE room (name TEXT PRIMARY KEY, version INTEGER NOT NULL)")
        connection.execute("INSERT INTO room VALUES ('conversations', 1)")
        connection.commit()


@pytest.mark.parametrize(
    ("lose", "how"),
    [
        (Path.unlink, "is missing"),
        (_empty, "is empty"),
        (_as_another_store_makes_it, "holds none"),
    ],
)
def test_a_catalogue_that_is_gone_is_not_begun_anew(
    home: Path, lose: Callable[[Path], None], how: str
) -> None:
    lose(home / FILE_NAME)
    before = _everything_in(home)
    for _ in range(2):
        with pytest.raises(DamagedLibraryError, match=f"{FILE_NAME} {how}") as raised:
            _open(home)
    assert "an index with passages and 2 files that sources were read from" in str(raised.value)
    assert "`assistant doctor --rebuild`" in raised.value.remedy
    assert _everything_in(home) == before


@pytest.mark.parametrize("left", ["index", "originals"])
def test_either_the_index_or_kept_files_tell_that_there_was_a_library(
    home: Path, left: str
) -> None:
    (home / FILE_NAME).unlink()
    for other in {"index", "originals"} - {left}:
        shutil.rmtree(home / other)
    with pytest.raises(DamagedLibraryError):
        check_catalogue_is_there(home)


def test_a_library_that_never_had_a_source_may_be_begun_anew(tmp_path: Path) -> None:
    _open(tmp_path).close()
    (tmp_path / FILE_NAME).unlink()
    assert lost_catalogue(tmp_path) is None
    _open(tmp_path).close()


def test_a_library_whose_sources_were_all_forgotten_is_not_damaged(home: Path) -> None:
    with closing(_open(home)) as library:
        remove(library, ["a", "b"])
        clean_up(library)
    with closing(_open(home)) as library:
        assert library.catalogue.counts()[:2] == (0, 0)
    (home / FILE_NAME).unlink()
    assert lost_catalogue(home) is None


@pytest.mark.parametrize("part", ["vectors", "sentence vectors", "words"])
def test_each_part_of_an_index_says_whether_it_is_here_empty_or_gone(
    tmp_path: Path, home: Path, part: str
) -> None:
    def held(folder: Path) -> int | None:
        (found,) = (one for one in parts_of(folder) if one.name == part)
        return found.passages()

    here = held(_index_of(home))
    assert here is not None
    assert here > 0
    with closing(_open(tmp_path / "empty")) as library:
        assert library.vectors.count() == 0
        assert held(index_folder(library.home, library.fingerprint)) == 0
    assert held(tmp_path / "nothing") is None


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("", "its vectors, sentence vectors and words are gone"),
        ("vectors", "its vectors are gone"),
        ("sentences.sqlite3", "its sentence vectors are gone"),
        ("words", "its words are gone"),
    ],
)
def test_a_part_of_the_index_that_is_gone_is_told_and_not_made_anew(
    home: Path, path: str, named: str
) -> None:
    gone = _index_of(home) / path
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    before = _everything_in(home)
    for _ in range(2):
        with pytest.raises(DamagedLibraryError, match=named) as raised:
            _open(home)
    assert "`assistant doctor --repair`" in raised.value.remedy
    assert _everything_in(home) == before


def test_what_a_crash_left_half_written_in_chromas_file_is_no_damage(home: Path) -> None:
    (file,) = home.glob("index/*/vectors/chroma.sqlite3")
    script = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('PRAGMA cache_size = 1'); c.execute('BEGIN');"
        "c.execute('DELETE FROM embeddings');"
        "c.execute('UPDATE embedding_metadata SET string_value = zeroblob(20000)');"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", script, str(file)], check=False)
    assert file.with_name("chroma.sqlite3-journal").stat().st_size
    with closing(_open(home)) as library:
        assert check(library).findings == ()


def test_an_index_that_lacks_passages_is_told(home: Path) -> None:
    with closing(_open(home)) as library:
        library.lexical.remove("a")
    with pytest.raises(DamagedLibraryError, match="its words hold 1 of 2 passages"):
        _open(home)


def test_a_catalogue_that_was_begun_anew_beside_a_full_index_is_told(home: Path) -> None:
    with closing(sqlite3.connect(home / FILE_NAME)) as connection:
        connection.executescript("DELETE FROM place; DELETE FROM source; DELETE FROM text;")
    with pytest.raises(DamagedLibraryError, match="of which the catalogue knows 0") as raised:
        _open(home)
    assert "`assistant doctor --rebuild`" in raised.value.remedy


def test_an_index_that_another_process_is_changing_is_not_called_damaged(home: Path) -> None:
    with closing(_open(home)) as library:
        library.lexical.remove("a")
        with library.catalogue.changing_alone():
            _open(home).close()


def test_a_running_program_makes_no_file_in_the_place_of_one_that_went(home: Path) -> None:
    with closing(Catalogue(home / FILE_NAME)) as catalogue:
        catalogue.close()  # so that no connection is idle
        for file in home.glob(f"{FILE_NAME}*"):
            file.unlink()
        with pytest.raises(DamagedLibraryError, match="is gone"):
            catalogue.counts()
    assert not (home / FILE_NAME).exists()


def test_the_shipped_texts_are_not_given_to_a_library_that_lost_its_catalogue(home: Path) -> None:
    (home / FILE_NAME).unlink()
    with pytest.raises(DamagedLibraryError), closing(_open(home)) as library:
        sync_shipped(library)
    assert not (home / FILE_NAME).exists()
