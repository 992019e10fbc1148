"""Scans are read where a program for it is installed, and say that they were; else refused."""

import io
import time
from collections.abc import Iterator

import pytest

from sources.confined import ConfinedReader
from sources.errors import UnreadableFileError
from sources.problems import unread
from sources.readers.ocr import tesseract
from sources.reading import Reading, read_bytes, readable_kinds
from sources.source import Span, pages_in_words
from tests.sources.readers.drawing import Sheet, draw
from tests.sources.readers.scans import (
    needs,
    pictured,
    saved,
    with_rapid_alone,
    without_ocr,
    written,
)

_ENGLISH = [
    "The mission began in Ravenport in March 2026. It has 1,450 guards",
    "at three quays, and it will send sixty launches to the northern",
    "quay. Northland keeps the lighthouse for ten years.",
]
_SENTENCE = (
    "It has 1,450 guards at three quays, and it will send sixty launches to the northern quay."
)
_UKRAINIAN = [
    "Місія почалася в Одесі у березні 2026 року. Вона має 1450",
    "вартових, а порт отримає шістдесят катерів. Угода діє",
    "десять років, і жодна сторона не може вийти раніше.",
]
_OTHERS = {
    "de": [
        "Die Küstenwache schickt zwölf Boote über die Ostsee.",
        "Das Abkommen läuft zehn Jahre.",
    ],
    "pl": ["Straż przybrzeżna wyśle łodzie do Gdańska.", "Umowa obowiązuje dziesięć lat."],
    "fr": ["L’État prêtera vingt bateaux à la côte.", "La mission a commencé en août à Brest."],
    "ru": ["Миссия началась в марте этого года.", "Порт получит двадцать новых катеров."],
}


@pytest.fixture(autouse=True)
def _languages_anew() -> Iterator[None]:
    yield
    tesseract.languages.cache_clear()


def _report() -> Sheet:
    return (
        Sheet()
        .text(60, 720, "Report on the harbour", size=20)
        .lines(60, 680, _ENGLISH, size=13, pitch=18)
    )


def _said(reading: Reading) -> str:
    return " ".join(reading.body.split())


def test_without_a_program_for_it_a_scan_is_refused_with_what_to_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without_ocr(monkeypatch)
    picture = pictured(_report())
    for raw, name in ((saved(picture, "PDF"), "a.pdf"), (saved(picture, "PNG"), "a.png")):
        with pytest.raises(UnreadableFileError) as refused:
            read_bytes(raw, name)
        assert "pip install 'guarantees-assistant[ocr]'" in refused.value.remedy
        assert "apt-get install tesseract-ocr" in refused.value.remedy
    assert ".png" not in readable_kinds()


def test_a_scanned_page_is_read_and_says_so_in_problems_and_citations() -> None:
    needs("en")
    reading = read_bytes(saved(pictured(_report()), "PDF"), "a.pdf")
    assert _SENTENCE in _said(reading)
    assert reading.problems == ("read by OCR: check against the picture: page 1",)
    assert unread(reading.problems) == ()
    assert reading.body.startswith("Report on the harbour\n")
    assert reading.blocks[0].kind == "heading"
    at = reading.body.index("1,450")
    assert pages_in_words(reading.locators, Span(at, at + 5)) == "p. 1, read by OCR"


def test_only_the_pages_without_text_are_recognised() -> None:
    needs("en")
    from pypdf import PdfReader, PdfWriter

    typed = draw([Sheet().lines(60, 700, ["Typed words stay as they are typed."])])
    writer = PdfWriter()
    for raw in (typed, saved(pictured(_report()), "PDF"), draw([Sheet()])):
        writer.append(PdfReader(io.BytesIO(raw)))
    joined = io.BytesIO()
    writer.write(joined)
    reading = read_bytes(joined.getvalue(), "a.pdf")
    assert reading.body.startswith("Typed words stay as they are typed.")
    assert [one.label for one in reading.locators if one.kind == "page"] == ["1", "2, read by OCR"]
    assert reading.problems == ("read by OCR: check against the picture: page 2",)


@pytest.mark.parametrize(("kind", "name"), [("PNG", "a.png"), ("JPEG", "a.jpg"), ("TIFF", "a.tif")])
def test_pictures_of_pages_are_read(kind: str, name: str) -> None:
    needs("en")
    page = pictured(_report())
    several = (page,) if kind == "TIFF" else ()
    reading = read_bytes(saved(page, kind, *several), name)
    assert _said(reading).count(_SENTENCE) == 1 + len(several)
    assert [one.label for one in reading.locators if one.kind == "page"] == [
        f"{number}, read by OCR" for number in range(1, 2 + len(several))
    ]


def test_ukrainian_is_read_by_tesseract() -> None:
    needs("uk")
    reading = read_bytes(saved(written(_UKRAINIAN), "PNG"), "a.png")
    assert _said(reading).replace("'", "’") == " ".join(_UKRAINIAN)
    assert reading.detected_language == "uk"


@pytest.mark.long
@pytest.mark.parametrize("language", _OTHERS)
def test_other_languages_are_read_with_all_their_letters(language: str) -> None:
    needs(language)
    reading = read_bytes(saved(written(_OTHERS[language]), "PNG"), "a.png")
    assert _said(reading).replace("'", "’") == " ".join(_OTHERS[language])


@pytest.mark.long
def test_rapidocr_alone_reads_latin_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    with_rapid_alone(monkeypatch)
    reading = read_bytes(saved(pictured(_report()), "PNG"), "a.png")
    assert _SENTENCE.replace(" ", "") in _said(reading).replace(" ", "")


@pytest.mark.long
def test_letters_that_are_not_known_are_not_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    with_rapid_alone(monkeypatch)
    with pytest.raises(UnreadableFileError, match="could not be made out") as refused:
        read_bytes(saved(written(_UKRAINIAN), "PNG"), "a.png")
    assert "tesseract-ocr-ukr" in refused.value.remedy


def test_a_picture_without_words_is_refused() -> None:
    needs("en")
    with pytest.raises(UnreadableFileError, match="without words"):
        read_bytes(saved(pictured(Sheet().rule(20, 20, 300, 300)), "PNG"), "a.png")


def test_damaged_pictures_are_refused() -> None:
    needs("en")
    raw = saved(pictured(_report()), "PNG")
    for damaged in (raw[: len(raw) // 2], raw[:40] + bytes(900), b"\x89PNG\r\n" * 20):
        with pytest.raises(UnreadableFileError, match="damaged"):
            read_bytes(damaged, "a.png")


@pytest.mark.long
def test_the_time_limit_holds_for_each_page_and_not_for_the_scan() -> None:
    needs("en")
    pages = [
        pictured(
            Sheet().lines(60, 700 - 9 * number, [f"The quay has {number * 111} men."], size=14)
        )
        for number in range(1, 7)
    ]
    with ConfinedReader() as reader:
        alone = -time.monotonic()
        reader.read(saved(pages[0], "PDF"), "a.pdf")
        alone += time.monotonic()
    with ConfinedReader(seconds_per_file=2 * alone) as reader:
        reading = reader.read(saved(pages[0], "PDF", *pages[1:]), "a.pdf")
    assert [f"{number * 111} men" in reading.body for number in range(1, 7)] == [True] * 6
