"""Is a statement supported by its source? Measured against human labels.

A file of lines ``{"_id", "set", "source", "statement", "supported"}``; balanced accuracy (the
mean of the shares of supported and of unsupported statements told right) per set, beside plain
word overlap at the bar that is best on these very lines: the most that overlap can do.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.evaluation.lines import read_lines
from assistant.verifying.check import Cited
from assistant.verifying.footing import find_footing
from assistant.verifying.model import SupportModel
from assistant.verifying.overlap import word_overlap
from sources.errors import UseError
from sources.sentences import find_sentences


@dataclass(frozen=True, slots=True)
class Labelled:
    """A statement, the sentences of its source, and what people said."""

    id: str
    set_name: str
    sentences: tuple[str, ...]
    statement: str
    supported: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of a labelled statement."""

    labelled: Labelled
    supported: bool
    overlap: float
    doubt: str | None


@dataclass(frozen=True, slots=True)
class SupportFigures:
    """Of one set."""

    statements: int
    supported: int
    balanced_accuracy: float
    overlap_balanced_accuracy: float
    """At the bar for this set that serves overlap best."""


def read_labelled(file: Path) -> tuple[Labelled, ...]:
    """The labelled statements of a file. Raises `UseError` for a line that is none."""
    found = []
    for line in read_lines(file):
        supported = line.fields.get("supported")
        if not isinstance(supported, bool):
            raise line.wrong("has no true or false in 'supported'")
        source = line.words("source")
        found.append(
            Labelled(
                id=line.id(),
                set_name=line.words("set", default="all"),
                sentences=tuple(span.of(source) for span in find_sentences(source)),
                statement=line.words("statement"),
                supported=supported,
            )
        )
    if not found:
        raise UseError(f"{str(file)!r} holds no statement.", remedy="See docs/evaluation.md.")
    return tuple(found)


def tell(labelled: Iterable[Labelled], *, model: SupportModel) -> tuple[Told, ...]:
    """Find the best footing of every statement in all of its source."""
    return tuple(_tell(one, model) for one in labelled)


def measure(told: Sequence[Told]) -> dict[str, SupportFigures]:
    """The figures of each set, by name, in the order of the file."""
    names = dict.fromkeys(one.labelled.set_name for one in told)
    return {
        name: _figures([one for one in told if one.labelled.set_name == name]) for name in names
    }


def balanced_accuracy(pairs: Iterable[tuple[bool, bool]]) -> float:
    """Of pairs (label, told): the mean of the shares told right among true and among false.

    Raises `UseError` where one of the labels does not occur.
    """
    right: dict[bool, list[bool]] = {True: [], False: []}
    for label, said in pairs:
        right[label].append(label == said)
    if not right[True] or not right[False]:
        raise UseError(
            "A set has supported or unsupported statements alone.",
            remedy="Balanced accuracy needs both in every set.",
        )
    return sum(sum(values) / len(values) for values in right.values()) / 2


def _tell(labelled: Labelled, model: SupportModel) -> Told:
    whole = " ".join(labelled.sentences)
    cited = [Cited(words, before=whole) for words in labelled.sentences]
    found = find_footing(labelled.statement, cited, model=model)
    return Told(
        labelled,
        found is not None and found.verification.support == "supported",
        word_overlap(labelled.statement, labelled.sentences),
        found.verification.doubt if found is not None else None,
    )


def _figures(told: Sequence[Told]) -> SupportFigures:
    bars = sorted({one.overlap for one in told})
    return SupportFigures(
        statements=len(told),
        supported=sum(one.labelled.supported for one in told),
        balanced_accuracy=balanced_accuracy(
            (one.labelled.supported, one.supported) for one in told
        ),
        overlap_balanced_accuracy=max(
            balanced_accuracy((one.labelled.supported, one.overlap >= bar) for one in told)
            for bar in bars
        ),
    )
