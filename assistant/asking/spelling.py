"""A slip of the keys in a question is read as the word that the sources use.

Only a word that neither the sources nor the table of words have is read otherwise, and only as
a form that stands in an English source as it is; the reader is told. In a name no letter is put
in place of another: it may be another name. A word that is several slips away is read as one
that sounds like it, if the table of words has that. British spelling is no slip, and a question
in another language is left as it is.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from string import ascii_lowercase

from assistant.asking.aliases import same_names
from assistant.asking.vocabulary import WORD, is_known, known_words, stem
from sources.language import is_foreign

MIN_LETTERS = 5
_MIN_CONSONANTS = 4
"""Words with fewer sound like too many others."""
_MIN_ALIKE = 0.7
"""Share of their letters, in order, that words which sound alike must have in common."""
_SPELLED = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"is(?=(?:e[sdr]?|ing|ations?|able|ers)$)", "iz"),
        (r"ys(?=(?:e[sdr]?|ing)$)", "yz"),
        (r"our(?=(?:s|ed|ing|able|ful|ite|ites|hood|ly)?$)", "or"),
        (r"tre(?=s?$)", "ter"),
        (r"ll(?=(?:ed|ing|er|ers|ation)$)", "l"),
        (r"(?<=[aeio])l(?=(?:ment|ments)?$)", "ll"),
        (r"ogue(?=s?$)", "og"),
        (r"(?<=en)ce(?=(?:s|less)?$)", "se"),
        (r"ae|oe", "e"),
        (r"gramme(?=s?$)", "gram"),
    )
)
"""Endings of British English and what American English has in their place."""
_VERB = re.compile(r"(\w{4,}?)i[sz](?:e[sdr]?|ing|ations?)")
_SOUNDS = (("ph", "f"), ("ck", "k"), ("q", "k"), ("x", "ks"), ("z", "s"), ("gh", ""))


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it is read."""

    words: str
    slips: tuple[tuple[str, str], ...] = ()
    """Each word as it was typed and as it is read."""

    @property
    def notice(self) -> str | None:
        """What the reader should be told of it; `None` where nothing is read otherwise."""
        if not self.slips:
            return None
        read = ", ".join(f"“{typed}” is read as “{meant}”" for typed, meant in self.slips)
        return f"{read}: no source has the word as it was typed."


def read_typed(
    question: str,
    mentions: Callable[[str], int],
    writes: Callable[[str], int] | None = None,
) -> Reading:
    """`question` with its slips mended.

    `mentions` counts the passages that hold a word in any of its forms, `writes` the English
    ones that hold the very form; without it every form that is mentioned counts as written.
    """
    if is_foreign(question):
        return Reading(question)
    read, slips, done = "", [], 0
    for found in WORD.finditer(question):
        typed = found.group()
        meant = _meant(typed, mentions, writes or mentions)
        if meant is not None:
            slips.append((typed, meant))
            read += question[done : found.start()] + meant
            done = found.end()
    return Reading(read + question[done:], tuple(slips))


def _meant(typed: str, mentions: Callable[[str], int], writes: Callable[[str], int]) -> str | None:
    is_plain = len(typed) >= MIN_LETTERS and typed.isascii() and typed.isalpha()
    if not is_plain or typed.isupper() or _is_right(typed) or mentions(typed):
        return None
    nearby = [*_one_slip_away(typed.lower(), may_replace=typed.islower())]
    if typed.islower():
        nearby.append(_sounding_like(typed))
    for words in nearby:
        counted = {word: writes(word) for word in words if _is_word(word)}
        best = max(counted, key=lambda word: (counted[word], word), default="")
        if counted.get(best):
            return best.capitalize() if typed[0].isupper() else best
    return None


def _is_right(typed: str) -> bool:
    """Whether the word is one: known, a form of a known name, or known in American spelling."""
    return any(map(is_known, (*same_names(typed), *_american(typed), *_roots(typed))))


def _american(word: str) -> Iterator[str]:
    """How American English spells what may be a British form."""
    low = word.lower()
    for british, american in _SPELLED:
        spelled = british.sub(american, low)
        if spelled != low:
            yield spelled


def _roots(word: str) -> Iterator[str]:
    """What a verb in "-ise" or "-ize" may be made of: "summary" of "summarise"."""
    found = _VERB.fullmatch(word.lower())
    if found is not None:
        yield from (found[1] + ending for ending in ("", "y", "e", "al"))


def _is_word(word: str) -> bool:
    """Whether it is no mere stem with an ending: "viewe" counts as "view" and is no word."""
    return is_known(word) or not is_known(stem(word))


def _sounding_like(typed: str) -> list[str]:
    """Words of the table that have its consonants by their sound, and most of its letters."""
    sound = _consonants(typed)
    if len(sound) < _MIN_CONSONANTS:
        return []
    return [
        word
        for word in _by_consonants().get(sound, ())
        if SequenceMatcher(None, typed, word).ratio() >= _MIN_ALIKE
    ]


@cache
def _by_consonants() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in known_words():
        found.setdefault(_consonants(word), []).append(word)
    return found


def _consonants(word: str) -> str:
    """Its first letter and the consonants after it, those that sound alike as one."""
    word = re.sub(r"c(?=[eiy])", "s", word)
    for written, sounds in (*_SOUNDS, ("c", "k")):
        word = word.replace(written, sounds)
    return word[:1] + re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyhw]", "", word[1:]))


def _one_slip_away(word: str, *, may_replace: bool) -> Iterator[list[str]]:
    """Words that one slip makes into `word`, by kind, the likeliest kind first.

    After Damerau, "A Technique for Computer Detection and Correction of Spelling Errors",
    CACM 7 (1964): four kinds of single error.
    """
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield [a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1 and b[0] != b[1]]
    yield [a + b[1:] for a, b in halves if b]
    yield [a + letter + b for a, b in halves for letter in ascii_lowercase]
    if may_replace:
        yield [a + letter + b[1:] for a, b in halves if b for letter in ascii_lowercase]
