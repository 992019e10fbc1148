"""Who did it: "Who named Donetsk as the main obstacle?" asks for the subject of one verb.

Any other name in the sentence is a bystander, and is never pointed at. Pure reading of words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.asking.alike import alike, base_of, is_light
from assistant.asking.vocabulary import STOP_WORDS, stem
from assistant.polarity import is_negated
from assistant.speakers.small_words import DETERMINERS
from assistant.speakers.subjects import Subject, first_person, read_left, read_right
from assistant.speakers.tokens import Token, find_quotations, tokenise
from sources.source import Span

Bounds = tuple[int, int]

_ASKS = re.compile(r"(?:and |but |so |then )?who(?: else| exactly)? (?P<rest>[^?]+)", re.IGNORECASE)
_BE = frozenset("is are was were be been being".split())
_AUXILIARIES = _BE | frozenset(
    "will would can could may might shall should must has have had do does did to going not never"
    " also already ever still now then first finally both all".split()
)
_OBJECT_FOLLOWS = frozenset("do does did will would can could should has have had".split())
_NEGATIONS = frozenset("not never cannot hardly nobody none neither nor".split())
_CONDITIONS = frozenset("if unless whether should".split())
_CLAUSE_ENDS = frozenset({";", ":", ",", "–", "—", "(", ")"})
_SUPPORTING = frozenset("provide give make take carry launch offer deliver".split())
"""Verbs that lend a noun their subject: "Ukraine would provide core funding"."""
_AFTER_BY = _CLAUSE_ENDS | frozenset(
    ". on in at to for with after before that which who while but as from".split()
)
_SAYING = frozenset("say tell state think believe".split())
_MAX_TO_BY = 4
_SHORTEST_STEM, _MOST_MORE = 5, 3


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody is asked to have done."""

    verb: str
    """As the question writes it: "named"."""
    is_denied: bool
    """Whether it is asked who does not."""


@dataclass(frozen=True, slots=True)
class Done:
    """One place in a sentence where the deed is spoken of."""

    doers: tuple[Bounds, ...] = ()
    """Who does it, by name or by what they are."""
    is_before: bool = False
    """Whether the doer is "he" or "she", named in the sentence before."""
    is_nobody: bool = False
    """Whether there is none who does it: "No monitor has been named"."""
    is_open: bool = False
    """Whether the words do not tell who does it, and do not say that it is not done."""


@lru_cache(256)
def deed_in(question: str) -> Deed | None:
    """The deed whose doer `question` asks for; `None` where it asks for something else."""
    asked = _ASKS.match(question.strip())
    if asked is None:
        return None
    words = re.findall(r"[\w’'.-]+", asked["rest"])
    after_be = False
    for place, word in enumerate(words):
        low = word.lower()
        if low in _AUXILIARIES or is_adverb(word):
            after_be |= low in _BE
            continue
        earlier = {one.lower() for one in words[:place]}
        if low in STOP_WORDS or (earlier & _OBJECT_FOLLOWS and not word.islower()):
            return None
        is_verb = word.islower() and not is_light(word) and base_of(low) not in _SAYING
        is_verb &= stem(word) not in {stem(one) for one in _SAYING}
        if not is_verb or (after_be and not low.endswith("ing")):
            return None
        return Deed(word, is_negated(question))
    return None


def done_in(deed: Deed, sentence: str) -> tuple[Done, ...]:
    """Every place of `sentence` that speaks of the deed, with who does it there."""
    tokens = tokenise(sentence, Span(0, len(sentence)), find_quotations(sentence))
    verbs = alike(deed.verb)
    own = stem(base_of(deed.verb))
    return tuple(
        _done_at(deed, tokens, place)
        for place, token in enumerate(tokens)
        if token.is_word
        and token.text.islower()
        and ((said := stem(base_of(token.text))) in verbs or _is_made_of(said, own))
    )


def _is_made_of(noun: str, verb: str) -> bool:
    """Whether a noun is made of a verb, by their stems: "consideration" of "consider"."""
    longer = len(noun) - len(verb)
    return len(verb) >= _SHORTEST_STEM and 0 < longer <= _MOST_MORE and noun.startswith(verb)


def _done_at(deed: Deed, tokens: Sequence[Token], verb: int) -> Done:
    by = _agent(tokens, verb)
    if by:
        return Done(doers=by) if deed.is_denied == _is_denied(tokens, verb) else Done()
    before, last = _skip_left(tokens, verb)
    if _is_conditional(tokens, last) or (_NEGATIONS & before and not deed.is_denied):
        return Done()
    if before & _BE and not tokens[verb].low.endswith("ing"):
        return Done()
    if last < 0:
        return Done(is_open=True)
    if tokens[last].low in DETERMINERS or not before:
        lent = _lent(deed, tokens, verb)
        if lent is not None:
            return lent
    done = _by_subject(tokens, last)
    is_noun = not before and not _is_past(tokens[verb].low)
    return Done() if done.is_open and is_noun else done


def _is_past(word: str) -> bool:
    return word.endswith("ed") or base_of(word) != word


