import pytest

from assistant.asking.spelling import Reading, read_typed

USED = {"soldiers": 3, "zelensky": 5, "guarantees": 4, "iraq": 2, "tusk": 2, "walker": 1}


def _mentions(word: str) -> int:
    return USED.get(word.lower(), 0)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("How many soliders stay?", "How many soldiers stay?"),
        ("What did Zelenksy say?", "What did Zelensky say?"),
        ("zelenskyy said", "zelensky said"),
        ("List the guarentees", "List the guarantees"),
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
    ],
)
def test_another_name_and_a_known_word_stay_as_they_are(typed: str) -> None:
    assert read_typed(typed, _mentions) == Reading(typed)


def test_the_reader_is_told_how_a_word_is_read() -> None:
    assert read_typed("How many soliders?", _mentions).notice == (
        "“soliders” is read as “soldiers”: no source has the word as it was typed."
    )
    assert read_typed("How many soldiers?", _mentions).notice is None
