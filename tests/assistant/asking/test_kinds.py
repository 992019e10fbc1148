import pytest

from assistant.asking.kinds import Kind, kind_of


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Which measures did the U.S. propose?", "several"),
        ("Which reasons were given?", "several"),
        ("Which measure did the U.S. propose?", "name"),
        ("How many measures were proposed?", "count"),
    ],
)
def test_the_kind_of_answer_asked_for_is_told_by_the_words(question: str, kind: Kind) -> None:
    assert kind_of(question) == kind
