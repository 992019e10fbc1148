import pytest

from sources.language import is_foreign, language_of_question, language_of_text, name_of


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("How many troops would Ukraine keep?", "en"),
        ("Скільки військових залишить Україна?", "uk"),
        ("Сколько военных оставит Украина?", "ru"),
        ("Ilu żołnierzy zatrzyma Ukraina?", "pl"),
        ("Wie viele Soldaten behält die Ukraine?", "de"),
        ("Combien de soldats l'Ukraine gardera-t-elle ?", "fr"),
        ("Кто платит?", "ru"),
        ("Хто платить?", "uk"),
        ("Насколько снизилась страховая премия для судов?", "ru"),
        ("Why?", "en"),
        ("WIE VIELE SOLDATEN?", "de"),
    ],
)
def test_a_question_is_told_by_its_commonest_words(question: str, language: str) -> None:
    assert language_of_question(question) == language


@pytest.mark.parametrize(
    "words", ["troops?", "Зеленський", "NATO", "Truppen", "", "2031", "Wałęsa"]
)
def test_bare_words_that_may_be_of_several_languages_are_of_none(words: str) -> None:
    assert language_of_question(words) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Спостерігачам не дозволять носити зброю, заявив речник місії у понеділок.", "uk"),
        ("Наблюдателям не разрешат носить оружие, заявил представитель миссии.", "ru"),
        ("Obserwatorzy nie będą nosić broni, powiedział rzecznik misji w poniedziałek.", "pl"),
        ("Die Beobachter dürfen keine Waffen tragen, sagte der Sprecher der Mission.", "de"),
        ("Les observateurs ne porteront pas d'armes, a dit le porte-parole lundi.", "fr"),
        ("The monitors will carry no weapons, the mission's spokesman said on Monday.", "en"),
        (
            "De regering heeft gisteren besloten dat er geen soldaten naar het oosten gaan, zei de"
            " minister in een gesprek met de krant, omdat het parlement nog niet gestemd heeft.",
            "nl",
        ),
        (
            "Урад учора вырашыў, што не пашле салдат на ўсход, сказала міністарка ў размове з"
            " газетай, таму што парламент пакуль не галасаваў, і шмат чаго яшчэ не ясна.",
            "be",
        ),
        ("15.01.2031", None),
        ("", None),
    ],
)
def test_a_text_is_told_by_all_its_words(text: str, language: str | None) -> None:
    assert language_of_text(text) == language


def test_a_long_text_is_told_by_more_than_its_beginning() -> None:
    heading = "Agenda and minutes of the meeting of the council. " * 4
    body = "Сторони не погодили, хто першим відводить важку артилерію. " * 400
    assert language_of_text(heading + body) == "uk"


@pytest.mark.parametrize(
    "question", ["What did von der Leyen say?", "Did 14 people die?", "EU co-operation", "Gdańsk"]
)
def test_a_foreign_name_makes_no_foreign_question(question: str) -> None:
    assert not is_foreign(question)


def test_languages_have_their_english_names() -> None:
    assert [name_of(code) for code in ("uk", "nl", "zz")] == ["Ukrainian", "Dutch", "zz"]


@pytest.mark.parametrize(
    "question",
    ["How long would it last?", "Zelensky Miami meetings", "duration of guarantees", "obstacles",
     "What did von der Leyen say?", "Why?", "Was Vance in Miami?", "von der Leyen on EU membership",
     "MIT report", "EU co-operation"],
)  # fmt: skip
def test_english_is_taken_for_english(question: str) -> None:
    assert not is_foreign(question)


@pytest.mark.parametrize(
    "question",
    ["Wie lange sollen die Garantien gelten?", "Quelle est la durée des garanties ?",
     "Jakie są filary planu?", "Скільки військових?", "¿Cuántos soldados?", "Зеленський",
     "Was sagte Vance über die Verhandlungen?", "Was hat Norlund versprochen?",
     "Qui a refusé l'accord ?"],
)  # fmt: skip
def test_another_language_is_not(question: str) -> None:
    assert is_foreign(question)
