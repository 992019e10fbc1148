"""Fit what weighs the signals of sentences, on texts with questions and their answers.

``python -m assistant.evaluation.fit_reader tests/assistant/reader/documents --cache FOLDER``
reads the files that `annotated` describes, searches each text with the questions asked about it
and with some asked about others, and fits a logistic model on four texts of five. The figures
are of the fifth: how often the sentence that answers comes first and among the three that may
be shown, and how often anything is shown to questions that the text answers, to those that it
nearly answers, and to strangers. English texts are searched with the model for English,
others with the one for several languages.
"""

import argparse
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

import numpy as np

from assistant.answering import Assistant
from assistant.asking.questions import Question
from assistant.evaluation.annotated import AnnotatedText, AskedText, read_annotated
from assistant.evaluation.beir import Document
from assistant.evaluation.set_library import set_library
from assistant.judging.logistic import Coefficient, LogisticModel
from assistant.reader.reader import FILE, MAX_LIKELY, MAX_READ, SentenceReader
from index.embedder import Embedder
from index.filters import Filters
from index.retrieval import Turn

STRENGTH = 0.1
"""Inverse of the L2 penalty, as scikit-learn's `C`."""
HELD_OUT = 5
"""One text in so many is held out for the figures."""
QUESTIONS, STRANGERS = 6, 1
"""So many of a text's own questions, and of others', are asked of a text that is fitted on."""
THRESHOLD = 0.15
"""From this probability on the likeliest sentence is shown. Set by hand, low: a sentence that is
said to be uncertain costs a reader seconds, silence over one that answers costs the answer."""

Asked = Literal["answered", "nearly", "stranger"]


@dataclass(frozen=True, slots=True)
class Labelled:
    """The sentences found for one question, with their signals, and which of them answer."""

    language: str
    kind: Asked
    is_held_out: bool
    signals: tuple[Mapping[str, float], ...]
    answers: tuple[bool, ...]


def label(
    texts: Sequence[AnnotatedText], *, cache: Path, embedder: Embedder, encoder: Embedder
) -> Iterator[Labelled]:
    """Every question that is asked of a text, searched there."""
    documents = [Document(f"{place}", text.title, text.content) for place, text in enumerate(texts)]
    reader = SentenceReader(encoder)
    name = sha256("\n".join(one.text for one in documents).encode()).hexdigest()
    with set_library(documents, name=name, cache=cache, embedder=embedder) as own:
        assistant = Assistant(own.library)
        chosen = random.Random(0)  # the same questions each time
        for place, text in enumerate(texts):
            is_held_out = place % HELD_OUT == 0
            others = [other for other in texts if other.title != text.title]
            strangers = [chosen.choice(chosen.choice(others).questions) for _ in range(STRANGERS)]
            questions = list(text.questions)
            if not is_held_out:
                questions = chosen.sample(questions, min(QUESTIONS, len(questions)))
            slug, title = own.slugs[f"{place}"], text.title
            for asked, is_stranger in [
                *((one, False) for one in questions),
                *((one, True) for one in strangers),
            ]:
                signals, words = _found(assistant, reader, asked, slug=slug, title=title)
                kind: Asked = "nearly" if not asked.answers else "answered"
                yield Labelled(
                    language=text.language,
                    kind="stranger" if is_stranger else kind,
                    is_held_out=is_held_out,
                    signals=signals,
                    answers=tuple(not is_stranger and _answers(asked, one) for one in words),
                )


def _found(
    assistant: Assistant, reader: SentenceReader, asked: AskedText, *, slug: str, title: str
) -> tuple[tuple[Mapping[str, float], ...], list[str]]:
    history = [Turn(asked.earlier)] if asked.earlier else []
    question = Question(asked.words).after([turn.question for turn in history])
    evidence, _ = assistant.find(question, history=history, filters=Filters(sources=(slug,)))
    first = evidence[:MAX_READ]
    signals = reader.signals(question, first, earlier=asked.earlier or "", titles={slug: title})
    return tuple(signals), [one.words for one in first]


def _answers(asked: AskedText, words: str) -> bool:
    return any(one in words or words in one for one in asked.answers)


