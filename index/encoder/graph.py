"""The computation of a BERT encoder as one ONNX file.

The layers are BERT's (Devlin et al., 2019, https://arxiv.org/abs/1810.04805), written with
ONNX Runtime's fused operators
(https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md). All is computed
in float32. A matrix may be kept in blocks of `BLOCK` numbers, each four bits and a step of its
block: ONNX Runtime multiplies by them as they are, so that no second copy is ever in memory.
Weights lie in the file, or stay in another that it names.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.encoder.blocks import BLOCK, Blocks

if TYPE_CHECKING:
    from onnx import NodeProto, TensorProto

HEADS = 12

_FUSED = "com.microsoft"
_OPSET = 17
_IR_VERSION = 8
_IN_FLOAT32 = 0
"""ONNX Runtime's `accuracy_level` that rounds nothing on the way."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A weight of float32 that stays in another file."""

    file: str
    begin: int
    """The byte it begins at."""
    shape: tuple[int, ...]


def build_graph(
    matrices: Mapping[str, Blocks | Elsewhere],
    numbers: Mapping[str, NDArray[np.float32] | Elsewhere],
    *,
    layers: int,
    epsilon: float,
) -> bytes:
    """The serialised model with its weights, but for those that are elsewhere.

    `matrices` are the layers' ``layer.N.{query,key,value,attended,wide,narrow}``, as PyTorch
    keeps them (out, in). `numbers` are their ``….bias`` and the ``….norm.weight`` and
    ``….norm.bias`` of the embeddings and behind ``attended`` and ``narrow``.

    In: ``embedded`` (texts, tokens, width) float32, the sums of word, position and type
    embeddings, and ``lengths`` (texts,) int32, how many tokens of each row are real. Out:
    ``hidden`` (texts, tokens, width) float32, meaningless behind each row's length.
    """
    from onnx import TensorProto, helper

    weights: list[TensorProto] = []
    nodes: list[NodeProto] = []

    def weight(name: str, values: NDArray[Any] | Elsewhere) -> str:
        weights.append(_tensor(name, values))
        return name

    def node(kind: str, inputs: list[str], output: str, **more: Any) -> str:
        nodes.append(helper.make_node(kind, inputs, [output], **{"domain": _FUSED, **more}))
        return output

    def multiply(left: str, name: str, output: str) -> str:
        matrix = matrices[name]
        if isinstance(matrix, Elsewhere):
            return node("FusedMatMul", [left, weight(name, matrix)], output, transB=1)
        rows, columns = matrix.shape
        return node(
            "MatMulNBits",
            [left, weight(name, matrix.packed()), weight(f"{name}.steps", matrix.flat_steps())],
            output,
            K=columns,
            N=rows,
            bits=4,
            block_size=BLOCK,
            accuracy_level=_IN_FLOAT32,
        )

    def norm(name: str) -> list[str]:
        return [weight(f"{name}.norm.{part}", numbers[f"{name}.norm.{part}"]) for part in _NORM]

    def bias(name: str) -> str:
        return weight(f"{name}.bias", numbers[f"{name}.bias"])

    def joined_bias(layer: str) -> str:
        """Of query, key and value, end to end."""
        name = f"{layer}.attention.bias"
        biases = [numbers[f"{layer}.{part}.bias"] for part in _ATTENTION]
        here = [one for one in biases if not isinstance(one, Elsewhere)]
        if len(here) == len(biases):
            return weight(name, np.concatenate(here))
        parts = [bias(f"{layer}.{part}") for part in _ATTENTION]
        return node("Concat", parts, name, domain=None, axis=0)

    hidden = node(
        "LayerNormalization",
        ["embedded", *norm("embeddings")],
        "layer0",
        domain=None,
        epsilon=epsilon,
    )
    for layer in range(layers):
        name = f"layer.{layer}"
        asked = [multiply(hidden, f"{name}.{part}", f"{name}.{part}.of") for part in _ATTENTION]
        attended = node(
            "MultiHeadAttention",
            [*asked, joined_bias(name), "lengths"],
            f"{name}.attention",
            num_heads=HEADS,
        )
        attended = node(
            "SkipLayerNormalization",
            [
                multiply(attended, f"{name}.attended", f"{name}.projected"),
                hidden,
                *norm(f"{name}.attended"),
                bias(f"{name}.attended"),
            ],
            f"{name}.normed",
            epsilon=epsilon,
        )
        active = node(
            "BiasGelu",
            [multiply(attended, f"{name}.wide", f"{name}.widened"), bias(f"{name}.wide")],
            f"{name}.active",
        )
        hidden = node(
            "SkipLayerNormalization",
            [
                multiply(active, f"{name}.narrow", f"{name}.narrowed"),
                attended,
                *norm(f"{name}.narrow"),
                bias(f"{name}.narrow"),
            ],
            "hidden" if layer == layers - 1 else f"layer{layer + 1}",
            epsilon=epsilon,
        )

    (width,) = numbers["embeddings.norm.bias"].shape
    floats: list[str | int | None] = ["texts", "tokens", width]
    graph = helper.make_graph(
        nodes,
        "encoder",
        inputs=[
            helper.make_tensor_value_info("embedded", TensorProto.FLOAT, floats),
            helper.make_tensor_value_info("lengths", TensorProto.INT32, ["texts"]),
        ],
        outputs=[helper.make_tensor_value_info("hidden", TensorProto.FLOAT, floats)],
        initializer=weights,
    )
    model = helper.make_model(
        graph,
        opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid(_FUSED, 1)],
        ir_version=_IR_VERSION,
        producer_name="guarantees-assistant",
    )
    return bytes(model.SerializeToString(deterministic=True))


def _tensor(name: str, values: NDArray[Any] | Elsewhere) -> "TensorProto":
    from onnx import TensorProto, numpy_helper

    if not isinstance(values, Elsewhere):
        return numpy_helper.from_array(np.ascontiguousarray(values), name)
    tensor = TensorProto(
        name=name,
        data_type=TensorProto.FLOAT,
        dims=values.shape,
        data_location=TensorProto.EXTERNAL,
    )
    place = {
        "location": values.file,
        "offset": values.begin,
        "length": 4 * math.prod(values.shape),
    }
    for key, value in place.items():
        tensor.external_data.add(key=key, value=str(value))
    return tensor


_ATTENTION = ("query", "key", "value")
_NORM = ("weight", "bias")
