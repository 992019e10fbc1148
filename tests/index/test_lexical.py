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
