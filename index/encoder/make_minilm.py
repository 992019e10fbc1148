"""Makes the graph of all-MiniLM-L6-v2, whose weights stay in the published file.

    python -m index.encoder.make_minilm

writes ``minilm.onnx`` beside this file, some thousand bytes that need not be made on the
user's machine; a test keeps it what this makes.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from index.encoder.files import BUNDLED_GRAPH, WEIGHTS, bundled_model_folder
from index.encoder.graph import Elsewhere, build_graph

LAYERS = 6
EPSILON = 1e-12

_PARTS = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "attended": "attention.output.dense",
    "wide": "intermediate.dense",
    "narrow": "output.dense",
}
_NORMS = {"attended": "attention.output.LayerNorm", "narrow": "output.LayerNorm"}


def make_graph() -> bytes:
    """The serialised graph; see `build_graph`."""
    published = published_tensors(bundled_model_folder() / WEIGHTS)
    return build_graph(
        {ours: published[theirs] for ours, theirs in _matrices()},
        {ours: published[theirs] for ours, theirs in _numbers()},
        layers=LAYERS,
        epsilon=EPSILON,
    )


def published_tensors(file: Path) -> dict[str, Elsewhere]:
    """Where in a safetensors file its float32 tensors lie, by their names there.

    The format: a 64-bit length, that many bytes of JSON, the numbers one after another
    (https://huggingface.co/docs/safetensors).
    """
    with file.open("rb") as opened:
        length = int.from_bytes(opened.read(8), "little")
        tensors = json.loads(opened.read(length))
    return {
        name: Elsewhere(file.name, 8 + length + entry["data_offsets"][0], tuple(entry["shape"]))
        for name, entry in tensors.items()
        if entry.get("dtype") == "F32"
    }


def _matrices() -> Iterator[tuple[str, str]]:
    """The matrices' names in the graph and in the published file."""
    for layer in range(LAYERS):
        for part, there in _PARTS.items():
            yield f"layer.{layer}.{part}", f"encoder.layer.{layer}.{there}.weight"


def _numbers() -> Iterator[tuple[str, str]]:
    """The same of biases and norms."""
    for kind in ("weight", "bias"):
        yield f"embeddings.norm.{kind}", f"embeddings.LayerNorm.{kind}"
    for layer in range(LAYERS):
        for part, there in _PARTS.items():
            yield f"layer.{layer}.{part}.bias", f"encoder.layer.{layer}.{there}.bias"
        for part, there in _NORMS.items():
            for kind in ("weight", "bias"):
                yield f"layer.{layer}.{part}.norm.{kind}", f"encoder.layer.{layer}.{there}.{kind}"


if __name__ == "__main__":
    BUNDLED_GRAPH.write_bytes(make_graph())
