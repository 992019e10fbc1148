"""A lost catalogue is made again from what is left, and each source told: whole, in part, lost."""

import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from index.checking import check
from index.indexing import add, add_places, edit_card, remove, resume, sync_folder
from index.inputs import bytes_input
from index.library import Library, fingerprint_of, open_library
from index.mending import mend
from index.rebuilding import Partly, Rebuilt, is_to_be_rebuilt, rebuild
from index.retrieval import Retriever
from sources.database import FILE_NAME
from sources.errors import DamagedLibraryError, LibraryBusyError
from sources.lock import alone
from tests.conftest import WordEmbedder

SENT = "The envoys met in Miami. They spoke of guarantees. Nothing was signed that day."
LONG = "\n\n".join(
    f"Paragraph {n} tells of the harbour of Odesa and of the ships that left it in the night."
    f" Its second sentence tells of {n} containers that stood on the quay until the morning."
    for n in range(12)
)
CREDITED = f"{LONG}\n\n(jh)\n\nSource: PAP\n"
"""Ends in what is no sentence, and so in no passage."""


def _open(home: Path) -> Library:
    library = open_library(home, embedder=WordEmbedder())
    resume(library)
    return library


def _rebuild(home: Path, *look_in: Path) -> Rebuilt:
    return rebuild(home, fingerprint=fingerprint_of(WordEmbedder()), look_in=look_in)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder of two: one can be put together again from its passages, the other cannot."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "long.md").write_text(
        f"---\ntitle: Ships\npublisher: Harbour Post\ntags: [ships]\n---\n{LONG}\n",
        encoding="utf-8",
    )
    (folder / "credited.txt").write_text(CREDITED, encoding="utf-8")
    return folder


@pytest.fixture
def home(tmp_path: Path, texts: Path) -> Path:
    """A library of a file that was sent and a folder of two, and one that was removed; closed."""
    home = tmp_path / "library"
    with closing(_open(home)) as library:
        add(
            library,
            [
                bytes_input("sent.txt", SENT.encode()),
                bytes_input("gone.txt", b"Taken out. Long ago."),
            ],
        )
        sync_folder(library, texts)
        edit_card(library, "sent", {"publisher": "Edited Press", "published": "2025-12-22"})
        remove(library, ["gone"])
    return home


def _texts(library: Library) -> dict[str, str]:
    catalogue = library.catalogue
    return {
        entry.source.slug: catalogue.text(entry.source.slug).content
        for entry in catalogue.entries(state="ready")
    }


def _lose(home: Path) -> None:
    for file in home.glob(f"{FILE_NAME}*"):
        file.unlink()


def test_what_was_in_the_index_and_in_kept_files_is_back(home: Path) -> None:
    with closing(_open(home)) as library:
        before = _texts(library)
    _lose(home)
    assert is_to_be_rebuilt(home)
    rebuilt = _rebuild(home)
    assert (rebuilt.salvaged, rebuilt.kept_aside) == ("nothing", None)
    assert rebuilt.whole == ["long", "sent"]
    assert rebuilt.partly == [
        Partly("credited", "what stood between its passages or after them may be missing")
    ]
    assert len(rebuilt.removed) == 1
    assert rebuilt.lost == []
    with closing(_open(home)) as library:
        assert check(library).findings == ()
        after = _texts(library)
        assert {slug: after[slug] for slug in ("long", "sent")} == {
            slug: before[slug] for slug in ("long", "sent")
        }
        assert after["credited"] == LONG
        (problem,) = library.catalogue.source("credited").problems
        assert "Brought back from the index alone" in problem
        card = library.catalogue.source("sent").card
        assert (card.publisher, str(card.published)) == ("Edited Press", "2025-12-22")
        entry = library.catalogue.entry("sent")
        assert entry is not None
        assert library.catalogue.originals.of(entry) is not None
        (match, *_) = Retriever(library).find("envoys in Miami", limit=1)
        assert match.passage.source == "sent"
        removed = library.catalogue.entries(state="removed")
        assert [library.catalogue.text(one.source.slug).content for one in removed] == [
            "Taken out. Long ago."
        ]


def test_texts_that_a_person_points_at_are_back_as_they_were(home: Path, texts: Path) -> None:
    with closing(_open(home)) as library:
        before = {one: library.catalogue.source(one) for one in ("long", "credited", "sent")}
    _lose(home)
    rebuilt = _rebuild(home, texts)
    assert rebuilt.whole == ["credited", "long", "sent"]
    assert rebuilt.partly == []
    with closing(_open(home)) as library:
        assert {one: library.catalogue.source(one) for one in before} == before
        assert sync_folder(library, texts).unchanged == ("credited", "long")
        assert check(library).findings == ()


