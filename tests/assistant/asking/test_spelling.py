import pytest

from assistant.asking.spelling import Reading, read_typed

USED = {
    "soldiers": 3,
    "zelensky": 5,
    "guarantees": 4,
    "iraq": 2,
    "tusk": 2,
    "walker": 1,
    "obstacle": 2,
}


def _mentions(word: str) -> int:
    return USED.get(word.lower(), 0)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("How many soliders stay?", "How many soldiers stay?"),
        ("What did Zelenksy say?", "What did Zelensky say?"),
        ("zelenskyy said", "zelensky said"),
        ("List the guarentees", "List the guarantees"),
        ("What is the main obstical?", "What is the main obstacle?"),
    ],
)
def test_a_slip_is_read_as_the_word_the_sources_use(typed: str, read: str) -> None:
    assert read_typed(typed, _mentions).words == read


@pytest.mark.parametrize(
    "typed",
    [
        "What did Iran say?",
        "Is Tisk here?",
        "Who is Walser?",
        "How many soldiers?",
        "What of NAOT?",
        "Who is Obstical?",
        "How many dipolmats?",
    ],
)
def test_another_name_and_a_known_word_stay_as_they_are(typed: str) -> None:
    assert read_typed(typed, _mentions) == Reading(typed)


def test_the_reader_is_told_how_a_word_is_read() -> None:
    assert read_typed("How many soliders?", _mentions).notice == (
        "“soliders” is read as “soldiers”: no source has the word as it was typed."
    )
    assert read_typed("How many soldiers?", _mentions).notice is None


def test_a_word_is_never_read_as_a_stem_with_an_ending() -> None:
    reading = read_typed("How many viele?", lambda word: int(word in {"view", "viewe"}))
    assert reading.words == "How many viele?"


def test_a_question_in_another_language_is_left_as_it_is() -> None:
    asked = "Wie viele Soldaten hat die Ukraine?"
    assert read_typed(asked, lambda word: int(word != "viele")) == Reading(asked)


@pytest.mark.parametrize(
    "typed",
    ["summarise", "Summarise", "organisations", "defence", "neighbouring", "programme", "centre",
     "labour", "travelled", "criticised", "analyse", "fulfil", "catalogue"],
)  # fmt: skip
def test_a_british_form_is_no_slip(typed: str) -> None:
    asked = f"{typed} it"
    assert read_typed(asked, lambda word: int(word != typed)) == Reading(asked)


@pytest.mark.parametrize("typed", ["Ukrainians", "ukrainians", "Hungarians", "Moscow"])
def test_a_form_of_a_known_name_is_no_slip(typed: str) -> None:
    asked = f"What do {typed} want?"
    assert read_typed(asked, lambda word: int(word.lower() != typed.lower())) == Reading(asked)


def test_a_slip_is_read_as_no_form_that_only_a_stem_makes() -> None:
    stems = {"guaranty", "guarantor", "guarantee"}
    read = read_typed("Which guarentee?", lambda word: int(word in stems), lambda _word: 0)
    assert read == Reading("Which guarentee?")


@pytest.mark.parametrize(
    "asked",
    ["Скільки військовіх?", "Wie viele Soldatem hat das Land?", "Ilu żołnieży zostanie?",
     "Combien de soldas resteront ?", "Сколько военнных останется?"],
)  # fmt: skip
def test_words_of_other_languages_are_left_alone(asked: str) -> None:
    assert read_typed(asked, lambda _word: 0, lambda _word: 1) == Reading(asked)
