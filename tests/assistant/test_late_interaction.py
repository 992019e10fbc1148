import numpy as np

from assistant.late_interaction import interact
from index.embedder import Tokens
from index.minilm import MiniLMEmbedder
from index.passages import Passage
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