def fit(labelled: Sequence[Labelled]) -> LogisticModel:
    """The model that tells the sentences that answer best, kept small by a penalty."""
    from sklearn.linear_model import LogisticRegression

    names = tuple(next(one.signals[0] for one in labelled if one.signals))
    values = np.array([list(row.values()) for one in labelled for row in one.signals])
    answers = [answer for one in labelled for answer in one.answers]
    mean, spread = values.mean(axis=0), values.std(axis=0)
    spread[spread == 0] = 1.0
    found = LogisticRegression(C=STRENGTH, max_iter=5_000).fit((values - mean) / spread, answers)
    return LogisticModel(
        intercept=round(float(found.intercept_[0]), 4),
        coefficients={
            name: Coefficient(round(float(m), 4), round(float(s), 4), round(float(w), 4))
            for name, m, s, w in zip(names, mean, spread, found.coef_[0], strict=True)
        },
        threshold=THRESHOLD,
    )


def report(model: LogisticModel, labelled: Sequence[Labelled]) -> Iterator[str]:
    """One line of figures for English and one for all other languages."""
    yield f"{'held out':<10}{'questions':>10}{'first':>8}{'three':>8}" + "".join(
        f"{kind:>11}" for kind in ("answered", "nearly", "stranger")
    )
    for name, is_english in (("English", True), ("others", False)):
        own = [one for one in labelled if (one.language == "en") == is_english]
        answered = [one for one in own if one.kind == "answered"]
        if not answered:
            continue
        ranked = [_ranked(model, one) for one in answered]
        first = np.mean([any(one[:1]) for one in ranked])
        three = np.mean([any(one[:MAX_LIKELY]) for one in ranked])
        shown = [
            _mean([_is_shown(model, one) for one in own if one.kind == kind])
            for kind in ("answered", "nearly", "stranger")
        ]
        yield f"{name:<10}{len(answered):>10}{first:>8.3f}{three:>8.3f}" + "".join(
            f"{share:>11.3f}" for share in shown
        )


def _mean(found: Sequence[bool]) -> float:
    return float(np.mean(found)) if found else float("nan")


def _probabilities(model: LogisticModel, one: Labelled) -> list[float]:
    return [model.probability(signals) for signals in one.signals]


def _ranked(model: LogisticModel, one: Labelled) -> list[bool]:
    order = np.argsort([-each for each in _probabilities(model, one)])
    return [one.answers[place] for place in order]


def _is_shown(model: LogisticModel, one: Labelled) -> bool:
    return max(_probabilities(model, one), default=0.0) >= model.threshold


def write(model: LogisticModel, labelled: Sequence[Labelled], file: Path) -> None:
    """Keep the model as `reader` reads it, with what it was fitted on."""
    kept = {
        "made_by": "python -m assistant.evaluation.fit_reader",
        "fitted_on": {
            kind: sum(one.kind == kind for one in labelled)
            for kind in ("answered", "nearly", "stranger")
        },
        "penalty": f"L2, C = {STRENGTH}",
        "threshold": model.threshold,
        "intercept": model.intercept,
        "coefficients": {
            name: {"mean": one.mean, "spread": one.spread, "weight": one.weight}
            for name, one in model.coefficients.items()
        },
    }
    file.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Fit, print the figures, and write the coefficients."""
    from index.encoder.encoder import MultilingualEncoder
    from index.encoder.minilm import MiniLMEmbedder

    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--cache", type=Path, required=True)
    options.add_argument("--to", type=Path, default=FILE)
    given = options.parse_args()
    texts = [text for file in sorted(given.folder.glob("*.txt")) for text in read_annotated(file)]
    encoder, labelled = MultilingualEncoder(), list[Labelled]()
    for is_english, embedder in ((True, MiniLMEmbedder()), (False, encoder)):
        own = [text for text in texts if (text.language == "en") == is_english]
        labelled += label(own, cache=given.cache, embedder=embedder, encoder=encoder)
    model = fit([one for one in labelled if not one.is_held_out])
    print("\n".join(report(model, [one for one in labelled if one.is_held_out])))  # noqa: T201
    write(model, [one for one in labelled if not one.is_held_out], given.to)


if __name__ == "__main__":
    main()
