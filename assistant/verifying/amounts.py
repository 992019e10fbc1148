"""Numbers and days of a statement that its source must hold, however each is written.

800,000 is 800 000 and 800 thousand; 23 December 2025 is December 23, 2025 and 2025-12-23.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sources.source import Span

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {word: value for value, word in enumerate(_UNITS)} | {
    word: 10 * value for value, word in enumerate(_TENS, start=2)
}
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12, "dozen": 12.0,
}  # fmt: skip
_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_MONTH_NUMBERS = {name: number for number, name in enumerate(_MONTHS, start=1)} | {
    name[:3]: number for number, name in enumerate(_MONTHS, start=1)
}
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAY = re.compile(
    rf"(?P<iso>\b\d{{4}}-\d{{2}}-\d{{2}}\b)"
    rf"|\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<month>{_MONTH})(?:,?\s+(?P<year>\d{{4}}))?\b"
    rf"|\b(?P<month2>{_MONTH})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d,.]*\d)"
    rf"(?:,?\s+(?P<year2>\d{{4}})\b)?"
    rf"|\b(?P<month3>{_MONTH})(?:,?\s+(?P<year3>\d{{4}})\b)"
)
_ONES = "|".join(_UNITS[1:10])
_BELOW_HUNDRED = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[-\s](?:{_ONES})\b)?|(?:{'|'.join(reversed(_UNITS))}))\b"
)
_SCALE = r"(?:hundred|thousand|million|billion|trillion|dozen|bn|mn|tn)\b"
_NUMBER = re.compile(
    rf"""
    (?<![\w.,/])(?:
        (?P<digits>\d{{1,3}}(?:[,'\u00a0\u202f\u2009\ ]\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)
      | (?P<words>{_BELOW_HUNDRED}|an?(?=\s(?:hundred|thousand|million|billion|dozen)\b))
    )
    (?P<scales>(?:(?:[-\s]?\b|(?<=\d)){_SCALE})+|[kKmM]\b)?
    (?P<rest>
        (?<=thousand)(?:\sand)?[-\s]{_BELOW_HUNDRED}(?:\shundred\b)?(?!\s{_SCALE})
      | (?<=hundred)(?:\sand)?[-\s]{_BELOW_HUNDRED}(?!\shundred)(?:\s{_SCALE})*
    )?
    (?P<percent>\s?%|[-\s]per\s?cent\b|[-\s]percent\b|\spercentage\spoints?\b)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LOOSE_COMMA = re.compile(r"(?<=\d)\s?,\s?(?=\d{3}(?!\d))")
"""Thousands as badly set texts have them: ``800, 000``."""
_NO_AMOUNT = frozenset({"one"})
"""Written so, it is as often a pronoun as a number."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, whether it is a percentage, and where it is written."""

    value: float
    is_percent: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Day:
    """A date, as far as it is given, and where it is written."""

    year: int | None
    month: int
    day: int | None
    span: Span

    def is_given_by(self, other: "Day") -> bool:
        """Whether `other` says all that this date says."""
        return (
            self.month == other.month
            and self.day in (None, other.day)
            and self.year in (None, other.year)
        )


def missing_amounts(statement: str, cited: str) -> tuple[str, ...]:
    """The numbers and dates of `statement`, as it writes them, that `cited` does not hold."""
    days, known_days = days_in(statement), days_in(cited)
    known = {
        (one.value, one.is_percent)
        for written in {cited, _LOOSE_COMMA.sub(",", cited)}
        for one in amounts_in(written, ())
    }
    years = {float(one.year) for one in known_days if one.year}
    missing = [
        one.span
        for one in amounts_in(statement, [day.span for day in days])
        if (one.value, one.is_percent) not in known
        and not (one.value in years and not one.is_percent)
    ]
    missing += [day.span for day in days if not any(day.is_given_by(one) for one in known_days)]
    return tuple(span.of(statement).strip() for span in sorted(missing))


def with_plain_numbers(words: str) -> str:
    """`words` with every number above a thousand as digits alone: ``800000`` for 800 thousand."""
    for one in reversed(amounts_in(words, ())):
        if one.value >= 1000 and one.value.is_integer() and not one.is_percent:
            words = f"{words[: one.span.start]}{int(one.value)}{words[one.span.end :]}"
    return words


def days_in(words: str) -> tuple[Day, ...]:
    """The dates of `words` that name at least a month, in order."""
    return tuple(_day(found) for found in _DAY.finditer(words))


def amounts_in(
    words: str, passed_over: Sequence[Span], *, with_one: bool = False
) -> tuple[Amount, ...]:
    """The numbers of `words` outside the spans `passed_over`, in order; years are among them.

    "One" without a scale is a number only where the caller says so, `with_one`.
    """
    return tuple(
        one
        for one in _amounts(words, with_one)
        if not any(one.span.overlaps(other) for other in passed_over)
    )


def _amounts(words: str, with_one: bool) -> Iterator[Amount]:
    for found in _NUMBER.finditer(words):
        scales = _parts(found["scales"])
        if found["digits"]:
            value = float(re.sub(r"[^\d.]", "", found["digits"]))
        else:
            parts = _parts(found["words"])
            bare = not scales and not found["percent"] and not with_one
            if bare and len(parts) == 1 and parts[0] in _NO_AMOUNT:
                continue
            value = float(sum(_SMALL.get(part, 1) for part in parts))
        for scale in scales:
            value *= _SCALES[scale]
        more = 0.0
        for part in _parts(found["rest"]):
            if part == "hundred":
                more *= 100
            elif part in _SCALES:
                value, more = (value + more) * _SCALES[part], 0.0
            else:
                more += _SMALL.get(part, 0)
        value += more
        end = found.start() + len(found.group().rstrip())
        yield Amount(round(value, 6), bool(found["percent"]), Span(found.start(), end))


def _parts(written: str | None) -> list[str]:
    return re.split(r"[-\s]+", written.strip(" -").lower()) if written else []


def _day(found: re.Match[str]) -> Day:
    span = Span(*found.span())
    if found["iso"]:
        year, month, day = (int(part) for part in found["iso"].split("-"))
        return Day(year, month, day, span)
    month_name = found["month"] or found["month2"] or found["month3"]
    written_day = found["day"] or found["day2"]
    written_year = found["year"] or found["year2"] or found["year3"]
    return Day(
        int(written_year) if written_year else None,
        _MONTH_NUMBERS[month_name.lower().rstrip(".")[:3]],
        int(written_day) if written_day else None,
        span,
    )
