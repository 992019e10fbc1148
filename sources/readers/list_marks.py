"""The marks of list items: counted as browsers count them, or as they are written."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

BULLET = "•"

_STYLE = re.compile(
    r"list-style(?:-type)?\s*:[^;]*?(none|(?:lower|upper)-[a-z]+|decimal|disc)", re.I
)
_STYLES = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
    "decimal": "1",
}
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_WRITTEN = re.compile(
    r"""(?: [-*•–·▪◦‣●○■]                         # a dash or a bullet
          | \d{1,3} (?: \.\d{1,3} )* [.)]         # 1. 2.1. 3)
          | \( \d{1,3} \)                         # (1)
          | \(? [a-zа-яіїє] \)                    # a) (b)
          | \(? [ivx]{1,5} \)                     # (iv)
          ) (?= [ \t\xa0]+ \S )""",
    re.VERBOSE | re.IGNORECASE,
)


def written_mark(words: str) -> str | None:
    """The mark that a line begins with, as it is written: "-", "2.1.", "(a)"; else `None`."""
    found = _WRITTEN.match(words)
    return found.group() if found else None


def marks_of(ordered: Any, items: Sequence[Any]) -> Mapping[Any, str]:
    """The mark of each item of an ``<ol>``, after `start`, `reversed`, `type` and `value`.

    Empty where the page hides the marks.
    """
    step = -1 if ordered.get("reversed") is not None else 1
    number = _whole(ordered.get("start"), len(items) if step < 0 else 1)
    style = _style(ordered) or ordered.get("type") or "1"
    found = {}
    for item in items:
        number = _whole(item.get("value"), number)
        found[item] = _written(number, _style(item) or item.get("type") or style)
        number += step
    return found


def _style(element: Any) -> str | None:
    named = _STYLE.search(element.get("style") or "")
    if named is None:
        return None
    return _STYLES.get(named.group(1).lower(), "" if named.group(1).lower() == "none" else None)


def _written(number: int, style: str) -> str:
    match style:
        case "":
            return ""
        case "a" | "A" if 0 < number < 10_000:
            letters = _letters(number)
        case "i" | "I" if 0 < number < 4_000:
            letters = _roman(number)
        case "disc" | "circle" | "square":
            return BULLET
        case _:
            return f"{number}."
    return f"{letters.upper() if style.isupper() else letters}."


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("a") + letter) + letters
    return letters


def _roman(number: int) -> str:
    letters = ""
    for value, sign in _ROMAN:
        letters += sign * (number // value)
        number %= value
    return letters


def _whole(written: str | None, default: int) -> int:
    try:
        return int(written or "") if len(written or "") < 10 else default
    except ValueError:
        return default
