"""Texts to vectors. The only room that knows an embedding model.

Two models come with the installation (`index.encoder`); nothing is ever downloaded unless a person
has allowed it for a model of their own choice.
"""

import logging
import os
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from index.pooling import mean_of_spans, normalised
from sources.errors import UseError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Role = Literal["question", "passage"]
Vectors = NDArray[np.float32]
Bounds = tuple[int, int]
"""From and to, in characters of the text that is embedded, half open."""


class Embedder(Protocol):
    """What the index needs of an embedding model."""

    @property
    def name(self) -> str:
        """Names the model and whatever else changes its vectors; an index records it."""

    @property
    def max_tokens(self) -> int:
        """Word pieces of a text that the model takes in, without its start and end marks."""

    def embed(self, texts: Sequence[str], *, role: Role) -> Vectors:
        """``(len(texts), dimensions)`` float32, each row of unit length, in order."""

    def count_tokens(self, texts: Sequence[str]) -> Sequence[int]:
        """Word pieces of each text, without the model's start and end marks."""


@runtime_checkable
class SentenceEmbedder(Embedder, Protocol):
    """An embedder that gives the vectors of sentences together with their passage's."""

    def embed_with_sentences(
        self, texts: Sequence[str], bounds: Sequence[Sequence[Bounds]]
    ) -> tuple[Vectors, tuple[Vectors, ...]]:
        """The passages' vectors and, for each, ``(len(bounds[i]), dimensions)`` sentence vectors.

        One pass of the model: a sentence's vector is the mean of its tokens, which have
        seen the whole passage. All float32 of unit length, in order.
        """


def cosine_of_strangers(embedder: Embedder) -> float:
    """The cosine that the model gives texts which have nothing to do with each other.

    Nearly 0 for most models, so that it is 0 where an embedder does not say.
    """
    return float(getattr(embedder, "cosine_of_strangers", 0.0))


def share_of_meaning(embedder: Embedder) -> float:
    """How much of the order of what is found the vectors decide; the rest is words in common.

    A model that knows several languages decides more: words say nothing across them.
    """
    return float(getattr(embedder, "share_of_meaning", 0.5))


def embed_passages(
    embedder: Embedder, texts: Sequence[str], bounds: Sequence[Sequence[Bounds]]
) -> tuple[Vectors, tuple[Vectors, ...]]:
    """Vectors of passages and of their sentences, from one pass where the embedder can.

    An embedder that gives no sentence vectors embeds each sentence alone.
    """
    if isinstance(embedder, SentenceEmbedder):
        return embedder.embed_with_sentences(texts, bounds)
    return embedder.embed(texts, role="passage"), _sentences_alone(embedder, texts, bounds)


