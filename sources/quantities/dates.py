"""Days, months and years: "Dec. 23", "22 grudnia 2025", "23.12.2025", "November 2028", "1990s".

Which of two numbers is the day is told by the language that is given, else by which can be no
month, else not at all: then both readings are kept. A month alone is read where the words before
it say so ("in March"), or its name is nothing else.
"""

import re
from dataclasses import replace
from datetime import date

from sources.quantities.digits import Refused, chain_from
from sources.quantities.quantity import Date
from sources.quantities.tokens import Line
from sources.quantities.years import (
    SHORT_RANGE,
    YEAR,
    ends_at,
    is_of_something,
    year_at,
    year_ends,
)
from sources.source import Span

_ISO = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?![0-9])(?:T[0-9:.]+Z?)?")
_NUMERIC = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2((?:1[0-9]|20)[0-9]{2}|[0-9]{2})(?![0-9])")
_DAY = re.compile(r"(?:[12][0-9]|3[01]|0?[1-9])(?![0-9])")
_ENGLISH_WORDS = frozenset({"may", "march", "mar", "sep"})
"""Month names that are no month without a capital."""
_ENGLISH_ALONE = frozenset("january february july september october november december".split())
_MAX_JOINED = 3


def date_at(line: Line, at: int) -> tuple[Date, ...] | Refused | None:
    """The date that begins at the token `at`, with those that share its month or year
    ("10–15 December"); `None` where none does."""
    if line.kind(at) == "digits":
        return _numeric(line, at) or _day_first(line, at) or year_at(line, at)
    if line.kind(at) == "word":
        return _month_first(line, at)
    return None


def end_of(line: Line, dates: tuple[Date, ...]) -> int:
    """The token after the last of the dates."""
    return line.token_at(dates[-1].span.end)


def _numeric(line: Line, at: int) -> tuple[Date, ...] | Refused | None:
    start = line.start(at)
    iso = _ISO.match(line.plain, start)
    if iso is not None:
        if not ends_at(line, iso.end()):
            return chain_from(line, at)
        found = _date(
            int(iso[1]), int(iso[3]), int(iso[4]), start, start + len(iso[0].split("T")[0])
        )
        return (found,) if found else chain_from(line, at)
    written = _NUMERIC.match(line.plain, start)
    if written is None:
        return None
    first, second, year = int(written[1]), int(written[3]), int(written[4])
    if len(written[4]) == 2:
        if written[2] == "-" or len(written[1]) < 2 or len(written[3]) < 2:
            return chain_from(line, at)
        year += 2000
    if not ends_at(line, written.end()):
        return chain_from(line, at)
    can_day_first = first <= 31 and 1 <= second <= 12
    can_month_first = second <= 31 and 1 <= first <= 12 and written[2] != "."
    end = written.end()
    if can_day_first:
        found = _date(year, second, first, start, end)
        swaps = can_month_first and first != second and line.given in (None, "en")
        if swaps and not line.given and line.guessed and "en" not in line.guessed:
            swaps = False
        if found is not None:
            return (replace(found, may_be_swapped=swaps),)
    found = _date(year, first, second, start, end) if can_month_first else None
    return (found,) if found else chain_from(line, at)


def _date(year: int | None, month: int, day: int | None, start: int, end: int) -> Date | None:
    try:
        date(year or 2000, month, day or 1)
    except ValueError:
        return None
    return Date(year, month, day, Span(start, end))


def _day_first(line: Line, at: int) -> tuple[Date, ...] | Refused | None:
    """ "23 December 2025", "22. Dezember", "1er janvier", "10–15 December", "22 and 23 May"."""
    days: list[tuple[int, int, int]] = []
    here = at
    while len(days) < _MAX_JOINED:
        found = _DAY.match(line.plain, line.start(here)) if line.kind(here) == "digits" else None
        if found is None:
            return None
        after = _after_day(line, here)
        month_at = line.after_gap(after)
        if line.key(after) == "-" and line.kind(after + 1) == "word":
            month_at = after + 1
        of = line.phrase("of", month_at)
        if of is not None:
            month_at = line.after_gap(of[1])
        days.append((int(found.group()), line.start(here), line.end(after)))
        month = line.phrase("months", month_at)
        if month is not None:
            is_english = line.best(month[0]).language == "en"
            is_small = not line.word(month_at)[0].isupper()
            if is_english and is_small and line.key(month_at) in _ENGLISH_WORDS:
                return None
            break
        joint = line.after_gap(after)
        if line.key(joint) in _JOINTS:
            here = line.after_gap(joint + 1)
            continue
        return None
    else:
        return None
    number = int(line.best(month[0]).value)
    year, end = _year_after(line, month[1])
    if not days or any(_date(year, number, day, 0, 1) is None for day, _, _ in days):
        return Refused(end)
    dates = [Date(year, number, day, Span(start, stop)) for day, start, stop in days[:-1]]
    day, start, _ = days[-1]
    return (*dates, Date(year, number, day, Span(start, line.end(end))))


_JOINTS = frozenset("- , and or to & und bis et au à i oraz do й і та по до и".split())


