"""What the network takes in: the pieces that are the question's, the title's and the sentence's."""

from pathlib import Path

import numpy as np
import pytest

from assistant.reader.inputs import (
    MAX_QUESTION_PIECES,
    MAX_SENTENCE_PIECES,
    Pieces,
    asked,
    inputs,
    joined,
    said,
)
from assistant.reader.network import ReaderNetwork
from index.encoder.encoder import MultilingualEncoder


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return ReaderNetwork().pieces


def test_title_and_sentence_are_told_apart_and_what_they_share_is_marked(pieces: Pieces) -> None:
    encoder = MultilingualEncoder()
    title, words = "Radar talks", "Norlund pays."
    question = asked(encoder.read(["who pays"], role="question")[0], pieces)
    short, long = (
        said(read, pieces, title_chars=len(title) + 1)
        for read in encoder.read([f"{title}. {words}", f"{title}. {words} {words}"], role="passage")
    )
    taken = inputs(question, [short, long], pieces)
    own, of_title = taken.of_sentence[0], taken.of_title[0]
    assert not np.any(own * of_title)
    filled = len(short.pieces)
    assert np.all((own + of_title)[:filled] == 1)
    assert not np.any((own + of_title)[filled:])
    tokens = encoder._model()[0].tokenizer.encode(f"{title}.", add_special_tokens=False)
    assert int(of_title.sum()) == len(tokens.ids)
    pays = list(question.pieces).index(next(iter(set(question.pieces) & set(short.pieces))))
    assert taken.shared[0, pays].sum() == 1
    assert taken.shared[1, pays].sum() == 2
    assert np.allclose(np.linalg.norm(taken.sentences[0, :filled], axis=1), 1, atol=1e-5)


def test_long_questions_and_sentences_are_read_as_far_as_the_network_takes_in(
    pieces: Pieces,
) -> None:
    encoder = MultilingualEncoder()
    words = "radar " * 300
    question = asked(encoder.read([words], role="question")[0], pieces)
    sentence = said(encoder.read([words], role="passage")[0], pieces, title_chars=0)
    assert len(question.pieces) == MAX_QUESTION_PIECES
    assert len(sentence.pieces) == MAX_SENTENCE_PIECES


def test_sentences_that_are_cited_together_are_read_as_one(pieces: Pieces) -> None:
    encoder = MultilingualEncoder()
    texts = ["Talks. Norlund pays.", "Talks. It has two radars."]
    one, other = (said(read, pieces, title_chars=6) for read in encoder.read(texts, role="passage"))
    both = joined([one, other])
    assert both.pieces.tolist() == [*one.pieces, *other.pieces]
    assert both.is_title.sum() == one.is_title.sum() + other.is_title.sum()
    assert np.linalg.norm(both.meaning) == pytest.approx(1, abs=1e-5)
    assert joined([one]) is one


def test_pieces_are_kept_and_read_again(tmp_path: Path) -> None:
    kept = Pieces(
        rarity=np.array([0.25, 0.5], dtype=np.float32),
        middle_of_questions=np.ones(3, dtype=np.float32),
        middle_of_sentences=np.zeros(3, dtype=np.float32),
    )
    kept.save(tmp_path / "pieces.npz")
    read = Pieces.load(tmp_path / "pieces.npz")
    assert all(np.array_equal(getattr(read, name), getattr(kept, name)) for name in vars(kept))
