"""A check finds every way in which the sides can disagree, and mending leaves none."""

import hashlib
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index import checking
from index.checking import check
from index.indexing import add, remove
from index.inputs import bytes_input
from index.library import Library
from index.mending import mend
from sources.errors import StateError
from sources.source import Text
from tests.capabilities import rights_respected

WORDS = b"The envoys met in Miami. They spoke of guarantees. Nothing was signed that day."


def _execute(library: Library, statement: str) -> None:
    with sqlite3.connect(library.catalogue.path) as connection:
        connection.execute(statement)


def _lose_vectors(library: Library) -> None:
    library.vectors.remove("a")


def _lose_words(library: Library) -> None:
    library.lexical.remove("a")


def _lose_sentences(library: Library) -> None:
    library.sentences.put(("a",))


def _leave_stray(library: Library) -> None:
    with library.catalogue._database.changing() as connection:
        connection.execute("DELETE FROM source WHERE slug = 'a'")


def _change_card(library: Library) -> None:
    _execute(library, "UPDATE source SET publisher = 'Another' WHERE slug = 'a'")


def _interrupt_adding(library: Library) -> None:
    library.catalogue.register.mark_adding(["a"])


def _interrupt_removing(library: Library) -> None:
    library.catalogue.register.mark_removing(["a"])


def _swap_vectors(library: Library) -> None:
    for slug in "ab":
        passages = library.vectors.passages_of(slug)
        other = np.zeros((len(passages), 256), dtype=np.float32)
        other[:, 0] = 1
        library.vectors.add(library.catalogue.source(slug), passages, other)


def _damage_file(library: Library) -> None:
    name = hashlib.sha256(WORDS).hexdigest()
    (library.home / "originals" / name[:2] / name).write_bytes(b"something else")


@pytest.fixture
def whole(library: Library, tmp_path: Path) -> Library:
    for name, words in (("a", WORDS), ("b", b"Another text. It has two sentences.")):
        (tmp_path / f"{name}.txt").write_bytes(words)
    add(
        library,
        [
            bytes_input("a.txt", WORDS),
            bytes_input("b.txt", b"Another text. It has two sentences."),
        ],
    )
    return library


def test_a_whole_library_has_no_findings(whole: Library) -> None:
    report = check(whole)
    assert (report.sources, report.passages, report.findings) == (2, 2, ())


@pytest.mark.parametrize(
    ("damage", "room"),
    [
        (_lose_vectors, "vectors"),
        (_lose_words, "words"),
        (_lose_sentences, "sentence vectors"),
        (_change_card, "cards"),
        (_interrupt_adding, "interrupted"),
        (_interrupt_removing, "interrupted"),
        (_swap_vectors, "model"),
        (_damage_file, "files"),
    ],
)
def test_each_damage_is_found_and_mended(
    whole: Library, damage: Callable[[Library], None], room: checking.Room
) -> None:
    damage(whole)
    findings = check(whole).findings
    assert room in {found.room for found in findings}
    mend(whole, findings)
    assert check(whole).findings == ()


def test_what_the_catalogue_has_lost_is_found_and_stays_in_the_index(whole: Library) -> None:
    _leave_stray(whole)
    findings = check(whole).findings
    assert [(found.room, found.source) for found in findings if found.room != "files"] == [
        ("catalogue", "a")
    ]
    assert mend(whole, findings) == ()
    assert len(whole.vectors.passages_of("a")) == 1


def test_a_file_that_may_not_be_read_is_found_and_left_alone(whole: Library) -> None:
    files = list((whole.home / "originals").glob("*/*"))
    for file in files:
        file.chmod(0)
    with rights_respected():
        findings = check(whole).findings
        assert {(found.room, found.source) for found in findings} == {
            ("files", "a"),
            ("files", "b"),
        }
        assert "cannot be read: Permission denied" in findings[0].problem
        assert mend(whole, findings) == ()
    assert all(file.exists() for file in files)


class BrokenSide:
    """A side of the index of which nothing can be read."""

    def __getattr__(self, name: str) -> object:
        def fail(*_asked: object) -> None:
            raise StateError(f"No {name} here.", remedy="Reindex.")

        return fail


