"""Interviews and records of talks: each turn is said by the name in front of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.briefing.issues import Issue
from assistant.briefing.positions import find_positions
from assistant.speakers.interviews import find_turns
from assistant.speakers.speakers import find_utterances
from assistant.speakers.utterances import EverythingSaid, listen
from sources.source import Card, Locator, Source, Text
from tests.assistant.speakers.texts import text_of

INTERVIEW = (
    "**Radio Meridian:** Would you accept a ban on joining NATO?\n\n"
    "**Rustem Koval:** We will never accept a veto. Some say that we must.\n\n"
    "In 1994 we got assurances. What were they worth?\n\n"
    "**Radio Meridian:** You asked for soldiers. How many are needed?\n\n"
    "**Rustem Koval:** Not fewer than 700,000.\n\n"
    "The interview was held in Tavel."
)


def heard(content: str) -> list[tuple[str, str, str]]:
    return [
        (one.speaker, one.manner, one.words.of(content))
        for one in find_utterances(text_of(content))
    ]


def test_each_turn_is_said_by_the_name_in_front_of_it() -> None:
    assert heard(INTERVIEW) == [
        ("Radio Meridian", "question", "Would you accept a ban on joining NATO?"),
        ("Koval", "direct quote", "We will never accept a veto."),
        ("Koval", "direct quote", "Some say that we must."),
        ("Koval", "direct quote", "In 1994 we got assurances."),
        ("Koval", "question", "What were they worth?"),
        ("Radio Meridian", "publisher's report", "You asked for soldiers."),
        ("Radio Meridian", "question", "How many are needed?"),
        ("Koval", "direct quote", "Not fewer than 700,000."),
    ]


def test_an_answer_knows_its_question() -> None:
    asked = {
        one.words.of(INTERVIEW): one.asked.of(INTERVIEW)
        for one in find_utterances(text_of(INTERVIEW))
        if one.asked
    }
    assert asked["Not fewer than 700,000."] == "You asked for soldiers. How many are needed?"


@pytest.mark.parametrize(
    ("content", "speakers"),
    [
        ("SPIEGEL: Sure?\n\nKlitschko: Yes.\n\nSPIEGEL: When?\n\nKlitschko: Soon.",
         ["Spiegel", "Klitschko", "Spiegel", "Klitschko"]),
        ("Anna Berg: Will you stay?\nMr Koval (Ukraine): We will.", ["Berg", "Koval"]),
        ("The Guardian: Sure?\n\nThe President: We are.", ["Guardian", "President"]),
        ("RADIO MERIDIAN: Sure?\n\nKLARA WEISS: Yes.\n\nRADIO MERIDIAN: Why?\n\nWEISS: So.",
         ["Radio Meridian", "Weiss", "Radio Meridian", "Weiss"]),
        ("*Radio Meridian:* Sure?\n\n*Klara Weiss:* Yes.", ["Radio Meridian", "Weiss"]),
        ("Mr Koval: A date.\n\nMs Weiss: There is none.\n\nMr Koval: Then we wait.",
         ["Koval", "Weiss", "Koval"]),
    ],
)  # fmt: skip
def test_labels_with_and_without_emphasis_are_read(content: str, speakers: list[str]) -> None:
    assert [speaker for speaker, _, _ in heard(content)] == speakers


@pytest.mark.parametrize(
    "content",
    [
        "Present: Ms Halvorsen\n\nApologies: Mr Brandt\n\nAction: Ms Weiss",
        "Country: Norlund | Troops: 300\n\nCountry: Lusania | Troops: 200",
        "Problem: Who pays for it?\n\nSolution: Norlund pays.",
        "The Big Question: Will it hold?\n\nThe Bottom Line: It might.",
        "Q: What now?\n\nA: We wait.",
        "**Norlund**: 450 million euros\n\n**Lusania**: 1,200 soldiers",
        "Norway: Will it send soldiers?\n\nSweden: It sends none.",
        "Rustem Koval: a man of few words.",
        "Start Date: 1 May\nEnd Date: 2 May\nStart Date: 3 May",
    ],
)
def test_lists_forms_and_tables_are_no_interviews(content: str) -> None:
    assert find_turns(content) == ()


@given(
    st.lists(
        st.sampled_from(["A B: ", "C D: ", "**E F:** ", "yes", "no?", "\n", "\n\n", " "]),
        max_size=30,
    )
)
def test_turns_lie_in_order_and_never_overlap(pieces: list[str]) -> None:
    content, reached = "".join(pieces), 0
    for turn in find_turns(content):
        assert reached <= turn.label.start < turn.label.end <= turn.words.start
        assert turn.words.of(content) == turn.words.of(content).strip()
        reached = turn.words.end
    assert reached <= len(content)


def _listen(text: Text) -> EverythingSaid:
    source = Source("interview", Card("Interview"), "0" * 64, "made up")
    return listen({"interview": (source, text)})


def test_an_answer_is_about_what_its_question_is_about() -> None:
    soldiers = Issue("soldiers", ("soldier*",))
    table = find_positions(_listen(text_of(INTERVIEW)).said, [soldiers])
    cell = table.cell("soldiers", "Koval")
    assert cell is not None
    assert cell.newest.statement == "Not fewer than 700,000."
    assert cell.newest.asked == "You asked for soldiers. How many are needed?"


def test_questions_are_nobodys_position_and_no_claim_of_the_text() -> None:
    everything = _listen(text_of(INTERVIEW))
    _, text = everything.texts["interview"]
    assert not any(one.statement.endswith("?") for one in everything.said)
    assert not any(one.of(text.content).endswith("?") for one in text.sentences)


MINUTES = "# Minutes\n\n## 1. Troops\n\nMs Weiss said Alpenland would stay neutral."


def _minutes() -> Text:
    headings = (Locator(0, "heading", "Minutes"), Locator(11, "heading", "1. Troops"))
    return Text(MINUTES, text_of(MINUTES).sentences, headings)


def test_a_statement_is_about_what_the_heading_above_it_says() -> None:
    (said,) = _listen(_minutes()).said
    assert (said.topic, said.statement) == (
        "1. Troops Ms Weiss said Alpenland would stay neutral.",
        "Alpenland would stay neutral",
    )


def test_headings_claim_nothing() -> None:
    _, text = _listen(_minutes()).texts["interview"]
    assert [one.of(MINUTES) for one in text.sentences] == [
        "Ms Weiss said Alpenland would stay neutral."
    ]
