"""Amounts: a number with its scale and what it is of, and from one to another.

A range shares its scale and its unit: "10–15 %", "$10 to 15 billion". What the words before and
after make of a number ("up to", "or more") is kept beside it and is no part of its span.
"""

from dataclasses import replace
from typing import cast

from sources.quantities.designations import is_clock_time, names_something
from sources.quantities.digits import Figure, Refused, chain_from, digits_at, vulgar_fraction_at
from sources.quantities.lexicon import CODES, SIGNS
from sources.quantities.quantity import (
    Amount,
    Bound,
    Duration,
    Money,
    Number,
    Percent,
    Range,
    TimeUnit,
)
from sources.quantities.scales import scaled
from sources.quantities.shares import share_at
from sources.quantities.spelled import whole_at
from sources.quantities.tokens import Line
from sources.quantities.units import Read, currency_before, read_unit
from sources.source import Span


def amount_at(line: Line, at: int) -> tuple[Amount | Range, int] | Refused | None:
    """The amount that begins at the token `at`, and the token after it."""
    low = _simple(line, at, after_dash=False)
    if low is None or isinstance(low, Refused):
        return low
    joint = _joint(line, at, low)
    if joint is None:
        return _made(line, low), low.end
    here, is_dash = joint
    high = _simple(line, here, after_dash=is_dash)
    if isinstance(high, Refused):
        return Refused(max(high.end, low.end)) if is_dash else (_made(line, low), low.end)
    if high is None:
        return _made(line, low), low.end
    together = _together(line, low, high)
    if together is not None:
        return together, high.end
    if is_dash and low.is_bare and high.is_bare and line.key(low.end) == "-":
        return Refused(high.end)
    return _made(line, low), low.end


def _joint(line: Line, at: int, low: Read) -> tuple[int, bool] | None:
    """The token at which the other end of a range begins, and whether a dash leads there."""
    after = line.after_gap(low.end)
    if line.key(after) == "-":
        other = line.after_gap(after + 1)
        begins = line.kind(other) == "digits" or line.key(other) in SIGNS
        is_tied = line.kind(other) == "word" and low.figure.is_in_words and other == after + 1
        begins = begins or is_tied or line.word(other) in CODES
        return (other, True) if begins else None
    to = line.phrase("to", after)
    is_between = line.phrase_before("between", at) is not None
    if is_between:
        to = line.phrase("between_and", after) or to
    if to is None or after == low.end:
        return None
    needs = {sense.language for sense in to[0]} if line.phrase("needs_from", after) else set()
    if needs and line.phrase_before("from", at) is None:
        return None
    return line.after_gap(to[1]), False


def _simple(line: Line, at: int, *, after_dash: bool) -> Read | Refused | None:
    """One amount: currency before, number, scale, currency or unit after."""
    prefix = currency_before(line, at)
    here = prefix[1] if prefix else at
    sign = _minus(line, here)
    here = here + 1 if sign else here
    kind = line.kind(here)
    figure: Figure | Refused | None
    if kind == "digits":
        figure = digits_at(line, here)
    elif kind == "word" and prefix is None:
        figure = share_at(line, here) or whole_at(line, here)
    else:
        figure = vulgar_fraction_at(line, here)
    if figure is None or isinstance(figure, Refused):
        return figure
    is_digits = kind == "digits"
    first = here - 1 if sign else here
    is_bare = is_digits and prefix is None
    if is_bare and names_something(line, first, figure.end, after_dash=after_dash):
        return chain_from(line, here)
    if prefix is None and is_clock_time(line, here, figure.end):
        return Refused(figure.end)
    if not figure.is_in_words:
        figure = scaled(line, figure)
    if sign:
        figure = replace(
            figure,
            value=-figure.value,
            other=None if figure.other is None else -figure.other,
            start=here - 1,
        )
    read = Read(figure, at if prefix else first, figure.end)
    if prefix:
        read.currencies = prefix[0]
    read_unit(line, read)
    if is_digits and read.end == figure.end and not _ends_well(line, read):
        return chain_from(line, here)
    if figure.wants_unit and read.is_bare and not figure.is_scaled:
        return chain_from(line, here)
    return read


