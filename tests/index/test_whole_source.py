from collections.abc import Callable

from index.library import Library
from index.whole_source import read_whole


def test_a_source_is_read_whole_and_in_order(library_of: Callable[..., Library]) -> None:
    text = " ".join(f"Sentence number {number} speaks of many ships." for number in range(40))
    library = library_of(ships=text, trains="Trains run.")
    kept = read_whole(library, "ships")
    assert len(kept) > 1
    assert [one.passage.number for one in kept] == list(range(len(kept)))
    assert all(len(one.vectors) == len(one.passage.sentences) for one in kept)
    assert " ".join(one.passage.content for one in kept) == library.catalogue.text("ships").content


def test_a_source_that_is_not_there_has_nothing(library_of: Callable[..., Library]) -> None:
    assert read_whole(library_of(ships="Ships sail."), "trains") == ()
