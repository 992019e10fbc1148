"""How much of a statement the cited words hold: a few shares, weighed by a logistic model.

The weights are fitted on the human labels of QAGS (Wang, Cho and Lewis, "Asking and Answering
Questions to Evaluate the Factual Consistency of Summaries", ACL 2020) by
``python -m assistant.evaluation.fit_support FILE``, which prints them for this file.
"""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from itertools import combinations, pairwise

from assistant.asking.aliases import same_names
from assistant.asking.vocabulary import STOP_WORDS, WORD, plain_form, rarity, stem
from assistant.verifying.amounts import with_plain_numbers

SUPPORTED = 0.50
"""Likeness from which on the words support the statement."""
PARTLY = 0.30
"""Likeness from which on they support part of it."""
NEAR = 8
"""Words within which two words of the statement must follow each other in a sentence."""


@dataclass(frozen=True, slots=True)
class Shares:
    """Each in [0, 1], higher is liker."""

    in_one: float
    """Of what the statement's content words say, in the one sentence that holds most."""
    together: float
    """Of its pairs of content words, those found together in one sentence."""
    in_order: float
    """Of its neighbouring content words, those that follow each other nearby."""
    subsequence: float
    """The longest common subsequence of words with one sentence, over the statement's length."""


WEIGHTS = Shares(in_one=0.836, together=1.414, in_order=1.056, subsequence=1.102)
INTERCEPT = -3.233


def likeness(statement: str, cited: Sequence[str]) -> float:
    """In (0, 1): the fitted probability that the sentences `cited` support `statement`."""
    shares = measure_shares(statement, cited)
    weighed = sum(
        weight * share for weight, share in zip(astuple(WEIGHTS), astuple(shares), strict=True)
    )
    return 1 / (1 + math.exp(-(weighed + INTERCEPT)))


def measure_shares(statement: str, cited: Sequence[str]) -> Shares:
    """The shares of `statement` that are found in the sentences `cited`; 0 without any."""
    words = _words(statement)
    content = [(form, weight) for form, weight, is_content in words if is_content] or [
        (form, weight) for form, weight, _ in words
    ]
    sentences = [[form for form, _, _ in _words(sentence)] for sentence in cited]
    if not content or not sentences:
        return Shares(0.0, 0.0, 0.0, 0.0)
    sets = [frozenset(sentence) for sentence in sentences]
    forms = [form for form, _ in content]
    return Shares(
        in_one=max(sum(weight for form, weight in content if form in held) for held in sets)
        / sum(weight for _, weight in content),
        together=_share(
            [
                any(one in held and other in held for held in sets)
                for one, other in combinations(dict.fromkeys(forms), 2)
            ],
            default=any(forms[0] in held for held in sets),
        ),
        in_order=_share(
            [any(_follow(one, other, s) for s in sentences) for one, other in pairwise(forms)],
            default=any(forms[0] in held for held in sets),
        ),
        subsequence=max(
            _common_subsequence([form for form, _, _ in words], sentence) for sentence in sentences
        )
        / len(words),
    )


def word_overlap(statement: str, cited: Sequence[str]) -> float:
    """The share of the statement's words that occur in `cited`: what likeness must beat."""
    held = {form for sentence in cited for form, _, _ in _words(sentence)}
    return _share([form in held for form, _, _ in _words(statement)], default=False)


def _words(words: str) -> list[tuple[str, float, bool]]:
    """Each word's form, how much it says, and whether it is more than a stop word."""
    found = []
    for match in WORD.finditer(with_plain_numbers(words)):
        word = match.group()
        is_content = word.lower().replace("’", "'") not in STOP_WORDS or (
            len(word) > 1 and word.isupper()
        )
        found.append((_form(word), rarity(word), is_content))
    return found


def _form(word: str) -> str:
    plain = plain_form(word)
    same = same_names(plain)
    if len(same) > 1 and (plain != "us" or word.isupper() or "." in word):
        return min(same)
    return plain.replace(",", "") if plain[:1].isdigit() else stem(word)


def _share(found: Sequence[bool], *, default: bool) -> float:
    return sum(found) / len(found) if found else float(default)


def _follow(one: str, other: str, sentence: Sequence[str]) -> bool:
    places = [at for at, form in enumerate(sentence) if form == one]
    return any(other in sentence[at + 1 : at + 1 + NEAR] for at in places)


def _common_subsequence(one: Sequence[str], other: Sequence[str]) -> int:
    lengths = [0] * (len(other) + 1)
    for form in one:
        diagonal = 0
        for at, held in enumerate(other, start=1):
            above = lengths[at]
            lengths[at] = diagonal + 1 if form == held else max(above, lengths[at - 1])
            diagonal = above
    return lengths[-1]
