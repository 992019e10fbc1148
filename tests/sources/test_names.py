from itertools import combinations
from pathlib import Path

import pytest

from sources.names import is_same_name, name_keys, names_in, place_names, spelling_keys

HERE = Path(__file__).parent
FORMS = [line.split() for line in (HERE / "name_forms.txt").read_text("utf-8").splitlines()]
"""One name a line, as several languages write it."""
DIFFERENT = [
    line.split() for line in (HERE / "different_names.txt").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("forms", FORMS, ids=lambda forms: forms[0])
def test_a_name_is_one_in_every_script_spelling_and_case(forms: list[str]) -> None:
    assert [form for form in forms[1:] if not is_same_name(forms[0], form)] == []


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_names_that_are_only_alike_are_two(one: str, other: str) -> None:
    assert not is_same_name(one, other)


def test_none_of_the_names_is_taken_for_another() -> None:
    assert [
        (one[0], other[0])
        for one, other in combinations(FORMS, 2)
        if any(is_same_name(first, second) for first in one for second in other)
    ] == []


def test_countries_and_large_cities_have_their_names_in_every_language() -> None:
    assert place_names("Belgium") >= {"бельгія", "бельгия", "belgia", "belgien", "belgique"}
    assert place_names("Київ") >= {"kyiv", "kiew", "kijów", "киев", "kiev"}
    assert place_names("Warsaw") >= {"варшава", "warszawa", "warschau", "varsovie"}
    assert place_names("Norlund") == frozenset()


def test_only_words_that_begin_large_are_names() -> None:
    assert [*names_in("Тоді пан Шмигаль сказав: ні. Шмигаль у ЄС.")] == ["Тоді", "Шмигаль"]


def test_within_a_language_the_vowels_tell_names_apart() -> None:
    assert spelling_keys("Zelensky", "en") & spelling_keys("Zelenskyy", "en")
    assert not spelling_keys("Tusk", "en") & spelling_keys("Task", "en")
    assert not spelling_keys("Trump", "en") & spelling_keys("Tremp", "en")


@pytest.mark.parametrize("word", ["", "'", "42", "東京", "…", "ʼ"])
def test_what_is_no_name_that_is_read_here_has_no_keys(word: str) -> None:
    assert name_keys(word) == frozenset()
