"""Who decides whether sentences answer, and which of them are shown."""

from collections.abc import Sequence

import pytest

from assistant.asking.questions import Question
from assistant.judging.evidence import Evidence
from assistant.judging.judgement import Judgement
from assistant.judging.reasons import UNCERTAIN
from assistant.reader.network import Calibration
from assistant.reader.reader import Read
from assistant.verdict import (
    MAX_ALL,
    MAX_SENTENCES,
    decide,
    decide_by_words,
    silent_on_question,
    speaks_to,
)
from tests.assistant.judging.weighing import weighed

BARS = Calibration(
    slope=1.0,
    intercept=0.0,
    answered=0.6,
    borne_out=0.4,
    likely=0.2,
    supported=0.6,
    partly=0.3,
)
TEXT = "Ukraine keeps 800,000 troops in its army. Ships sail south. Lunch was late."
ASKED = "How many troops does Ukraine keep?"


def _decide(
    question: str, probabilities: Sequence[float], evidence: Sequence[Evidence]
) -> Judgement | None:
    read = tuple(map(Read, evidence, probabilities))
    return decide(Question(question), read, BARS, is_first=True)


def _words(judgement: Judgement | None) -> list[str]:
    return [one.words for one in judgement.evidence] if judgement else []


def test_what_the_reader_is_sure_of_is_the_answer_whatever_the_words_say() -> None:
    (_, ships, lunch) = weighed(ASKED, TEXT)
    judgement = _decide(ASKED, (0.7, 0.1), (ships, lunch))
    assert judgement is not None
    assert (judgement.verdict, judgement.confidence) == ("answered", 0.7)
    assert _words(judgement) == [ships.words]


def test_a_sentence_that_the_words_speak_for_needs_less_and_comes_first() -> None:
    (troops, ships, _) = weighed(ASKED, TEXT)
    judgement = _decide(ASKED, (0.5, 0.45), (ships, troops))
    assert judgement is not None
    assert judgement.verdict == "answered"
    assert _words(judgement) == [troops.words, ships.words]


def test_what_the_reader_thinks_possible_is_shown_as_no_more() -> None:
    (_, ships, lunch) = weighed(ASKED, TEXT)
    judgement = _decide(ASKED, (0.3, 0.05), (ships, lunch))
    assert judgement is not None
    assert (judgement.verdict, judgement.reason) == ("likely", UNCERTAIN)
    assert _words(judgement) == [ships.words]


def test_hardly_anything_is_silence_unless_the_words_speak_for_it() -> None:
    (troops, ships, _) = weighed(ASKED, TEXT)
    assert _decide(ASKED, (0.15,), (ships,)) is None
    assert _decide(ASKED, (0.05,), (troops,)) is None
    shown = _decide(ASKED, (0.15,), (troops,))
    assert shown is not None
    assert (shown.verdict, _words(shown)) == ("likely", [troops.words])
    assert _decide(ASKED, (), ()) is None


def test_beside_a_name_that_no_source_has_nothing_is_called_the_answer() -> None:
    (troops, *_) = weighed(ASKED, TEXT)
    said = "No source mentions Poland."
    read = [Read(troops, 0.9)]
    found = decide(Question(ASKED), read, BARS, is_first=True, unmentioned=said)
    assert found is not None
    assert (found.verdict, found.reason) == ("likely", f"{said} {UNCERTAIN}")
    read = [Read(troops, 0.39)]
    assert decide(Question(ASKED), read, BARS, is_first=True, unmentioned=said) is None


def test_beside_the_words_of_one_who_is_named_nobody_else_speaks() -> None:
    text = "Vance said talks are hard. Zelensky said the plan is good. Talks went on in Miami."
    question = "What did Vance say?"
    of = {one.words: one for one in weighed(question, text)}
    in_order = [
        of[words]
        for words in (
            "Vance said talks are hard.",
            "Zelensky said the plan is good.",
            "Talks went on in Miami.",
        )
    ]
    judgement = _decide(question, (0.7, 0.5, 0.4), in_order)
    assert _words(judgement) == ["Vance said talks are hard.", "Talks went on in Miami."]


def test_without_a_reader_the_words_of_the_question_decide() -> None:
    found = decide_by_words(Question(ASKED), weighed(ASKED, TEXT), is_first=True)
    assert _words(found) == ["Ukraine keeps 800,000 troops in its army."]
    other = "How many tanks does Norlund keep?"
    assert decide_by_words(Question(other), weighed(other, TEXT), is_first=True) is None


@pytest.mark.parametrize(
    ("question", "speaks"),
    [
        (ASKED, True),
        ("How many troops does Poland keep?", False),
        ("How much do troops of Ukraine cost?", False),
        ("Does Ukraine export grain by sea in winter?", False),
    ],
)
def test_words_speak_for_a_sentence_with_each_name_and_the_value(
    question: str, speaks: bool
) -> None:
    best = weighed(question, TEXT)[0]
    assert speaks_to(Question(question), best, is_first=True) == speaks


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("How many troops does Poland keep?", "No source mentions Poland."),
        ("What did Angela Merkel say?", "No source mentions Angela Merkel."),
        (
            "What has changed since November 2025?",
            "No text mentions November 2025. To see what was published then, "
            "set the dates beside the question.",
        ),
        (
            "What about it?",
            "What does “it” stand for? Please name the person, document or event.",
        ),
        ("Thanks", "That asks nothing of the sources. What would you like to know?"),
        (ASKED, None),
        ("Wie viele Soldaten hat die Armee?", None),
    ],
)
def test_a_name_that_no_text_has_and_what_asks_nothing_need_no_reading(
    question: str, reason: str | None
) -> None:
    words = TEXT.casefold()
    found = silent_on_question(
        Question(question), lambda word: int(word.casefold() in words), is_first=True
    )
    assert (found.reason if found else None) == reason


def test_a_question_that_goes_on_may_name_nothing() -> None:
    assert silent_on_question(Question("When?"), lambda _: 0, is_first=False) is None


def test_all_that_answer_for_certain_are_shown_where_there_are_many() -> None:
    text = " ".join(f"Land {number} sends {number} ships." for number in range(40))
    for question in ("Which lands send ships?", "Are ships sent?"):
        ships = weighed(question, text)
        judgement = _decide(question, [0.9] * 10 + [0.3] * 5, ships[:15])
        assert _words(judgement) == [one.words for one in ships[:10]]
        assert len(_words(_decide(question, [0.9] * 30, ships[:30]))) == MAX_ALL


def test_beside_one_that_answers_for_certain_a_few_near_it_are_shown() -> None:
    text = " ".join(f"The {name} pillar is strong." for name in "abcdefghij")
    question = "How strong is the pillar?"
    judgement = _decide(question, [0.9] + [0.5] * 9, weighed(question, text))
    assert len(_words(judgement)) == MAX_SENTENCES
