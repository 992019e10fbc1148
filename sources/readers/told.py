"""What a reader left out or guessed, in plain words."""

from collections import Counter


def count(number: int, one: str, many: str = "") -> str:
    """``1 picture``, ``3 pictures``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def problems_of(told: Counter[str]) -> list[str]:
    """A line for each thing that was counted."""
    return [count(told[what], one, many) for what, (one, many) in _SAID.items() if told[what]]


_SAID = {
    "changes": ("tracked change read as accepted", "tracked changes read as accepted"),
    "hidden": ("stretch of hidden text left out", "stretches of hidden text left out"),
    "struck": ("stretch of struck text left out", "stretches of struck text left out"),
    "comments": ("comment is read as a note", "comments are read as notes"),
    "hidden slides": ("hidden slide left out", "hidden slides left out"),
    "contents": ("table of contents left out", "tables of contents left out"),
    "numerals": (
        "kind of number that is written in words was read as figures",
        "kinds of numbers that are written in words were read as figures",
    ),
    "counted fields": ("number set by a field not read", "numbers set by fields not read"),
    "form fields": ("form field not read", "form fields not read"),
    "charts": ("chart not read", "charts not read"),
    "diagrams": ("diagram not read", "diagrams not read"),
    "pictures": ("picture not read", "pictures not read"),
    "illustrations": (
        "small or described picture left out",
        "small or described pictures left out",
    ),
    "formulas": ("formula read as TeX", "formulas read as TeX"),
    "flat formulas": ("formula read as plain words", "formulas read as plain words"),
    "embedded": ("embedded document not read", "embedded documents not read"),
    "media": ("sound or film not read", "sounds or films not read"),
}
