"""The index follows the catalogue through every change."""

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from index.changes import Changes
from index.filters import Filters
from index.indexing import (
    add,
    add_each,
    add_places,
    clean_up,
    edit_card,
    remove,
    restore,
    resume,
    sync_folder,
    sync_shipped,
)
from index.inputs import Input, bytes_input
from index.library import Library
from index.progress import Progress
from index.reindexing import reindex
from sources.errors import LibraryBusyError, UseError
from sources.originals import path_of

STORY = " ".join(f"The delegation number {n} met the envoys in Miami." for n in range(9))
FIRST, SECOND, THIRD = STORY.encode(), b"Nothing was signed in Geneva.", b"Talks in London went on."


def _agree(library: Library) -> bool:
    """Whether both sides hold exactly the passages of the ready sources."""
    passages = library.catalogue.counts()[1]
    indexes = (library.vectors, library.sentences, library.lexical)
    return all(side.count() == passages for side in indexes)


def test_the_same_bytes_twice_are_one_source(library: Library) -> None:
    first = add(library, [bytes_input("a.txt", b"One text."), bytes_input("b.txt", b"One text.")])
    assert first.added == ("a",)
    assert [found.slug for found in first.duplicates] == ["a"]
    assert library.catalogue.counts()[0] == 1


def test_a_broken_file_is_refused_and_the_rest_goes_on(library: Library) -> None:
    changes = add(library, [bytes_input("a.pdf", b"no"), bytes_input("b.txt", b"Words.")])
    assert (changes.added, len(changes.refused)) == (("b",), 1)


