"""Who stands before (or after) a verb of saying: reading the subject off the tokens.

A subject is a name with its titles, a pronoun, or a noun for people ("two European
diplomats"). Anything else (a document, a price, a river) says nothing.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.speakers.name_words import (
    both_capitalised,
    continues_name,
    describes,
    is_name_word,
    is_possessive,
    joins_name,
    skip_determiners,
)
from assistant.speakers.parties import PARTICLES, TITLES, is_listed, party_named
from assistant.speakers.people import is_listed_people_noun, is_people_noun
from assistant.speakers.small_words import PREPOSITIONS, PRONOUNS, STOP, TIMES
from assistant.speakers.tokens import Token

SubjectKind = Literal["name", "pronoun", "people"]

_OPENERS = frozenset("familiar close briefed involved responsible at of in for from on".split())
_DEMONYMS = ("an", "ish", "ese", "ian", "swiss", "french", "dutch", "greek", "czech", "u.s.", "eu")
_KEPT_OPENERS = frozenset("close at of in for from".split())


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a clause is about, by its first and last token (inclusive)."""

    kind: SubjectKind
    words: str
    """The name without titles, the pronoun, or the noun phrase without its article."""
    first: int
    last: int
    role: str | None = None
    """The title before a name, or the noun phrase itself, in lower case."""
    is_definite: bool = False
    """``the`` stands before it, so it may mean somebody named earlier."""


def plain_name(subject: Subject, tokens: Sequence[Token]) -> str:
    """The noun phrase in lower case, unless its first word is a proper one."""
    first, _, rest = subject.words.partition(" ")
    opens = subject.first == 0 and tokens[0].text == first
    if opens and not first.casefold().endswith(_DEMONYMS) and not first.isupper():
        first = first[0].lower() + first[1:]
    return f"{first} {rest}".strip()


def read_left(tokens: Sequence[Token], last: int) -> Subject | None:
    """The subject whose last token is at or before `last`; an apposition may be between."""
    if last < 0:
        return None
    if tokens[last].text == "," or tokens[last].text in "–—":
        return _around_apposition(tokens, last)
    token = tokens[last]
    if not token.is_word:
        return None
    if token.low in PRONOUNS:
        return Subject("pronoun", token.low, last, last)
    return _name_ending_at(tokens, last) or _people_before(tokens, last)


def read_right(tokens: Sequence[Token], first: int) -> Subject | None:
    """The subject that begins at `first`, as in ``said Kaja Kallas, the …``."""
    if first >= len(tokens) or not tokens[first].is_word:
        return None
    found = _at_start(tokens[first:])
    return found and replace(found, first=found.first + first, last=found.last + first)


def _at_start(tokens: Sequence[Token]) -> Subject | None:
    if tokens[0].low in PRONOUNS:
        return Subject("pronoun", tokens[0].low, 0, 0)
    first = end = 0
    while (
        end < len(tokens)
        and tokens[end].is_word
        and (
            end == first
            or not (tokens[end].low in STOP or tokens[end].low in TIMES)
            or (tokens[end].low in PARTICLES and tokens[end - 1].is_capitalised)
            or (tokens[end].low == "and" and both_capitalised(tokens, end))
        )
    ):
        end += 1
    for last in range(end - 1, first - 1, -1):
        found = _name_ending_at(tokens, last) or _people_ending_at(tokens, last)
        if found is not None and found.first <= first + 4:
            return found
    return None


def first_person(tokens: Sequence[Token], *, met: Collection[str] = ()) -> Subject | None:
    """The first person's name of a sentence that is not in a phrase after a preposition.

    A bare surname is one where it is listed, or among those `met` before.
    """
    at = 0
    while at < len(tokens):
        if is_name_word(tokens, at):
            last = at
            while last + 1 < len(tokens) and continues_name(tokens, last + 1):
                last += 1
            found = _name_ending_at(tokens, last)
            if found is not None and party_named(found.words).kind == "person":
                is_full = found.role or " " in found.words
                known = is_full or is_listed(found.words) or found.words in met
                return found if known else None
            at = last
        at += 1
    return None


