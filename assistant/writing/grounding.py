"""From a written sentence to the exact sentences of sources that bear it out.

First the sentences of the passages it cites, alone and in pairs; where they do not support
it, once, the best sentence of all that was found, under the same bar. No bar is lowered. Words
addressed to a machine bear out nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.answers import Quote
from assistant.verifying.check import Cited, Verification, verify
from assistant.verifying.likeness import PARTLY, measure_shares
from assistant.writing.parsing import Written
from index.passages import Passage
from sources.addressed import is_addressed_to_a_machine
from sources.source import Sentence, Source, Span

TRIED = 5
"""Sentences of each round, those with most of the statement's words, that are verified."""
BEFORE = 3
"""Sentences before a cited one that may say who "he" is."""
_RANK = {"supported": 2, "partly": 1, "not_supported": 0}


@dataclass(frozen=True, slots=True)
class Grounded:
    """A written sentence, the quotes it rests on, and how well it does."""

    words: str
    quotes: tuple[Quote, ...]
    verification: Verification


@dataclass(frozen=True, slots=True)
class _Spot:
    passage: Passage
    sentence: Sentence
    cited: Cited


def ground(
    written: Written, passages: Sequence[Passage], *, sources: Mapping[str, Source]
) -> Grounded:
    """The best footing that `written` has; key n means passage n of `passages`, from 1."""
    mine = [passages[key - 1] for key in written.keys]
    best = _best(written.words, mine, sources)
    if best.verification.support == "supported":
        return best
    other = _best(written.words, passages, sources)
    if _RANK[other.verification.support] > _RANK[best.verification.support]:
        return other
    if not mine:
        return Grounded(written.words, (), verify(written.words, ()))
    if best.verification.likeness < PARTLY:
        return Grounded(written.words, (), best.verification)
    return best


def _best(words: str, passages: Sequence[Passage], sources: Mapping[str, Source]) -> Grounded:
    spots = sorted(
        (spot for passage in passages for spot in _spots(passage, sources)),
        key=lambda spot: -sum(_shares(words, spot)),
    )[:TRIED]
    best = Grounded(words, (), verify(words, ()))
    for group in (*((spot,) for spot in spots), *((spots[0], spot) for spot in spots[1:])):
        found = Grounded(
            words,
            tuple(_quote(spot) for spot in group),
            verify(words, [spot.cited for spot in group]),
        )
        if not best.quotes or _rank(found) > _rank(best):
            best = found
        if len(group) == 2 and best.verification.support == "supported":
            break
    return best


def _rank(found: Grounded) -> tuple[int, int, float]:
    told = found.verification
    return _RANK[told.support], -len(found.quotes), told.likeness


def _shares(words: str, spot: _Spot) -> tuple[float, float]:
    shares = measure_shares(words, [spot.cited.words])
    return shares.in_one, shares.subsequence


def _spots(passage: Passage, sources: Mapping[str, Source]) -> Iterator[_Spot]:
    source = sources.get(passage.source)
    if source is None:
        return
    card = source.card
    about = ". ".join(part for part in (card.publisher, card.author, card.title) if part)
    for place, sentence in enumerate(passage.sentences):
        if is_addressed_to_a_machine(passage.words_of(sentence)):
            continue
        before = " ".join(
            passage.words_of(one) for one in passage.sentences[max(0, place - BEFORE) : place]
        )
        words = passage.words_of(sentence)
        yield _Spot(passage, sentence, Cited(words, before, about, source.language))


def _quote(spot: _Spot) -> Quote:
    plain = Span(spot.sentence.start, spot.sentence.end)
    return Quote(spot.passage.source, plain, spot.passage.words_of(plain))
