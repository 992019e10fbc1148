"""Sentences are ordered by how likely they answer, and shown as what that is enough for."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from assistant.answering import Assistant
from assistant.asking.questions import Question
from assistant.judging.evidence import Evidence
from assistant.reader.inputs import Asked, Floats, Said
from assistant.reader.network import ReaderNetwork, shipped_calibration
from assistant.reader.reader import MAX_READ, MOST_READ, SentenceReader
from index.encoder.encoder import MultilingualEncoder
from index.library import Library

TEXT = (
    "The envoys met in Zembla on Monday. Norlund would pay for the radar. "
    "Lunch was served late. The radar stays in Norlund until spring."
)


def _evidence(library: Library, question: str) -> tuple[Evidence, ...]:
    return Assistant(library).find(Question(question))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("who finances the radar?", "Norlund would pay for the radar."),
        ("Хто заплатить за радар?", "Norlund would pay for the radar."),
        ("where did the delegations gather?", "The envoys met in Zembla on Monday."),
    ],
)
def test_the_sentence_that_answers_in_other_words_comes_first(
    question: str, answer: str, library_of: Callable[..., Library], real_reader: SentenceReader
) -> None:
    evidence = _evidence(library_of(talks=TEXT), question)
    read = real_reader.read(Question(question), evidence, titles={"talks": "Talks"})
    assert read[0].evidence.words == answer
    assert [one.probability for one in read] == sorted(
        (one.probability for one in read), reverse=True
    )
    assert all(0 < one.probability < 1 for one in read)


def test_a_question_is_read_after_the_one_before(
    library_of: Callable[..., Library], real_reader: SentenceReader
) -> None:
    evidence = _evidence(library_of(talks=TEXT), "who pays?")
    asked, titles = Question("until when?"), {"talks": "Talks"}
    read = real_reader.read(asked, evidence, earlier="How long does the radar stay?", titles=titles)
    assert read[0].evidence.words == "The radar stays in Norlund until spring."


def test_what_was_read_before_gets_the_same_again(
    library_of: Callable[..., Library], real_reader: SentenceReader
) -> None:
    evidence = _evidence(library_of(talks=TEXT), "Who pays for the radar?")
    asked, titles = Question("Who pays for the radar?"), {"talks": "Talks"}
    first = real_reader.read(asked, evidence, titles=titles)
    assert real_reader.read(asked, evidence, titles=titles) == first


class _FixedNetwork(ReaderNetwork):
    """Thinks the same of every sentence."""

    def __init__(self, logit: float) -> None:
        super().__init__()
        self._logit = logit

    def logits(self, question: Asked, sentences: Sequence[Said]) -> Floats:  # noqa: ARG002
        return np.full(len(sentences), self._logit, dtype=np.float32)


@pytest.mark.parametrize(("logit", "count"), [(-9.0, MAX_READ), (9.0, MOST_READ)])
def test_reading_goes_on_only_where_many_answer(
    logit: float, count: int, library_of: Callable[..., Library]
) -> None:
    text = " ".join(f"The radar number {place} stands in Zembla." for place in range(90))
    evidence = _evidence(library_of(talks=text), "Where does the radar stand?")
    reader = SentenceReader(MultilingualEncoder(), _FixedNetwork(logit))
    asked = Question("Where does the radar stand?")
    read = reader.read(asked, evidence, titles={"talks": "Talks"})
    assert len(read) == min(count, len(evidence))


def test_nothing_is_read_where_nothing_was_found(real_reader: SentenceReader) -> None:
    assert real_reader.read(Question("Who pays?"), (), titles={}) == ()


def test_the_bars_are_in_order() -> None:
    bars = shipped_calibration()
    assert 0 < bars.likely < bars.borne_out <= bars.answered < 1
