"""The cheap signals that the fitted judge reads, each a number with a plain meaning.

They describe what was found as a whole; what one sentence is worth stands in `evidence`.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from assistant.asking.kinds import Kind
from assistant.asking.questions import Question
from assistant.asking.superlatives import singles_out
from assistant.judging.evidence import Evidence, held, mean_held
from assistant.judging.late_interaction import LateInteraction
from index.retrieval import Match

_KINDS: tuple[Kind, ...] = (
    "several", "quantity", "count", "date", "manner", "reason", "name", "yes_no",
)  # fmt: skip

_FEW, _MANY = 4, 10
"""Among so few passages, comparing the best with the rest says little; among so many, a lot."""


def read_signals(
    question: Question,
    evidence: Sequence[Evidence],
    tokens: LateInteraction,
    *,
    speaks: bool,
    has_history: bool,
) -> Mapping[str, float]:
    """Every signal by name, in a fixed order; `evidence` is not empty, best first.

    `speaks` says that the rules found a sentence that speaks to the question.
    """
    matches = _matches(evidence)
    similarities = sorted((one.similarity for one in evidence), reverse=True)
    fused = [match.relevance for match in matches]
    terms = question.subjects or question.terms
    (in_best,) = held(terms, evidence[0].match.passage.content)
    each = held(terms, *(match.passage.content for match in matches))
    anywhere = each.max(axis=0)
    in_three = held(terms, *(one.words for one in evidence[:3])).max(axis=0)
    names = [place for place, term in enumerate(terms) if term.is_name]
    few = min(1.0, max(0.0, (_MANY - len(matches)) / (_MANY - _FEW)))
    return {
        "rules: a sentence speaks to it": float(speaks),
        "few: passages to choose from": few,
        "few: and a sentence speaks to it": few * speaks,
        "meaning: best sentence": similarities[0],
        "meaning: second sentence": similarities[min(1, len(similarities) - 1)],
        "meaning: best over the mean": similarities[0] - float(np.mean(similarities)),
        "fusion: best passage": fused[0],
        "fusion: best over second": fused[0] - fused[min(1, len(fused) - 1)],
        "fusion: mean of the rest": float(np.mean(fused[1:])) if fused[1:] else 0.0,
        "tokens: whole question": tokens.whole,
        "tokens: content words": tokens.words,
        "tokens: best passage over the mean": tokens.stands_out,
        "tokens: worst word": tokens.least,
        "tokens: best sentence over the mean": tokens.sentence_stands_out,
        "tokens: word that asks": tokens.asking_word,
        "words: best three sentences": mean_held(in_three, terms),
        "words: worst met in the best passage": float(min(in_best, default=0.0)),
        "words: best passage": mean_held(in_best, terms),
        "words: mean of the passages": float(np.mean([mean_held(one, terms) for one in each])),
        "words: only in several sentences": mean_held(anywhere, terms)
        - max(one.coverage for one in evidence),
        "words: best sentence, names aside": _mean_without_names(question, evidence[0]),
        "words: superlative not in the best sentence": float(
            not singles_out(question.words, evidence[0].in_reach)
        ),
        "words: earlier questions": evidence[0].earlier_coverage,
        "order: best sentence": evidence[0].relevance,
        "names: absent from the best passage": _absent(in_best, names),
        "names: absent anywhere": _absent(anywhere, names),
        "names: in the question": float(bool(names)),
        "value: none in three": float(
            question.wants_value and not any(one.values for one in evidence[:3])
        ),
        "value: none in the best": float(question.wants_value and not evidence[0].values),
        "value: given": float(question.wants_value and bool(evidence[0].values)),
        "conversation": float(has_history),
        **{f"asks for: {kind}": float(question.kind == kind) for kind in _KINDS},
    }


def _matches(evidence: Sequence[Evidence]) -> list[Match]:
    found = {one.match.passage.id: one.match for one in evidence}
    return sorted(found.values(), key=lambda match: -match.relevance)


def _mean_without_names(question: Question, best: Evidence) -> float:
    shares = [
        share
        for term, share in zip(question.subjects, best.covered, strict=True)
        if not term.is_name
    ]
    return float(np.mean(shares)) if shares else 1.0


def _absent(shares: Sequence[float], names: Sequence[int]) -> float:
    return float(np.mean([shares[place] < 0.9 for place in names])) if names else 0.0
