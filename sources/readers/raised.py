"""Raised characters: a note's sign, an exponent or the end of an ordinal number?"""

import re

_ORDINAL_ENDINGS = frozenset(
    "st nd rd th er ers re res ère ème eme nde de te ter й я е го му м ї та те ий ша га".split()
)
_SHORT_ENDINGS = frozenset("deoaª")
"""Ordinal endings of one letter, which are note signs as well."""
_LONGEST_SHORTLY_ENDED = 100
_UNIT = re.compile(r"(?:^|[\s\d(/·×.])(?:[µmcdk]?m|ft|in|mi|yd|s|[смдк]?м)$")
_UNIT_POWERS = frozenset({"2", "3", "-1", "-2", "−1", "−2"})
_POWER_OF_TEN = re.compile(r"[×x·*]\s?10$")
_VARIABLE = re.compile(r"(?:^|[\s(=+−*/-])[xyzrncR]$")
_WORD = re.compile(r"[^\W\d_]+$")
_NUMBER = re.compile(r"\d+$")
_NUMERIC = re.compile(r"[-−+]?\d{1,3}")
_GLYPHS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_TRADE = {"tm": "™", "sm": "℠", "®": "®", "©": "©", "°": "°", "º": "º", "ª": "ª"}
_SIGN = re.compile(
    r"[\[(]?(?:\d{1,3}|[a-z]|[ivxlc]{1,6}|[*†‡§#]{1,4})[\])]?"
    r"(?:[\s,;–-]+(?:\d{1,3}|[a-z]|[*†‡§#]{1,4}))*[\])]?",
    re.IGNORECASE,
)


def beside(before: str, raised: str) -> str | None:
    """How raised characters are written after the words `before` them; `None` for a note's sign.

    "m" and "2" is "m²", "5" and "th" is "5th", "M" and "me" is "Mme"; "1500" and "4" is a note.
    """
    raised = raised.strip()
    if not raised or raised.lower() in _TRADE:
        return _TRADE.get(raised.lower(), "")
    if raised.isalpha():
        return raised if _ends_a_word(before, raised.lower()) else None
    if _NUMERIC.fullmatch(raised) and (
        (raised in _UNIT_POWERS and _UNIT.search(before))
        or _POWER_OF_TEN.search(before)
        or (len(raised) == 1 and _VARIABLE.search(before))
    ):
        return raised.translate(_GLYPHS)
    return None if _SIGN.fullmatch(raised) else raised


def _ends_a_word(before: str, letters: str) -> bool:
    number = _NUMBER.search(before)
    if number:
        if letters in _ORDINAL_ENDINGS:
            return True
        return letters in _SHORT_ENDINGS and int(number.group()[-9:]) <= _LONGEST_SHORTLY_ENDED
    word = _WORD.search(before)
    return len(letters) > 1 or (word is not None and len(word.group()) == 1)


def sign_of(raised: str) -> str:
    """A note's sign without the brackets around it."""
    return raised.strip().strip("[]()").strip()
