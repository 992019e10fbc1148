"""The default model by ONNX Runtime and by sentence-transformers, in one table.

``python -m tests.benchmarks.embedding`` measures each in processes of its own, by turns, so
that what else the machine does falls on all alike. It prints medians and asserts nothing.
Cold start is a whole process: import, load, one question. Passages fill the model's 256
word pieces. Memory is the largest resident set of that process, file pages included. The
last rows hold the rate beside the machine's limit: the model's multiply-adds for a passage,
against the most that this process reaches a second with nothing but one of the model's products.
"""

import json
import math
import resource
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
from numpy.typing import NDArray

from index.embedder import Embedder, SentenceTransformerEmbedder
from index.encoder.files import bundled_model_folder
from index.encoder.minilm import MiniLMEmbedder
from index.encoder.running import cores

QUESTION = "What did Vance name as the main obstacle to security guarantees?"
SENTENCE = "The guarantees that were discussed in Berlin would bind twelve parties for ten years. "
PASSAGES = [f"{number}. {SENTENCE * 15}" for number in range(24)]
BOUNDS = [[(at * len(SENTENCE), (at + 1) * len(SENTENCE)) for at in range(15)] for _ in PASSAGES]
ROUNDS = 3


TOKENS, WIDTH, LAYERS = 256, 384, 6
MULTIPLY_ADDS = LAYERS * (12 * WIDTH * WIDTH * TOKENS + 2 * TOKENS * TOKENS * WIDTH)
"""For a passage: four matrices of attention, two of four times the width, and attention."""


def make(name: str) -> Embedder:
    if name == "ONNX Runtime":
        return MiniLMEmbedder()
    return SentenceTransformerEmbedder(str(bundled_model_folder()))


def measure(name: str, *, only_start: bool) -> dict[str, float]:
    """Figures of one embedder in this process."""
    embedder = make(name)
    embedder.embed([QUESTION], role="question")
    loaded_mb = _memory_mb()
    if only_start:
        return {"memory after a question, MB": loaded_mb}
    took_ms = []
    for number in range(100):
        asked = f"{QUESTION} {number}"  # what was read last is remembered
        began = time.perf_counter()
        embedder.embed([asked], role="question")
        took_ms.append((time.perf_counter() - began) * 1000)
    embedder.embed(PASSAGES[:2], role="passage")
    began = time.perf_counter()
    embedder.embed(PASSAGES, role="passage")
    alone_s = time.perf_counter() - began
    began = time.perf_counter()
    embedder.embed_with_sentences(PASSAGES, BOUNDS)  # type: ignore[attr-defined]  # both have it
    with_sentences_s = time.perf_counter() - began
    rate = matrix_rate()
    return {
        "a question, ms, p50": statistics.median(took_ms),
        "questions a second": 1000 / statistics.median(took_ms),
        "passages a second": len(PASSAGES) / alone_s,
        "the same with sentence vectors": len(PASSAGES) / with_sentences_s,
        "memory after adding, MB": _memory_mb(),
        "matrix rate, 10^9 a second": rate / 1e9,
        "passages a second at that rate": rate / MULTIPLY_ADDS,
        "reached of it": len(PASSAGES) / alone_s * MULTIPLY_ADDS / rate,
    }


def matrix_rate() -> float:
    """Multiply-adds a second in the model's largest product: the best that any way here reaches.

    By PyTorch with all cores on one product and with a product for each core, and by ONNX
    Runtime, each with several numbers of tokens.
    """
    import torch

    matrix = torch.randn(4 * WIDTH, WIDTH)
    best = 0.0
    for tokens in (256, 1024, 4096):
        texts = torch.randn(tokens, WIDTH)
        product = partial(torch.nn.functional.linear, texts, matrix)
        in_one = tokens * matrix.numel()
        best = max(best, in_one / _fastest_s(product), _on_each_core(product, in_one))
        best = max(best, in_one / _fastest_s(_onnx_product(texts.numpy(), matrix.numpy().T)))
    return best


def _onnx_product(texts: NDArray[np.float32], matrix: NDArray[np.float32]) -> Callable[[], object]:
    """The product as ONNX Runtime computes it, on all cores."""
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper

    shapes = ("texts", texts.shape), ("product", (len(texts), matrix.shape[1]))
    given, made = (
        helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in shapes
    )
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["texts", "matrix"], ["product"])],
        "product",
        [given],
        [made],
        [numpy_helper.from_array(np.ascontiguousarray(matrix), "matrix")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    return partial(session.run, None, {"texts": texts})


def _fastest_s(product: Callable[[], object]) -> float:
    best_s = math.inf
    for _ in range(100):
        began = time.perf_counter()
        product()
        best_s = min(best_s, time.perf_counter() - began)
    return best_s


def _on_each_core(product: Callable[[], object], in_one: int) -> float:
    """Multiply-adds a second of all cores, each with products of its own."""
    import torch

    def of_one_core(_: int) -> float:
        torch.set_num_threads(1)
        return in_one / _fastest_s(product)

    with ThreadPoolExecutor(cores()) as pool:
        return sum(pool.map(of_one_core, range(cores())))


def _memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    names = ("ONNX Runtime", "sentence-transformers")
    found: dict[str, dict[str, list[float]]] = {name: defaultdict(list) for name in names}
    for _ in range(ROUNDS):
        for what in ("start", "rates"):
            for name in names:
                began = time.perf_counter()
                done = subprocess.run(
                    [sys.executable, "-m", "tests.benchmarks.embedding", name, what],
                    capture_output=True,
                    text=True,
                    check=True,
                )
                if what == "start":
                    found[name]["cold start, s"].append(time.perf_counter() - began)
                for figure, value in json.loads(done.stdout.splitlines()[-1]).items():
                    found[name][figure].append(value)
    print(f"{'':32}" + "".join(f"{name:>24}" for name in names))
    for figure in found[names[0]]:
        cells = "".join(f"{statistics.median(found[name][figure]):24.2f}" for name in names)
        print(f"{figure:32}{cells}")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(json.dumps(measure(sys.argv[1], only_start=sys.argv[2] == "start")))
    else:
        main()