def _after_day(line: Line, at: int) -> int:
    """The token after a day with its ending: "23rd", "22.", "1er", "1-го"."""
    suffix = at + 1
    if line.key(suffix) == ".":
        return suffix + 1
    if line.key(suffix) == "-" and line.lexicon.senses("ordinal_suffixes", line.key(suffix + 1)):
        return suffix + 2
    if line.kind(suffix) == "word" and line.lexicon.senses("ordinal_suffixes", line.key(suffix)):
        return suffix + 1
    return suffix


def _year_after(line: Line, at: int) -> tuple[int | None, int]:
    """The year that follows a month, and the token after what was read."""
    year_at = at
    if line.key(at) == ",":
        year_at = at + 1
    year_at = line.after_join(year_at) if line.key(year_at) != "-" else year_at + 1
    of = line.phrase("of", year_at)
    if of is not None:
        year_at = line.after_gap(of[1])
    if year_at == at or line.kind(year_at) != "digits":
        return None, at
    found = YEAR.match(line.plain, line.start(year_at))
    if found is None or not year_ends(line, found.end()):
        return None, at
    if line.key(at) == "," and is_of_something(line, year_at):
        return None, at
    return int(found.group()), year_at + 1


def _month_first(line: Line, at: int) -> tuple[Date, ...] | Refused | None:
    """ "December 23, 2025", "Dec. 10–15", "November 2028", "in March"."""
    month = line.phrase("months", at)
    if month is None:
        return None
    sense, key = line.best(month[0]), line.key(at)
    number, end = int(sense.value), month[1]
    languages = {one.language for one in month[0]}
    is_written_as_one = line.word(at)[:1].isupper() or not languages <= {"en", "de"}
    is_tied = line.key(at - 1) in {"-", "'"} and line.kind(at - 2) == "word"
    before = line.key(at - 2)
    if is_tied and not any(line.lexicon.has(role, before) for role in ("year_before", "months")):
        return None
    if not is_written_as_one:
        return None
    if _is_ordinal_before(line, at):
        return Refused(_year_after(line, end)[1])
    dated = _days_after(line, at, number, end) if "en" in languages else None
    if dated is not None:
        return dated
    year, last = _year_after(line, end)
    if year is not None:
        if line.key(last) == "-" and SHORT_RANGE.match(line.plain, line.start(last)):
            return chain_from(line, at)
        return (Date(year, number, None, Span(line.start(at), line.end(last))),)
    if _month_stands_alone(line, at, languages, key):
        return (Date(None, number, None, Span(line.start(at), line.end(end))),)
    return None


def _is_ordinal_before(line: Line, at: int) -> bool:
    """ "The twenty-third of December", "der erste Mai": a day in words is not read."""
    before = line.before_gap(at)
    of = line.lexicon.senses("of", line.key(before)) if line.kind(before) == "word" else []
    word = line.before_gap(before) if of else before
    return line.kind(word) == "word" and bool(line.lexicon.senses("ordinals", line.key(word)))


def _month_stands_alone(line: Line, at: int, languages: set[str], key: str) -> bool:
    if key.endswith(".") or len(key) < 3:
        return False
    if key in _ENGLISH_ALONE and "en" in line.languages:
        return True
    before = line.phrase_before("month_before", at)
    if before is None:
        return False
    fits = {sense.language for sense in before[0]} & languages & set(line.languages)
    is_short = len(key) <= 3 and key not in {"may", "mai", "maj", "май"}
    return bool(fits) and not is_short


def _days_after(line: Line, at: int, number: int, end: int) -> tuple[Date, ...] | Refused | None:
    """The days after an English month, each with the year that follows the last."""
    days: list[tuple[int, int, int]] = []
    here = line.after_gap(end)
    if here == end:
        return None
    while line.kind(here) == "digits" and len(days) < _MAX_JOINED:
        found = _DAY.match(line.plain, line.start(here))
        if found is None or not _day_ends(line, found.end()):
            break
        after = _after_day(line, here) if line.key(here + 1) != "." else here + 1
        days.append((int(found.group()), line.start(here), line.end(after)))
        end = after
        joint = line.after_gap(after)
        if line.key(joint) not in _JOINTS - {","}:
            break
        here = line.after_gap(joint + 1)
    if not days:
        return None
    year, last = _year_after(line, end)
    if year is None and _counts_something(line, at, end):
        return None
    if any(_date(year, number, day, 0, 1) is None for day, _, _ in days):
        return Refused(last)
    dates = []
    for place, (day, start, stop) in enumerate(days):
        first = line.start(at) if place == 0 else start
        stop = line.end(last) if place == len(days) - 1 else stop
        dates.append(Date(year, number, day, Span(first, stop)))
    return tuple(dates)


def _day_ends(line: Line, end: int) -> bool:
    rest = line.plain[end : end + 6]
    return not re.match(r"[.:/'][0-9]|,[0-9]{3}(?![0-9])| ?%|k\b|bn\b|m\b|-[^\W\d_]", rest)


def _counts_something(line: Line, at: int, end: int) -> bool:
    """Whether a number after a month counts what follows: "in May 26 countries signed"."""
    after = line.after_gap(end)
    if (
        line.phrase("scales", after)
        or line.phrase("percent", after)
        or line.phrase("currencies", after)
    ):
        return True
    before = line.phrase_before("month_before", at)
    on = line.phrase_before("day_before", at)
    return (
        before is not None
        and on is None
        and after != end
        and line.kind(after) == "word"
        and line.phrase("function", after) is None
    )
