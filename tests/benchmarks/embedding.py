"""The bundled model by ONNX Runtime, in bfloat16, and by sentence-transformers, in one table.

``python -m tests.benchmarks.embedding`` measures each in processes of its own, by turns, so
that what else the machine does falls on all alike. It prints medians and asserts nothing.
Cold start is a whole process: import, load, one question. Passages fill the model's 256
word pieces. Memory is the largest resident set of that process, file pages included. The
last rows hold the rate beside the machine's limit: the model's multiply-adds for a passage,
against how many a second this process reaches with nothing but one of the model's products.
"""

import json
import math
import resource
import statistics
import subprocess
import sys
import time
from collections import defaultdict

from index.bundled import bundled_model_folder
from index.embedder import Embedder, SentenceTransformerEmbedder
from index.minilm import MiniLMEmbedder

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
    if name == "bfloat16, for many":
        return MiniLMEmbedder(many="bfloat16").for_many(1_000)
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
    rate = matrix_rate(in_bfloat16=name.startswith("bfloat16"))
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


def matrix_rate(*, in_bfloat16: bool) -> float:
    """Multiply-adds a second in the model's largest product, best of many, on all cores."""
    import torch

    kind = torch.bfloat16 if in_bfloat16 else torch.float32
    texts, matrix = torch.randn(1024, WIDTH).to(kind), torch.randn(4 * WIDTH, WIDTH).to(kind)
    best_s = math.inf
    for _ in range(200):
        began = time.perf_counter()
        torch.nn.functional.linear(texts, matrix)
        best_s = min(best_s, time.perf_counter() - began)
    return texts.shape[0] * matrix.numel() / best_s


def _memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    names = ("ONNX Runtime", "bfloat16, for many", "sentence-transformers")
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
