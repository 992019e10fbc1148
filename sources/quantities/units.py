"""What a number is of, as it stands beside it: a currency, a percent sign, a unit of time."""

from dataclasses import dataclass, replace
from fractions import Fraction

from sources.quantities.digits import Figure
from sources.quantities.lexicon import BEFORE_A_SIGN, CODES, SIGNS
from sources.quantities.tokens import Line

_GLUED_SCALES = {"k": 10**3, "m": 10**6, "md": 10**9, "mds": 10**9, "bn": 10**9, "mrd": 10**9}


@dataclass(slots=True)
class Read:
    """An amount as far as it is read: from token to token, and what it is of."""

    figure: Figure
    start: int
    end: int
    currencies: tuple[str, ...] = ()
    is_cents: bool = False
    percent: str | None = None
    """``%`` or ``points``."""
    unit: str | None = None
    """Of time."""

    @property
    def is_bare(self) -> bool:
        """Whether it is of nothing yet."""
        return not (self.currencies or self.percent or self.unit)


def currency_before(line: Line, at: int) -> tuple[tuple[str, ...], int] | None:
    """The currency that is written before its number, and the token at which that begins."""
    codes: tuple[str, ...] | None = None
    end = at + 1
    if line.kind(at) == "word":
        if line.key(end) == "$" and line.key(at) in BEFORE_A_SIGN:
            codes, end = BEFORE_A_SIGN[line.key(at)], end + 1
        elif line.word(at) in CODES:
            codes = (line.word(at),)
    else:
        codes = SIGNS.get(line.key(at))
    if codes is None:
        return None
    number = line.after_gap(end)
    if line.key(number) == "-" and line.kind(number + 1) == "digits" and number == end:
        return codes, number
    return (codes, number) if line.kind(number) == "digits" else None


def read_unit(line: Line, read: Read) -> None:
    """Read what stands after the number: a currency, a percent sign, a unit of time."""
    figure, end = read.figure, read.end
    after = line.after_gap(end)
    key = line.key(after)
    glued_scale = _GLUED_SCALES.get(key) if line.kind(after) == "word" else None
    if glued_scale and line.key(after + 1) in SIGNS and not figure.is_scaled:  # 90 Md€
        read.figure = replace(
            figure, value=figure.value * glued_scale, scale=Fraction(glued_scale), end=after + 1
        )
        read.currencies, read.end = SIGNS[line.key(after + 1)], after + 2
        return
    if line.kind(after) == "mark":
        if key in SIGNS and not read.currencies:
            if line.kind(after + 1) != "digits":
                read.currencies, read.end = SIGNS[key], after + 1
        elif key == "%":
            read.percent, read.end = "%", after + 1
            points = line.phrase("points", after + 1)
            if points:
                read.percent, read.end = "points", points[1]
        elif key == "-" and after == end and line.kind(after + 1) == "word":
            _read_word(line, read, after + 1)
        return
    if line.kind(after) == "word":
        _read_word(line, read, after)


def _read_word(line: Line, read: Read, at: int) -> None:
    points, percent = line.phrase("points", at), line.phrase("percent", at)
    if points or percent:
        found = points or percent
        assert found is not None
        read.percent, read.end = ("points" if points else "%"), found[1]
        return
    if not read.currencies:
        codes = _currency_after(line, read, at)
        if codes is not None:
            read.currencies, read.end = codes
            return
        cents = line.phrase("cents", at)
        is_french = cents is not None and "fr" in line.guessed and line.key(at) == "cents"
        if cents is not None and not read.figure.is_scaled and not is_french:
            read.currencies = tuple(line.best(cents[0]).value.split(","))
            read.is_cents, read.end = True, cents[1]
            return
    elif line.word(at) in CODES or _repeats_currency(line, read, at):
        # "$90 billion US dollars", "€90bn euros"
        found = line.phrase("currencies", at)
        read.end = found[1] if found else at + 1
        return
    if read.currencies or read.figure.is_some:
        return
    unit = _time_unit(line, read.figure, at)
    if unit is not None:
        read.unit, read.end = unit
        half = line.phrase("and_half", line.after_gap(read.end))
        if half is not None:  # "deux ans et demi"
            read.figure = replace(read.figure, value=read.figure.value + Fraction(1, 2))
            read.end = half[1]


def _time_unit(line: Line, figure: Figure, at: int) -> tuple[str, int] | None:
    """The unit of time at the token `at`; of a part, "half an hour", "a quarter of a century"."""
    is_of_one = False
    if figure.is_share:
        of = line.phrase("of", at)
        article = line.phrase("articles", line.after_gap(of[1]) if of else at)
        is_of_one = article is not None
        at = line.after_gap(article[1]) if article else at
    unit = line.phrase("durations", at)
    if unit is None or (figure.is_share and not is_of_one and figure.value not in _DIRECT_PARTS):
        return None
    return str(line.best(unit[0]).value), unit[1]


_DIRECT_PARTS = (Fraction(1, 2), Fraction(1, 4))
"""Parts that stand before a unit with nothing between: "четверть века", "eine halbe Stunde"."""


def _repeats_currency(line: Line, read: Read, at: int) -> bool:
    found = line.phrase("currencies", at)
    if found is None:
        return False
    codes = str(line.best(found[0]).value).rstrip("?").split(",")
    return not set(codes).isdisjoint(read.currencies)


def _currency_after(line: Line, read: Read, at: int) -> tuple[tuple[str, ...], int] | None:
    if line.word(at) in CODES:
        return (line.word(at),), at + 1
    if line.key(at) in BEFORE_A_SIGN and line.key(at + 1) == "$":
        return BEFORE_A_SIGN[line.key(at)], at + 2
    of = line.phrase("of", at)
    if of is not None and read.figure.is_scaled:  # "90 milliards d'euros"
        at = line.after_gap(of[1])
    found = line.phrase("currencies", at)
    if found is None:
        return None
    sense = line.best(found[0])
    value = str(sense.value)
    if value.endswith("?") and not read.figure.is_scaled and read.figure.value < 1000:
        return None  # pounds are a weight as well
    return tuple(value.rstrip("?").split(",")), found[1]
