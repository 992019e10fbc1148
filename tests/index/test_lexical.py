from collections.abc import Callable

import pytest

from index.lexical import Lexical
from index.library import Library
from sources.errors import LibraryBusyError, StateError


def test_a_word_is_found_in_its_other_forms(library_of: Callable[..., Library]) -> None:
    library = library_of(a="The guarantees bind.", b="Ships sail.")
    assert [name for name, _ in library.lexical.search("guaranteed binding", limit=5)] == ["a#0"]


def test_accents_do_not_matter(library_of: Callable[..., Library]) -> None:
    library = library_of(a="Le président a parlé.")
    assert [name for name, _ in library.lexical.search("president", limit=5)] == ["a#0"]


@pytest.mark.parametrize("words", ["", "?", 'a AND "b', "words:(", "\0", "x" * 500])
def test_no_question_is_a_syntax_error(library_of: Callable[..., Library], words: str) -> None:
    assert library_of(a="One.").lexical.search(words, limit=5) == ()


def test_mentions_counts_the_passages_that_hold_all_words(
    library_of: Callable[..., Library],
) -> None:
    library = library_of(a="J.D. Vance spoke.", b="Vance left.", c="Nobody came.")
    assert library.lexical.mentions("Vance") == 2
    assert library.lexical.mentions("J.D. Vance") == 1
    assert library.lexical.mentions("Putin") == 0
    assert library.lexical.mentions("…") == 0


def test_coverage_counts_a_word_once_and_a_rare_one_more(
    library_of: Callable[..., Library],
) -> None:
    library = library_of(
        once="Envoys met in Paris.",
        often="Envoys, envoys, envoys and again envoys.",
        both="Envoys met.",
        rare="Paris.",
    )
    covered = dict(library.lexical.cover("envoys Paris unheard", limit=9))
    assert covered["once#0"] == pytest.approx(1.0)
    assert covered["often#0"] == pytest.approx(covered["both#0"])
    assert covered["rare#0"] > covered["both#0"]


def test_a_word_that_nearly_all_passages_hold_covers_nothing(
    library_of: Callable[..., Library],
) -> None:
    library = library_of(
        **{f"s{number}": f"They said {number}." for number in range(20)}, rare="They left."
    )
    assert library.lexical.cover("they left", limit=9) == (("rare#0", pytest.approx(1.0)),)
    assert len(library.lexical.cover("they", limit=9)) == 9


def test_nothing_covers_words_that_no_passage_holds(library_of: Callable[..., Library]) -> None:
    assert library_of(a="One.").lexical.cover("unheard of", limit=5) == ()


def test_words_that_another_changes_are_said_to_be_busy(library_of: Callable[..., Library]) -> None:
    library = library_of(a="One.")
    holder = library.lexical._index.writer(heap_size=32_000_000, num_threads=1)
    with pytest.raises(LibraryBusyError, match="Another process is changing"):
        library.lexical.remove("a")
    holder.rollback()
    del holder
    library.lexical.remove("a")
    assert library.lexical.count() == 0


class DamagedIndex:
    """Stands in for tantivy's index once its files can be read no more."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def searcher(self) -> None:
        raise self._error

    def writer(self, **_settings: int) -> None:
        raise self._error


@pytest.mark.parametrize(
    "act",
    [
        lambda words: words.remove("a"),
        lambda words: words.search("one", limit=1),
        lambda words: words.cover("one", limit=1),
        lambda words: words.holding("one two"),
        lambda words: words.mentions("one"),
        lambda words: words.mentions("one two"),
        lambda words: words.count(),
        lambda words: words.ids_of("a"),
        lambda words: words.sources(),
    ],
)
@pytest.mark.parametrize("error", [ValueError("no file in /home/blockhead"), OSError("damaged")])
def test_a_damaged_word_index_is_said_to_be_damaged(
    library: Library, act: Callable[[Lexical], object], error: Exception
) -> None:
    library.lexical._index = DamagedIndex(error)  # type: ignore[assignment]
    with pytest.raises(StateError, match="The word index cannot be used") as refused:
        act(library.lexical)
    assert not isinstance(refused.value, LibraryBusyError)