def _sentences_alone(
    embedder: Embedder, texts: Sequence[str], bounds: Sequence[Sequence[Bounds]]
) -> tuple[Vectors, ...]:
    words = [
        text[start:end] for text, spans in zip(texts, bounds, strict=True) for start, end in spans
    ]
    if not words:
        return tuple(np.zeros((0, 0), dtype=np.float32) for _ in texts)
    vectors = embedder.embed(words, role="passage")
    ends = np.cumsum([len(spans) for spans in bounds])
    return tuple(np.split(vectors, ends[:-1]))


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, loaded at first use.

    `model` is a folder or a name on the Hugging Face hub. A hub model is taken from the local
    cache; with `may_download` it may also be fetched.
    """

    def __init__(self, model: str, *, may_download: bool = False, batch_size: int = 32) -> None:
        self.name = model
        self._may_download = may_download
        self._batch_size = batch_size

    @property
    def max_tokens(self) -> int:
        return int(self._model.max_seq_length or 512) - 2

    def embed(self, texts: Sequence[str], *, role: Role) -> Vectors:
        encode = self._model.encode_query if role == "question" else self._model.encode_document
        return np.asarray(
            encode(
                list(texts),
                batch_size=self._batch_size,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            ),
            dtype=np.float32,
        )

    def embed_with_sentences(
        self, texts: Sequence[str], bounds: Sequence[Sequence[Bounds]]
    ) -> tuple[Vectors, tuple[Vectors, ...]]:
        """As promised where a text's vector is the mean of its tokens.

        Another model, or one that puts a prompt before passages, embeds each sentence alone.
        """
        if not texts or not self._pools_by_mean:
            return self.embed(texts, role="passage"), _sentences_alone(self, texts, bounds)
        read = self._model.tokenizer(
            list(texts),
            truncation=True,
            max_length=self._model.max_seq_length,
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
        )
        found: list[Any] = self._model.encode_document(  # type: ignore[assignment]  # by output_value
            list(texts), batch_size=self._batch_size, output_value=None, show_progress_bar=False
        )
        vectors = np.stack([_numbers(text["sentence_embedding"]) for text in found])
        sentences = [
            mean_of_spans(
                _numbers(text["token_embeddings"])[: len(special)][~special], offsets, spans
            )
            for text, offsets, special, spans in zip(
                found, *_real_tokens(read), bounds, strict=True
            )
        ]
        return normalised(vectors), embed_unseen(self, texts, bounds, sentences)

    def count_tokens(self, texts: Sequence[str]) -> Sequence[int]:
        if not texts:
            return []
        encoded = self._model.tokenizer(
            list(texts), add_special_tokens=False, truncation=False, verbose=False
        )
        return [len(ids) for ids in encoded["input_ids"]]

    @cached_property
    def _pools_by_mean(self) -> bool:
        """Whether a text's vector is the mean of its tokens and nothing stands before them."""
        model = self._model
        _, *after = model
        prompts = [model.default_prompt_name] + [
            model.prompts.get(name) for name in ("document", "passage", "corpus")
        ]
        return (
            not any(prompts)
            and bool(getattr(model.tokenizer, "is_fast", False))
            and getattr(model.tokenizer, "padding_side", "right") == "right"
            and [type(module).__name__ for module in after]
            in (["Pooling"], ["Pooling", "Normalize"])
            and "mean" in (getattr(after[0], "pooling_mode", ""), _older_pooling(after[0]))
        )

    @cached_property
    def _model(self) -> "SentenceTransformer":
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        if not self._may_download:
            os.environ["HF_HUB_OFFLINE"] = "1"
        for library in ("sentence_transformers", "transformers", "huggingface_hub"):
            logging.getLogger(library).setLevel(logging.ERROR)
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # no annotations there
        try:
            return SentenceTransformer(self.name, local_files_only=not self._may_download)
        except (OSError, ValueError) as error:
            raise UseError(
                f"The embedding model {self.name!r} cannot be loaded.",
                remedy="Name a folder that holds a sentence-transformers model, or set "
                "ASSISTANT_MAY_DOWNLOAD=1 to let it be fetched.",
            ) from error


def embed_unseen(
    embedder: Embedder,
    texts: Sequence[str],
    bounds: Sequence[Sequence[Bounds]],
    sentences: Sequence[Vectors],
) -> tuple[Vectors, ...]:
    """The sentence vectors at unit length, those still zero embedded alone.

    They are behind what the model takes in of their passage, or it has no tokens for them.
    """
    unseen = [
        (row, int(at))
        for row, found in enumerate(sentences)
        for at in np.flatnonzero(~found.any(axis=1))
    ]
    if unseen:
        words = [texts[row][slice(*bounds[row][at])] for row, at in unseen]
        for (row, at), vector in zip(unseen, embedder.embed(words, role="passage"), strict=True):
            sentences[row][at] = vector
    return tuple(normalised(found) for found in sentences)


def _older_pooling(pooling: Any) -> str:
    """The way of pooling as sentence-transformers before 6 told it."""
    tell = getattr(pooling, "get_pooling_mode_str", None)
    return str(tell()) if tell else ""


def _real_tokens(read: Any) -> tuple[list[NDArray[np.int64]], list[NDArray[np.bool_]]]:
    """Per text the characters of its own tokens, and which of all tokens are marks."""
    special = [np.asarray(mask, dtype=np.bool_) for mask in read["special_tokens_mask"]]
    offsets = [
        np.asarray(pairs, dtype=np.int64).reshape(-1, 2)[~mask]
        for pairs, mask in zip(read["offset_mapping"], special, strict=True)
    ]
    return offsets, special


def _numbers(tensor: Any) -> Vectors:
    return np.asarray(tensor.float().cpu().numpy(), dtype=np.float32)
