"""Every figure of a text, in order: the one way in."""

import re
from functools import lru_cache

from sources.quantities.amounts import amount_at
from sources.quantities.dates import date_at, end_of
from sources.quantities.digits import Refused
from sources.quantities.letters import plain
from sources.quantities.lexicon import CODES, LANGUAGES, SIGNS, lexicon
from sources.quantities.quantity import Amount, Date, Quantity, Range
from sources.quantities.tokens import Line
from sources.source import Span

_DIGIT = re.compile(r"[0-9]")
_WORDS = re.compile(r"[^\W\d_]+(?:['\u00ad][^\W\d_]+)*")
_REMEMBERED = 1 << 12
"""So many sentences are remembered as read: a question reads those of its passages again."""
_MAX_REMEMBERED = 2000
"""Characters; a longer text is read anew each time."""


def read_quantities(text: str, *, language: str | None = None) -> tuple[Quantity, ...]:
    """The numbers, amounts, dates and ranges of `text`, in order, none within another.

    Spans are of `text` as it stands. `language` (ISO 639-1) settles what is written alike in two
    languages; without it the words and numbers of the text do, where they can.
    """
    if language not in LANGUAGES:
        language = None
    if len(text) > _MAX_REMEMBERED:
        return _read(text, language)
    return _remembered(text, language)


@lru_cache(_REMEMBERED)
def _remembered(text: str, language: str | None) -> tuple[Quantity, ...]:
    return _read(text, language)


def _read(text: str, language: str | None) -> tuple[Quantity, ...]:
    if not _may_hold_any(text):
        return ()
    line = Line(text, language)
    found: list[Quantity] = []
    reached = 0
    for at in line.leads:
        if at >= reached and _may_begin(line, at):
            reached = _take(line, at, found)
    return tuple(found)


def _may_hold_any(text: str) -> bool:
    """Whether there is a digit or a word that a figure can begin with; most sentences have none."""
    seen = plain(text)
    if _DIGIT.search(seen) is not None or _holds_fraction(text):
        return True
    low = seen.casefold()
    if "\u00ad" in low:
        low = low.replace("\u00ad", "")
    if "hundert" in low or "tausend" in low:
        return True
    return not lexicon().words.isdisjoint(_WORDS.findall(low))


def _holds_fraction(text: str) -> bool:
    return not text.isascii() and any(one > "\x7f" and one.isnumeric() for one in text)


def _may_begin(line: Line, at: int) -> bool:
    """Whether a figure can begin with the token `at`."""
    kind, key = line.kind(at), line.key(at)
    if kind == "digits":
        return True
    if kind == "mark":
        is_led = key in SIGNS or key == "-"
        return (is_led and at + 1 < line.size) or (key > "\x7f" and key.isnumeric())
    if kind != "word":
        return False
    if key in line.lexicon.words or "tausend" in key or "hundert" in key:
        return True
    if line.lexicon.has("articles", key):
        return line.key(line.after_join(at + 1)) in line.lexicon.words
    return line.word(at) in CODES or line.key(at + 1) == "$"


def _take(line: Line, at: int, found: list[Quantity]) -> int:
    """Read what begins at the token `at` into `found`, and give the token to go on at."""
    dates = date_at(line, at)
    if isinstance(dates, Refused):
        return max(at + 1, dates.end)
    if dates:
        end = end_of(line, dates)
        found.extend(_joined(line, dates))
        return max(at + 1, end)
    amount = amount_at(line, at)
    if isinstance(amount, Refused):
        return max(at + 1, amount.end)
    if amount is None:
        return at + 1
    found.append(amount[0])
    return max(at + 1, amount[1])


def _joined(line: Line, dates: tuple[Date, ...]) -> list[Amount | Date | Range]:
    """Two dates with a dash between as a range; others each by itself."""
    if len(dates) == 2:
        between = line.plain[dates[0].span.end : dates[1].span.start].strip()
        if between in {"-", "to", "bis", "au", "по", "do"}:
            return [Range(dates[0], dates[1], Span(dates[0].span.start, dates[1].span.end))]
    return list(dates)
