"""Fit what tells questions that go on with the one before from those that stand alone.

``python -m assistant.evaluation.fit_follow_ups tests/assistant/reader/documents`` reads the
follow-ups of the texts there, and sets beside each two changes of topic: a question of the same
text and one of another, after the same question before. It fits a logistic model on every other
text; the figures are of the rest and, with ``--pairs FILE``, of a set of pairs.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np

from assistant.asking.follow_ups import FILE, FollowUpModel, signals
from assistant.evaluation.annotated import AnnotatedText, read_annotated
from index.embedder import Embedder, Vectors

STRENGTH = 10.0
"""Inverse of the L2 penalty, as scikit-learn's `C`."""
THRESHOLD = 0.35
"""Set by hand, below one half: a follow-up that is read alone is answered about something else,
while a question that stands alone and is read with the one before is mostly answered alike."""

Kind = Literal["follow-up", "same text", "other text"]


class Pair(NamedTuple):
    """A question after another one."""

    earlier: str
    question: str
    kind: Kind


def pairs_of(texts: Sequence[AnnotatedText]) -> Iterator[tuple[int, Pair]]:
    """The pairs of each text, with its place."""
    chosen = random.Random(0)  # the same questions each time
    for place, text in enumerate(texts):
        alone = [one.words for one in text.questions if not one.earlier]
        for one in text.questions:
            if not one.earlier:
                continue
            other = chosen.choice(texts[place % 2 :: 2])
            elsewhere = [each.words for each in other.questions if not each.earlier]
            yield place, Pair(one.earlier, one.words, "follow-up")
            if alone:
                yield place, Pair(one.earlier, chosen.choice(alone), "same text")
            if elsewhere and other is not text:
                yield place, Pair(one.earlier, chosen.choice(elsewhere), "other text")


def vectors_of(pairs: Sequence[Pair], encoder: Embedder) -> Vectors:
    """``(len(pairs), dimensions + 1)``: the signals of each pair."""
    words = list(dict.fromkeys(one for pair in pairs for one in pair[:2]))
    vectors = dict(zip(words, encoder.embed(words, role="question"), strict=True))
    return np.stack([signals(vectors[one.question], vectors[one.earlier]) for one in pairs])


def fit(pairs: Sequence[Pair], vectors: Vectors) -> FollowUpModel:
    """The model that tells the follow-ups among `pairs`."""
    from sklearn.linear_model import LogisticRegression

    follows = [one.kind == "follow-up" for one in pairs]
    found = LogisticRegression(C=STRENGTH, max_iter=5_000).fit(vectors, follows)
    weights = found.coef_[0].astype(np.float32).round(3)
    return FollowUpModel(weights, round(float(found.intercept_[0]), 3), THRESHOLD)


def report(name: str, model: FollowUpModel, pairs: Sequence[Pair], vectors: Vectors) -> str:
    """How many of each kind are taken for follow-ups."""
    surely = 1 / (1 + np.exp(-(vectors @ model.weights + model.intercept)))
    taken: dict[Kind, list[bool]] = {}
    for pair, sure in zip(pairs, surely, strict=True):
        taken.setdefault(pair.kind, []).append(bool(sure >= model.threshold))
    told = (f"{kind} {sum(found)} of {len(found)}" for kind, found in taken.items())
    return f"{name}, taken for follow-ups: {', '.join(told)}"


def write(model: FollowUpModel, file: Path, *, fitted_on: int) -> None:
    """Keep the model as `follow_ups` reads it, with what it was fitted on."""
    *weights, of_cosine = (round(float(one), 3) for one in model.weights)
    kept = {
        "made_by": "python -m assistant.evaluation.fit_follow_ups",
        "fitted_on": fitted_on,
        "penalty": f"L2, C = {STRENGTH}",
        "threshold": model.threshold,
        "intercept": model.intercept,
        "weight_of_cosine": of_cosine,
        "weights": weights,
    }
    file.write_text(json.dumps(kept) + "\n", encoding="utf-8")


def main() -> None:
    """Fit, print the figures, and write the coefficients."""
    from index.encoder.encoder import MultilingualEncoder

    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--pairs", type=Path, nargs="*", default=[])
    options.add_argument("--to", type=Path, default=FILE)
    given = options.parse_args()
    texts = [text for file in sorted(given.folder.glob("*.txt")) for text in read_annotated(file)]
    placed = list(pairs_of(texts))
    encoder = MultilingualEncoder()
    known = [pair for place, pair in placed if place % 2 == 0]
    model = fit(known, vectors_of(known, encoder))
    sets = {"held-out texts": [pair for place, pair in placed if place % 2]}
    for file in given.pairs:
        rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
        sets[str(file)] = [
            Pair(
                one["earlier"],
                one["question"],
                "follow-up" if one["is_follow_up"] else "other text",
            )
            for one in rows
        ]
    for name, pairs in sets.items():
        print(report(name, model, pairs, vectors_of(pairs, encoder)))  # noqa: T201
    write(model, given.to, fitted_on=len(known))


if __name__ == "__main__":
    main()
