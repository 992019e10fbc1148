import numpy as np
import pytest

from index.embedder import SentenceEmbedder, SentenceTransformerEmbedder, embed_passages
from index.encoder.files import bundled_model_folder
from index.encoder.minilm import MiniLMEmbedder
from tests.conftest import WordEmbedder

TEXTS = (
    "Vance spoke in Washington. He named territory as the main obstacle.",
    "Володимир Зеленський said: 7,000 troops — «гарантії» 🚀. Nothing else.",
    "",
    "ﬁne ﬀ İstanbul naïve",
    "grain corridor " * 300,
)
BOUNDS = (((0, 26), (27, 67)), ((0, 21), (22, 55)), (), ((0, 4), (8, 16)), ((0, 14), (4000, 4014)))


def test_an_embedder_without_token_vectors_embeds_each_sentence_alone() -> None:
    embedder = WordEmbedder()
    assert not isinstance(embedder, SentenceEmbedder)
    vectors, sentences = embed_passages(
        embedder, ["One stays. Two go.", "None."], [[(0, 10), (11, 18)], []]
    )
    alone = embedder.embed(["One stays.", "Two go."], role="passage")
    assert np.array_equal(vectors, embedder.embed(["One stays. Two go.", "None."], role="passage"))
    assert np.array_equal(sentences[0], alone)
    assert len(sentences) == 2
    assert len(sentences[1]) == 0


def test_no_passages_give_no_vectors() -> None:
    vectors, sentences = embed_passages(WordEmbedder(), [], [])
    assert (len(vectors), sentences) == (0, ())


@pytest.mark.long
def test_the_bundled_model_embeds_as_sentence_transformers_does() -> None:
    ours = MiniLMEmbedder()
    theirs = SentenceTransformerEmbedder(str(bundled_model_folder()))
    assert ours.max_tokens == theirs.max_tokens
    assert list(ours.count_tokens(TEXTS)) == list(theirs.count_tokens(TEXTS))
    cosines = ours.embed(TEXTS, role="question") * theirs.embed(TEXTS, role="question")
    assert cosines.sum(axis=1).min() > 0.9999
    our_passages, our_sentences = ours.embed_with_sentences(TEXTS, BOUNDS)
    passages, sentences = theirs.embed_with_sentences(TEXTS, BOUNDS)
    assert (our_passages * passages).sum(axis=1).min() > 0.9999
    for our, their in zip(our_sentences, sentences, strict=True):
        assert (our * their).sum(axis=1).min(initial=1) > 0.9999
