"""Words are found in all their forms in each language, and names in every script."""

from collections.abc import Callable

import pytest

from index import ukrainian
from index.lexical import Lexical
from index.library import Library
from index.stemming import stems_in, telling_stems_in

MISSION = "Спостерігачам не дозволять носити зброю. Про це заявив пан Ковшар у Києві."
PORT = "Порт снова принимает суда с зерном, и страховщики снизили премию для судов."
RAILWAY = "Przewoźnicy protestują na granicy i domagają się wspólnych kontroli celnych."
GRID = "Die Krankenhäuser erhalten eigene Batteriespeicher, und die Netze laufen wieder."
NAVY = "Les pêcheurs redoutent de perdre leurs zones, et ils réclament des indemnités."
TROOPS = "The partners will send troops, and Mr Shmyhal thanked them in Brussels."


@pytest.fixture
def words(library_of: Callable[..., Library]) -> Lexical:
    return library_of(
        mission=MISSION, port=PORT, railway=RAILWAY, grid=GRID, navy=NAVY, troops=TROOPS
    ).lexical


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Яку зброю носить спостерігач?", "mission"),
        ("Какая премия страховщика?", "port"),
        ("kontrola celna przewoźnika", "railway"),
        ("Welches Krankenhaus erhält Speicher?", "grid"),
        ("Quelle indemnité pour le pêcheur ?", "navy"),
        ("przewoznicy", "railway"),
        ("Which partner sends a troop?", "troops"),
    ],
)
def test_each_language_is_searched_by_its_own_stems(
    words: Lexical, question: str, found: str
) -> None:
    assert [name for name, _ in words.search(question, limit=5)] == [f"{found}#0"]
    assert words.cover(question, limit=5)[0][0] == f"{found}#0"


def test_the_languages_of_the_passages_are_told(words: Lexical) -> None:
    assert set(words.languages) == {"en", "uk", "ru", "pl", "de", "fr"}


def test_a_small_word_of_one_language_is_not_rare_in_another(words: Lexical) -> None:
    found = words.search("Will troops die in it, or was it the war?", limit=5)
    assert [name for name, _ in found] == ["troops#0"]


def test_a_word_in_any_form_is_counted_in_every_language(words: Lexical) -> None:
    forms = ("зброя", "страховщик", "kontrola", "Netz", "zone")
    assert [words.mentions(word) for word in forms] == [1] * 5
    assert words.mentions("kontrola celna") == 1
    assert words.mentions("гелікоптер") == 0
    assert words.holding("носити зброю") == {"mission#0"}
    assert words.holding("зброю носити") == frozenset()


@pytest.mark.parametrize(
    "name", ["Shmyhal", "Шмигаль", "Шмыгаля", "Schmyhal", "Szmyhal", "Brüssel", "Брюссель", "Kyiv",
             "Kowschar", "Kovshar"],
)  # fmt: skip
def test_a_name_is_mentioned_in_whatever_script_it_stands(words: Lexical, name: str) -> None:
    assert words.mentions_name(name)


@pytest.mark.parametrize("name", ["Sybiha", "Сибіга", "Miami", "Маямі", "Lwów", "Koval", "shmygal"])
def test_a_name_that_stands_in_no_script_is_not_mentioned(words: Lexical, name: str) -> None:
    assert words.mentions_name(name) == 0


def test_what_is_removed_is_found_in_no_language(words: Lexical) -> None:
    words.remove("mission")
    assert words.search("зброю", limit=5) == ()


def test_accents_and_apostrophes_part_no_word() -> None:
    assert stems_in("П’ять об'єктів", "uk") == stems_in("п'ять об’єкти", "uk")
    assert stems_in("l'accord", "fr") == ("l", "accord")
    assert stems_in("Łódź", "pl") == stems_in("łodz", "pl") or stems_in("Łódź", "pl") == ("lodz",)
    assert stems_in("ещё", "ru") == stems_in("еще", "ru")
    assert telling_stems_in("Die Truppen und das Netz", "de") == ("trupp", "netz")


@pytest.mark.parametrize(
    "forms",
    ["гарантія гарантії гарантій гарантіями гарантіях", "Київ Києва Києві Києвом",
     "військовий військові військових військовими військової", "республіка республіці республік",
     "сторона сторін сторони стороні", "рівень рівня рівнем рівні", "жінка жінок жінки",
     "переговори переговорів переговорами", "Харків Харкова Харкові", "осіб особа особи особами",
     "зброя зброю зброї зброєю"],
)  # fmt: skip
def test_forms_of_a_ukrainian_word_have_one_stem(forms: str) -> None:
    assert len({ukrainian.stem(form.casefold()) for form in forms.split()}) == 1


def test_the_very_form_of_a_word_is_told_from_its_stem(words: Lexical) -> None:
    assert (words.writes("Troops"), words.writes("troop"), words.mentions("troop")) == (1, 0, 1)
    assert words.writes("zones") == 0
    assert words.writes("zones", language="fr") == 1
    assert words.writes("two words") == words.writes("…") == 0