def _by_subject(tokens: Sequence[Token], last: int) -> Done:
    if tokens[last].low in {"who", "which", "that"} and last:
        last -= 2 if tokens[last - 1].text == "," and last > 1 else 1
    if tokens[last].low in {"he", "she", "they"}:
        return Done(is_before=True)
    subject = read_left(tokens, last)
    if subject is None or (subject.last < last and tokens[last].is_word):
        return Done(is_open=True)
    if subject.kind == "pronoun":
        return Done(is_before=True)
    owner = tokens[subject.first].low in {"his", "her", "their"} or (
        subject.first > 0 and tokens[subject.first - 1].low in {"his", "her", "their"}
    )
    if owner:
        return _sayer(tokens, subject.first)
    return Done(doers=(_bounds(tokens, subject),))


def _bounds(tokens: Sequence[Token], subject: Subject) -> Bounds:
    """Where the subject is named, without what only describes it."""
    last = subject.last
    while last > subject.first and not tokens[last].is_word:
        last -= 1
    words = subject.words.split()
    for first in range(subject.first, last + 1):
        if tokens[first].text == words[0]:
            end = min(first + len(words) - 1, last)
            if tokens[end].text == words[-1]:
                return tokens[first].start, tokens[end].end
    return tokens[subject.first].start, tokens[last].end


def first_named(sentence: str) -> Bounds | None:
    """Who a sentence is about: the first person, else the first name that it says something of."""
    tokens = tokenise(sentence, Span(0, len(sentence)), find_quotations(sentence))
    subject = first_person(tokens)
    return None if subject is None else _bounds(tokens, subject)


def _sayer(tokens: Sequence[Token], before: int) -> Done:
    """Whose government it is: who says the sentence in which "his government" does it."""
    for place in range(before - 1, 0, -1):
        if tokens[place].low in {"said", "says", "added", "told", "announced"}:
            subject = read_left(tokens, place - 1)
            if subject is not None and subject.kind == "name":
                return Done(doers=(_bounds(tokens, subject),))
            return Done(is_before=True)
    return Done(is_open=True)


def _lent(deed: Deed, tokens: Sequence[Token], noun: int) -> Done | None:
    """Who does what a noun says, by the verb that the noun belongs to."""
    if noun and tokens[noun - 1].low.endswith(("’s", "'s")) and tokens[noun - 1].is_capitalised:
        start = tokens[noun - 1].start
        return Done(doers=((start, tokens[noun - 1].end - 2),))
    if tokens[noun - 1].low == "no":
        return Done(is_nobody=True)
    for place in range(noun - 1, max(-1, noun - 5), -1):
        if base_of(tokens[place].low) in _SUPPORTING or stem(tokens[place].low) in {
            stem(one) for one in _SUPPORTING
        }:
            before, last = _skip_left(tokens, place)
            if (_NEGATIONS & before and not deed.is_denied) or last < 0:
                return Done()
            return _by_subject(tokens, last)
        if tokens[place].low in _CLAUSE_ENDS:
            break
    return None


def _skip_left(tokens: Sequence[Token], verb: int) -> tuple[frozenset[str], int]:
    """The auxiliaries before a verb, and where its subject would end."""
    seen: list[str] = []
    at = verb - 1
    while at >= 0 and tokens[at].is_word:
        low = tokens[at].low
        if low.endswith(("n’t", "n't")):
            seen.append("not")
        elif low not in _AUXILIARIES and low not in _NEGATIONS and not is_adverb(tokens[at].text):
            break
        seen.append(low)
        at -= 1
    return frozenset(seen), at


def is_adverb(word: str) -> bool:
    """Whether it has the form of one: "already" has not, "Italy" neither."""
    return word.islower() and word.endswith("ly")


def _is_denied(tokens: Sequence[Token], verb: int) -> bool:
    return bool(_skip_left(tokens, verb)[0] & _NEGATIONS)


def _is_conditional(tokens: Sequence[Token], last: int) -> bool:
    for place in range(last, -1, -1):
        if tokens[place].low in _CONDITIONS:
            return True
        if tokens[place].text in {";", ",", "."}:
            return False
    return False


def _agent(tokens: Sequence[Token], verb: int) -> tuple[Bounds, ...]:
    """Who stands after "by": "submitted to and approved by Congress"."""
    for place in range(verb + 1, min(len(tokens), verb + 1 + _MAX_TO_BY)):
        if tokens[place].low in _CLAUSE_ENDS | {"."}:
            return ()
        if tokens[place].low == "by":
            counts = place + 1 < len(tokens) and tokens[place + 1].text[0].isdigit()
            return () if counts else tuple(_phrases(tokens, place + 1))
    return ()


def _phrases(tokens: Sequence[Token], first: int) -> Iterator[Bounds]:
    """Each of those that a phrase names, joined by "and": "by Ukraine and the United States"."""
    start: int | None = None
    place = first
    while place < len(tokens) and tokens[place].low not in _AFTER_BY and tokens[place].is_word:
        low = tokens[place].low
        if low == "and":
            if start is not None:
                yield tokens[start].start, tokens[place - 1].end
            start = None
        elif start is None and low not in DETERMINERS:
            start = place
        place += 1
    if start is not None:
        end = place - 1
        while end > start and tokens[end].low in {"alone", "only", "itself", "themselves"}:
            end -= 1
        subject = read_right(tokens, start)
        if subject is not None and subject.kind == "name" and subject.last < end:
            end = subject.last
        yield tokens[start].start, tokens[end].end
