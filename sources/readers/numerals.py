"""Numbers as lists write them: 4, 04, d, D, iv, IV, 4th."""

NUMERALS = frozenset(
    "decimal decimalZero lowerLetter upperLetter lowerRoman upperRoman ordinal russianLower"
    " russianUpper chicago".split()
)
"""The kinds that are known, as WordprocessingML names them."""

_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
"""Without the letters that lists pass over: ё, й, ъ, ы, ь."""
_SIGNS = "*†‡§"
_MOST = 32_767
"""Word's highest number; a file may say more, which nobody wrote."""


def write_number(value: int, numeral: str) -> str:
    """The number as the numeral writes it; in plain figures where it is of an unknown kind."""
    if not 0 < value <= _MOST:
        return str(value)
    match numeral:
        case "decimalZero":
            return f"{value:02}"
        case "lowerLetter":
            return _letters(value, _LATIN)
        case "upperLetter":
            return _letters(value, _LATIN).upper()
        case "russianLower":
            return _letters(value, _CYRILLIC)
        case "russianUpper":
            return _letters(value, _CYRILLIC).upper()
        case "lowerRoman":
            return _roman(value)
        case "upperRoman":
            return _roman(value).upper()
        case "ordinal":
            return f"{value}{_ordinal_ending(value)}"
        case "chicago":
            return _letters(value, _SIGNS)
        case _:
            return str(value)


def _letters(value: int, alphabet: str) -> str:
    """a … z, aa … zz, aaa: Word doubles a letter after the last one."""
    times, at = divmod(value - 1, len(alphabet))
    return alphabet[at] * (times + 1)


def _roman(value: int) -> str:
    written = ""
    for worth, letters in _ROMAN:
        times, value = divmod(value, worth)
        written += letters * times
    return written


def _ordinal_ending(value: int) -> str:
    if value % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
