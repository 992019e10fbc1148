from assistant.answering import Assistant
from assistant.suggestions import CANDIDATES, answerable


def test_only_questions_that_are_answered_are_suggested(shipped: Assistant) -> None:
    suggested = answerable(
        shipped,
        candidates=("What did Poland offer?", "How many troops would Ukraine keep?"),
    )
    assert suggested == ("How many troops would Ukraine keep?",)


def test_there_are_as_many_suggestions_as_asked_for_in_their_order(shipped: Assistant) -> None:
    suggested = answerable(shipped, limit=3)
    assert len(suggested) == 3
    assert [question for question in CANDIDATES if question in suggested] == list(suggested)