def test_a_changed_file_keeps_its_old_text_as_a_version(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text("The old text.")
    sync_folder(library, folder)
    old = library.catalogue.source("a").sha256
    (folder / "a.txt").write_text("The new text.")
    assert sync_folder(library, folder).replaced == ("a",)
    assert library.catalogue.text("a").content == "The new text."
    assert library.catalogue.text("a", sha256=old).content == "The old text."
    assert [version.sha256 for version in library.catalogue.versions("a")] == [old]
    assert _agree(library)


def test_a_file_that_moved_is_the_same_source(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text("Words stay.")
    sync_folder(library, folder)
    (folder / "a.txt").rename(folder / "b.txt")
    assert sync_folder(library, folder).removed == ()
    assert library.catalogue.source("a").origin.endswith("/b.txt")


def test_a_removed_source_is_gone_and_can_be_restored(library: Library) -> None:
    add(library, [bytes_input("a.txt", b"Words to find.")])
    remove(library, ["a"])
    assert library.catalogue.entries() == ()
    assert library.vectors.count() == library.lexical.count() == 0
    restore(library, "a")
    assert library.catalogue.text("a").content == "Words to find."
    assert _agree(library)


def test_after_clean_up_nothing_can_be_restored(library: Library) -> None:
    add(library, [bytes_input("a.txt", b"Words.")])
    remove(library, ["a"])
    assert clean_up(library) == ("a",)
    with pytest.raises(UseError):
        restore(library, "a")


@pytest.mark.parametrize("for_good", [False, True])
def test_words_that_are_forgotten_leave_the_disk(library: Library, for_good: bool) -> None:
    def lies_in() -> list[str]:
        found = (path for path in library.home.rglob("*") if path.is_file())
        return [path.name for path in found if b"xylophone" in path.read_bytes().lower()]

    secret = b"The word xylophone stands here. " * 20
    add(library, [bytes_input("a.txt", secret), bytes_input("b.txt", b"Others stay here.")])
    assert lies_in()
    remove(library, ["a"], for_good=for_good)
    if not for_good:
        clean_up(library)
    assert lies_in() == []
    assert library.vectors.passages_of("b")[0].content == "Others stay here."
    add(library, [bytes_input("c.txt", b"More words.")])
    assert _agree(library)


def test_an_edited_card_is_filtered_by_without_embedding(library: Library) -> None:
    add(library, [bytes_input("a.txt", b"Words.")])
    edit_card(library, "a", {"published": "2025-12-22", "publisher": "NBC"})
    day = Filters(since=date(2025, 12, 22), publishers=("NBC",))
    asked = library.embedder.embed(["words"], role="question")[0]
    assert library.vectors.nearest(asked, limit=5, filters=day)
    assert library.lexical.search("words", limit=5, filters=day)
    edit_card(library, "a", {"publisher": "unknown"})
    assert not library.vectors.nearest(asked, limit=5, filters=day)
    assert not library.lexical.search("words", limit=5, filters=day)


def test_reprints_are_kept_and_tell_the_same_story(library: Library) -> None:
    reprint = f"{STORY} One line more."
    add(library, [bytes_input("a.txt", STORY.encode()), bytes_input("b.txt", reprint.encode())])
    assert library.catalogue.same_story("a") == ("b",)
    assert len(set(library.catalogue.stories(["a", "b"]).values())) == 1


@pytest.mark.parametrize("indexed_so_far", [False, True])
def test_an_interrupted_addition_is_finished_on_opening(
    library: Library, indexed_so_far: bool
) -> None:
    add(library, [bytes_input("a.txt", b"Words.")])
    library.catalogue.register.mark_adding(["a"])
    if not indexed_so_far:
        library.vectors.remove("a")
    assert resume(library) == ("a",)
    assert library.catalogue.source("a").slug == "a"
    assert _agree(library)


def test_a_second_change_is_told_to_wait(library: Library) -> None:
    with library.catalogue.changing_alone(), pytest.raises(LibraryBusyError):
        add(library, [bytes_input("a.txt", b"Words.")])


def test_reindexing_keeps_every_source(library: Library) -> None:
    add(library, [bytes_input("a.txt", b"Words."), bytes_input("b.txt", b"Others.")])
    assert reindex(library) == 2
    assert _agree(library)


def test_a_missing_path_is_named(library: Library, tmp_path: Path) -> None:
    with pytest.raises(UseError, match="no file"):
        add_places(library, [tmp_path / "none.txt"])


def _kept_files(library: Library) -> list[bytes]:
    folder = library.home / "originals"
    return sorted(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_the_bytes_of_what_was_sent_or_fetched_are_kept_and_those_of_a_folder_are_not(
    library: Library, tmp_path: Path
) -> None:
    (tmp_path / "own.txt").write_bytes(FIRST)
    add_places(library, [tmp_path / "own.txt"])
    assert _kept_files(library) == []
    fetched = Input("news", "https://news.example/a", 0, lambda: (SECOND, "a.txt"))
    add(library, [bytes_input("sent.txt", THIRD), fetched, bytes_input("again.txt", THIRD)])
    assert _kept_files(library) == sorted([SECOND, THIRD])
    add(library, [bytes_input("own.txt", FIRST)])
    assert _kept_files(library) == sorted([FIRST, SECOND, THIRD])


def test_of_what_is_refused_or_given_up_no_file_is_kept(library: Library) -> None:
    def give_up(progress: Progress) -> None:
        if progress.total:
            raise InterruptedError

    add(library, [bytes_input("broken.pdf", b"no pdf")])
    with pytest.raises(InterruptedError):
        list(add_each(library, [bytes_input("sent.txt", FIRST)], report=give_up))
    assert _kept_files(library) == []


def test_a_kept_file_stays_till_clean_up_and_a_replaced_one_goes_at_once(library: Library) -> None:
    newer = FIRST.replace(b"Miami", b"Paris")
    add(library, [bytes_input("sent.txt", FIRST)])
    add(library, [bytes_input("sent.txt", newer)])
    assert _kept_files(library) == [newer]
    remove(library, ["sent"])
    restore(library, "sent")
    remove(library, ["sent"])
    assert _kept_files(library) == [newer]
    clean_up(library)
    assert _kept_files(library) == []


def test_a_library_of_other_texts_is_not_given_the_shipped_ones(
    library_of: Callable[..., Library],
) -> None:
    library = library_of(a="The envoys met in Miami.")
    assert sync_shipped(library) == Changes()
    assert sync_shipped(library, again=True).added


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no such names")
def test_names_that_are_no_utf_8_stop_nothing_and_are_found_again(
    library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    names = [b"latin\xe9.txt", "Заява.txt".encode("cp866"), b"d\xe9r.xyz", b"bad\xe9.pdf"]
    for name in names:
        Path(folder, os.fsdecode(name)).write_text(f"Envoys met {len(name)} times.")
    changes = add_places(library, [folder])
    assert len(changes.added) == 2
    assert changes.passed_over == (r"d\xe9r.xyz",)
    assert [one.name for one in changes.refused] == [r"bad\xe9.pdf"]
    (entry,) = (one for one in library.catalogue.entries() if one.source.slug == "latin-xe9")
    assert entry.source.origin.endswith(r"latin\xe9.txt")
    path = path_of(entry.source.origin)
    assert path is not None
    assert path.read_text() == "Envoys met 10 times."
    assert len(sync_folder(library, folder).unchanged) == 2
