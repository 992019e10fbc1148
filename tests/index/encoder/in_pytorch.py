"""The shipped weights computed by PyTorch and transformers: another way to the same vectors."""

from collections.abc import Sequence

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from index.embedder import Role
from index.encoder.blocks import BLOCK, rows_of
from index.encoder.files import (
    GRAPH,
    LANGUAGES,
    MODEL_FOLDER,
    POSITIONS,
    TOKENIZER,
    VOCABULARY_ROWS,
)
from index.pooling import normalised

_PREFIX = {"question": "query: ", "passage": "passage: "}
_PARTS = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "attended": "attention.output.dense",
    "wide": "intermediate.dense",
    "narrow": "output.dense",
}
_NORMS = {"attended": "attention.output.LayerNorm", "narrow": "output.LayerNorm"}


def embed_in_pytorch(texts: Sequence[str], *, role: Role) -> np.ndarray:
    """As the encoder's `embed`, text by text."""
    model, tokenizer = _model(), Tokenizer.from_file(str(MODEL_FOLDER / TOKENIZER))
    languages = np.load(MODEL_FOLDER / LANGUAGES)
    found = []
    for text in texts:
        ids = torch.tensor([tokenizer.encode(_PREFIX[role] + text).ids[:512]])
        with torch.no_grad():
            found.append(model(input_ids=ids).last_hidden_state[0].mean(0).numpy())
    means = np.stack(found)
    return normalised(means - means @ languages.T @ languages)


def _model() -> BertModel:
    weights = {
        one.name: numpy_helper.to_array(one)
        for one in onnx.load(str(MODEL_FOLDER / GRAPH)).graph.initializer
    }
    words = rows_of(np.load(MODEL_FOLDER / VOCABULARY_ROWS))
    positions = np.load(MODEL_FOLDER / POSITIONS)
    layers = sum(name.endswith(".attention.bias") for name in weights)
    state = {
        "embeddings.word_embeddings.weight": words,
        "embeddings.position_embeddings.weight": positions,
        "embeddings.token_type_embeddings.weight": np.zeros((1, words.shape[1]), np.float32),
        "embeddings.LayerNorm.weight": weights["embeddings.norm.weight"],
        "embeddings.LayerNorm.bias": weights["embeddings.norm.bias"],
    }
    for layer in range(layers):
        ours, theirs = f"layer.{layer}", f"encoder.layer.{layer}"
        attention = np.split(weights[f"{ours}.attention.bias"], 3)
        for part, name in _PARTS.items():
            state[f"{theirs}.{name}.weight"] = _matrix(weights, f"{ours}.{part}")
            is_joined = part in ("query", "key", "value")
            state[f"{theirs}.{name}.bias"] = (
                attention[("query", "key", "value").index(part)]
                if is_joined
                else weights[f"{ours}.{part}.bias"]
            )
        for part, name in _NORMS.items():
            for kind in ("weight", "bias"):
                state[f"{theirs}.{name}.{kind}"] = weights[f"{ours}.{part}.norm.{kind}"]
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=words.shape[1],
        num_hidden_layers=layers,
        num_attention_heads=12,
        intermediate_size=len(weights["layer.0.wide.bias"]),
        max_position_embeddings=len(positions),
        type_vocab_size=1,
        layer_norm_eps=1e-12,
    )
    model = BertModel(config, add_pooling_layer=False).eval()
    tensors = {name: torch.tensor(np.array(value)) for name, value in state.items()}
    model.load_state_dict(tensors, strict=True)
    return model


def _matrix(weights: dict[str, np.ndarray], name: str) -> np.ndarray:
    pairs = weights[name]
    whole = np.stack([pairs & 15, pairs >> 4], axis=-1).reshape(len(pairs), -1, BLOCK)
    steps = weights[f"{name}.steps"].reshape(len(pairs), -1, 1)
    return ((whole.astype(np.float32) - 8) * steps).reshape(len(pairs), -1)
