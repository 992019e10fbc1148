"""Who said what, sentence by sentence, and measured on the labelled sample."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.speakers.speaker_sample import measure, read_sample
from assistant.speakers.speakers import find_utterances, first_speaker
from sources.readers.content import Builder
from sources.sentences import find_sentences
from sources.source import Text
from tests.assistant.speakers.texts import SAMPLE, shipped_article, text_of


def heard(content: str) -> list[tuple[str, str, str]]:
    return [
        (one.speaker, one.manner, one.words.of(content))
        for one in find_utterances(text_of(content))
    ]


def test_a_pronoun_is_the_last_named_speaker() -> None:
    assert heard("President Emmanuel Macron said the plan was ready. He called it fair.") == [
        ("Macron", "reported speech", "the plan was ready"),
        ("Macron", "reported speech", "it fair"),
    ]


def test_a_pronoun_without_anybody_before_it_is_nobody() -> None:
    assert heard("He said the plan was ready.") == []


def test_a_pronoun_skips_a_speaker_it_cannot_mean() -> None:
    content = "Macron said the plan was ready. Meloni said it was not. He said it was fair."
    assert [speaker for speaker, _, _ in heard(content)] == ["Macron", "Meloni", "Macron"]


def test_a_pronoun_sentences_later_means_who_spoke_and_not_whom_he_met() -> None:
    content = (
        "Zelensky said the draft was short. On Sunday he met Trump in Florida."
        " The talks went on all night. He said three points were open."
    )
    assert [speaker for speaker, _, _ in heard(content)] == ["Zelensky", "Zelensky"]


def test_a_pronoun_after_an_unnamed_official_is_the_official() -> None:
    content = (
        "Macron said the force was ready. A French official said half of it was French."
        " He said the rest was not. French officials said nothing was signed. He said it was."
    )
    assert [speaker for speaker, _, _ in heard(content)] == [
        "Macron",
        "French official",
        "French official",
        "French officials",
        "French official",
    ]


def test_a_pronoun_may_mean_somebody_named_again_by_surname() -> None:
    content = (
        "Prime Minister Erik Lindqvist said it would be paid. Sanna Berg said it was late."
        " Lindqvist rejected the call. He said it was not."
    )
    assert [speaker for speaker, _, _ in heard(content)] == ["Lindqvist", "Berg", "Lindqvist"]


@pytest.mark.parametrize(
    ("content", "speaker"),
    [
        ("Brandt ruled out sending soldiers: “There will be none of ours.”", "Brandt"),
        ("Chancellor Tomas Brandt flatly refused: “There will be none of ours.”", "Brandt"),
        ("The minister dismissed the reports: “There will be none of ours.”", "minister"),
    ],
)
def test_a_quotation_after_a_colon_is_of_who_acts_before_it(content: str, speaker: str) -> None:
    assert [one for one, _, _ in heard(content)] == [speaker]


@pytest.mark.parametrize(
    "content",
    [
        "Brandt was told by friends: “There will be none of ours.”",
        "Brandt got a letter from Putin: “There will be none of ours.”",
    ],
)
def test_a_quotation_after_a_colon_is_not_of_who_is_told_it(content: str) -> None:
    assert heard(content) == []


def test_what_stands_before_its_speaker_with_a_title_and_an_article_is_said() -> None:
    content = (
        "At least 19 people were killed, the regional governor Olha Marchenko said on Tuesday."
    )
    assert heard(content) == [("Marchenko", "reported speech", "At least 19 people were killed")]


def test_a_statement_may_begin_with_this() -> None:
    assert heard("Mr Koval said that this was not enough.") == [
        ("Koval", "reported speech", "this was not enough")
    ]


def test_an_announced_statement_is_of_who_made_it() -> None:
    content = (
        "Foreign Minister Ingrid Halvorsen made the following statement in Oslund.\n\n"
        "“We will not send troops.”\n\n“We will pay for their training.”\n\nTalks go on."
    )
    assert heard(content) == [
        ("Halvorsen", "direct quote", "We will not send troops."),
        ("Halvorsen", "direct quote", "We will pay for their training."),
    ]


def test_a_quotation_is_told_from_reported_speech() -> None:
    assert heard("“The planning is complete,” Starmer told parliament.") == [
        ("Starmer", "direct quote", "The planning is complete")
    ]


def test_a_quotation_that_goes_on_keeps_its_speaker() -> None:
    content = "“It is too early for a date,” said Kallas. “First we need to see the text.”"
    assert [speaker for speaker, _, _ in heard(content)] == ["Kallas", "Kallas"]


def test_a_publisher_that_reports_is_not_a_party_that_speaks() -> None:
    assert heard("NBC News reported that differences have emerged.") == [
        ("NBC News", "publisher's report", "differences have emerged")
    ]


def test_officials_without_a_name_are_kept_apart() -> None:
    assert heard("Two European diplomats said the text was not final.") == [
        ("European diplomats", "unnamed", "the text was not final")
    ]


def test_the_official_is_the_one_just_spoken_of() -> None:
    content = "A senior U.S. official said it was done. The official said it was secret."
    assert [speaker for speaker, _, _ in heard(content)] == ["senior U.S. official"] * 2


def test_two_who_differ_in_one_sentence_each_get_their_part() -> None:
    assert heard("Moscow insists that troops must leave, while Kyiv argues that they stay.") == [
        ("Moscow", "reported speech", "troops must leave"),
        ("Kyiv", "reported speech", "they stay"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        "Macron did not say when he would travel.",
        "Macron would say nothing about the date.",
        "The judge rejected the appeal on Wednesday.",
        "The agreement says that each party may withdraw.",
        "Macron is to speak on Monday.",
    ],
)
def test_what_is_not_said_is_not_attributed(content: str) -> None:
    assert heard(content) == []


def test_a_publisher_of_the_library_is_known_as_one() -> None:
    text = text_of("The ceiling stands, the Morning Ledger reported.")
    (found,) = find_utterances(text, publishers=["The Morning Ledger"])
    assert (found.speaker, found.manner) == ("Morning Ledger", "publisher's report")


def test_the_shipped_article_has_its_speakers() -> None:
    speakers = {one.speaker for one in shipped_article().said}
    assert speakers == {"Zelensky", "Vance", "NBC News", "negotiators", "Kyiv"}


@pytest.mark.parametrize("half", ["tuning", "held out", "farther back"])
def test_the_labelled_sample_is_read_well(half: str) -> None:
    found = measure(one for one in read_sample(SAMPLE) if one.half == half)
    assert found.precision >= 0.9
    assert found.recall >= 0.8


@given(st.text(alphabet='Macron said thet “”",.:;— HeKyiv\n', max_size=120) | st.text())
def test_whatever_the_text_words_lie_in_their_sentence(content: str) -> None:
    for one in find_utterances(text_of(content)):
        assert one.sentence.covers(one.words)
        assert one.words.of(content)


@pytest.mark.parametrize(
    ("content", "speaker", "statement"),
    [
        (
            "In an interview last year, Resnick said, “people kill for all sorts of reasons.”",
            "Resnick",
            "people kill for all sorts of reasons",
        ),
        (
            "Sanders, who has not yet done so, said Tuesday he would publish the letter.",
            "Sanders",
            "he would publish the letter",
        ),
        (
            "Temi Afolabi, a lawyer in Lagos, said officers have a reputation for cruelty.",
            "Afolabi",
            "officers have a reputation for cruelty",
        ),
        (
            "It began in 1992, founder Simeon Midenda told the news site Vanguard.",
            "Midenda",
            "It began in 1992",
        ),
    ],
)
def test_the_orders_that_news_uses(content: str, speaker: str, statement: str) -> None:
    ((found, _, words),) = heard(content)
    assert (found, words.rstrip(".")) == (speaker, statement)


def test_a_lost_quotation_mark_puts_no_later_sentence_in_a_mouth() -> None:
    content = 'Chesser said, "he is a great athlete. They had a son. They parted in 1995.'
    assert all("son" not in words for _, _, words in heard(content))


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("U.S. Vice President J.D. Vance said talks are hard.", "U.S. Vice President J.D. Vance"),
        ("“We will stay,” said Zelensky.", "Zelensky"),
        ("Macron arrived in Kyiv. He said France would stay.", "Macron"),
        ("He said France would stay.", None),
        ("The plan covers three regions.", None),
    ],
)
def test_the_first_speaker_of_quoted_words_is_named(words: str, speaker: str | None) -> None:
    assert first_speaker(words) == speaker


def test_quoted_mail_is_said_by_its_sender_and_its_he_is_nobody_outside_of_it() -> None:
    builder = Builder()
    builder.paragraph("President Macron said the plan was ready.")
    label = "Karel Novy, 5 June 2026"
    builder.quoted("On 5 June 2026 at 17:02, Karel Novy wrote:", whose=label)
    builder.quoted(
        "Nine ships will sail. Viktor Orban said it was late. He called it fair.", whose=label
    )
    builder.quoted("Nobody knows who wrote this.", level=2)
    content = builder.content()
    sentences = find_sentences(content.body, blocks=content.blocks)
    text = Text(content.body, sentences, content.locators, content.blocks)
    assert [
        (one.speaker, one.quoted_from, one.words.of(content.body)) for one in find_utterances(text)
    ] == [
        ("Macron", None, "the plan was ready"),
        ("Novy", label, "Nine ships will sail."),
        ("Orbán", label, "it was late"),
        ("Orbán", label, "it fair"),
    ]