def test_a_file_that_is_added_again_takes_its_sources_place(home: Path, texts: Path) -> None:
    _lose(home)
    _rebuild(home)
    with closing(_open(home)) as library:
        changes = sync_folder(library, texts)
        assert (changes.added, changes.cut_anew, changes.replaced) == (
            (),
            ("long",),
            ("credited",),
        )
        assert library.catalogue.text("credited").content == CREDITED.strip()
        assert library.catalogue.source("long").card.tags == ("ships",)
        assert library.catalogue.source("long").origin == str(texts / "long.md")
        assert library.catalogue.source("credited").origin == str(texts / "credited.txt")
        assert len(library.catalogue.entries(state="ready")) == 3
        assert check(library).findings == ()


def test_without_an_index_the_kept_files_are_the_library(home: Path) -> None:
    _lose(home)
    shutil.rmtree(home / "index")
    rebuilt = _rebuild(home)
    assert (len(rebuilt.whole), rebuilt.removed) == (2, [])
    with closing(_open(home)) as library:
        assert sorted(_texts(library).values()) == sorted([SENT, "Taken out. Long ago."])
        assert check(library).findings == ()


def test_what_only_the_word_index_names_is_told_as_lost(home: Path) -> None:
    _lose(home)
    (chroma,) = home.glob("index/*/vectors")
    shutil.rmtree(chroma)
    rebuilt = _rebuild(home)
    assert rebuilt.lost == [
        f"{slug}: only the word index knows its name" for slug in ("credited", "long", "sent")
    ]


def test_a_kept_file_that_is_damaged_is_told_and_kept(home: Path) -> None:
    _lose(home)
    shutil.rmtree(home / "index")
    files = sorted((home / "originals").glob("*/*"))
    files[0].write_bytes(b"something else")
    rebuilt = _rebuild(home)
    assert rebuilt.lost == [f"the kept file {files[0].name[:12]}…: it cannot be read"]
    assert files[0].read_bytes() == b"something else"


def test_a_damaged_header_costs_nothing_and_the_file_is_kept_aside(home: Path) -> None:
    with closing(_open(home)) as library:
        before = _texts(library), library.catalogue.entries(), library.catalogue.note("x")
    file = home / FILE_NAME
    damaged = b"\xff" * 100 + file.read_bytes()[100:]
    file.write_bytes(damaged)
    with pytest.raises(DamagedLibraryError):
        _open(home)
    rebuilt = _rebuild(home)
    assert rebuilt.salvaged == "whole"
    assert rebuilt.kept_aside is not None
    assert rebuilt.kept_aside.read_bytes() == damaged
    with closing(_open(home)) as library:
        assert (_texts(library), library.catalogue.entries(), library.catalogue.note("x")) == before
        assert [one.source.slug for one in library.catalogue.entries(state="removed")] == ["gone"]
        assert check(library).findings == ()


@pytest.mark.parametrize("page", range(1, 40, 3))
def test_whatever_page_is_damaged_the_library_is_usable_and_every_text_accounted_for(
    home: Path, page: int
) -> None:
    file = home / FILE_NAME
    raw = file.read_bytes()
    begin = page * 4096 % len(raw)
    file.write_bytes(raw[:begin] + b"\xff" * 4096 + raw[begin + 4096 :])
    rebuilt = _rebuild(home)
    told = {*rebuilt.whole, *(one.slug for one in rebuilt.partly)}
    if rebuilt.kept_aside is not None:
        assert {"sent", "long", "credited"} <= told
    with closing(_open_to_check(home)) as library:
        mend(library, check(library).findings)
    with closing(_open(home)) as library:
        assert library.catalogue.check() is None
        assert _texts(library)["sent"] == SENT


def _open_to_check(home: Path) -> Library:
    return open_library(home, embedder=WordEmbedder(), is_to_be_checked=True)


def test_a_catalogue_begun_anew_gets_back_what_the_index_holds(home: Path, tmp_path: Path) -> None:
    """As an earlier version left it: an empty catalogue made over the lost one."""
    _lose(home)
    open_library(tmp_path / "other", embedder=WordEmbedder()).close()
    shutil.copyfile(tmp_path / "other" / FILE_NAME, home / FILE_NAME)
    with pytest.raises(DamagedLibraryError):
        _open(home)
    with closing(_open_to_check(home)) as library:
        findings = check(library).findings
        assert {found.source for found in findings} == {"sent", "long", "credited"}
        assert {found.room for found in findings} == {"catalogue"}
        assert mend(library, findings) == ()
        assert {found.room for found in check(library).findings} == {"catalogue"}
    assert not is_to_be_rebuilt(home)
    rebuilt = _rebuild(home)
    assert (rebuilt.whole, rebuilt.kept_aside) == (["long", "sent"], None)
    with closing(_open(home)) as library:
        assert check(library).findings == ()


