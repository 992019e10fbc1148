"""Tesseract, where the program is installed, with the languages that it has."""

import csv
import io
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from functools import lru_cache

from sources.language import language_of_text
from sources.readers.ocr.recognised import Line, Picture, Recognised

LANGUAGES = {"en": "eng", "uk": "ukr", "ru": "rus", "pl": "pol", "de": "deu", "fr": "fra"}
_SECONDS = 50
"""For a page: less than a page may take in all."""
_LEAST_SURE = 50
_WORD = "5"


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Those of the product's languages that an installed Tesseract reads, ISO 639-1."""
    program = shutil.which("tesseract")
    if program is None:
        return ()
    try:
        said = subprocess.run(
            [program, "--list-langs"], capture_output=True, timeout=20, check=True, text=True
        ).stdout.split()
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return ()
    return tuple(language for language, name in LANGUAGES.items() if name in said)


def recognise(picture: Picture, goes_on: Callable[[], None]) -> tuple[Recognised, str | None]:
    """The lines of the picture and their language: first read in all, then in the one they show.

    `goes_on` is called between the two.
    """
    known = languages()
    found = _read(picture, known)
    language = language_of_text(" ".join(line.words for line in found.lines))
    if len(known) > 1 and language in known:
        goes_on()
        found = _read(picture, [language])
    return found, language


def _read(picture: Picture, known: Sequence[str]) -> Recognised:
    from PIL import Image

    written = io.BytesIO()
    Image.fromarray(picture).save(written, "PNG", compress_level=1)
    command = [shutil.which("tesseract") or "tesseract", "-", "-", "--psm", "3", "--dpi", "200"]
    try:
        done = subprocess.run(
            [*command, "-l", "+".join(LANGUAGES[one] for one in known), "tsv"],
            input=written.getvalue(),
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.SubprocessError):
        return Recognised((), lost=1)
    return _lines(done.stdout.decode("utf-8", "replace"))


def _lines(written: str) -> Recognised:
    rows: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in csv.DictReader(io.StringIO(written), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == _WORD and (row["text"] or "").strip():
            rows.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append(row)
    lines: list[Line] = []
    lost = 0
    for words in rows.values():
        sure = sum(float(word["conf"]) * len(word["text"]) for word in words)
        if sure < _LEAST_SURE * sum(len(word["text"]) for word in words):
            lost += 1
            continue
        lines.append(
            Line(
                " ".join(word["text"].strip() for word in words),
                min(float(word["left"]) for word in words),
                min(float(word["top"]) for word in words),
                max(float(word["left"]) + float(word["width"]) for word in words),
                max(float(word["top"]) + float(word["height"]) for word in words),
            )
        )
    return Recognised(lines, lost)
