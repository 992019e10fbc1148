"""From a written sentence to the exact sentences of sources that bear it out.

First the sentences of the passages it cites; where they do not support it, once, those of all that
was found, under the same bar. No bar is lowered. Words addressed to a machine bear out nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.answers import Quote
from assistant.verifying.check import Cited, Verification, verify
from assistant.verifying.footing import find_footing
from assistant.verifying.model import SupportModel
from assistant.writing.parsing import Written
from index.passages import Passage
from sources.addressed import is_addressed_to_a_machine
from sources.source import Sentence, Source, Span

BEFORE = 3
"""Sentences before a cited one that may say who "he" is."""


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
    written: Written,
    passages: Sequence[Passage],
    *,
    sources: Mapping[str, Source],
    model: SupportModel,
) -> Grounded:
    """The best footing that `written` has; key n means passage n of `passages`, from 1."""
    mine = [passages[key - 1] for key in written.keys]
    own = _best(written.words, mine, sources, model)
    if own is not None and own.verification.support == "supported":
        return own
    other = _best(written.words, passages, sources, model)
    if other is not None and (
        other.verification.support == "supported"
        or (
            other.verification.support == "partly"
            and (own is None or own.verification.support == "not_supported")
        )
    ):
        return other
    return own or Grounded(written.words, (), verify(written.words, (), model=model))


def _best(
    words: str,
    passages: Sequence[Passage],
    sources: Mapping[str, Source],
    model: SupportModel,
) -> Grounded | None:
    spots = [spot for passage in passages for spot in _spots(passage, sources)]
    found = find_footing(words, [spot.cited for spot in spots], model=model)
    if found is None:
        return None
    is_near = found.verification.support != "not_supported" or is_about(found.verification)
    quotes = tuple(_quote(spots[at]) for at in found.places) if is_near else ()
    return Grounded(words, quotes, found.verification)


def is_about(told: Verification) -> bool:
    """Whether what does not support a statement speaks of the same: it contradicts it, or may
    say a part of it. Else nothing is quoted beside it."""
    return told.shares.not_said < _STRANGE


_STRANGE = 0.8


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
        yield _Spot(passage, sentence, Cited(words, before, about, card.title, source.language))


def _quote(spot: _Spot) -> Quote:
    plain = Span(spot.sentence.start, spot.sentence.end)
    return Quote(spot.passage.source, plain, spot.passage.words_of(plain))
