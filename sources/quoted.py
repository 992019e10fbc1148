"""Whose quoted words are, and of which day: what the label of a quoted block says."""

import re
from collections.abc import Iterable
from datetime import date

from sources.source import Block, Span

_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_DAY = re.compile(rf"(?:^|, )(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})$")


def label_of(sender: str | None, day: date | None) -> str:
    """``Karel Novy, 5 June 2026``; what is not known is not in it."""
    written = f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else ""
    return ", ".join(filter(None, (" ".join((sender or "").split()), written)))


def sender_of(label: str) -> str | None:
    """The sender that a label names, or `None`."""
    return _DAY.sub("", label) or None


def day_of(label: str) -> date | None:
    """The day that a label names, or `None`."""
    found = _DAY.search(label)
    if found is None:
        return None
    try:
        return date(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]))
    except ValueError:
        return None


def quoted_from(blocks: Iterable[Block], span: Span) -> str | None:
    """Whose words `span` is, where any of it is quoted: the label of the first such block.

    `None` where nothing is; an empty one where it is not known whose they are.
    """
    for block in blocks:
        if block.kind == "quoted" and block.start < span.end and span.start < block.end:
            return block.label
    return None


def in_words(label: str) -> str:
    """Where such words stand: ``quoted from Karel Novy, 5 June 2026``."""
    return f"quoted from {label}" if label else "quoted from another mail, sender unknown"
