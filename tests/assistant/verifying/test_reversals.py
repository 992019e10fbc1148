"""A statement that turns its source round is seen in each language of the subject."""

import pytest

from assistant.reader.reader import SentenceReader
from assistant.verifying.check import Cited, verify
from assistant.verifying.reversals import reversed_negation, unread

SAID = {
    "uk": [
        ("Спостерігачам не дозволять носити зброю.", "Спостерігачам дозволять носити зброю."),
        ("Гроші надійдуть у березні.", "Гроші не надійдуть у березні."),
        ("Ніхто з учасників угоду підписати не погодився.",
         "Учасники угоду підписати погодилися."),
        ("Суд визнав огляд судна незаконним.", "Суд визнав огляд судна законним."),
        ("Країна відмовилася постачати ракети.", "Країна постачати ракети погодилася."),
    ],
    "ru": [
        ("Ночью движение судов не запрещено.", "Ночью движение судов запрещено."),
        ("Страховщики снизили премию.", "Страховщики не снизили премию."),
        ("Порт не принимает зерно.", "Порт принимает зерно."),
        ("Осмотр судна в проливе незаконен.", "Осмотр судна в проливе законен."),
    ],
    "pl": [
        ("Żołnierze nie mogą zabierać telefonów.", "Żołnierze mogą zabierać telefony."),
        ("Sprzęt zostaje w kraju kursantów.", "Sprzęt nie zostaje w kraju kursantów."),
        ("Żaden kurs nie kończy się egzaminem.", "Kurs kończy się egzaminem."),
        ("Umowa jest ważna do maja.", "Umowa jest nieważna do maja."),
    ],
    "de": [
        ("Das Mandat löst den Bündnisfall nicht aus.", "Das Mandat löst den Bündnisfall aus."),
        ("Die Klinik erhält einen Speicher.", "Die Klinik erhält keinen Speicher."),
        ("Die Soldaten tragen ohne Ausnahme Waffen.", "Die Soldaten tragen mit Ausnahme Waffen."),
        ("Der Beschluss ist ungültig.", "Der Beschluss ist gültig."),
    ],
    "fr": [
        ("Aucune rançon n'a été versée.", "Une rançon a été versée."),
        ("Les frégates entrent dans le port.", "Les frégates n'entrent pas dans le port."),
        ("Un rejet ne bloquerait pas la mission.", "Un rejet bloquerait la mission."),
        ("Le texte est inacceptable.", "Le texte est acceptable."),
    ],
}  # fmt: skip
PAIRS = [(code, *pair) for code, pairs in SAID.items() for pair in pairs]


@pytest.mark.parametrize(("language", "said", "turned"), PAIRS)
def test_a_reversal_is_seen_both_ways(
    language: str, said: str, turned: str, real_reader: SentenceReader
) -> None:
    for statement, cited in ((turned, said), (said, turned)):
        found = verify(statement, [Cited(cited, language=language)], model=real_reader)
        assert found.support == "not_supported"
        assert "negation" in [fault.kind for fault in found.faults]
        assert reversed_negation(statement, [cited], language) is not None


@pytest.mark.parametrize(
    ("language", "said"), [(code, said) for code, *pair in PAIRS for said in pair]
)
def test_a_sentence_supports_itself(language: str, said: str, real_reader: SentenceReader) -> None:
    found = verify(said, [Cited(said, language=language)], model=real_reader)
    assert (found.support, found.doubt) == ("supported", None)


@pytest.mark.parametrize(
    ("language", "statement", "cited"),
    [
        ("uk", "Спостерігачі не носитимуть зброю.",
         "Спостерігачам заборонено носити зброю, але вони матимуть шоломи."),
        ("de", "Das Mandat gilt ein Jahr.",
         "Das Mandat gilt ein Jahr, es wird nicht verlängert."),
        ("pl", "Instruktorów przysłało siedem państw.",
         "Instruktorów przysłało siedem państw, lecz nie ma tłumaczy."),
        ("fr", "Les frégates patrouilleront en mai.",
         "Les frégates patrouilleront en mai, sans jamais entrer dans le port."),
    ],
)  # fmt: skip
def test_what_another_clause_denies_turns_nothing_round(
    language: str, statement: str, cited: str
) -> None:
    assert reversed_negation(statement, [cited], language) is None


@pytest.mark.parametrize(
    ("statement", "cited", "doubt"),
    [
        (
            "The monitors Kovshar leads carry weapons.",
            "Спостерігачам не дозволять носити зброю.",
            "the statement is in English and the cited words in Ukrainian: "
            "whether they deny it was not read",
        ),
        (
            "Sprzęt zostaje w kraju kursantów.",
            "The equipment stays in the country of the trainees.",
            "the statement is in Polish and the cited words in English: "
            "whether they deny it was not read",
        ),
        (
            "Los soldados no se quedan en el puerto.",
            "Los soldados no se quedan en el puerto.",
            "whether they deny it was not read: their language is not known",
        ),
    ],
)
def test_what_cannot_be_read_is_at_most_partly_supported(
    statement: str, cited: str, doubt: str, real_reader: SentenceReader
) -> None:
    assert unread(statement, [Cited(cited).spoken]) == doubt
    found = verify(statement, [Cited(cited)], model=real_reader)
    assert found.support != "supported"
    assert doubt in (found.doubt or "")
