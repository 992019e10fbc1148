"""The words of figures, of all languages in one table: what each may mean, and in which language.

Data only, in `lexicon.json`; `make_lexicon` makes it from Unicode's tables and from `words/`.
Loaded when a text is first read.
"""

import json
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "uk", "ru", "pl", "de", "fr")
"""ISO 639-1; where nothing tells in which a word is meant, the first that has it."""
FILE = Path(__file__).parent / "lexicon.json"

BEGINNERS = (
    "numbers", "mixed", "vague", "dozens", "denominators", "halves", "months", "scales",
    "sole_denominators",
)  # fmt: skip
"""The roles whose phrases a number or a date can begin with."""
NUMBERED = frozenset("numbers mixed scales vague dozens denominators sole_denominators".split())
"""The roles whose phrases stand for a number, as "3/2" writes it."""

CODES = frozenset(
    "EUR USD GBP CHF JPY CNY UAH RUB RUR PLN SEK NOK DKK CZK HUF RON BGN CAD AUD NZD INR ILS KRW"
    " MDL BYN KZT".split()
)
"""ISO 4217, without the codes that are words as well: "ALL", "TOP"."""
SIGNS = {
    "€": ("EUR",), "$": ("USD",), "£": ("GBP",), "¥": ("JPY", "CNY"), "₴": ("UAH",),
    "₽": ("RUB",), "₪": ("ILS",), "₹": ("INR",), "₩": ("KRW",), "₺": ("TRY",), "₸": ("KZT",),
}  # fmt: skip
BEFORE_A_SIGN = {
    "us": ("USD",), "c": ("CAD",), "ca": ("CAD",), "a": ("AUD",), "au": ("AUD",), "nz": ("NZD",),
    "hk": ("HKD",), "s": ("SGD",), "u.s.": ("USD",),
}  # fmt: skip
"""Letters before a dollar sign, and whose dollar it is then."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What a phrase means in a language."""

    language: str
    value: Any
    """A `Fraction` for a number, an ``int`` for a month, else the name of what it is."""


class Lexicon:
    """For each role ("scales", "months", …) the phrases that play it."""

    def __init__(self) -> None:
        made = json.loads(FILE.read_text(encoding="utf-8"))
        self._phrases: dict[str, dict[str, dict[str, Any]]] = made["phrases"]
        self._lengths: dict[str, dict[str, list[int]]] = made["lengths"]
        self._lengths_to: dict[str, dict[str, list[int]]] = made["lengths_to"]
        self._senses: dict[tuple[str, str], list[Sense]] = {}
        self.dotted = frozenset(made["dotted"])
        """Words that are written with a full stop of their own."""
        self.words = frozenset(
            phrase.partition(" ")[0] for role in BEGINNERS for phrase in self._phrases[role]
        )
        """First words of numbers, parts and months: a text without a digit that has none of them
        has no figure."""
        self.starts = self.words.union(
            self._phrases["articles"], map(str.casefold, CODES), BEFORE_A_SIGN
        )
        """Words that a figure can begin with: those, an article, a currency."""

    def has(self, role: str, word: str) -> bool:
        """Whether `word` alone plays that role, in whichever language."""
        return word in self._phrases[role]

    def senses(self, role: str, phrase: str) -> list[Sense]:
        """What `phrase`, folded words with single spaces, means in that role; none where it has
        no part in it."""
        meant = self._phrases[role].get(phrase)
        if meant is None:
            return _NONE
        known = self._senses.get((role, phrase))
        if known is None:
            number = Fraction if role in NUMBERED else None
            known = [Sense(one, number(value) if number else value) for one, value in meant.items()]
            self._senses[role, phrase] = known
        return known

    def lengths(self, role: str, first: str) -> list[int] | tuple[()]:
        """How many words the phrases of that role have that begin so, longest first."""
        several = self._lengths[role].get(first)
        if several is not None:
            return several
        return _ONE if first in self._phrases[role] else ()

    def lengths_to(self, role: str, last: str) -> list[int] | tuple[()]:
        """The same for those that end so."""
        several = self._lengths_to[role].get(last)
        if several is not None:
            return several
        return _ONE if last in self._phrases[role] else ()


_NONE: list[Sense] = []
_ONE = [1]


@lru_cache(1)
def lexicon() -> Lexicon:
    """The words of all languages; read once."""
    return Lexicon()
