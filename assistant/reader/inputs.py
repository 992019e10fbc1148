"""A question and sentences as the reader's network takes them in: the same in use and training.

The encoder has read each by itself; here its token vectors are centred, the sentences stand side
by side, and it is noted which word pieces the question and a sentence share.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.encoder.encoder import ReadText

PIECES_FILE = Path(__file__).with_name("pieces.npz")
MAX_QUESTION_PIECES = 40
MAX_SENTENCE_PIECES = 90
"""Title and sentence together; what is longer is read as far."""

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Pieces:
    """What is known of the word pieces of texts: how rare each is, and their middle."""

    rarity: Floats
    """``(vocabulary,)``: the logarithm of texts per text with the piece, a tenth of it."""
    middle_of_questions: Floats
    """``(dimensions,)``: the mean of token vectors, which says nothing."""
    middle_of_sentences: Floats

    @classmethod
    def load(cls, file: Path = PIECES_FILE) -> "Pieces":
        """Those in `file`. Raises `OSError` or `ValueError` where it is none of this kind."""
        with np.load(file) as kept:
            return cls(
                kept["rarity"].astype(np.float32),
                kept["middle_of_questions"],
                kept["middle_of_sentences"],
            )

    def save(self, file: Path) -> None:
        """Keep them as `load` reads them."""
        np.savez_compressed(
            file,
            rarity=self.rarity.astype(np.float16),
            middle_of_questions=self.middle_of_questions,
            middle_of_sentences=self.middle_of_sentences,
        )


class Asked(NamedTuple):
    """A question, read."""

    vectors: Floats
    """``(pieces, dimensions)``, centred, of unit length."""
    pieces: NDArray[np.int32]
    meaning: Floats


class Said(NamedTuple):
    """A sentence after the title of its text, read."""

    vectors: Floats
    pieces: NDArray[np.int32]
    is_title: NDArray[np.bool_]
    """``(pieces,)``"""
    meaning: Floats


class Inputs(NamedTuple):
    """One question beside its sentences, filled up to the longest with zeros; all float32."""

    question: Floats
    """``(question pieces, dimensions)``"""
    question_rarity: Floats
    """``(question pieces,)``"""
    sentences: Floats
    """``(sentences, pieces, dimensions)``"""
    sentence_rarity: Floats
    """``(sentences, pieces)``"""
    of_sentence: Floats
    """``(sentences, pieces)``: 1 for the sentence's own pieces."""
    of_title: Floats
    """The same for its title's."""
    shared: Floats
    """``(sentences, question pieces, pieces)``: 1 where it is the same piece."""
    similarity: Floats
    """``(sentences,)``: the cosine of the two as wholes."""


def asked(read: ReadText, pieces: Pieces) -> Asked:
    """The question as the encoder has read it, for `inputs`."""
    kept = slice(0, MAX_QUESTION_PIECES)
    vectors = _centred(read.vectors[kept], pieces.middle_of_questions)
    return Asked(vectors, read.pieces[kept], read.meaning)


def said(read: ReadText, pieces: Pieces, *, title_chars: int) -> Said:
    """A sentence as the encoder has read it after a title of so many characters."""
    kept = slice(0, MAX_SENTENCE_PIECES)
    return Said(
        _centred(read.vectors[kept], pieces.middle_of_sentences),
        read.pieces[kept],
        read.starts[kept] < title_chars,
        read.meaning,
    )


def joined(cited: Sequence[Said]) -> Said:
    """Sentences that are cited together, as one; there is at least one of them."""
    if len(cited) == 1:
        return cited[0]
    meaning = np.mean([one.meaning for one in cited], axis=0)
    return Said(
        np.concatenate([one.vectors for one in cited]),
        np.concatenate([one.pieces for one in cited]),
        np.concatenate([one.is_title for one in cited]),
        (meaning / np.linalg.norm(meaning)).astype(np.float32),
    )


def inputs(question: Asked, sentences: Sequence[Said], pieces: Pieces) -> Inputs:
    """The question beside the sentences, of which there is at least one."""
    longest = max(len(one.pieces) for one in sentences)
    shape = (len(sentences), longest)
    width = len(question.meaning)
    vectors = np.zeros((*shape, width), dtype=np.float32)
    rarity, own, title = (np.zeros(shape, dtype=np.float32) for _ in range(3))
    shared = np.zeros((len(sentences), len(question.pieces), longest), dtype=np.float32)
    for row, one in enumerate(sentences):
        kept = slice(0, len(one.pieces))
        vectors[row, kept] = one.vectors
        rarity[row, kept] = pieces.rarity[one.pieces]
        own[row, kept] = ~one.is_title
        title[row, kept] = one.is_title
        shared[row, :, kept] = question.pieces[:, None] == one.pieces[None, :]
    return Inputs(
        question=question.vectors.astype(np.float32),
        question_rarity=pieces.rarity[question.pieces],
        sentences=vectors,
        sentence_rarity=rarity,
        of_sentence=own,
        of_title=title,
        shared=shared,
        similarity=np.array([one.meaning @ question.meaning for one in sentences], np.float32),
    )


def _centred(vectors: Floats, middle: Floats) -> Floats:
    away = vectors - middle
    lengths = np.linalg.norm(away, axis=1, keepdims=True)
    centred: Floats = away / np.maximum(lengths, 1e-9)
    return centred
