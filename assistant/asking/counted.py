"""What "how many …" asks to have counted, and what a number in a sentence counts.

A number answers only where it stands with the thing asked for: of "30 countries providing
security support" nobody learns how many soldiers there are. Pure reading of words.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.asking.alike import alike, is_near
from assistant.asking.vocabulary import STOP_WORDS, WORD, stem
from assistant.speakers.people import is_people_noun

_ASKED = re.compile(
    r"\bhow (?:many|few)\b(?P<many>[^?.!,;]*)"
    r"|\b(?:what|which|the) (?:number|total) of (?P<number>[^?.!,;]*)"
    r"|\b(?P<population>population)\b",
    re.IGNORECASE,
)
_SKIPPED = frozenset(
    "of the its their his her our more other different such all these those".split()
)
_ENDS = re.compile(r"[.,;:!?()\[\]|“”\"—–]|\s-\s|\n")
_MANY = frozenset(
    "people children men women aircraft personnel staff police dead cattle sheep fish mice teeth"
    " feet series species offspring media".split()
)
"""Nouns that are many without an "s"."""
_MAX_NOUN_WORDS = 4
_MAX_BETWEEN = 6

_PEOPLE = frozenset(map(stem, "people person persons individual humans".split()))
_PEOPLE_TOO = frozenset(
    map(
        stem,
        "dead killed wounded injured missing children men women civilians inhabitants residents"
        " citizens victims casualties deaths population passengers crew troops".split(),
    )
)
_DWELLERS = frozenset(map(stem, "inhabitant resident citizen people population".split()))
_COUNTRIES = frozenset(
    map(stem, "country state nation government capital land member republic".split())
)
_FORCES = frozenset(
    map(stem, "soldier troop military army forces personnel serviceman servicemen fighter".split())
)
_MEMBERS = frozenset(map(stem, "member participant party partner signatory part".split()))
_DEAD = frozenset(map(stem, "dead death casualty victim killed fatality toll".split()))
_TIMES = frozenset(map(stem, "second minute hour day week month year decade century time".split()))
_MEASURES = frozenset(
    map(
        stem,
        "kilometre kilometer km mile metre meter foot feet inch tonne ton kilogram kg litre liter"
        " hectare acre megawatt gigawatt percent".split(),
    )
)
_GROUPS = (_COUNTRIES, _FORCES, _DEAD, _DWELLERS)


@dataclass(frozen=True, slots=True)
class Counted:
    """A thing that a question wants counted."""

    noun: str
    """As the question writes it: "soldiers"."""
    other: tuple[str, ...] = ()
    """What else stands in its phrase: "Ukrainian"."""

    @property
    def is_people(self) -> bool:
        """Whether it is people in general, whatever they do."""
        return stem(self.noun) in _PEOPLE

    def is_counted_as(self, word: str) -> bool:
        """Whether a number of `word` is a number of what is asked for."""
        own, its = stem(self.noun), stem(word)
        if own == its:
            return True
        if own in _PEOPLE:
            return its in _PEOPLE_TOO or is_people_noun(word)
        if own in _MEMBERS:
            return its in _COUNTRIES or is_people_noun(word)
        if any(own in group and its in group for group in _GROUPS):
            return True
        if its in _PEOPLE or {own, its} & (_TIMES | _MEASURES):
            return own[:3] == its[:3] and bool({own, its} <= _MEASURES)
        if is_people_noun(self.noun) != is_people_noun(word) and its not in _FORCES:
            return False
        return its in alike(self.noun) or is_near(self.noun, [word])


@lru_cache(256)
def counted_in(question: str) -> Counted | None:
    """The thing that `question` wants counted; `None` where it names none."""
    found = _ASKED.search(question)
    if found is None:
        return None
    if found["population"]:
        return Counted("inhabitants")
    words: list[str] = []
    for match in WORD.finditer(found["many"] or found["number"] or ""):
        word = match.group()
        if word.lower() in _SKIPPED and not words:
            continue
        if word.lower() in STOP_WORDS or len(words) == _MAX_NOUN_WORDS:
            break
        words.append(word)
    many = [place for place, word in enumerate(words) if _is_many(word)]
    if not many:
        # "How many were wounded?" and "how many joined" count without a noun.
        return Counted(words[-1], tuple(words[:-1])) if found["number"] and words else None
    last = many[-1] if found["many"] else many[0]
    if words[last].lower() == "times":
        return None
    return Counted(words[last], tuple(words[:last]))


def noun_after(sentence: str, end: int) -> tuple[str, ...]:
    """The words that say what the number ending at `end` counts; empty where none follow."""
    ending = _ENDS.search(sentence, end)
    rest = sentence[end : ending.start() if ending else len(sentence)]
    words: list[str] = []
    for match in WORD.finditer(rest):
        word = match.group()
        if not words and (word.lower() in _SKIPPED or word[0].isdigit()):
            continue
        if word.lower() in STOP_WORDS or word[0].isdigit() or len(words) == _MAX_BETWEEN:
            break
        words.append(word)
        if _is_many(word) and word.islower():
            break
    return tuple(words)


def counts(asked: Counted, sentence: str, end: int) -> bool | None:
    """Whether the number ending at `end` counts what is asked; `None` where no noun says."""
    if sentence.startswith("-strong", end):
        return None
    following = noun_after(sentence, end)
    if not following:
        return None
    if any(asked.is_counted_as(word) for word in following):
        return True
    # "It employs 3,000 people": people in general, who are what is asked for by another word.
    general = any(stem(word) in _PEOPLE for word in following) and not is_people_noun(asked.noun)
    return None if general else False


def names_counted(asked: Counted, words: str) -> bool:
    """Whether `words` speak of what is asked for at all, counted or not."""
    if asked.is_people and re.search(r"\bpopulation\b", words, re.IGNORECASE):
        return True
    return any(asked.is_counted_as(word) for word in WORD.findall(words))


def _is_many(word: str) -> bool:
    low = word.lower()
    return (
        low in _MANY
        or low.endswith(("men", "women"))
        or (low.endswith("s") and not low.endswith(("ss", "us", "is", "’s", "'s")) and len(low) > 3)
    )
