"""The computation of all-MiniLM-L6-v2 as an ONNX graph without weights.

`minilm.onnx` and `minilm-int8.onnx` beside this file are what `build_graph` returns, some
thousand bytes each that need not be built on the user's machine; a test keeps them the same.
To write them anew: ``python -m index.minilm_graph``. The weights stay in the published
``model.safetensors`` and are handed to the graph under the names they have there.

The layers are BERT's (Devlin et al., 2019, https://arxiv.org/abs/1810.04805), written with
ONNX Runtime's fused operators
(https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md).
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnx import NodeProto, TensorProto

Numbers = Literal["float32", "bfloat16", "int8"]
"""In which the matrices are multiplied; everything else is float32.

bfloat16 is not for this graph: see `index.minilm_bfloat16`."""
SumsOfRun = Callable[[list[int]], tuple[NDArray[np.float32], NDArray[np.int32]]]
"""Of the texts in these rows: (texts, tokens, `WIDTH`), and how many tokens of each are real."""
GRAPH_FILES: dict[Numbers, Path] = {
    "float32": Path(__file__).with_name("minilm.onnx"),
    "int8": Path(__file__).with_name("minilm-int8.onnx"),
}
ROUNDED, STEP = "{}.int8", "{}.step"
"""A matrix in whole numbers from -127 to 127, and the step of each of its columns."""
LAYERS = 6
HEADS = 12
WIDTH = 384
INNER_WIDTH = 1536
EPSILON = 1e-12
ATTENTION_BIAS = "encoder.layer.{}.attention.self.bias"
"""The biases of query, key and value of one layer, end to end: the one name made up here."""

_FUSED = "com.microsoft"
_OPSET = 17
_IR_VERSION = 8


def build_graph(numbers: Numbers = "float32") -> bytes:
    """The serialised graph.

    With int8 it takes each matrix rounded and transposed, and rounds what is multiplied with
    it as it comes, in one step for all of a run.

    In: `embedded` (texts, tokens, `WIDTH`) float32, the sums of word, position and type
    embeddings, and `lengths` (texts,) int32, how many tokens of each row are real. Out:
    `hidden` (texts, tokens, `WIDTH`) float32, meaningless behind each row's length.
    """
    from onnx import TensorProto, helper

    shapes: dict[str, tuple[int, ...]] = {}
    nodes: list[NodeProto] = []

    def weight(name: str, *shape: int) -> str:
        shapes[name] = shape
        return name

    def multiply(left: str, name: str, rows: int, columns: int, to: str) -> str:
        """PyTorch keeps a layer's weight as (out, in), so the product takes it transposed."""
        if numbers == "int8":
            matrix = weight(ROUNDED.format(f"{name}.weight"), columns, rows)
            step = weight(STEP.format(f"{name}.weight"), rows)
            nodes.append(
                helper.make_node("DynamicQuantizeMatMul", [left, matrix, step], [to], domain=_FUSED)
            )
            return to
        nodes.append(
            helper.make_node(
                "FusedMatMul",
                [left, weight(f"{name}.weight", rows, columns)],
                [to],
                domain=_FUSED,
                transB=1,
            )
        )
        return to

    def norm(name: str) -> list[str]:
        return [weight(f"{name}.LayerNorm.{part}", WIDTH) for part in ("weight", "bias")]

    def add_and_norm(left: str, right: str, name: str, to: str) -> str:
        parts = [left, right, *norm(name), weight(f"{name}.dense.bias", WIDTH)]
        nodes.append(
            helper.make_node("SkipLayerNormalization", parts, [to], domain=_FUSED, epsilon=EPSILON)
        )
        return to

    hidden = "layer0"
    nodes.append(
        helper.make_node(
            "LayerNormalization", ["embedded", *norm("embeddings")], [hidden], epsilon=EPSILON
        )
    )
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        asked = [
            multiply(hidden, f"{name}.attention.self.{part}", WIDTH, WIDTH, f"{name}.{part}")
            for part in ("query", "key", "value")
        ]
        bias = weight(ATTENTION_BIAS.format(layer), 3 * WIDTH)
        nodes.append(
            helper.make_node(
                "MultiHeadAttention",
                [*asked, bias, "lengths"],
                [f"{name}.attended"],
                domain=_FUSED,
                num_heads=HEADS,
            )
        )
        out = f"{name}.attention.output"
        projected = multiply(f"{name}.attended", f"{out}.dense", WIDTH, WIDTH, f"{name}.projected")
        attended = add_and_norm(projected, hidden, out, f"{name}.normed")
        wide = f"{name}.intermediate.dense"
        widened = multiply(attended, wide, INNER_WIDTH, WIDTH, f"{name}.widened")
        nodes.append(
            helper.make_node(
                "BiasGelu",
                [widened, weight(f"{wide}.bias", INNER_WIDTH)],
                [f"{name}.active"],
                domain=_FUSED,
            )
        )
        out = f"{name}.output"
        narrowed = multiply(
            f"{name}.active", f"{out}.dense", WIDTH, INNER_WIDTH, f"{name}.narrowed"
        )
        hidden = add_and_norm(
            narrowed, attended, out, "hidden" if layer == LAYERS - 1 else f"layer{layer + 1}"
        )

    graph = helper.make_graph(
        nodes,
        "all-MiniLM-L6-v2",
        inputs=[
            helper.make_tensor_value_info(
                "embedded", TensorProto.FLOAT, ["texts", "tokens", WIDTH]
            ),
            helper.make_tensor_value_info("lengths", TensorProto.INT32, ["texts"]),
        ],
        outputs=[
            helper.make_tensor_value_info("hidden", TensorProto.FLOAT, ["texts", "tokens", WIDTH])
        ],
        initializer=[_elsewhere(name, shape) for name, shape in shapes.items()],
    )
    model = helper.make_model(
        graph,
        opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid(_FUSED, 1)],
        ir_version=_IR_VERSION,
        producer_name="guarantees-assistant",
    )
    return bytes(model.SerializeToString(deterministic=True))


def rounded(
    weights: Mapping[str, NDArray[np.float32]],
) -> Iterator[tuple[str, NDArray[Any]]]:
    """The same with each matrix of a layer in whole numbers, transposed, and its steps."""
    for name, matrix in weights.items():
        if name.startswith("encoder.") and matrix.ndim == 2:
            steps = np.abs(matrix).max(axis=1) / 127
            whole = np.rint(matrix / steps[:, None]).astype(np.int8)
            yield ROUNDED.format(name), np.ascontiguousarray(whole.T)
            yield STEP.format(name), steps
        else:
            yield name, matrix


def _elsewhere(name: str, shape: tuple[int, ...]) -> "TensorProto":
    """A weight whose numbers are handed over when the graph is loaded."""
    from onnx import TensorProto

    tensor = TensorProto(
        name=name,
        data_type=TensorProto.INT8 if name.endswith(ROUNDED.format("")) else TensorProto.FLOAT,
        dims=shape,
        data_location=TensorProto.EXTERNAL,
    )
    tensor.external_data.add(key="location", value="model.safetensors")
    return tensor


if __name__ == "__main__":
    for kind, file in GRAPH_FILES.items():
        file.write_bytes(build_graph(kind))
