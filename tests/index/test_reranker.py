"""The real loading code, over a cross-encoder of two narrow layers that the test makes."""

from pathlib import Path

import pytest

from index.passages import Passage
from index.reranker import CrossEncoderReranker
from index.retrieval import Match
from sources.errors import UseError
from sources.sentences import find_sentences

WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] how many troops ships sail south . ?".split()


def _match(text: str, relevance: float) -> Match:
    sentences = find_sentences(text)
    return Match(Passage(text[:5].lower(), 0, sentences, text), relevance, (0.5,) * len(sentences))


def _make_model(folder: Path, labels: int) -> str:
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    torch.manual_seed(1)
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    config = BertConfig(
        vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=16, max_position_embeddings=64, num_labels=labels, initializer_range=0.5,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    return str(folder)


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")
def test_matches_come_in_the_order_of_the_models_values(tmp_path: Path) -> None:
    from sentence_transformers import CrossEncoder

    model = _make_model(tmp_path / "model", 1)
    texts = ["Troops.", "Ships sail south.", "How many ships?"]
    matches = [_match(text, value) for text, value in zip(texts, (0.9, 0.6, 0.3), strict=True)]
    ranked = CrossEncoderReranker(model).rerank("How many troops?", matches)
    values = CrossEncoder(model).predict([("How many troops?", text) for text in texts])
    wanted = [texts[place] for place in sorted(range(3), key=lambda place: -values[place])]
    assert [match.passage.content for match in ranked] == wanted
    assert [match.relevance for match in ranked] == [0.9, 0.6, 0.3]


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")
def test_a_model_that_gives_several_values_is_refused(tmp_path: Path) -> None:
    model = _make_model(tmp_path / "model", 3)
    with pytest.raises(UseError, match="gives 3 values"):
        CrossEncoderReranker(model).rerank("How?", [_match("Troops.", 1), _match("Ships.", 0)])


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")
def test_a_model_that_is_not_there_is_refused_with_a_remedy() -> None:
    with pytest.raises(UseError) as refused:
        CrossEncoderReranker("/nowhere").rerank("?", [_match("Troops.", 1), _match("Ships.", 0)])
    assert "ASSISTANT_RERANKER" in refused.value.remedy
