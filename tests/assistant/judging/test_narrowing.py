import pytest

from assistant.asking.questions import Question
from assistant.judging.narrowing import narrow, of_the_same_sign
from tests.assistant.judging.weighing import weighed

INTERVIEW = "Would you accept a ban on joining the alliance? We will never accept a veto over it."


def test_in_place_of_a_question_that_a_source_asks_stands_its_answer() -> None:
    question = Question("Would they accept a ban on joining the alliance?")
    evidence = weighed(question, INTERVIEW)
    good, reason = narrow(question, evidence[:1], evidence, is_first=True, is_said=False)
    assert reason is None
    assert [one.words for one in good] == ["We will never accept a veto over it."]
    assert good[0].in_reach == INTERVIEW


@pytest.mark.parametrize(
    ("question", "text", "is_answered"),
    [
        ("Will Italy send troops?", "Italy would contribute soldiers.", True),
        ("Will Italy send troops?", "Italy said that it knew of the plan.", False),
        ("Will Italy send troops?", "Italy would send no money.", False),
        ("Will the annexes be published?", "The annexes stay classified.", True),
        ("Will the annexes be published?", "The annexes were discussed.", False),
        ("Can you tell me about the annexes?", "The annexes were discussed.", True),
        ("Who signed the annexes?", "The annexes were signed by Rubio in May.", True),
        ("Who signed the annexes?", "Rubio said the annexes were signed in May.", False),
        ("Who voted against the annexes?", "Rubio voted for the annexes.", False),
        ("Who voted against the annexes?", "Rubio voted against the annexes.", True),
        ("Who is the president of Italy?", "Italian President Mattarella spoke.", True),
        ("Who is the president of Italy?", "President Macron spoke of Italy.", False),
        ("What is Rubio's wife's name?", "Rubio met Witkoff and his wife.", False),
        ("What is Rubio's wife's name?", "Rubio's wife, Jeanette, came.", True),
    ],
)
def test_a_sentence_answers_by_all_that_is_asked(
    question: str, text: str, is_answered: bool
) -> None:
    asked = Question(question)
    evidence = weighed(asked, text)
    good, _ = narrow(asked, evidence, evidence, is_first=False, is_said=False)
    assert bool(good) == is_answered


def test_who_he_is_is_marked_in_the_sentence_before() -> None:
    asked = Question("Who called the gap bridgeable?")
    text = "U.S. envoy Steve Witkoff met them. He called the gap bridgeable."
    best = weighed(asked, text)[0]
    assert best.in_reach == text
    assert [text[start:end] for start, end in best.values_before] == ["Steve Witkoff"]


def test_another_year_says_nothing_of_the_one_asked_for() -> None:
    asked = Question("How much aid came in 2024?")
    evidence = weighed(asked, "Aid of 391 million euros came in 2025. In 2024 came 210 million.")
    good, reason = narrow(asked, evidence, evidence, is_first=True, is_said=False)
    assert reason is None
    assert [one.words for one in good] == ["In 2024 came 210 million."]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Italy sends troops because it promised.", None),
        ("Italy sends troops.", "The nearest passages give no reason for this."),
        ("Italy is silent because it promised.", "The nearest passages give no reason for this."),
    ],
)
def test_a_bare_why_is_answered_by_a_reason(text: str, reason: str | None) -> None:
    asked = Question("Why?").after(["Will Italy send troops?"])
    evidence = weighed(asked, text)
    good, said = narrow(asked, evidence, evidence, is_first=False, is_said=False)
    assert said == reason
    assert bool(good) == (reason is None)


def test_which_do_is_not_answered_by_those_that_do_not() -> None:
    text = "Italy would not send troops. France would send troops."
    asked = Question("Which countries would send troops?")
    kept = of_the_same_sign(asked, weighed(asked, text))
    assert [one.words for one in kept] == ["France would send troops."]
    asked = Question("Which countries would not send troops?")
    kept = of_the_same_sign(asked, weighed(asked, text))
    assert [one.words for one in kept] == ["Italy would not send troops."]
