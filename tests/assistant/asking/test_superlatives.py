import pytest

from assistant.asking.superlatives import superlatives_in


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
