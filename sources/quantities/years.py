"""Years and decades by themselves: "in 2025", "2022–2025", "2014-15", "the 1990s".

Four digits may as well be a number of something; what stands around them tells.
"""

import re

from sources.quantities.designations import is_of_a_quarter
from sources.quantities.digits import Refused, chain_from
from sources.quantities.quantity import Date
from sources.quantities.tokens import Line
from sources.source import Span

_GLUED = re.compile(r"[-.,:/]?[0-9]|[^\W\d_]|[-/:][^\W\d_]")
YEAR = re.compile(r"(?:1[0-9]|20)[0-9]{2}(?![0-9])")
SHORT_RANGE = re.compile(r"-([0-9]{2})(?![0-9])")
_RECENT = range(1900, 2100)


def ends_at(line: Line, end: int) -> bool:
    """Whether nothing hangs on what ends at the character `end`."""
    return _GLUED.match(line.plain, end) is None


def year_ends(line: Line, end: int) -> bool:
    """Whether four digits that end there can be the year of a month."""
    rest = line.plain[end : end + 2]
    return not re.match(
        r"[.,:/'-][0-9]|[^\W\d_]| [0-9]{3}(?![0-9])", line.plain[end : end + 5]
    ) and (rest[:1] != "%")


def year_at(line: Line, at: int) -> tuple[Date, ...] | Refused | None:
    """The year at the token `at`, with another that it reaches to; `None` where none is."""
    start = line.start(at)
    found = YEAR.match(line.plain, start)
    if found is None:
        return None
    year, end = int(found.group()), found.end()
    before = line.plain[start - 1 : start]
    if before and (before.isalnum() or before in "$£€¥₴+/.,:#№§@=*^'"):
        return None
    if before == "-" and not _may_follow_dash(line, at):
        return None
    if is_of_a_quarter(line, at):
        return Refused(at + 1)
    decade = _decade(line, at)
    is_possessive = line.key(at + 1) == "'" and year % 10 != 0
    if decade is not None and not is_possessive:
        is_round = year % 10 == 0
        return (
            (Date(year, None, None, Span(start, line.end(decade)), is_decade=True),)
            if is_round
            else Refused(decade)
        )
    until = SHORT_RANGE.match(line.plain, end)
    if until is not None and ends_at(line, until.end()):
        last = year // 100 * 100 + int(until[1])
        if int(until[1]) > 12 and last > year and year in _RECENT:
            span = Span(end + 1, until.end())
            return (
                Date(year, None, None, Span(start, end)),
                Date(last, None, None, span),
            )
        return chain_from(line, at)
    if re.match(
        r"/[0-9]|[.,:'][0-9]|[^\W\d_]|-[^\W\d_]|[ ']?[0-9]{3}(?![0-9])|_", line.plain[end:]
    ):
        return None
    until_year = YEAR.match(line.plain, end + 1) if line.plain[end : end + 1] == "-" else None
    if until_year is not None:
        if not ends_at(line, until_year.end()) or int(until_year.group()) <= year:
            return chain_from(line, at)
        second = Date(int(until_year.group()), None, None, Span(end + 1, until_year.end()))
        return Date(year, None, None, Span(start, end)), second
    if not _may_be_year(line, at):
        return None
    return (Date(year, None, None, Span(start, end)),)


def _may_follow_dash(line: Line, at: int) -> bool:
    """After "mid-", after another year, after a word that is set off by a dash."""
    if line.kind(at - 2) == "word":
        return bool(line.lexicon.senses("year_before", line.key(at - 2)))
    if line.kind(at - 2) == "digits":
        return YEAR.fullmatch(line.key(at - 2)) is not None
    return line.kind(at - 2) == "space"


def _decade(line: Line, at: int) -> int | None:
    """The token after "1990s", "1990-х", "1990er"."""
    suffix = at + 2 if line.key(at + 1) in {"-", "'"} else at + 1
    if line.kind(suffix) == "word" and line.lexicon.senses("decade_suffixes", line.key(suffix)):
        return suffix + 1
    return None


def _may_be_year(line: Line, at: int) -> bool:
    """Whether four digits are a year rather than a number of something."""
    year = int(line.key(at))
    after = line.after_gap(at + 1)
    if line.phrase("year_after", after):
        return True
    if is_of_something(line, at):
        return False
    is_followed = (
        line.kind(after) == "word"
        and after != at + 1
        and line.word(after)[:1].islower()
        and line.phrase("function", after) is None
    )
    before = line.phrase_before("year_before", at)
    if line.phrase_before("before", at) and is_followed:
        return False
    if before is None and line.key(at - 1) == "-":
        return True
    if not is_followed:
        return before is not None or year in _RECENT or line.key(at - 1) == "("
    if year not in _RECENT or year % 100 == 0:
        return False
    return before is not None or year >= 1940


def is_of_something(line: Line, at: int) -> bool:
    """Whether a unit or a scale follows four digits: "2000 km", "1500 euros"."""
    after = line.after_gap(at + 1)
    if line.key(after) in {"%", "€", "$", "£", "°", "₴", "₽"}:
        return True
    if after == at + 1:
        return False
    if (unit := line.phrase("durations", after)) is not None:
        is_year = any(sense.value == "year" for sense in unit[0])
        return not (is_year and int(line.key(at)) in _RECENT)
    return any(
        line.phrase(role, after) for role in ("scales", "currencies", "percent", "units", "cents")
    )
