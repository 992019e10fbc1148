from collections.abc import Callable

import pytest

from index.library import Library


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
