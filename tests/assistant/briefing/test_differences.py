"""What sets two statements apart, and pairs of them side by side."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.briefing.compare import BESIDE, compare, compare_library
from assistant.briefing.differences import changed_words, find_differences
from assistant.briefing.issues import shipped_issues
from assistant.speakers.utterances import EverythingSaid, listen
from sources.source import Card, Source
from tests.assistant.speakers.texts import made_up, text_of


@pytest.mark.parametrize(
    ("left", "right", "numbers"),
    [
        ("26 countries joined.", "30 countries joined.", (("26 countries", "30 countries"),)),
        ("It lasts ten years.", "It lasts 15 years.", (("ten years", "15 years"),)),
        ("800,000 troops stay.", "Only 600,000 troops.", (("800,000 troops", "600,000 troops"),)),
        ("Twenty-six states.", "30 states.", (("Twenty-six states", "30 states"),)),
        ("Two hundred men.", "Two hundred and six men.",
         (("Two hundred men", "Two hundred and six men"),)),
        ("It costs €5bn.", "It costs 6 billion euros.", (("€5bn", "6 billion euros"),)),
        ("5,000 Norlund men.", "6,000 men.", (("5,000 Norlund men", "6,000 men"),)),
        ("Two hundred thousand troops.", "200,000 troops.", ()),
        ("One country left.", "1 country left.", ()),
        ("On 7 October people died.", "On 8 October people died.", ()),
        ("14 people were killed.", "41 people were wounded.", ()),
        ("It killed 14 and wounded 37.", "41 people were injured.", (("37", "41 people"),)),
        ("It killed 14 people.", "19 people died.", (("14 people", "19 people"),)),
        ("It killed 14 people.", "Nineteen dead.", (("14 people", "Nineteen"),)),
        ("14 soldiers were killed.", "19 people were killed.", ()),
        ("It lasts ten years.", "It lasts 10 years.", ()),
        ("It lasts ten years.", "It has 30 countries.", ()),
        ("It lasts ten years.", "It lasts.", ()),
    ],
)  # fmt: skip
def test_numbers_differ_when_they_count_the_same(
    left: str, right: str, numbers: tuple[tuple[str, str], ...]
) -> None:
    assert find_differences(left, right).numbers == numbers


def test_a_negation_and_a_modal_verb_are_differences() -> None:
    found = find_differences("Italy would send troops.", "Italy did not send troops.")
    assert (found.modality, found.negation) == (True, True)


def test_the_same_words_do_not_differ() -> None:
    assert not find_differences("It would not last ten years.", "It would not last ten years.")


def test_what_changed_is_marked_in_the_words() -> None:
    words = "30 countries would take part."
    marked = [span.of(words) for span in changed_words(words, "26 countries will take part.")]
    assert marked == ["30 countries", "would"]


@given(st.text(), st.text())
def test_marks_lie_in_the_words(words: str, other: str) -> None:
    for span in changed_words(words, other):
        assert span.of(words)


def test_one_party_on_two_days_is_compared_with_its_numbers() -> None:
    issue = [one for one in shipped_issues() if one.name == "coalition"]
    pairs = compare(made_up().said, issue, party="Macron")
    assert ("Macron", "Macron", "26 countries / 30 countries") in {
        (pair.earlier.speaker, pair.later.speaker, pair.differences.in_words()) for pair in pairs
    }


def test_the_length_of_the_guarantees_is_compared_across_parties() -> None:
    issue = [one for one in shipped_issues() if one.name == "duration"]
    pairs = compare(made_up().said, issue)
    found = {(pair.earlier.speaker, pair.later.speaker) for pair in pairs}
    assert ("Witkoff", "senior U.S. official") in found
    assert all(pair.differences for pair in pairs)


def _pairs(*sentences: str) -> list[str]:
    """How statements of a library of these texts, one a day, differ pair by pair."""
    texts = {}
    for day, words in enumerate(sentences, start=1):
        card = Card(f"Day {day}", published=date(2026, 1, day))
        source = Source(f"day-{day}", card, str(day) * 64, "made up")
        texts[source.slug] = (source, text_of(words))
    return [pair.differences.in_words() for pair in compare(listen(texts).said, shipped_issues())]


@pytest.mark.parametrize(
    "sentences",
    [
        (
            "Zelensky said that while the plan may not be perfect, it establishes a framework of"
            " security guarantees involving Ukraine and the European Union.",
            "Kyiv said the security framework was both an economic safeguard and a boost to"
            " defense potential.",
        ),
        (
            "Peskov said Russia would never accept foreign troops in Ukraine.",
            "Zelensky said Ukraine would keep 800,000 troops in peacetime.",
        ),
        (
            "Graham said Congress would not vote on the guarantees before the summer.",
            "Tusk said members of Congress had demanded a briefing.",
        ),
        (
            "Meloni said Italy would not send troops to Ukraine.",
            "Macron said the troops of Ukraine would be trained in France.",
        ),
    ],
)
def test_statements_about_different_things_are_not_set_side_by_side(
    sentences: tuple[str, str],
) -> None:
    assert _pairs(*sentences) == []


@pytest.mark.parametrize(
    ("sentences", "differs"),
    [
        (
            (
                "Peskov said Russia would never accept foreign troops in Ukraine.",
                "Lavrov said Russia would accept foreign troops in western Ukraine.",
            ),
            "negation",
        ),
        (
            (
                "Macron said France would send troops to Odesa.",
                "Macron said France could send troops to Odesa.",
            ),
            "modality",
        ),
        (
            (
                "Starmer said 26 countries had joined the coalition.",
                "Macron said 30 countries had joined the coalition.",
            ),
            "26 countries / 30 countries",
        ),
    ],
)
def test_the_same_thing_said_differently_is_set_side_by_side(
    sentences: tuple[str, str], differs: str
) -> None:
    assert set(_pairs(*sentences)) == {differs}


def _library(**texts: tuple[str, int]) -> EverythingSaid:
    """A library of texts by slug, each with its words and its day in January 2026."""
    return listen(
        {
            slug: (
                Source(slug, Card(slug, published=date(2026, 1, day)), f"{slug:0>64}", "made up"),
                text_of(words),
            )
            for slug, (words, day) in texts.items()
        }
    )


def _compared(everything: EverythingSaid) -> list[tuple[str, str, str, str]]:
    pairs = compare_library(everything, shipped_issues())
    return [
        (one.issue, one.earlier.speaker, one.later.speaker, one.differences.in_words())
        for one in pairs
    ]


def test_two_sources_of_one_day_are_compared_for_one_speaker() -> None:
    everything = _library(
        first=("Macron said 26 countries had joined the coalition.", 1),
        second=("Macron said 30 countries had joined the coalition.", 1),
    )
    assert _compared(everything) == [
        ("coalition", "Macron", "Macron", "26 countries / 30 countries")
    ]


def test_one_speaker_is_not_compared_within_one_text() -> None:
    words = (
        "Macron said 26 countries had joined the coalition."
        " Macron said 30 countries had joined the coalition."
    )
    assert _compared(_library(only=(words, 1))) == []


def test_numbers_are_compared_beside_the_listed_issues() -> None:
    everything = _library(
        first=("A strike on the railway depot killed 14 people on Monday, Olha Marchenko said.", 1),
        second=(
            "At least 19 people were killed in the strike on the railway depot on Monday, the"
            " regional governor Olha Marchenko said on Tuesday, raising an earlier toll.",
            2,
        ),
    )
    assert _compared(everything) == [(BESIDE, "Marchenko", "Marchenko", "14 people / 19 people")]


def test_two_sums_of_money_for_different_things_are_not_compared() -> None:
    everything = _library(
        first=("Olha Marchenko said that repairs would cost 12 million euros.", 1),
        second=("Klara Weiss said Alpenland had offered 60 million euros for demining.", 2),
    )
    assert _compared(everything) == []


def test_a_figure_that_a_text_calls_contested_is_set_beside_the_other() -> None:
    words = (
        "Norlund delivered aid worth 391 million euros, the national audit office said."
        " Petra Nyqvist said that the launchers were late. The government disputes the figure."
        " Jonas Aas said that 462 million euros had been spent, training included."
    )
    assert _compared(_library(budget=(words, 1))) == [
        (BESIDE, "national audit office", "Aas", "391 million euros / 462 million euros")
    ]
    without = words.replace(" The government disputes the figure.", "")
    assert _compared(_library(budget=(without, 1))) == []