def test_a_whole_library_is_left_as_it_is(home: Path) -> None:
    with closing(_open(home)) as library:
        before = library.catalogue.entries()
    assert _rebuild(home).is_nothing
    with closing(_open(home)) as library:
        assert library.catalogue.entries() == before


def test_nothing_is_rebuilt_while_another_process_changes_the_library(home: Path) -> None:
    _lose(home)
    with alone(home / "library.lock"), pytest.raises(LibraryBusyError):
        _rebuild(home)
    assert not (home / FILE_NAME).exists()


def test_an_altered_text_without_its_file_is_put_together_from_the_index(
    home: Path, texts: Path
) -> None:
    shutil.rmtree(texts)
    with closing(_open(home)) as library:
        with sqlite3.connect(library.catalogue.path) as connection:
            connection.execute("UPDATE text SET content = replace(content, 'Odesa', 'Varna')")
        connection.close()
        findings = check(library).findings
        assert {found.source for found in findings} == {"long", "credited"}
        done = mend(library, findings)
        assert "long: text put together again from the index" in done
        assert check(library).findings == ()
        assert library.catalogue.text("credited").content == CREDITED.strip()


def test_an_altered_text_does_not_keep_others_from_being_added(home: Path) -> None:
    with closing(_open(home)) as library:
        library.catalogue.register.mark_adding(["sent"])
        with sqlite3.connect(library.catalogue.path) as connection:
            connection.execute("UPDATE text SET content = replace(content, 'Miami', 'Milan')")
        connection.close()
        assert add(library, [bytes_input("new.txt", b"A new text.")]).added == ("new",)
        entry = library.catalogue.entry("sent")
        assert entry is not None
        assert entry.state == "adding"


def test_an_index_is_not_thrown_away_while_an_altered_text_needs_it(
    home: Path, texts: Path
) -> None:
    from index.mending import throw_index_away

    shutil.rmtree(texts)
    with closing(_open(home)) as library:
        catalogue = library.catalogue
        with sqlite3.connect(catalogue.path) as connection:
            connection.execute("UPDATE text SET content = replace(content, 'PAP', 'AP')")
        connection.close()
        library.vectors.close()
        throw_index_away(catalogue, home)
    (aside,) = home.glob("index-aside-*")
    assert (aside / "vectors" / "chroma.sqlite3").is_file()


@pytest.mark.long
@pytest.mark.parametrize("damage", [b"", b"\xff" * 100])
def test_killed_at_any_moment_a_rebuilding_loses_nothing(home: Path, damage: bytes) -> None:
    script = (
        "import sys; from pathlib import Path; from index.rebuilding import rebuild;"
        "from index.library import fingerprint_of; from tests.conftest import WordEmbedder;"
        "rebuild(Path(sys.argv[1]), fingerprint=fingerprint_of(WordEmbedder()))"
    )
    file = home / FILE_NAME
    file.write_bytes(damage + file.read_bytes()[len(damage) :] if damage else b"")
    content, index = file.read_bytes(), sorted((home / "index").rglob("*"))
    places = [home.with_name(f"killed-{number}") for number in range(12)]
    for number, place in enumerate(places):
        shutil.copytree(home, place)
        process = subprocess.Popen([sys.executable, "-c", script, str(place)])
        time.sleep(0.8 + 1.6 * number / len(places))
        process.kill()
        process.wait()
        kept = [one.read_bytes() for one in place.glob("library*.sqlite3")]
        assert content in kept or not content
        _rebuild(place)
        with closing(_open_to_check(place)) as library:
            mend(library, check(library).findings)
        with closing(_open(place)) as library:
            assert check(library).findings == ()
            assert _texts(library).keys() == {"sent", "long", "credited"}
            assert _texts(library)["sent"] == SENT
    assert sorted((home / "index").rglob("*")) == index


def test_add_places_is_not_confused_by_a_rebuilt_origin(home: Path, tmp_path: Path) -> None:
    _lose(home)
    _rebuild(home)
    other = tmp_path / "other.txt"
    other.write_text("A text of another kind. It never was here.", encoding="utf-8")
    with closing(_open(home)) as library:
        assert add_places(library, [other]).added == ("other",)
