"""The sentences that a statement rests on best, among those that it may rest on.

Those nearest in meaning are tried by themselves and two together. Two may stand together only
where neither contradicts the statement and each holds a word of it that the other lacks: else the
second would only lend the name or number that the first denies. And nothing bears a statement out
that a sentence as near denies with more certainty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.verifying.check import Cited, Verification, verify_told
from assistant.verifying.model import Shares, SupportModel
from assistant.verifying.overlap import telling_forms, word_overlap
from assistant.verifying.wording import worded_as

READ = 40
"""So many sentences are compared with a statement, those with most of its words."""
NEAREST, _NO_FARTHER = 3, 0.05
"""So many of them, the nearest in meaning and hardly farther than the first, are read beside it:
among many strange sentences some would seem to bear it out."""
_STRANGE = 0.6
"""From this probability on that it does not say a statement, a sentence is no half of a pair."""
_RANK = {"supported": 2, "partly": 1, "not_supported": 0}


@dataclass(frozen=True, slots=True)
class Footing:
    """The places of the sentences that a statement rests on, and how well it does."""

    places: tuple[int, ...]
    verification: Verification

    @property
    def rank(self) -> tuple[int, int, float]:
        """Higher is better: support, then fewer sentences, then how likely it is."""
        told = self.verification
        return _RANK[told.support], -len(self.places), told.shares.supported


def find_footing(statement: str, cited: Sequence[Cited], *, model: SupportModel) -> Footing | None:
    """The best of `cited`, one or two of them; `None` where there are none."""
    if not cited:
        return None
    read = sorted(range(len(cited)), key=lambda at: -word_overlap(statement, [cited[at].words]))[
        :READ
    ]
    alike = model.alike(statement, [(cited[at].title, cited[at].words) for at in read])
    nearest = sorted(zip(alike, read, strict=True), reverse=True)[:NEAREST]
    near = [at for cosine, at in nearest if cosine >= nearest[0][0] - _NO_FARTHER]
    told = _told(statement, [(at,) for at in near], cited, model)
    alone = [_verified(statement, (at,), cited, told[at,], model) for at in near]
    pairs = [
        pair for pair in combinations(sorted(near), 2) if _may_stand(statement, pair, cited, told)
    ]
    told_of_pairs = _told(statement, pairs, cited, model)
    both = [_verified(statement, pair, cited, told_of_pairs[pair], model) for pair in pairs]
    best = max([*alone, *both], key=lambda one: one.rank)
    against = max(alone, key=lambda one: one.verification.shares.contradicted)
    is_denied = against.verification.shares.contradicted > best.verification.shares.supported
    return against if is_denied else best


def _told(
    statement: str,
    groups: Sequence[tuple[int, ...]],
    cited: Sequence[Cited],
    model: SupportModel,
) -> dict[tuple[int, ...], Shares]:
    told: dict[tuple[int, ...], Shares] = {}
    worded = {
        group: worded_as(statement, " ".join(cited[at].words for at in group)) for group in groups
    }
    for words in dict.fromkeys(worded.values()):
        same = [group for group in groups if worded[group] == words]
        given = [[(cited[at].title, cited[at].words) for at in group] for group in same]
        told |= dict(zip(same, model.support(words, given), strict=True))
    return told


def _verified(
    statement: str,
    places: tuple[int, ...],
    cited: Sequence[Cited],
    shares: Shares,
    model: SupportModel,
) -> Footing:
    sentences = [cited[at] for at in places]
    return Footing(places, verify_told(statement, sentences, shares, bars=model.support_bars))


def _may_stand(
    statement: str,
    pair: tuple[int, int],
    cited: Sequence[Cited],
    told: dict[tuple[int, ...], Shares],
) -> bool:
    wanted = telling_forms(statement)
    one, other = (telling_forms(cited[at].words) & wanted for at in pair)
    fits = all(told[at,].contradicted <= 0.5 and told[at,].not_said < _STRANGE for at in pair)
    return fits and bool(one - other) and bool(other - one)