def _minus(line: Line, at: int) -> bool:
    """Whether the token is a minus sign of the number after it."""
    if line.key(at) != "-" or line.kind(at + 1) != "digits":
        return False
    start = line.start(at)
    before = line.plain[start - 1 : start] if start else ""
    return line.word(at) in "-−–" and (not before or before in " (\n" or before in SIGNS)


def _ends_well(line: Line, read: Read) -> bool:
    """Whether what hangs on the digits is understood: "5G", "16-й" and "12:30" are not."""
    at = read.end
    if line.kind(at) == "word":
        key = line.key(at)
        is_capital = len(key) == 1 and line.word(at) != key
        return line.lexicon.has("units", key) and not is_capital and line.kind(at + 1) != "digits"
    if line.key(at) == "°":
        return True
    if line.key(at) in {"=", "*", "^", "_", "@", "\\"}:
        return False
    if line.key(at) == "-" and line.kind(at + 1) == "word":
        key = line.key(at + 1)
        if line.lexicon.senses("number_suffixes", key):
            return True
        is_letter = len(key) == 1 and not line.lexicon.has("articles", key)
        return not (line.lexicon.has("ordinal_suffixes", key) or is_letter)
    # "5. Panzerbrigade": an ordinal where the language writes it so
    if line.key(at) == "." and line.languages in (("de",), ("pl",)):
        after = line.after_gap(at + 1)
        is_short = read.figure.value < 100 and read.figure.value.denominator == 1
        return not (is_short and after != at + 1 and line.kind(after) == "word")
    return True


def _together(line: Line, low: Read, high: Read) -> Range | None:
    """Both as a range, where they are of one kind and the first is the smaller."""
    first, last = low.figure, high.figure
    if first.is_some or last.is_some or first.may_be_pronoun:
        return None
    if low.is_bare and not high.is_bare:
        low.currencies, low.percent, low.unit = high.currencies, high.percent, high.unit
        low.is_cents = high.is_cents
    elif high.is_bare and low.currencies:
        high.currencies, high.is_cents = low.currencies, low.is_cents
    same = (
        bool(set(low.currencies) & set(high.currencies)) or low.currencies == high.currencies == ()
    )
    if not same or low.percent != high.percent or (low.unit is None) != (high.unit is None):
        return None
    if last.is_scaled and not first.is_scaled and not first.is_share:
        scale = last.scale
        if first.value < last.value / scale:
            low.figure = replace(
                first,
                value=first.value * scale,
                other=None if first.other is None else first.other * scale,
                scale=scale,
            )
    if low.unit == high.unit and low.figure.value >= high.figure.value:
        return None
    one, other = _made(line, low), _made(line, high)
    return Range(one, other, Span(one.span.start, other.span.end))


def _made(line: Line, read: Read) -> Amount:
    figure = read.figure
    span = Span(line.start(figure.start), line.end(figure.end))
    whole = Span(line.start(read.start), line.end(read.end))
    value = figure.value / 100 if read.is_cents else figure.value
    other = figure.other
    number = Number(
        value,
        span,
        bound=_bound(line, read),
        other=other / 100 if other is not None and read.is_cents else other,
        is_share=figure.is_share,
        may_be_pronoun=figure.may_be_pronoun and read.is_bare,
    )
    if read.currencies:
        return Money(number, read.currencies, whole)
    if read.percent:
        return Percent(number, whole, is_points=read.percent == "points")
    if read.unit:
        return Duration(number, cast("TimeUnit", read.unit), whole)
    return number


def _bound(line: Line, read: Read) -> Bound:
    if read.figure.is_some:
        return "some"
    before = line.phrase_before("before", read.start)
    is_during = read.unit is not None and line.key(line.before_gap(read.start)) == "over"
    if before is not None and not is_during:
        return cast("Bound", line.best(before[0]).value)
    sign = line.key(line.before_gap(read.start)) if read.start else ""
    if sign in _BOUND_SIGNS:
        return _BOUND_SIGNS[sign]
    if line.key(read.end) == "+":
        return "at least"
    after = line.phrase("after", line.after_gap(read.end))
    if after is not None:
        return cast("Bound", line.best(after[0]).value)
    return "about" if read.figure.about else "exactly"


_BOUND_SIGNS: dict[str, Bound] = {
    "~": "about", "≈": "about", "±": "about", "<": "less than", "≤": "at most",
    ">": "more than", "≥": "at least",
}  # fmt: skip
