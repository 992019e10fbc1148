"""Scales after a number: "8.5 bn", "15 тис.", "5k", "2 and a half million"."""

import re
from dataclasses import replace
from fractions import Fraction

from sources.quantities.digits import Figure
from sources.quantities.tokens import Line

HALF = Fraction(1, 2)
_LETTERS = {"k": 10**3, "к": 10**3, "m": 10**6, "b": 10**9}
_MONEY_SIGNS = frozenset("$€£¥₴₽")
_CODE = re.compile(r"(?<![^\W_])(?:EUR|USD|GBP|CHF|UAH|PLN|RUB|NOK|SEK|DKK|CZK|CAD|AUD)$")


def scaled(line: Line, figure: Figure) -> Figure:
    """A figure in digits, or one that is half of something, times the scales that follow it."""
    half = line.phrase("and_half", line.after_gap(figure.end))
    if half is not None and not figure.is_share and figure.value.denominator == 1:
        figure = replace(figure, value=figure.value + HALF, end=half[1])
    while True:
        after = line.after_join(figure.end)
        found = _written_scale(line, after, is_glued=after == figure.end)
        if found is None:
            return figure
        value, end = found
        half = line.phrase("and_half", line.after_gap(end))
        more = value / 2 if half is not None else 0
        figure = replace(
            figure,
            value=figure.value * value + more,
            other=None if figure.other is None else figure.other * value + more,
            end=half[1] if half is not None else end,
            scale=figure.scale * value,
            is_share=False,
        )


def _written_scale(line: Line, at: int, *, is_glued: bool) -> tuple[Fraction, int] | None:
    """What multiplies the digits before the token `at`, and the token after it.

    A letter alone ("5k", "€5m") is a scale only where it is written close, and "m" only with
    money or with what can be counted: there are metres.
    """
    key = line.key(at)
    if key in _LETTERS:
        if line.kind(at) != "word" or not (is_glued or _has_currency_before(line, at)):
            return None
        is_thousand = _LETTERS[key] == 1000
        fits = is_thousand or _is_money(line, at) or (key == "m" and _is_counted(line, at))
        return (Fraction(_LETTERS[key]), at + 1) if fits else None
    found = line.phrase("scales", at) or (None if is_glued else line.phrase("dozens", at))
    if found is None:
        return None
    if key in _BEFORE_A_MONEY_SIGN and line.key(found[1]) in _MONEY_SIGNS:
        return None
    return Fraction(line.best(found[0]).value), found[1]


_BEFORE_A_MONEY_SIGN = frozenset({"k", "m"})


def _has_currency_before(line: Line, at: int) -> bool:
    """Whether the number before a letter is one of money: "USD 100 m"."""
    end = line.start(at)
    before = line.plain[max(0, end - 40) : end].rstrip().rstrip("0123456789.,").rstrip()
    return before[-1:] in _MONEY_SIGNS or _CODE.search(before) is not None


def _is_money(line: Line, at: int) -> bool:
    after = line.after_gap(at + 1)
    return (
        _has_currency_before(line, at)
        or line.key(after) in _MONEY_SIGNS
        or line.phrase("currencies", after) is not None
        or line.word(after) in {"EUR", "USD", "GBP"}
    )


def _is_counted(line: Line, at: int) -> bool:
    after = line.after_gap(at + 1)
    is_word = line.kind(after) == "word" and line.phrase("function", after) is None
    return (is_word and line.key(after).endswith("s")) or line.key(after) == "people"
