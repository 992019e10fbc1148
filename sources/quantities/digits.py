"""Numbers in digits: what they are worth, whichever signs part their thousands and decimals.

"1.500" is read by the language that is given; else by the other numbers of the text; else by the
language that the small words around it are of, where that has but one way; else both ways.
"""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from sources.quantities.tokens import Line

_NUMBER = re.compile(
    r"[0-9]{1,3}([ ,.'])[0-9]{3}(?:\1[0-9]{3})*(?![0-9])(?:(?!\1)[.,][0-9]+)?"
    r"|[0-9]+(?:[.,][0-9]+)?"
)
_LOOSE = re.compile(r"([0-9]{1,3}) ?, ?000(?![0-9])")
"""Thousands as badly set texts have them: "800, 000"."""
_GOES_ON = re.compile(r"[0-9_]|[.,:/'][0-9]|\(\w{1,3}\)")
_WHOLE = r"(?>[0-9]{1,3}(?: [0-9]{3})+(?![0-9])|[0-9]+)"
_ROW = re.compile(rf"{_WHOLE}\)?(?:(?: ?[ -] ?|\(){_WHOLE}\)?){{2,}}")
"""Three numbers and more with nothing but spaces and dashes between: a telephone, a table."""
_CHAIN = re.compile(r"[\w.,:/'-]*\w")
_SHARE = re.compile(r"([1-9])/([2-9]|10)(?![\w/.,])")
_MAX_DIGITS = 15
_ENGLISH = ("en",)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that was read, before what stands around it is: from token to token."""

    value: Fraction
    start: int
    end: int
    other: Fraction | None = None
    is_share: bool = False
    is_some: bool = False
    may_be_pronoun: bool = False
    is_in_words: bool = False
    scale: Fraction = Fraction(1)
    """What its last scale has multiplied it by: 1000 for "15 thousand"."""
    about: bool = False
    """Whether its word itself says about: "une dizaine"."""
    wants_unit: bool = False
    """Whether it is one only with a unit: an English text with "1,5" may list two numbers."""

    @property
    def is_scaled(self) -> bool:
        """Whether a scale is part of it."""
        return self.scale > 1


@dataclass(frozen=True, slots=True)
class Refused:
    """Something like a number that is none, or is not understood; go on at the token `end`."""

    end: int


def chain_from(line: Line, at: int) -> Refused:
    """All that hangs on the token without white space is no figure."""
    chain = _CHAIN.match(line.plain, line.start(at))
    return Refused(max(at + 1, line.token_at(chain.end()) if chain else 0))


def digits_at(line: Line, at: int) -> Figure | Refused:
    """The number in digits that begins at the token `at`, no scale or unit read yet."""
    start, text = line.start(at), line.plain
    row = _ROW.match(text, start)
    if row is not None and not _is_dated(row.group()):
        return Refused(max(at + 1, line.token_at(row.end())))
    share = _SHARE.match(text, start)
    if share is not None and int(share[1]) < int(share[2]):
        return Figure(
            Fraction(int(share[1]), int(share[2])), at, line.token_at(share.end()), is_share=True
        )
    loose = _LOOSE.match(text, start)
    found = _NUMBER.match(text, start)
    assert found is not None
    if loose is not None and loose.end() > found.end():
        return Figure(Fraction(int(loose[1]) * 1000), at, line.token_at(loose.end()))
    written, end = found.group(), found.end()
    if _GOES_ON.match(text, end) or len(written) > _MAX_DIGITS + 5:
        return chain_from(line, at)
    whole = re.split(r"[ ,.']", written)[0]
    if len(whole) > 1 and whole[0] == "0":
        return chain_from(line, at)
    value, other = _readings(line, written)
    after = line.token_at(end)
    if end < len(text) and unicodedata.category(text[end]) == "No":
        part = _small_fraction(text[end])
        if part is None and (text[end] not in "¹²³" or value == 10):
            return chain_from(line, at)
        if part is not None:
            return Figure(value + part, at, after + 1)
    elif text[end : end + 1] == " " and _small_fraction(text[end + 1 : end + 2]) is not None:
        part = _small_fraction(text[end + 1])
        assert part is not None
        return Figure(value + part, at, after + 2)
    is_cut_by_comma = "," in written and "." not in written and value.denominator != 1
    wants_unit = is_cut_by_comma and line.languages == _ENGLISH
    return Figure(value, at, after, other=other, wants_unit=wants_unit)


def vulgar_fraction_at(line: Line, at: int) -> Figure | None:
    """A fraction that is one character: "½"."""
    part = _small_fraction(line.key(at)) if line.kind(at) == "mark" else None
    return None if part is None else Figure(part, at, at + 1, is_share=True)


def _small_fraction(character: str) -> Fraction | None:
    if not character or unicodedata.category(character) != "No":
        return None
    value = Fraction(unicodedata.numeric(character)).limit_denominator(100)
    return value if 0 < value < 1 else None


def _is_dated(row: str) -> bool:
    """Whether three numbers are one day: "2025-12-23"."""
    return re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", row) is not None


def _readings(line: Line, written: str) -> tuple[Fraction, Fraction | None]:
    signs = re.sub(r"[0-9]", "", written)
    if not signs:
        return Fraction(int(written)), None
    last = signs[-1]
    if last in " '" or (len(signs) > 1 and len(set(signs)) == 1):
        return Fraction(int(re.sub(r"\D", "", written))), None
    whole, _, part = written.rpartition(last)
    as_decimal = Fraction(f"{re.sub(r'[^0-9]', '', whole)}.{part}")
    if len(signs) > 1 or len(part) != 3 or whole == "0":
        return as_decimal, None
    as_thousands = Fraction(int(whole + part))
    by_numbers = line.decimal_sign
    if line.given is not None:
        is_decimal = last == ("." if line.given == "en" else ",") and part != "000"
        return (as_decimal if is_decimal else as_thousands), None
    if by_numbers is not None:
        return (as_decimal if by_numbers == last else as_thousands), None
    is_english = "en" in line.guessed or not line.guessed
    if part == "000" or is_english == (last == ","):
        return as_thousands, None
    return (as_decimal, as_thousands) if last == "," else (as_thousands, as_decimal)
