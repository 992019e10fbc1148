import pytest

from assistant.asking.comparing import read_comparison


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "How do Washington and Kyiv differ on the duration?",
            "What does Washington say about the duration?",
            "What does Kyiv say about the duration?",
        ),
        (
            "Compare the positions of Zelensky and J.D. Vance on the plant.",
            "What does Zelensky say about the plant?",
            "What does J.D. Vance say about the plant?",
        ),
        (
            "Compare Macron's and Starmer's figures",
            "What does Macron say?",
            "What does Starmer say?",
        ),
        ("Where do Kyiv and Moscow disagree?", "What does Kyiv say?", "What does Moscow say?"),
        ("Macron vs Starmer", "What does Macron say?", "What does Starmer say?"),
        (
            "What is the difference between Kyiv and the Kremlin on territory?",
            "What does Kyiv say about territory?",
            "What does the Kremlin say about territory?",
        ),
    ],
)
def test_a_comparison_is_a_question_about_each(question: str, one: str, other: str) -> None:
    comparison = read_comparison(question)
    assert comparison is not None
    assert comparison.questions == (one, other)


@pytest.mark.parametrize(
    "question",
    [
        "How do these guarantees differ from the Budapest Memorandum?",
        "What are the differences within the administration?",
        "What did Vance and Macron say?",
    ],
)
def test_what_sets_no_two_names_apart_is_no_comparison(question: str) -> None:
    assert read_comparison(question) is None
