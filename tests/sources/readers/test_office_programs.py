"""What LibreOffice and Chromium write of one document is read whole, whatever the kind of file."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from sources.confined import ConfinedReader
from sources.reading import Reading

pytestmark = pytest.mark.long

MADE = Path(__file__).resolve().parent.parent / "office"
"""Documents in LibreOffice's one-file forms, and a page."""
_TEXT = (
    "The mission began in Ravenport in March 2026. It has 1,450 guards at three quays, and it"
    " will send fifty-five launches to the northern quay.",
    "1. Northland keeps the lighthouse.",
    "(a) The lamp is lit by 1 June 2026.",
    "(b) The keeper is paid by the port.",
    "2. Southland opens the canal to 30 barges.",
    "The basin covers 12 km² and stores CO2 cylinders. The old fee was 75 crowns a day.",
    "• Tents for 300 people",
    "• Two field kitchens",
    "State: Northland | Launches: 12 | Guards: 400",
    "State: Southland | Launches: 7 | Guards: 1,050",
    "This agreement covers the three quays and the canal.",
    "It lasts ten years. The ships’ crews said “we shall stay”, and Škoda lorries carried the"
    " guards to Gdańsk and to Львів.",
    "The annex lists the depots.",
)
_HEADINGS = ("Report on the harbour mission", "What was agreed", "Pledges")
_NOTES = (
    "Counted on 3 April 2026 without the crews of tugs.",
    "Half of them are volunteers.",
    "The fourth quay is closed until 2027.",
)


def _program(*names: str) -> str:
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.skip(f"There is no {names[0]} on this machine.")
    return found


@pytest.fixture(scope="module")
def reader() -> Iterator[ConfinedReader]:
    with ConfinedReader() as reader:
        yield reader


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


