import pytest

from assistant.asking.about_cards import AskedCard, asked_card


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Who wrote the article?", AskedCard("author", None, "")),
        ("Who wrote the article about Odesa?", AskedCard("author", None, "about Odesa")),
        ("who is the author of this memo", AskedCard("author", "memo", "")),
        ("Who published the report?", AskedCard("publisher", "report", "")),
        ("When was the text published?", AskedCard("published", None, "")),
        ("How old is the source?", AskedCard("published", None, "")),
    ],
)
def test_some_questions_ask_for_what_a_card_says(question: str, asked: AskedCard) -> None:
    assert asked_card(question) == asked


@pytest.mark.parametrize(
    "question",
    ["Who wrote the constitution?", "Who signed the treaty?", "When was the loan agreed?",
     "Who wrote to the minister?", "How old is Macron?"],
)  # fmt: skip
def test_other_questions_ask_for_no_card(question: str) -> None:
    assert asked_card(question) is None
