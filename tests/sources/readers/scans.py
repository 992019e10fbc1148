"""Scans, made for tests: pages of words as pictures, by PDFium or by Pillow."""

import io
import shutil
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from sources.readers.ocr import rapid, tesseract
from sources.readers.pdf.drawn import opened
from tests.sources.readers.drawing import Sheet, draw

_SERIF = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")


def needs(language: str) -> None:
    """Skip where nothing on this machine reads pictures in the language."""
    if language not in tesseract.languages() and not (
        rapid.is_installed() and language not in ("uk", "ru")
    ):
        pytest.skip(f"Nothing on this machine reads pictures in {language!r}.")


def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make this process one of a machine where neither of the programs is installed."""
    monkeypatch.setattr(
        rapid, "find_spec", lambda name: None if name == "rapidocr" else find_spec(name)
    )
    monkeypatch.setattr("shutil.which", lambda _: None)
    tesseract.languages.cache_clear()


def with_rapid_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make this process one of a machine without Tesseract; skip without RapidOCR."""
    if not rapid.is_installed():
        pytest.skip("The extra 'ocr' is not installed.")
    which = shutil.which
    monkeypatch.setattr("shutil.which", lambda name: None if name == "tesseract" else which(name))
    tesseract.languages.cache_clear()


def pictured(sheet: Sheet) -> Any:
    """The sheet as a scanner sees it."""
    from PIL import Image

    with opened(draw([sheet]), "a.pdf") as drawn:
        picture, _ = drawn.picture(0)
    return Image.fromarray(picture)


def written(lines: Sequence[str], *, size: int = 33) -> Any:
    """Lines in letters of any alphabet; skip where there is no font for them."""
    from PIL import Image, ImageDraw, ImageFont

    if not _SERIF.exists():
        pytest.skip("There is no DejaVu Serif on this machine.")
    picture = Image.new("L", (1654, 400 + 2 * size * len(lines)), 255)
    font = ImageFont.truetype(str(_SERIF), size)
    for number, line in enumerate(lines):
        ImageDraw.Draw(picture).text((160, 160 + int(1.5 * size) * number), line, font=font, fill=0)
    return picture.convert("RGB")


def saved(picture: Any, kind: str, *more: Any) -> bytes:
    """The picture as a file: ``PNG``, ``JPEG``, ``TIFF`` or ``PDF``, the last two of several."""
    file = io.BytesIO()
    several = {"save_all": True, "append_images": list(more)} if more else {}
    picture.save(file, kind, **several, **({"resolution": 200} if kind == "PDF" else {}))
    return file.getvalue()