def _converted(made: str, kind: str, folder: Path, *, options: str = "") -> Path:
    soffice = _program("soffice", "libreoffice")
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [
            soffice, f"-env:UserInstallation={profile}", "--headless",
            "--convert-to", f"{kind}{options}", "--outdir", str(folder), str(MADE / made),
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return folder / f"{Path(made).stem}.{kind}"


def _read(reader: ConfinedReader, file: Path) -> Reading:
    return reader.read(file.read_bytes(), file.name)


def _kinds(reading: Reading, kind: str) -> list[str]:
    return [reading.body[one.start : one.end] for one in reading.blocks if one.kind == kind]


@pytest.mark.parametrize("kind", ["docx", "odt", "rtf", "pdf"])
def test_a_report_of_libreoffice_is_read_whole(
    kind: str, reader: ConfinedReader, folder: Path
) -> None:
    reading = _read(reader, _converted("report.fodt", kind, folder))
    blocks = [reading.body[one.start : one.end] for one in reading.blocks if one.kind != "note"]
    assert [one for one in _TEXT if one not in blocks] == []
    numbered = ("Article 1. Scope", "Article 2. Duration")
    assert set(_kinds(reading, "heading")) == {*_HEADINGS, *numbered}
    notes = " ".join(_kinds(reading, "note"))
    assert [one for one in _NOTES if one not in notes] == []
    assert "Hotline: 555 0199, day and night." in reading.body
    assert ("Check the fee with the treasurer." in notes) == (kind != "pdf")
    assert "forty" not in reading.body
    assert "90 crowns" not in reading.body
    assert reading.card.title == "Report on the harbour mission"
    assert reading.card.author == "Nora Hale"
    assert any("struck" in one for one in reading.problems)


@pytest.mark.parametrize("kind", ["html", "epub"])
def test_what_libreoffice_keeps_of_a_report_as_a_page_is_read(
    kind: str, reader: ConfinedReader, folder: Path
) -> None:
    # It writes out deleted words as any others, and in a book no lists and no heads of tables.
    reading = _read(reader, _converted("report.fodt", kind, folder))
    for words in (*_TEXT[5:6], *_TEXT[10:], "Two field kitchens", *_NOTES):
        assert words.replace("CO2", "CO₂") in reading.body.replace("CO2", "CO₂")
    notes = [one for one in reading.blocks if one.kind == "note"]
    assert [one.label for one in notes][:2] == ["1", "2"]
    assert reading.body[: notes[0].anchor or 0].endswith(("1,450", "quay."))
    assert "1,450 guards" in reading.body
    if kind == "html":
        assert {"1. Northland keeps the lighthouse.", "• Two field kitchens"} <= set(
            _kinds(reading, "item")
        )
        assert "State: Southland | Launches: 7 | Guards: 1,050" in _kinds(reading, "row")


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls", "csv"])
def test_a_workbook_of_libreoffice_is_read_as_it_is_shown(
    kind: str, reader: ConfinedReader, folder: Path
) -> None:
    utf_8 = ":Text - txt - csv (StarCalc):44,34,76,1,,0,false,true" if kind == "csv" else ""
    reading = _read(reader, _converted("pledges.fods", kind, folder, options=utf_8))
    rows = _kinds(reading, "row")
    day = {"ods": "1.05.2026", "csv": "1.05.2026"}.get(kind, "2026-05-01")
    assert rows[0] == f"State: Northland | Launches: 12,500 | Share: 12.5% | Due: {day}"
    assert rows[1].startswith("State: Львів | Launches: 7 | Share: 7.0% | Due: ")
    assert rows[2] == "State: All | Launches: 12,507"
    if kind != "csv":
        assert _kinds(reading, "heading") == ["Pledges", "Depots"]
        assert rows[3] == "Depot: Ravenport | Tents: 300"


@pytest.mark.parametrize("kind", ["pptx", "odp", "pdf"])
def test_slides_of_libreoffice_are_read_under_their_titles(
    kind: str, reader: ConfinedReader, folder: Path
) -> None:
    reading = _read(reader, _converted("slides.fodp", kind, folder))
    assert _kinds(reading, "heading") == ["What was agreed", "Pledges"]
    assert [
        (one.level, reading.body[one.start : one.end])
        for one in reading.blocks
        if one.kind == "item"
    ] == [
        (1, "• Northland keeps the lighthouse."),
        (2, "– The lamp is lit by 1 June 2026."),
        (1, "• Southland opens the canal."),
    ]
    assert _kinds(reading, "row") == ["State: Northland | Launches: 12"]
    assert ("Say that the lamp is new." in reading.body) == (kind != "pdf")


@pytest.mark.parametrize("around", [True, False])
def test_a_page_that_chromium_prints_is_read_whole(
    around: bool, reader: ConfinedReader, folder: Path
) -> None:
    chromium = _program("chromium", "google-chrome")
    file = folder / "printed.pdf"
    marks = [] if around else ["--no-pdf-header-footer"]
    subprocess.run(
        [chromium, "--headless", "--no-sandbox", "--disable-gpu", *marks,
         f"--user-data-dir={folder / 'chromium'}", f"--print-to-pdf={file}",
         (MADE / "page.html").as_uri()],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    reading = _read(reader, file)
    assert _kinds(reading, "heading") == list(_HEADINGS)
    assert _kinds(reading, "note") == [f"[1] {_NOTES[0]}"]
    assert "1,450 guards at three quays, and it will send fifty-five launches" in reading.body
    assert "12 km² and stores CO2 cylinders. The old fee was 75 crowns a day." in reading.body
    assert _kinds(reading, "item") == [
        "1. Northland keeps the lighthouse.",
        "a. The lamp is lit by 1 June 2026.",
        "b. The keeper is paid by the port.",
        "2. Southland opens the canal to 30 barges.",
        "• Tents for 300 people",
        "• Two field kitchens",
    ]
    assert _kinds(reading, "row") == [
        "State: Northland | Launches: 12 | Guards: 400",
        "State: Northland | Launches: 9 | Guards: 80",
        "State: Southland | Launches: 7 | Guards: 1,050",
    ]
    assert "file://" not in reading.body
