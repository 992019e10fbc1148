"""A figure in plain words, as the table of written forms tells what each means."""

from fractions import Fraction

from sources.quantities.quantity import Date, Duration, Money, Number, Percent, Quantity, Range


def in_words(figure: Quantity) -> str:
    """``at most 800000``, ``90000000000 EUR``, ``1/3 share``, ``2025-12``, ``10 % .. 15 %``."""
    match figure:
        case Range():
            return f"{in_words(figure.low)} .. {in_words(figure.high)}"
        case Date():
            return " or ".join(dict.fromkeys(_date(*one, figure) for one in figure.readings))
        case Money():
            return f"{_number(figure.number)} {'/'.join(figure.currencies)}"
        case Percent():
            return f"{_number(figure.number)} {'points' if figure.is_points else '%'}"
        case Duration():
            return f"{_number(figure.number)} {figure.unit}"
    return f"{_number(figure)}{' share' if figure.is_share else ''}"


def _number(number: Number) -> str:
    values = " or ".join(_value(one) for one in number.readings)
    return values if number.bound == "exactly" else f"{number.bound} {values}"


def _value(value: Fraction) -> str:
    return str(value)


def _date(year: int | None, month: int | None, day: int | None, date: Date) -> str:
    parts = ["?" if year is None else str(year)]
    parts += [f"{part:02}" for part in (month, day) if part is not None]
    return "-".join(parts) + ("s" if date.is_decade else "")
