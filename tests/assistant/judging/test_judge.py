from collections.abc import Callable, Sequence

import pytest

from assistant.asking.questions import Question
from assistant.judging.evidence import Evidence, weigh
from assistant.judging.judge import judge
from assistant.judging.judgement import Judgement
from index.passages import Passage
from index.retrieval import Match
from sources.sentences import find_sentences
from tests.assistant.judging.weighing import weighed

TEXT = (
    "Ukraine keeps 800,000 troops in its army. Vance said talks are difficult. "
    "He cited Donetsk as the main obstacle."
)


def _evidence(question: str, similarity: float = 0.6, text: str = TEXT) -> tuple[Evidence, ...]:
    return weighed(question, text, similarity=similarity)


def _mentions(text: str = TEXT) -> Callable[[str], int]:
    words = text.lower()
    return lambda word: int(word.lower() in words)


def _judge(question: str, evidence: Sequence[Evidence] | None = None) -> Judgement:
    found = _evidence(question) if evidence is None else evidence
    return judge(Question(question), found, mentions=_mentions())


def test_a_sentence_that_gives_the_number_answers() -> None:
    judgement = _judge("How many troops does Ukraine keep?")
    assert judgement.verdict == "answered"
    assert judgement.evidence[0].words == "Ukraine keeps 800,000 troops in its army."


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
        ("When do the troops leave?", "The nearest passages give no date for this."),
        ("How much do the troops cost?", "The nearest passages give no amount of money for this."),
        (
            "How do I cook borscht?",
            "No source uses the words “cook” or “borscht”; "
            "the nearest passages are about something else.",
        ),
        (
            "Who is the minister of the army?",
            "The nearest passage speaks of “army”, but does not clearly say who.",
        ),
    ],
)
def test_silence_names_what_is_missing(question: str, reason: str) -> None:
    judgement = _judge(question)
    assert (judgement.verdict, judgement.evidence) == ("not_in_sources", ())
    assert judgement.reason == reason


def test_a_sentence_that_says_he_is_read_with_the_one_before() -> None:
    judgement = _judge("What did Vance call the main obstacle?")
    assert judgement.verdict == "answered"
    assert judgement.evidence[0].lead is not None


def test_an_empty_library_and_strict_filters_are_told_apart() -> None:
    question = Question("How many troops?")
    library = judge(question, (), mentions=_mentions())
    filtered = judge(question, (), mentions=_mentions(), is_filtered=True)
    assert "library" in (library.reason or "")
    assert "filters" in (filtered.reason or "")


def test_a_first_question_about_nothing_is_asked_back() -> None:
    assert "“it”" in (_judge("What about it?").reason or "")


def test_what_somebody_is_said_to_have_said_by_another_is_no_word_of_theirs() -> None:
    text = "NBC reported tensions between Secretary of State Marco Rubio and envoy Steve Witkoff."
    asked = "What did Rubio say?"
    judgement = judge(Question(asked), _evidence(asked, text=text), mentions=_mentions(text))
    assert judgement.reason == "The nearest passages speak of Rubio, but report no words of Rubio."


def test_where_asks_for_a_place() -> None:
    question = "Where were the talks held?"
    text = "Separate talks on guarantees went on. Envoys returned from talks in Miami."
    (first, *_) = _judge(question, _evidence(question, text=text)).evidence
    assert first.words == "Envoys returned from talks in Miami."
    judgement = _judge(question, _evidence(question, text="The talks on guarantees were held."))
    assert judgement.reason == "The nearest passages name no place for this."


def test_who_does_not_is_answered_by_those_who_do_not() -> None:
    question = "Which countries will not send troops?"
    text = "France will send troops to other countries. Countries like Italy will not send troops."
    (only,) = _judge(question, _evidence(question, text=text)).evidence
    assert only.words == "Countries like Italy will not send troops."


def test_how_long_asks_for_a_length_of_time() -> None:
    question = "How long do the troops stay?"
    judgement = _judge(question, _evidence(question, text="The 800,000 troops stay in the army."))
    assert judgement.reason == "The nearest passages do not say how long."


def test_a_name_is_no_answer_without_the_sentences_that_name_it() -> None:
    text = f"{TEXT} The clause was modelled on a treaty of NATO and on nothing else at all."
    question = "Will Ukraine keep troops for NATO?"
    evidence = [one for one in _evidence(question, text=text) if "NATO" not in one.words]
    judgement = judge(Question(question), evidence, mentions=_mentions(text))
    assert judgement.verdict == "not_in_sources"


def test_a_question_in_another_language_is_told_so() -> None:
    reason = _judge("Wie viele Soldaten?").reason or ""
    assert "The question seems to be in German" in reason
    assert "No source" not in reason


def test_an_accent_that_is_left_out_changes_no_name() -> None:
    text = "Hungarian Prime Minister Viktor Orbán said he would veto the loan."
    question = "What did Orban say?"
    judgement = judge(
        Question(question), _evidence(question, text=text), mentions=lambda word: len(word)
    )
    assert judgement.verdict == "answered"


def test_who_asks_for_somebody() -> None:
    question = "Who signed the agreements?"
    text = "The agreements were signed in September 2014."
    assert _judge(question, _evidence(question, text=text)).reason == (
        "The nearest passages name nobody clearly for this."
    )
    text = "The agreements were signed by the envoys."
    assert _judge(question, _evidence(question, text=text)).verdict == "answered"


def test_a_bare_how_long_is_about_what_was_asked_before() -> None:
    text = "Sybiha wanted guarantees for twenty years. Others wanted them for ten years."
    bare = Question("How long?").after(["What did Sybiha want?"])
    sentences = find_sentences(text)
    match = Match(Passage("article", 0, sentences, text), 1.0, (0.1,) * len(sentences))
    judgement = judge(bare, weigh(bare, [match]), mentions=_mentions(text), is_first=False)
    assert [one.words for one in judgement.evidence] == [
        "Sybiha wanted guarantees for twenty years."
    ]


@pytest.mark.parametrize("words", ["Thanks", "ok, thank you!", "Great."])
def test_a_word_of_thanks_asks_nothing(words: str) -> None:
    judgement = judge(Question(words), _evidence(words), mentions=_mentions(), is_first=False)
    assert judgement.reason == "That asks nothing of the sources. What would you like to know?"


def test_what_is_settled_never_answers_what_is_open() -> None:
    asked = Question("What is still open about the loan?")
    text = "The loan of 90 billion euros was agreed by the leaders."
    sentences = find_sentences(text)
    match = Match(Passage("article", 0, sentences, text), 1.0, (0.9,) * len(sentences))
    found = judge(asked, weigh(asked, [match]), mentions=lambda _word: 1)
    assert found.verdict == "not_in_sources"
    assert found.reason == "The sources call nothing open that the question is about."
