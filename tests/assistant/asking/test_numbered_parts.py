import pytest

from assistant.asking.numbered_parts import find_stretches, numbered_part

TREATY = """Preamble

Article 1 of the old treaty is repealed.

Article 2
Deliveries

1. Ships come.
(a) Large ones.
2. They go.

ARTICLE 3 – Disputes

Talks are held. Article 2 stays in force.

Annex A

Article 3. A list follows.
"""


@pytest.mark.parametrize(
    ("question", "called", "inner", "of", "is_asked"),
    [
        ("What does Article 5 say?", "Article 5", None, "", True),
        ("Article 9 on disputes", "Article 9", None, "", True),
        ("What is the exact wording of Article 2(2)?", "Article 2", "2", "", True),
        ("paragraph 3 of article 12", "article 12", "3", "", True),
        ("What is in Annex A?", "Annex A", None, "", True),
        ("What does Article 5 of the NATO treaty say?", "Article 5", None, "the NATO treaty", True),
        ("What does NATO's Article 5 say?", "Article 5", None, "NATO", True),
        ("Does Article 3 oblige anyone?", "Article 3", None, "", False),
        ("How many hours does section 4 give?", "section 4", None, "", False),
    ],
)
def test_a_part_is_read_from_its_name(
    question: str, called: str, inner: str | None, of: str, is_asked: bool
) -> None:
    part = numbered_part(question)
    assert part is not None
    assert (part.called, part.inner, part.of, part.is_asked) == (called, inner, of, is_asked)


@pytest.mark.parametrize(
    "question",
    [
        "Which part I should read?",
        "What do the articles say?",
        "What clause did Meloni propose?",
        "At what point 5 million leave?",
        "Who wrote the article in 2014?",
    ],
)
def test_other_words_name_no_part(question: str) -> None:
    assert numbered_part(question) is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Article 2", "Article 2\nDeliveries\n\n1. Ships come.\n(a) Large ones.\n2. They go."),
        ("Article 2(2)", "2. They go."),
        ("Annex A", "Annex A\n\nArticle 3. A list follows."),
    ],
)
def test_a_part_goes_on_until_the_next_of_its_kind(name: str, words: str) -> None:
    part = numbered_part(name)
    assert part is not None
    (stretch,) = find_stretches(part, TREATY)
    assert TREATY[stretch.start : stretch.end].strip() == words


def test_the_same_number_may_stand_twice_in_a_text() -> None:
    part = numbered_part("Article 3")
    assert part is not None
    assert [TREATY[one.start : one.heading_end] for one in find_stretches(part, TREATY)] == [
        "ARTICLE 3 – Disputes",
        "Article 3. A list follows.",
    ]


@pytest.mark.parametrize("name", ["Article 1", "Article 4", "Article 2(7)", "Section 2"])
def test_a_part_that_is_only_mentioned_or_missing_is_nowhere(name: str) -> None:
    part = numbered_part(name)
    assert part is not None
    assert find_stretches(part, TREATY) == ()


def test_a_heading_that_is_not_below_ends_a_part() -> None:
    part = numbered_part("Article 1")
    assert part is not None
    text = "## Article 1\n\nOne.\n\n### Notes\n\nTwo.\n\n## Signed\n\nThree.\n"
    (stretch,) = find_stretches(part, text)
    assert text[stretch.start : stretch.end].endswith("Two.\n\n")
