"""The store of sentence vectors when it is large, with made-up vectors.

``python -m tests.benchmarks.sentence_store [PASSAGES]`` (100,000 unless told) prints what a
question pays to read the sentences of its 100 candidates, and what the store weighs.
"""

import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from index.passages import Passage
from index.sentence_vectors import FILE_NAME, SentenceVectors
from sources.source import Sentence

SENTENCES = 8
CANDIDATES = 100
PER_SOURCE = 50
QUESTIONS = 300


def main(passages: int) -> None:
    chance = np.random.default_rng(0)
    spans = tuple(Sentence(at * 10, at * 10 + 9) for at in range(SENTENCES))
    content = "x" * spans[-1].end
    made = chance.normal(size=(PER_SOURCE, SENTENCES, 384)).astype(np.float32)
    made /= np.linalg.norm(made, axis=2, keepdims=True)
    asked = made[0, 0]
    with tempfile.TemporaryDirectory() as folder:
        store = SentenceVectors(Path(folder))
        began = time.perf_counter()
        for source in range(passages // PER_SOURCE):
            own = [Passage(f"source-{source}", at, spans, content) for at in range(PER_SOURCE)]
            store.add(own, list(made))
        added_s = time.perf_counter() - began
        took_ms = []
        for _ in range(QUESTIONS):
            places = chance.integers(0, passages, CANDIDATES)
            ids = [f"source-{at // PER_SOURCE}#{at % PER_SOURCE}" for at in places]
            began = time.perf_counter()
            for vectors in store.of(ids).values():
                vectors @ asked
            took_ms.append((time.perf_counter() - began) * 1000)
        began = time.perf_counter()
        store.remove("source-1")
        removed_ms = (time.perf_counter() - began) * 1000
        size_mb = sum(path.stat().st_size for path in Path(folder).glob(f"{FILE_NAME}*")) / 1e6
        store.close()
    took_ms.sort()
    print(f"passages                               {passages:12,}")
    print(f"added, passages a second               {passages / added_s:12,.0f}")
    print(f"{CANDIDATES} candidates read and compared, p50  {statistics.median(took_ms):9.2f} ms")
    print(f"{CANDIDATES} candidates read and compared, p99  {took_ms[-QUESTIONS // 100]:9.2f} ms")
    print(f"a source of {PER_SOURCE} passages removed         {removed_ms:9.2f} ms")
    print(f"on disk                                {size_mb:9.0f} MB")
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"largest memory                         {memory_mb:9.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
