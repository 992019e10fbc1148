from collections.abc import Callable

import pytest

from index.indexing import remove
from index.library import Library
from sources.listing import Listed, Wanted


@pytest.fixture
def three(library_of: Callable[..., Library]) -> Library:
    return library_of(
        alpha="---\ntitle: Émile speaks\npublisher: Agence\npublished: 2025-12-01\n"
        "tags: [talks, Paris]\n---\nOne sentence here.",
        beta="---\ntitle: beta\npublisher: bureau\npublished: 2025-11-01\n---\nTwo. Words 100%.",
        gamma="---\ntitle: Gamma\n---\nThree sentences. Are in. This text.",
    )


def slugs(listed: Listed) -> list[str]:
    return [entry.source.slug for entry in listed.entries]


def find(library: Library, **wanted: object) -> list[str]:
    return slugs(library.catalogue.listing.find(Wanted(**wanted)))  # type: ignore[arg-type]


def test_unknown_values_come_last_in_both_directions(three: Library) -> None:
    assert find(three, by="published", descending=True) == ["alpha", "beta", "gamma"]
    assert find(three, by="published", descending=False) == ["beta", "alpha", "gamma"]


def test_titles_sort_whatever_their_case(three: Library) -> None:
    assert find(three, by="title", descending=False) == ["beta", "gamma", "alpha"]


def test_all_words_must_stand_somewhere_on_the_card(three: Library) -> None:
    assert find(three, words="AGENCE émile") == ["alpha"]
    assert find(three, words="émile bureau") == []
    assert find(three, words="%") == []


def test_publisher_and_tag_narrow_the_list(three: Library) -> None:
    assert find(three, publisher="bureau") == ["beta"]
    assert find(three, tag="Paris") == ["alpha"]
    choices = three.catalogue.listing.choices()
    assert choices.publishers == (("Agence", 1), ("bureau", 1))
    assert choices.tags == (("Paris", 1), ("talks", 1))


def test_removed_sources_are_listed_only_when_asked_for(three: Library) -> None:
    remove(three, ["beta"])
    assert find(three) == ["alpha", "gamma"]
    assert find(three, state="removed") == ["beta"]
    assert three.catalogue.listing.removed() == 1


def test_a_page_beyond_the_last_is_the_last(three: Library) -> None:
    listed = three.catalogue.listing.find(Wanted(page=9, page_size=2))
    assert (slugs(listed), listed.total, listed.page, listed.pages) == (["gamma"], 3, 2, 2)


def test_reprints_name_the_others_that_tell_the_same_story(
    library_of: Callable[..., Library],
) -> None:
    story = " ".join(f"word{number}" for number in range(80))
    library = library_of(first=f"{story}.", second=f"{story} indeed.", other="Something else.")
    listed = library.catalogue.listing.find(Wanted())
    assert dict(listed.same_story) == {
        "first": (("second", "second"),),
        "second": (("first", "first"),),
    }
