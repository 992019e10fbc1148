"""A text cut into words, digits and marks, and the phrases of the lexicon found in it.

Also here: in which language its words are meant, and which sign its numbers have for a decimal
point. Both are asked only where something turns on them.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import Literal, cast

from sources.quantities.letters import fold, plain
from sources.quantities.lexicon import LANGUAGES, Lexicon, Sense, lexicon

_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<word>[^\W\d_](?:\.(?:[^\W\d_]\.)+"  # U.S., p.m.
    r"|(?<=[dlnsjmtcDLNSJMTC])'(?=\w)|u'(?=\w)|usqu'(?=\w)|orsqu'(?=\w)"  # d'euros, jusqu'à
    r"|(?:[^\W\d_]|['\u00ad](?=[^\W\d_]))*))"
    r"|(?P<digits>[0-9]+)"
    r"|(?P<mark>.)",
    re.DOTALL,
)
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_OF_UKRAINIAN, _OF_RUSSIAN = re.compile("[іїєґ]", re.I), re.compile("[ыэъ]", re.I)
_WITH_POINT = re.compile(
    r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+(?:\.\d+|(?=,))|\d+\.(?:\d\d?|\d{4,}))(?![\d.,]*\d)"
)
_WITH_COMMA = re.compile(
    r"(?<![\d.,])(?:\d{1,3}(?:[. ]\d{3})+,\d+|\d+,(?:\d\d?|\d{4,}))(?![\d.,]*\d)"
)
_MILLIONS_BY_COMMA = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3}){2,}(?![\d,])")
_MILLIONS_BY_POINT = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3}){2,}(?![\d.])")

Kind = Literal["digits", "word", "space", "mark", ""]
_BEHIND = 16
"""No reader looks further than so many tokens at once beyond an end."""


class Line:
    """A text that is being read: mostly a sentence."""

    def __init__(self, text: str, language: str | None) -> None:
        self.text = text
        self.plain = plain(text)
        self.low = self.plain.casefold()
        self.given = language if language in LANGUAGES else None
        self.lexicon: Lexicon = lexicon()
        self._kinds: list[Kind] = []
        self._keys: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._cut()
        self.size = len(self._kinds)
        self.leads = self._find_leads()
        """The tokens that a figure can begin with, as far as each tells by itself."""
        # Looked for before the first token or behind the last, there is nothing.
        self._kinds += [""] * _BEHIND
        self._keys += [""] * _BEHIND
        self._starts += [len(text)] * _BEHIND
        self._ends += [len(text)] * _BEHIND

    def _cut(self) -> None:
        kinds, keys, starts, ends = self._kinds, self._keys, self._starts, self._ends
        dotted = self.lexicon.dotted
        for match in _TOKEN.finditer(self.plain):
            kind = cast("Kind", match.lastgroup)
            key = match.group()
            if kind == "word":
                key = key.casefold() if "\u00ad" not in key else fold(key)
            elif key == "." and keys and kinds[-1] == "word" and f"{keys[-1]}." in dotted:
                keys[-1] += "."
                ends[-1] = match.end()
                continue
            kinds.append(kind)
            keys.append(key)
            starts.append(match.start())
            ends.append(match.end())

    def _find_leads(self) -> list[int]:
        starts, found = self.lexicon.starts, []
        is_joined = "hundert" in self.low or "tausend" in self.low
        for at, key in enumerate(self._keys):
            kind = self._kinds[at]
            if kind == "space" or (kind == "word" and key not in starts and not is_joined):
                continue
            if kind == "mark" and key < "\x7f" and key not in "$-":
                continue
            found.append(at)
        return found

    @cached_property
    def guessed(self) -> tuple[str, ...]:
        """The languages that its small words or letters are of; empty where none tells."""
        scores = dict.fromkeys(LANGUAGES, 0)
        for key in set(self._keys):
            for sense in self.lexicon.senses("function", key):
                scores[sense.language] += 1
        if _CYRILLIC.search(self.text):
            scores["uk"] += 2 * bool(_OF_UKRAINIAN.search(self.text))
            scores["ru"] += 2 * bool(_OF_RUSSIAN.search(self.text))
        most = max(scores.values())
        if most:
            return tuple(one for one in LANGUAGES if scores[one] == most)
        return ("uk", "ru") if _CYRILLIC.search(self.text) else ()

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """In which its words may be meant: all, where nothing is said and nothing tells."""
        given = (self.given,) if self.given else ()
        return tuple(dict.fromkeys((*given, *self.guessed))) or LANGUAGES

    def best(self, senses: Sequence[Sense]) -> Sense:
        """The one of `senses` that is of the likeliest language."""
        if len(senses) == 1:
            return senses[0]
        order = (*self.languages, *LANGUAGES)
        return min(senses, key=lambda sense: order.index(sense.language))

    @cached_property
    def decimal_sign(self) -> str | None:
        """ "." or "," as the numbers of the text show it; `None` where none or both do."""
        text = self.plain
        point = _WITH_POINT.search(text) or _MILLIONS_BY_COMMA.search(text)
        comma = _WITH_COMMA.search(text) or _MILLIONS_BY_POINT.search(text)
        return None if bool(point) == bool(comma) else "." if point else ","

    def kind(self, at: int) -> Kind:
        """The kind of the token; empty where there is none."""
        return self._kinds[at]

    def key(self, at: int) -> str:
        """The token as it is looked up; empty where there is none."""
        return self._keys[at]

    def word(self, at: int) -> str:
        """The token as it is written."""
        return self.text[self._starts[at] : self._ends[at]]

    def after_gap(self, at: int) -> int:
        """The token after white space at `at`, if there is some and no paragraph ends there."""
        if self._kinds[at] == "space" and self._keys[at].count("\n") < 2:
            return at + 1
        return at

    def after_join(self, at: int) -> int:
        """The token after white space or a hyphen at `at`, if there is one."""
        if self.key(at) == "-" and self.kind(at + 1) == "word":
            return at + 1
        return self.after_gap(at)

    def before_gap(self, at: int) -> int:
        """The token before `at`, white space passed over."""
        before = at - 1
        return (
            before - 1
            if self.kind(before) == "space" and self.key(before).count("\n") < 2
            else before
        )

    def token_at(self, place: int) -> int:
        """The token that begins at the character `place`, or the first one after."""
        return bisect_left(self._starts, place, 0, self.size)

    def start(self, at: int) -> int:
        """The first character of a token, or the end of the text."""
        return self._starts[at]

    def end(self, at: int) -> int:
        """The character after the token before `at`: where what ends there ends."""
        return self._ends[at - 1]

    def phrase(self, role: str, at: int) -> tuple[list[Sense], int] | None:
        """The longest phrase of that role that begins at the token `at`: its senses, and the
        token after it."""
        if self._kinds[at] != "word":
            return None
        for length in self.lexicon.lengths(role, self._keys[at]):
            words, end = self._words_from(at, length)
            senses = self.lexicon.senses(role, " ".join(words))
            if senses:
                return senses, end
        return None

    def phrase_before(self, role: str, at: int) -> tuple[list[Sense], int] | None:
        """The longest phrase of that role that ends just before the token `at`, with or without
        white space between: its senses, and its first token."""
        last = self.before_gap(at)
        if self.kind(last) != "word":
            return None
        for length in self.lexicon.lengths_to(role, self.key(last)):
            first = last
            words = [self.key(last)]
            while len(words) < length:
                first = first - 1 if self.key(first - 1).endswith("'") else self._before_join(first)
                if self.kind(first) != "word":
                    break
                words.insert(0, self.key(first))
            senses = self.lexicon.senses(role, " ".join(words))
            if len(words) == length and senses:
                return senses, first
        return None

    def _before_join(self, at: int) -> int:
        return at - 2 if self.key(at - 1) == "-" else self.before_gap(at)

    def _words_from(self, at: int, length: int) -> tuple[list[str], int]:
        words, end = [self.key(at)], at + 1
        while len(words) < length:
            after = self.after_join(end)
            if self.kind(after) != "word":
                break
            words.append(self.key(after))
            end = after + 1
        return words, end
