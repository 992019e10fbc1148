"""Which pictures of a document may stand for words: a table, a chart, a page that was scanned.

Told by what any file says of a picture: how large it is shown, and what its description calls it.
A small one is a logo or an icon; a described one says itself what it shows. Only a large picture
that nobody described, or that is said to show writing, counts as words that were not read.
"""

import re
from collections import Counter

_LEAST_CM = (6.0, 2.5)
"""Shown narrower or lower than this, hardly a line of text could be read."""
_FEWEST_WORDS = 3
_WRITING = re.compile(
    r"\b(?:tables?|charts?|graphs?|diagrams?|scan\w*|screen ?shots?|text|tabell\w*|tabel\w*"
    r"|diagramm\w*|wykres\w*|schemat\w*|tableaux?|graphiques?|capture|таблиц\w*|діаграм\w*"
    r"|диаграм\w*|скан\w*|знімок екрана|снимок экрана|зріз\w*)\b",
    re.IGNORECASE,
)
_AUTOMATIC = re.compile(
    r"automatically generated|automatisch generiert|\.(?:png|jpe?g|gif|tiff?|bmp|svg|emf|wmf)\b"
    r"|https?://",
    re.IGNORECASE,
)
"""What programs write where nobody described a picture."""


def kind_of_picture(
    width_cm: float | None, height_cm: float | None, description: str | None
) -> str:
    """What the picture is told as: ``pictures``, whose words are not read, or ``illustrations``.

    Sizes are as shown, `None` where the file does not say.
    """
    said = " ".join((description or "").split())
    is_described = len(said.split()) >= _FEWEST_WORDS and not _AUTOMATIC.search(said)
    if said and _WRITING.search(said):
        return "pictures"
    is_small = any(
        size is not None and size < least
        for size, least in zip((width_cm, height_cm), _LEAST_CM, strict=True)
    )
    return "illustrations" if is_described or is_small else "pictures"


def count_picture(
    told: Counter[str], width_cm: float | None, height_cm: float | None, description: str | None
) -> None:
    """Count a picture among what is told."""
    told[kind_of_picture(width_cm, height_cm, description)] += 1


def in_cm(length: str | None) -> float | None:
    """``6.3cm``, ``2.5in``, ``180pt``, ``300px`` or ``300``, which are pixels, in centimetres."""
    found = re.fullmatch(r"\s*([\d.]{1,12})\s*(cm|mm|in|pt|pc|px)?\s*", length or "")
    try:
        number = float(found[1]) if found else None
    except ValueError:
        number = None
    if found is None or number is None:
        return None
    return number * _UNITS_CM[found[2] or "px"]


_UNITS_CM = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72, "pc": 2.54 / 6, "px": 2.54 / 96}
