from assistant.asking.questions import Question
from assistant.judging.evidence import Evidence
from assistant.judging.who_said import about_the_topic, heard_in, told_of, words_asked_for
from tests.assistant.judging.weighing import weighed

TEXT = (
    "Kremlin spokesman Dmitry Peskov said troops are unwelcome. “They are a target,” he warned. "
    "U.S. envoy Steve Witkoff said Washington had offered ten years. Peskov met Witkoff."
)


def _evidence(question: str) -> tuple[Evidence, ...]:
    return weighed(question, TEXT)


def _heard(question: str) -> set[str]:
    return {one.words for one in words_asked_for(Question(question), _evidence(question))}


def test_who_speaks_is_found_by_name_title_and_pronoun() -> None:
    said = {"Kremlin spokesman Dmitry Peskov said troops are unwelcome.",
            "“They are a target,” he warned."}  # fmt: skip
    assert _heard("What did the Kremlin say?") == said
    assert {one.words for one in heard_in(Question("What did Peskov say?"), _evidence("x"))} == said


def test_a_deed_that_is_asked_for_has_to_be_there() -> None:
    assert _heard("What did Witkoff offer?") == {
        "U.S. envoy Steve Witkoff said Washington had offered ten years."
    }
    assert _heard("What did Witkoff demand?") == set()


def test_words_about_something_else_are_not_what_is_asked() -> None:
    assert _heard("What did Witkoff say about nuclear energy?") == set()


def test_a_number_that_is_asked_for_has_to_be_said() -> None:
    assert _heard("How many years did Witkoff say?") == set()
    assert _heard("How many years are offered, according to Witkoff?") != set()


def test_whatever_is_said_of_somebody_is_told_of_them() -> None:
    asked = Question("Tell me about Witkoff")
    assert len(told_of(asked, _evidence(asked.words))) == 2
    asked = Question("Who is Steve Witkoff?")
    assert [one.words for one in told_of(asked, _evidence(asked.words))] == [
        "U.S. envoy Steve Witkoff said Washington had offered ten years."
    ]
    asked = Question("Did Peskov meet Witkoff?")
    assert told_of(asked, _evidence(asked.words)) == ()


def test_what_is_not_about_the_topic_is_no_word_about_it() -> None:
    asked = Question("What did Witkoff say about nuclear energy?")
    every = _evidence(asked.words)
    assert about_the_topic(asked, every, every) == ()
    asked = Question("What did Witkoff say about the years?")
    every = _evidence(asked.words)
    assert [one.words for one in about_the_topic(asked, every, every)] == [
        "U.S. envoy Steve Witkoff said Washington had offered ten years."
    ]
    asked = Question("Who met Witkoff?")
    every = _evidence(asked.words)
    assert about_the_topic(asked, every, every) == every


def test_of_one_who_is_heard_elsewhere_nobody_else_says_how_much_it_is() -> None:
    text = "Auditors said that 391 million had been spent. Finance Minister Aas said 462 were."
    asked = Question("How much was spent according to the finance minister?")
    every = weighed(asked, text)
    auditors = [one for one in every if "Auditors" in one.words]
    assert about_the_topic(asked, auditors, every) == ()
    assert about_the_topic(asked, auditors, auditors) == tuple(auditors)


def test_what_is_done_by_somebody_is_their_deed() -> None:
    text = "The ceiling was proposed by Washington. The army was seen by the press in Washington."
    asked = Question("What did Washington propose?")
    assert [one.words for one in words_asked_for(asked, weighed(asked, text))] == [
        "The ceiling was proposed by Washington."
    ]


def test_what_happened_is_told_by_what_names_the_place_or_day() -> None:
    asked = Question("What happened in Washington?")
    assert [one.words for one in told_of(asked, _evidence(asked.words))] == [
        "U.S. envoy Steve Witkoff said Washington had offered ten years."
    ]


def test_a_verb_that_does_the_work_of_the_one_asked_for_will_do() -> None:
    text = "Opposition leader Sanna Berg called for doubling the aid."
    asked = Question("What did Berg propose?")
    assert [one.words for one in words_asked_for(asked, weighed(asked, text))] == [text]
    denied = Question("What did Berg deny?")
    assert words_asked_for(denied, weighed(denied, text)) == ()
