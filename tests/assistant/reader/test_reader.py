"""Sentences that may answer: scored, ordered, and shown only where they are likely enough."""

from collections.abc import Callable

from assistant.answering import Assistant
from assistant.asking.questions import Question
from assistant.judging.evidence import Evidence
from assistant.judging.logistic import Coefficient, LogisticModel
from assistant.reader.reader import MAX_LIKELY, Read, SentenceReader, likely, shipped_reader
from index.library import Library
from tests.conftest import WordEmbedder

TEXT = (
    "The envoys met in Zembla on Monday. Norlund would pay for the radar. "
    "Lunch was served late. The radar stays in Norlund until spring."
)


def _evidence(library: Library, question: str) -> tuple[Evidence, ...]:
    return Assistant(library).find(Question(question))[0]


def test_the_sentence_nearest_in_meaning_comes_first(library_of: Callable[..., Library]) -> None:
    library = library_of(talks=TEXT)
    asked = Question("Does Norlund pay for radar?")
    evidence = _evidence(library, asked.words)
    reader = SentenceReader(WordEmbedder(), _only("meaning", evidence, asked))
    read = reader.read(asked, evidence, titles={"talks": "Talks"})
    assert read[0].evidence.words == "Norlund would pay for the radar."
    assert [one.probability for one in read] == sorted(
        (one.probability for one in read), reverse=True
    )


def _only(name: str, evidence: tuple[Evidence, ...], asked: Question) -> LogisticModel:
    """A model that weighs one signal and knows all."""
    signals = SentenceReader(WordEmbedder()).signals(asked, evidence, titles={"talks": "Talks"})
    return LogisticModel(
        0.0, {each: Coefficient(0.0, 1.0, float(each == name)) for each in signals[0]}, 0.5
    )


def test_nothing_is_read_where_nothing_was_found() -> None:
    reader = SentenceReader(WordEmbedder())
    assert reader.read(Question("Who pays?"), (), titles={}) == ()
    assert likely(()) == ()


def test_what_is_not_likely_enough_is_not_shown(library_of: Callable[..., Library]) -> None:
    one = _evidence(library_of(talks=TEXT), "Who pays for the radar?")[0]
    assert likely([Read(one, 0.29)], threshold=0.3) == ()
    assert likely([Read(one, 0.3)], threshold=0.3) == (one,)


def test_few_are_shown_and_none_far_behind_the_first(library_of: Callable[..., Library]) -> None:
    one = _evidence(library_of(talks=TEXT), "Who pays for the radar?")[0]
    assert len(likely([Read(one, 0.6)] * 5, threshold=0.3)) == MAX_LIKELY
    assert likely([Read(one, 0.6), Read(one, 0.1)], threshold=0.3) == (one,)


def test_the_shipped_model_knows_every_signal(library_of: Callable[..., Library]) -> None:
    evidence = _evidence(library_of(talks=TEXT), "Who pays for the radar?")
    asked = Question("Who pays for the radar?")
    (first, *_) = SentenceReader(WordEmbedder()).signals(asked, evidence, titles={"talks": "T"})
    assert 0 < shipped_reader().probability(first) < 1
    assert 0 < shipped_reader().threshold < 1