@pytest.mark.parametrize(
    ("side", "room"),
    [("vectors", "vectors"), ("sentences", "sentence vectors"), ("lexical", "words")],
)
def test_a_side_that_cannot_be_read_is_found_once_under_its_name_and_the_rest_is_checked(
    whole: Library, side: str, room: checking.Room
) -> None:
    _damage_file(whole)
    broken = replace(whole, **{side: BrokenSide()})
    assert [(found.room, found.source) for found in check(broken).findings] == [
        ("files", "a"),
        (room, None),
    ]


def test_a_damaged_text_is_read_again_from_where_it_came(library: Library, tmp_path: Path) -> None:
    from index.indexing import add_places

    file = tmp_path / "a.txt"
    file.write_bytes(WORDS)
    add_places(library, [file])
    _execute(library, "UPDATE text SET content = replace(content, 'Miami', 'Milan')")
    findings = check(library).findings
    assert [found.room for found in findings] == ["texts"]
    mend(library, findings)
    assert check(library).findings == ()
    assert "Miami" in library.catalogue.text("a").content


def test_a_damaged_text_is_read_again_from_the_file_that_was_sent(whole: Library) -> None:
    _execute(whole, "UPDATE text SET content = replace(content, 'Miami', 'Milan')")
    mend(whole, check(whole).findings)
    assert check(whole).findings == ()
    assert whole.catalogue.text("a").content == WORDS.decode()


def test_a_damaged_text_without_its_file_is_put_together_from_its_passages(
    whole: Library,
) -> None:
    whole.catalogue.originals.drop(hashlib.sha256(WORDS).hexdigest())
    _execute(whole, "UPDATE text SET content = replace(content, 'Miami', 'Milan')")
    mend(whole, check(whole).findings)
    assert check(whole).findings == ()
    assert whole.catalogue.text("a").content == WORDS.decode()


def test_a_damaged_text_that_lies_nowhere_else_stays_found(whole: Library) -> None:
    whole.catalogue.originals.drop(hashlib.sha256(WORDS).hexdigest())
    whole.vectors.remove("a")
    _execute(whole, "UPDATE text SET content = replace(content, 'Miami', 'Milan')")
    mend(whole, check(whole).findings)
    assert [found.room for found in check(whole).findings] == ["texts"]
    entry = whole.catalogue.entry("a")
    assert entry is not None
    assert entry.state == "ready"


def test_only_the_very_same_text_takes_a_damaged_ones_place(whole: Library) -> None:
    with pytest.raises(ValueError, match="another"):
        whole.catalogue.register.mend_text(whole.catalogue.source("a").sha256, Text("x", ()))


def test_mending_does_not_bring_back_a_removed_source(whole: Library) -> None:
    source, passages = whole.catalogue.source("a"), whole.vectors.passages_of("a")
    remove(whole, ["a"])
    whole.lexical.change(remove=(), add=((source, passages),))
    done = mend(whole, check(whole).findings)
    assert done == ("a: taken out of the index",)
    entry = whole.catalogue.entry("a")
    assert entry is not None
    assert entry.state == "removed"
    assert check(whole).findings == ()


def test_mending_names_no_source_that_the_catalogue_never_had(whole: Library) -> None:
    passages = [replace(one, source="ghost") for one in whole.vectors.passages_of("a")]
    ghost = replace(whole.catalogue.source("a"), slug="ghost")
    whole.lexical.change(remove=(), add=((ghost, passages),))
    assert mend(whole, check(whole).findings) == ("ghost: taken out of the index",)


def test_what_was_removed_since_the_check_is_passed_over(whole: Library) -> None:
    _execute(whole, "UPDATE text SET content = content || ' More.'")
    findings = check(whole).findings
    remove(whole, ["a"])
    assert not any("a: " in done for done in mend(whole, findings))


def test_a_source_on_its_way_out_is_not_taken_in_again(whole: Library) -> None:
    whole.catalogue.register.mark_removing(["a"])
    whole.catalogue.register.mark_adding(["a", "b"])
    assert [entry.state for entry in whole.catalogue.entries()] == ["removing", "adding"]
