"""Whose quoted words are, and of which day: what the label of a quoted block says."""

import re
from datetime import date

_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_DAY = re.compile(rf"(?:^|, )\d{{1,2}} (?:{'|'.join(_MONTHS)}) \d{{4}}$")


def label_of(sender: str | None, day: date | None) -> str:
    """``Karel Novy, 5 June 2026``; what is not known is not in it."""
    written = f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else ""
    return ", ".join(filter(None, (" ".join((sender or "").split()), written)))


def sender_of(label: str) -> str | None:
    """The sender that a label names, or `None`."""
    return _DAY.sub("", label) or None


def in_words(label: str) -> str:
    """Where such words stand: ``quoted from Karel Novy, 5 June 2026``."""
    return f"quoted from {label}" if label else "quoted from another mail, sender unknown"