def _name_ending_at(tokens: Sequence[Token], last: int) -> Subject | None:
    if not is_name_word(tokens, last) or tokens[last].low in TIMES:
        return None
    if last == 0 and is_listed_people_noun(tokens[0].text):
        return None
    first = last
    while first > 0 and (is_name_word(tokens, first - 1) or joins_name(tokens, first - 1)):
        if is_possessive(tokens[first - 1]):
            break
        first -= 1
    while first <= last and tokens[first].low in TIMES:
        first += 1
    if first > last:
        return None
    names = [token.text for token in tokens[first : last + 1]]
    titled = max(
        (at + 1 for at, name in enumerate(names) if name.casefold().strip(".") in TITLES), default=0
    )
    outer = first
    before: list[str] = []
    while outer > 0 and tokens[outer - 1].low in TITLES and not is_possessive(tokens[outer - 1]):
        outer -= 1
        before.insert(0, tokens[outer].low)
    while (
        before
        and outer > 0
        and is_name_word(tokens, outer - 1)
        and tokens[outer - 1].low not in TIMES
    ):
        outer -= 1
    whole = party_named(" ".join(names))
    bare = party_named(" ".join(names[titled:])) if 0 < titled < len(names) else whole
    if bare.kind == "person":
        whole = bare
    if whole.kind in ("organisation", "publisher", "place") or titled == len(names):
        name, role = " ".join(names), None
        if titled == len(names) and whole.kind == "person":
            return _role(tokens, first, last)
    else:
        name = " ".join(names[titled:])
        role = " ".join([*before, *names[:titled]]).casefold() or None
    start = outer
    while start > 0 and is_possessive(tokens[start - 1]):
        start -= 1
    start = skip_determiners(tokens, start)
    joined = _joined(tokens, first, name)
    if joined is not None:
        return joined
    if start > 0 and tokens[start - 1].low in PREPOSITIONS:
        return _people_before(tokens, last)
    return Subject("name", name, start, last, role)


def _joined(tokens: Sequence[Token], first: int, name: str) -> Subject | None:
    """``Keir Starmer and Emmanuel Macron`` as one subject."""
    if first < 2 or tokens[first - 1].low != "and":
        return None
    other = _name_ending_at(tokens, first - 2)
    if other is None or other.kind != "name":
        return None
    short = [party_named(part).name for part in (other.words, name)]
    if {party_named(part).kind for part in (other.words, name)} != {"person"} and not all(
        is_listed(part) for part in short
    ):
        return None
    last = first + len(name.split()) - 1
    return Subject("name", " and ".join(short), other.first, last)


def _role(tokens: Sequence[Token], first: int, last: int) -> Subject | None:
    words = " ".join(token.text for token in tokens[first : last + 1])
    definite = first > 0 and tokens[first - 1].low == "the"
    start = skip_determiners(tokens, first)
    if start > 0 and tokens[start - 1].low in PREPOSITIONS:
        return None
    return Subject("people", words, start, last, words.casefold(), definite)


def _people_ending_at(tokens: Sequence[Token], last: int) -> Subject | None:
    """A noun for people whose head is the token at `last`, with what describes it before."""
    if not is_people_noun(tokens[last].text):
        return None
    if last == 0 and not is_listed_people_noun(tokens[0].text):
        return None
    first = last
    while (
        first > 0
        and last - first < 5
        and tokens[first - 1].is_word
        and tokens[first - 1].low not in STOP | TIMES
        and (not is_possessive(tokens[first - 1]) or is_people_noun(tokens[first - 1].text))
        and not tokens[first - 1].low.endswith("ly")
    ):
        first -= 1
    words = " ".join(token.text for token in tokens[first : last + 1])
    start = skip_determiners(tokens, first)
    if start > 0 and is_possessive(tokens[start - 1]):
        start -= 1
    if start > 0 and tokens[start - 1].low in PREPOSITIONS:
        return None
    definite = first > 0 and tokens[first - 1].low == "the"
    return Subject("people", words, start, last, words.casefold(), definite)


def _people_before(tokens: Sequence[Token], last: int) -> Subject | None:
    """A noun for people at `last`, or a few words before it (``officials in Seoul``)."""
    found = _people_ending_at(tokens, last)
    if found is not None:
        return found
    for head in range(last - 1, max(-1, last - 9), -1):
        if not tokens[head].is_word:
            return None
        if is_people_noun(tokens[head].text) and tokens[head + 1].low in _OPENERS:
            found = _people_ending_at(tokens, head)
            if found is None:
                return None
            if tokens[head + 1].low in _KEPT_OPENERS:
                rest = " ".join(token.text for token in tokens[head + 1 : last + 1])
                return Subject("people", f"{found.words} {rest}", found.first, last)
            return Subject("people", found.words, found.first, last, found.role)
    return None


def _around_apposition(tokens: Sequence[Token], last: int) -> Subject | None:
    """``Kaja Kallas, the EU's foreign policy chief,`` or ``its minister, Andrii Sybiha,``."""
    for comma in range(last - 1, max(0, last - 26), -1):
        if tokens[comma].text not in ",–—":
            continue
        inside = tokens[comma + 1 : last]
        if inside and all(token.is_capitalised or token.low in PARTICLES for token in inside):
            named = _name_ending_at(tokens, last - 1)
            if named is not None and tokens[comma - 1].is_word:
                role = _people_ending_at(tokens, comma - 1)
                words = role.words.casefold() if role else None
                start = role.first if role else comma + 1
                return Subject("name", named.words, start, last, words)
        outer = read_left(tokens, comma - 1) if tokens[comma - 1].is_word else None
        if outer is not None and outer.kind != "pronoun" and describes(inside):
            return Subject(
                outer.kind, outer.words, outer.first, last, outer.role, outer.is_definite
            )
    return None
