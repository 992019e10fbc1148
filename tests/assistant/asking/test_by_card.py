from collections.abc import Sequence

import pytest

from assistant.asking.by_card import narrowed_by_card
from assistant.asking.questions import Question
from index.filters import Filters

TEXTS = "zelensky ukraine troops air defence guarantees".split()
CARDS = {"radio": "polskie radio", "speech": "joe biden", "post": "harbour post"}
TITLES = {"notes": "memo on the winter", "accord": "accord of varland treaty"}


def _narrowed(question: str, filters: Filters | None = None) -> tuple[str, Filters | None]:
    def signed(words: Sequence[str]) -> list[str]:
        return [
            slug for slug, name in CARDS.items() if {w.lower() for w in words} <= {*name.split()}
        ]

    def titled(words: Sequence[str]) -> list[str]:
        return [slug for slug, name in TITLES.items() if set(words) <= {*name.split()}]

    asked, seen = narrowed_by_card(
        Question(question),
        filters,
        mentions=lambda words: int(all(word in TEXTS for word in words.lower().split())),
        signed=signed,
        titled=titled,
    )
    return asked.words, seen


@pytest.mark.parametrize(
    ("question", "put", "slug"),
    [
        (
            "What does Polskie Radio say about air defence?",
            "What does the source say about air defence?",
            "radio",
        ),
        (
            "According to the Polskie Radio, how many troops stay?",
            "According to the source, how many troops stay?",
            "radio",
        ),
        (
            "What did Biden say about the guarantees?",
            "What did the source say about the guarantees?",
            "speech",
        ),
        (
            "Does Polskie Radio report on the air defence?",
            "Does the source report on the air defence?",
            "radio",
        ),
        ("What does the memo recommend?", "What does the source recommend?", "notes"),
        ("What does the memo say about troops?", "What does the source say about troops?", "notes"),
        ("According to the treaty, who pays?", "According to the source, who pays?", "accord"),
    ],
)
def test_who_published_or_wrote_a_text_is_asked_by_asking_the_text(
    question: str, put: str, slug: str
) -> None:
    assert _narrowed(question) == (put, Filters(sources=(slug,)))


@pytest.mark.parametrize(
    "question",
    [
        "What does Zelensky say about troops?",
        "What does the BBC say about troops?",
        "Who founded Polskie Radio?",
        "Did Biden resign?",
        "Who signed the treaty?",
        "What does the letter say about troops?",
        "Is the memo secret?",
        "Does Polskie Radio contradict the BBC on the troops?",
    ],
)
def test_a_name_that_no_card_has_or_that_is_not_asked_to_speak_changes_nothing(
    question: str,
) -> None:
    assert _narrowed(question) == (question, None)


def test_what_the_filters_leave_out_stays_out() -> None:
    filters = Filters(sources=("radio",))
    question = "What did Biden say about the guarantees?"
    assert _narrowed(question, filters) == (question, filters)
