"""What was heard is kept by the hash of a text, and only as long as it still holds."""

from collections.abc import Callable
from contextlib import closing

import pytest

from assistant.speakers import kept_utterances
from assistant.speakers.kept_utterances import KeptUtterances
from assistant.speakers.utterances import EverythingSaid, everything_said
from index.indexing import clean_up, remove
from index.library import Library

LibraryOf = Callable[..., Library]
SAID = "Tarvo said the bridge would open in May. The Beacon said that it would not."


def _heard(library: Library) -> EverythingSaid:
    kept = KeptUtterances(library.catalogue.path)
    found = everything_said(library.catalogue, kept=kept)
    kept.close()
    return found


def _rows(library: Library) -> int:
    with library.catalogue._database.reading() as connection:
        return int(connection.execute("SELECT count(*) FROM utterances").fetchone()[0])


def test_a_second_look_finds_the_same(library_of: LibraryOf) -> None:
    library = library_of(bridge=SAID)
    assert _heard(library) == _heard(library) == everything_said(library.catalogue)


def test_a_text_is_read_only_once(library_of: LibraryOf, monkeypatch: pytest.MonkeyPatch) -> None:
    library = library_of(bridge=SAID)
    first = _heard(library)
    monkeypatch.delattr(kept_utterances, "read_utterances")
    assert _heard(library) == first


def test_what_other_rules_found_is_read_again(library_of: LibraryOf) -> None:
    library = library_of(bridge=SAID)
    first = _heard(library)
    with library.catalogue._database.changing() as connection:
        connection.execute("UPDATE utterances SET rules = 'older', content = '[{}, []]'")
    assert _heard(library) == first


def test_only_the_texts_that_are_read_are_reported(library_of: LibraryOf) -> None:
    library = library_of(bridge=SAID, river="Odran said the river was high.")
    told: list[tuple[int, int]] = []
    with closing(KeptUtterances(library.catalogue.path)) as kept:
        everything_said(library.catalogue, kept=kept, report=lambda *step: told.append(step))
        assert told == [(1, 2), (2, 2)]
        library_of(quay="Benna said the quay was dry.")
        everything_said(library.catalogue, kept=kept, report=lambda *step: told.append(step))
    assert told[2:] == [(1, 1)]


def test_a_name_that_became_a_publisher_is_read_again(library_of: LibraryOf) -> None:
    library = library_of(bridge=SAID)
    before = {one.speaker: one.utterance.manner for one in _heard(library).said}
    assert before["Beacon"] == "reported speech"
    library_of(other="---\ntitle: Other\npublisher: The Beacon\n---\nNothing is said here.")
    after = {one.speaker: one.utterance.manner for one in _heard(library).said}
    assert after["Beacon"] == "publisher's report"


def test_what_is_kept_goes_with_its_text(library_of: LibraryOf) -> None:
    library = library_of(bridge=SAID)
    _heard(library)
    assert _rows(library) == 1
    remove(library, ["bridge"])
    clean_up(library)
    assert _rows(library) == 0
