import pytest

from assistant.asking.superlatives import singles_out, superlatives_in


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Who was the first to propose a summit?", {"first"}),
        ("Which is Estonia's largest port?", {"largest"}),
        ("What is the most important guarantee?", {"most"}),
        ("Which is the northernmost city?", {"northernmost"}),
    ],
)
def test_a_superlative_is_found_wherever_it_stands(question: str, found: set[str]) -> None:
    assert superlatives_in(question) == found


@pytest.mark.parametrize(
    "question",
    [
        "How long would the guarantees last?",
        "Is it in the interest of the West to protest?",
        "Who first featured robots?",
        "Who signed the Budapest Memorandum?",
        "What is the latest proposal?",
        "Does it last at least ten years?",
    ],
)
def test_words_that_only_look_like_one_are_none(question: str) -> None:
    assert not superlatives_in(question)


@pytest.mark.parametrize(
    ("words", "does"),
    [
        ("Montreal won the first Cup.", True),
        ("The Devils won their first Cup.", False),
        ("It was Detroit's first Cup.", False),
        ("Montreal won a Cup.", False),
    ],
)
def test_the_first_of_all_is_no_ones_own_first(words: str, does: bool) -> None:
    assert singles_out("Who won the first Cup?", words) == does
    assert singles_out("Who won a Cup?", words)
