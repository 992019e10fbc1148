"""Passages for words, with the words marked where they stand."""

from collections.abc import Callable

import pytest

from assistant.answering import Assistant
from assistant.searching import Found, as_fields, find_passages, holds_none_of
from index.filters import Filters
from index.library import Library
from sources.errors import UseError

LibraryOf = Callable[..., Library]
CARD = "---\ntitle: Bridges\npublisher: Harbour Post\npublished: 2025-11-03\n---\n"


def _marked(found: Found) -> list[str]:
    return [found.words[m.start - found.span.start : m.end - found.span.start] for m in found.marks]


def test_the_words_are_marked_in_any_of_their_forms(library_of: LibraryOf) -> None:
    library = library_of(bridge=f"{CARD}Two bridges were closed. The bridge in Toll is open.")
    (found,) = find_passages(Assistant(library), "the bridge of Toll")
    assert _marked(found) == ["bridges", "bridge", "Toll"]


def test_neighbouring_words_are_marked_as_one(library_of: LibraryOf) -> None:
    library = library_of(bridge="The security guarantees are ready.")
    (found,) = find_passages(Assistant(library), "security guarantees")
    assert _marked(found) == ["security guarantees"]


def test_a_passage_comes_with_its_source_and_its_very_place(library_of: LibraryOf) -> None:
    library = library_of(bridge=f"{CARD}Two bridges were closed.")
    found = find_passages(Assistant(library), "bridges")
    text = library.catalogue.text("bridge").content
    assert found[0].words == found[0].span.of(text)
    (fields,) = as_fields(found)
    assert (fields["publisher"], fields["published"]) == ("Harbour Post", "2025-11-03")
    assert [text[start:end] for start, end in fields["marks"]] == ["bridges"]  # type: ignore[attr-defined]


def test_filters_narrow_what_is_searched(library_of: LibraryOf) -> None:
    library = library_of(bridge="Two bridges were closed.", quay="The quay has two bridges.")
    found = find_passages(Assistant(library), "bridges", filters=Filters(sources=("quay",)))
    assert [one.source.slug for one in found] == ["quay"]


def test_no_words_are_refused(library_of: LibraryOf) -> None:
    with pytest.raises(UseError, match="empty"):
        find_passages(Assistant(library_of(bridge="Two bridges.")), " ")


def test_the_nearest_sentence_of_a_passage_holds_most_of_the_words(library_of: LibraryOf) -> None:
    library = library_of(bridge="Toll is old. The bridge in Toll is open. Bridges are long.")
    (found,) = find_passages(Assistant(library), "open bridge Toll")
    content = library.catalogue.text("bridge").content
    assert found.nearest.of(content) == "The bridge in Toll is open."


def test_words_in_quotation_marks_must_stand_together(library_of: LibraryOf) -> None:
    assistant = Assistant(
        library_of(
            near="Of 15,000 troops, few came.",
            apart="Troops came in 15 ships with 000 painted on them.",
            other="The weather was mild.",
        )
    )
    assert {one.source.slug for one in find_passages(assistant, "15,000 troops")} >= {
        "near",
        "apart",
    }
    for phrase in ('"15,000 troops"', "“15,000 troop” came"):
        assert [one.source.slug for one in find_passages(assistant, phrase)] == ["near"]
    assert find_passages(assistant, '"troops 15,000"') == ()
    assert find_passages(assistant, '"..."') == ()
    other = Filters(sources=("other",))
    assert find_passages(assistant, '"15,000 troops"', filters=other) == ()


def test_it_is_known_whether_any_passage_holds_the_words(library_of: LibraryOf) -> None:
    assistant = Assistant(library_of(bridge="Two bridges were closed."))
    assert holds_none_of(assistant, "zzzzqq")
    assert not holds_none_of(assistant, "zzzzqq bridge")
    assert not holds_none_of(assistant, "what of the?")
    assert [one["holds_words"] for one in as_fields(find_passages(assistant, "zzzzqq"))] == [False]
    assert [one["holds_words"] for one in as_fields(find_passages(assistant, "bridge"))] == [True]
