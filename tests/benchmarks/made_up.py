"""Articles and vectors made up from chance, so that a large library takes minutes to build.

Words are those of the model's vocabulary, drawn by Zipf's law in its order (about that of
their frequency), so that the word index meets common and rare ones as in news. A vector is
the mean of a random vector for each word: texts that share words are near.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from index.embedder import Bounds, Role, Vectors
from index.encoder.files import bundled_model_folder
from index.encoder.minilm import MiniLMEmbedder
from sources.reading import hash_text
from sources.source import Card, Sentence, Source, Text

PUBLISHERS = tuple(f"Publisher {number}" for number in range(12))
FIRST_DAY, DAYS = date(2023, 1, 1), 1_000
SENTENCES_PER_PASSAGE, PASSAGES_PER_ARTICLE = 8, 10
_WORDS_PER_SENTENCE = 20
_ROWS = 1 << 16


def vocabulary() -> NDArray[np.str_]:
    """Whole English words of the bundled model, the common ones first."""
    from tokenizers import Tokenizer

    ids = Tokenizer.from_file(str(bundled_model_folder() / "tokenizer.json")).get_vocab()
    words = [word for word in sorted(ids, key=ids.__getitem__) if re.fullmatch("[a-z]{3,}", word)]
    return np.array(words)


def articles(count: int, *, seed: int = 0) -> Iterator[tuple[Source, Text]]:
    """Sources with cards and texts, about `PASSAGES_PER_ARTICLE` passages long each."""
    words = vocabulary()
    chance = np.random.default_rng(seed)
    shares = 1 / np.arange(10, len(words) + 10)
    reached = np.cumsum(shares / shares.sum())
    size = SENTENCES_PER_PASSAGE * PASSAGES_PER_ARTICLE
    for number in range(count):
        drawn = np.searchsorted(reached, chance.random(size * _WORDS_PER_SENTENCE))
        lines = words[drawn.clip(max=len(words) - 1)].reshape(size, -1)
        content, spans = "", []
        for line in lines:
            start = len(content)
            content += " ".join(line).capitalize() + "."
            spans.append(Sentence(start, len(content)))
            content += " "
        card = Card(
            f"Article {number}",
            publisher=PUBLISHERS[int(chance.integers(len(PUBLISHERS)))],
            published=FIRST_DAY + timedelta(days=int(chance.integers(DAYS))),
        )
        slug = f"article-{seed}-{number}"
        content = content.rstrip()
        yield Source(slug, card, hash_text(content), slug), Text(content, tuple(spans))


def questions(count: int, *, seed: int = 1) -> list[str]:
    """Questions in words that are neither the commonest nor the rarest."""
    words = vocabulary()[300:8_000]
    chance = np.random.default_rng(seed)
    return [
        "What did the {} say about the {} and the {} of the {}?".format(*chance.choice(words, 4))
        for _ in range(count)
    ]


class MadeUpEmbedder(MiniLMEmbedder):
    """Made-up vectors; a question takes as long as with the bundled model, which embeds it too."""

    name = "made up"
    max_tokens = SENTENCES_PER_PASSAGE * _WORDS_PER_SENTENCE

    def __init__(self) -> None:
        super().__init__()
        self._table = np.random.default_rng(0).standard_normal((_ROWS, 384), dtype=np.float32)

    def embed(self, texts: Sequence[str], *, role: Role) -> Vectors:
        if role == "question":
            super().embed(texts, role=role)
        return np.stack([self._vector(text) for text in texts])

    def embed_with_sentences(
        self, texts: Sequence[str], bounds: Sequence[Sequence[Bounds]]
    ) -> tuple[Vectors, tuple[Vectors, ...]]:
        sentences = tuple(
            np.stack([self._vector(text[start:end]) for start, end in spans])
            for text, spans in zip(texts, bounds, strict=True)
        )
        means = np.stack([found.mean(axis=0) for found in sentences])
        return means / np.linalg.norm(means, axis=1, keepdims=True), sentences

    def count_tokens(self, texts: Sequence[str]) -> Sequence[int]:
        return [text.count(" ") + 1 for text in texts]

    def _vector(self, text: str) -> Vectors:
        words = re.findall(r"[a-z]{3,}", text.lower())
        rows = [zlib.crc32(word.encode()) % _ROWS for word in words]
        vector = self._table[rows].sum(axis=0)
        made: Vectors = vector / (np.linalg.norm(vector) or 1)
        return made
