"""Make the table of `asking.vocabulary`: ``python -m assistant.evaluation.make_vocabulary``.

The whole lower-case words of the bundled model's vocabulary, which is ordered by frequency;
each embedded alone, then turned to the main directions of all and kept as whole numbers.
"""

import json
import re

import numpy as np
from numpy.typing import NDArray

from assistant.asking.vocabulary import TABLE
from index.embedder import Vectors
from index.encoder.files import bundled_model_folder
from index.encoder.minilm import MiniLMEmbedder

DIRECTIONS = 96


def main() -> None:
    """Write the table beside `assistant.asking.vocabulary`."""
    described = json.loads((bundled_model_folder() / "tokenizer.json").read_text(encoding="utf-8"))
    pieces: dict[str, int] = described["model"]["vocab"]
    words = [
        word
        for word, _ in sorted(pieces.items(), key=lambda entry: entry[1])
        if re.fullmatch(r"[a-z]{2,}", word)
    ]
    vectors = MiniLMEmbedder().embed(words, role="passage")
    np.savez_compressed(TABLE, words=np.array(" ".join(words)), vectors=_cut(vectors))


def _cut(vectors: Vectors) -> NDArray[np.int8]:
    """The main directions of unit vectors as int8, rows scaled to their largest number."""
    _, directions = np.linalg.eigh(vectors.T @ vectors)
    turned = vectors @ directions[:, ::-1][:, :DIRECTIONS]
    scaled = np.round(127 * turned / np.abs(turned).max(axis=1, keepdims=True))
    return np.asarray(scaled, dtype=np.int8)


if __name__ == "__main__":
    main()
