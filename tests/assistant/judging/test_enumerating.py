import pytest

from assistant.asking.questions import Question
from assistant.judging.enumerating import counted_up
from tests.assistant.judging.weighing import weighed

TEXT = (
    "A central element of the plan is the army. Grain is sold. "
    "Another pillar of the plan is membership. A third component is a coalition. "
    "The first obstacle is Donetsk. Elements of the crew met. Another obstacle is the plant."
)


def _counted(question: str) -> list[str]:
    evidence = weighed(question, TEXT)
    return [one.words for one in counted_up(Question(question), evidence[0], evidence)]


@pytest.mark.parametrize("question", ["What are the pillars of the plan?", "Pillars of the plan"])
def test_parts_of_a_whole_are_counted_up_under_any_of_their_names(question: str) -> None:
    assert _counted(question) == [
        "A central element of the plan is the army.",
        "Another pillar of the plan is membership.",
        "A third component is a coalition.",
    ]


def test_other_things_are_counted_up_under_their_own_name() -> None:
    assert _counted("List the obstacles") == [
        "The first obstacle is Donetsk.",
        "Another obstacle is the plant.",
    ]


def test_what_asks_for_no_list_counts_nothing_up() -> None:
    assert _counted("Who is in the coalition?") == []
    assert _counted("Which ships sail?") == []
