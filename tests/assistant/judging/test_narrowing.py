from assistant.asking.questions import Question
from assistant.judging.narrowing import narrow
from tests.assistant.judging.weighing import weighed

INTERVIEW = "Would you accept a ban on joining the alliance? We will never accept a veto over it."


def test_in_place_of_a_question_that_a_source_asks_stands_its_answer() -> None:
    question = Question("Would they accept a ban on joining the alliance?")
    evidence = weighed(question, INTERVIEW)
    good, reason = narrow(question, evidence[:1], evidence, is_first=True, is_said=False)
    assert reason is None
    assert [one.words for one in good] == ["We will never accept a veto over it."]
    assert good[0].in_reach == INTERVIEW
