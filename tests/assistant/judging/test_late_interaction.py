from dataclasses import replace

import numpy as np

from assistant.asking.questions import Question
from assistant.judging.evidence import weigh
from assistant.judging.late_interaction import STRETCH_CHARS, best_stretches, interact
from index.embedder import Tokens
from index.encoder.minilm import MiniLMEmbedder
from index.passages import Passage
from index.retrieval import Match
from sources.sentences import find_sentences


def _passage(text: str) -> Passage:
    return Passage("article", 0, find_sentences(text), text)


def test_a_passage_that_says_the_words_meets_the_question_better(
    real_embedder: MiniLMEmbedder,
) -> None:
    question = "How many troops does Ukraine keep?"
    wholes = []
    for text in ("Ukraine keeps 800,000 troops.", "Ships sail south in spring."):
        asked, tokens = real_embedder.embed_tokens([question, text])
        found = interact(asked, question, [_passage(text)], [tokens])
        assert found is not None
        wholes.append(found.whole)
    assert wholes[0] > wholes[1] + 0.2


def test_a_word_that_is_there_is_met_wholly() -> None:
    vectors = np.eye(3, dtype=np.float32)
    asked = Tokens(vectors[:2], np.array([[0, 4], [5, 10]]), 10)
    passage = _passage("Army troops.")
    tokens = Tokens(vectors, np.array([[0, 4], [5, 11], [11, 12]]), 12)
    found = interact(asked, "Army peace", [passage], [tokens])
    assert found is not None
    assert (found.whole, found.words, found.least) == (1.0, 1.0, 1.0)


def test_tokens_before_the_question_only_lend_their_context() -> None:
    vectors = np.eye(3, dtype=np.float32)
    asked = Tokens(vectors[:2], np.array([[0, 5], [6, 10]]), 10)
    tokens = Tokens(vectors[1:], np.array([[0, 4], [5, 11]]), 12)
    found = interact(asked, "Army", [_passage("Army troops.")], [tokens])
    assert found is not None
    assert found.whole == 1.0


def test_without_tokens_there_is_nothing_to_say() -> None:
    nothing = Tokens(np.zeros((0, 3), dtype=np.float32), np.zeros((0, 2), dtype=np.int64), 1)
    assert interact(nothing, "?", [_passage("Army troops.")], [nothing]) is None


def test_only_stretches_of_the_two_best_passages_are_read_again() -> None:
    evidence = weigh(
        Question("How many troops does Ukraine keep?"),
        [
            Match(_passage("Ships sail south. " * 40 + "Winds blow."), 0.9, (0.1,) * 41),
            Match(replace(_passage("Ukraine keeps 800,000 troops."), number=1), 0.8, (0.9,)),
            Match(replace(_passage("Ukraine keeps some troops."), number=2), 0.7, (0.8,)),
        ],
    )
    stretches = best_stretches(evidence)
    assert [one.number for one in stretches] == [1, 2]
    (far,) = best_stretches(weigh(Question("Do winds blow?"), [evidence[-1].match]))
    assert far.content.endswith("Winds blow.")
    assert len(far.content) <= STRETCH_CHARS


def test_the_word_that_asks_is_met_by_itself() -> None:
    vectors = np.eye(3, dtype=np.float32)
    asked = Tokens(vectors[:2], np.array([[0, 3], [4, 8]]), 8)
    one, other = (Tokens(row[None], np.array([[0, 4]]), 4) for row in vectors[:2])
    met = interact(asked, "Who pays", [_passage("Men.")], [one])
    unmet = interact(asked, "Who pays", [_passage("Pay.")], [other])
    assert met is not None
    assert unmet is not None
    assert (met.asking_word, unmet.asking_word) == (1.0, 0.0)
