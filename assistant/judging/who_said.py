"""Who says each sentence of a passage, by the words their names and titles are made of."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from functools import cache, lru_cache

from assistant.asking.asked_speaker import AskedSpeaker, asked_speaker
from assistant.asking.questions import Question
from assistant.asking.vocabulary import WORD, stem
from assistant.judging.evidence import Evidence
from assistant.speakers.parties import TITLES, is_listed, party_named, words_of_listed_names
from assistant.speakers.speakers import find_utterances
from index.passages import Passage
from sources.source import Sentence, Text

_KEPT = 1 << 10
_HELD_OF_TOPIC = 0.8
"""A sentence holds a word of a bare topic from this share on: also where its heading has it."""
_HAPPENED = re.compile(r"\bwhat (?:has |had )?happen(?:s|ed)?\b", re.IGNORECASE)
_LEAST_TOPIC = 0.2
"""Less than this of the topic, and a sentence is about something else altogether."""
_MIN_TOPIC = 0.45
"""Share of the topic that words of the asked speaker must hold."""


def words_asked_for(question: Question, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The sentences in which the speaker asked for says what is asked, in their order.

    Empty where the question asks for no one's words, or the sentences hold none.
    """
    asked = asked_speaker(question)
    return tuple(
        one
        for one in evidence
        if asked is not None
        and (one.values or not question.wants_value)
        and _is_said_by(asked, question, one)
    )


def told_of(question: Question, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """What is said of somebody of whom anything is asked: "Tell me about Witkoff", "Who is …?".

    Sentences that name them; for "Who is …?" those that also say what they are.
    """
    if not question.subjects or not all(term.is_name for term in question.subjects):
        return ()
    found = tuple(one for one in evidence if min(one.covered) >= 0.9)
    if question.wants_bearer:
        return tuple(one for one in found if _titled(question.subjects[-1].word, one))
    return found if question.kind == "summary" or _HAPPENED.search(question.words) else ()


def said_of_topic(question: Question, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """To a few bare words ("frozen assets?"): the sentences that hold them all.

    With the value, where they ask for one ("coalition size").
    """
    if not question.is_bare_topic:
        return ()
    return tuple(
        one
        for one in evidence
        if min(one.covered) >= _HELD_OF_TOPIC and (one.values or not question.wants_value)
    )


def is_without_words(question: Question, evidence: Sequence[Evidence]) -> bool:
    """Whether all that is asked is what a person said, who is spoken of and never speaks."""
    asked = asked_speaker(question)
    if asked is None or not asked.wants_words_only or asked.topic or asked.deed:
        return False
    if not all(term.is_name for term in asked.names) or any(speaks(asked, e) for e in evidence):
        return False
    party = party_named(" ".join(term.word for term in asked.names))
    if party.kind == "organisation" or is_listed(party.name):
        return True
    return any(_titled(asked.names[-1].word, one) for one in evidence)


def about_the_topic(
    question: Question, good: Sequence[Evidence], evidence: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """Where it is asked what somebody says about something, those of `good` about that.

    Of one who is heard anywhere in `evidence`, only what they say or what names them; all of
    `good` for any other question.
    """
    asked = asked_speaker(question)
    if asked is None or not asked.topic:
        return tuple(good)
    is_heard = any(speaks(asked, one) for one in evidence)
    names = {term.stem for term in asked.names}
    found = []
    for one in good:
        held = dict(zip((term.stem for term in question.subjects), one.covered, strict=True))
        topic = [held[term.stem] * term.weight for term in asked.topic]
        names_them = all(held.get(name, 1.0) >= 0.9 for name in names)
        if sum(topic) < _LEAST_TOPIC * sum(term.weight for term in asked.topic):
            continue
        if not is_heard or names_them or speaks(asked, one):
            found.append(one)
    return tuple(found)


def _is_done_by(asked: AskedSpeaker, one: Evidence) -> bool:
    """Whether a sentence gives the deed to the one asked for: "was proposed by Washington"."""
    if asked.deed is None:
        return False
    words = [stem(word) for word in WORD.findall(one.words)]
    return any(
        word == "by" and all(term.stems & set(words[place + 1 : place + 4]) for term in asked.names)
        for place, word in enumerate(words)
        if asked.deed in words[:place]
    )


def _titled(name: str, one: Evidence) -> bool:
    """Whether a sentence gives the name with a title: "special envoy Steve Witkoff"."""
    titles = "|".join(TITLES)
    pattern = rf"\b(?:{titles})\s(?:[A-Z][\w.’-]*\s)*{re.escape(name)}\b"
    return re.search(pattern, one.words, re.IGNORECASE) is not None


def heard_in(question: Question, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The sentences of a speaker of whom everything is asked, whatever it is about; else empty."""
    asked = asked_speaker(question)
    if asked is None or asked.topic or asked.deed is not None:
        return ()
    return tuple(one for one in evidence if speaks(asked, one))


def _is_said_by(asked: AskedSpeaker, question: Question, one: Evidence) -> bool:
    """Whether it is on the topic, and theirs; their words are read last, for that takes longest."""
    topic = {term.stem for term in asked.topic}
    held = [
        (share, term)
        for share, term in zip(one.covered, question.subjects, strict=True)
        if term.stem in topic
    ]
    if any(term.is_name and share < 0.9 for share, term in held):
        return False
    weight = sum(term.weight for _, term in held)
    if held and sum(share * term.weight for share, term in held) < _MIN_TOPIC * weight:
        return False
    if asked.deed is not None and asked.deeds.isdisjoint(map(stem, WORD.findall(one.words))):
        return False
    return speaks(asked, one) or _is_done_by(asked, one)


def speaks(asked: AskedSpeaker, one: Evidence) -> bool:
    """Whether the one asked for says this sentence, or a part of it."""
    if not all(term.stems & _names_within(one.match.passage) for term in asked.names):
        return False
    names = _speakers_in(one.match.passage).get(one.sentence.start, ())
    return any(all(term.stems & stems for term in asked.names) for stems in names)


@lru_cache(_KEPT)
def _names_within(passage: Passage) -> Set[str]:
    """The stems that the name of a speaker can have: read in a tenth of the speakers' time."""
    return _listed_stems() | {stem(word) for word in WORD.findall(passage.content)}


@cache
def _listed_stems() -> frozenset[str]:
    return frozenset(map(stem, words_of_listed_names()))


@lru_cache(_KEPT)
def _speakers_in(passage: Passage) -> Mapping[int, tuple[frozenset[str], ...]]:
    """By where a sentence starts: for each who speaks in it, stems of all they are called."""
    bounds = tuple(Sentence(start, end) for start, end in passage.sentence_bounds)
    said = find_utterances(Text(passage.content, bounds))
    called: defaultdict[str, set[str]] = defaultdict(set)
    for one in said:
        for words in (one.speaker, one.named_as):
            called[one.speaker] |= {stem(word) for word in WORD.findall(words)}
    found: defaultdict[int, list[frozenset[str]]] = defaultdict(list)
    for one in said:
        found[passage.start + one.sentence.start].append(frozenset(called[one.speaker]))
    return {start: tuple(names) for start, names in found.items()}
