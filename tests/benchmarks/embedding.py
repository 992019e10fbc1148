"""The bundled model through ONNX Runtime beside sentence-transformers, in one table.

``python -m tests.benchmarks.embedding`` measures each in processes of its own, by turns, so
that what else the machine does falls on both alike. It prints medians and asserts nothing.
Cold start is a whole process: import, load, one question. Passages fill the model's 256
word pieces. Memory is the largest resident set of that process, file pages included.
"""

import json
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
    began = time.perf_counter()
    embedder.embed(PASSAGES, role="passage")
    alone_s = time.perf_counter() - began
    began = time.perf_counter()
    embedder.embed_with_sentences(PASSAGES, BOUNDS)  # type: ignore[attr-defined]  # both have it
    with_sentences_s = time.perf_counter() - began
    return {
        "a question, ms, p50": statistics.median(took_ms),
        "questions a second": 1000 / statistics.median(took_ms),
        "passages a second": len(PASSAGES) / alone_s,
        "the same with sentence vectors": len(PASSAGES) / with_sentences_s,
        "memory after adding, MB": _memory_mb(),
    }


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
