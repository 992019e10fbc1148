"""A large library: what grows how. ``python -m tests.benchmarks.scale [PASSAGES …]``.

For each size (100,000 unless told) a library of made-up articles is built and served from a
process of its own: questions from words to verified quotes, without and with filters, and
what it weighs in memory and on disk. Sizes in rising order share one library, which grows
from one to the next: ``30000 100000 300000 1000000`` ends with how each figure grows from
the size before, as the power of the number of passages (1 is in proportion, 0 not at all).
A question's time is told whole, and for finding alone, the part that meets the library; by the
clock, and in processor time of all threads, which others on the machine change little.
``--home FOLDER`` keeps the library for another run. Nothing is asserted.
"""

import argparse
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np

from assistant.answering import Assistant
from assistant.wiring import make_reader
from index import indexes
from index.filters import Filters
from index.library import Library, open_library, weigh
from index.progress import Meter
from sources.entries import Arrival
from sources.source import Source, Text
from tests.benchmarks.made_up import (
    DAYS,
    FIRST_DAY,
    PASSAGES_PER_ARTICLE,
    PUBLISHERS,
    MadeUpEmbedder,
    articles,
    questions,
)

GROUP = 100
QUESTIONS = 60
MANY = 1_000


def build(home: Path, passages: int) -> dict[str, float]:
    """Fill the library by the steps that add a user's sources, but for reading and embedding."""
    library = open_library(home, embedder=MadeUpEmbedder())
    began, worked = time.perf_counter(), time.process_time()
    wanted = passages // PASSAGES_PER_ARTICLE - library.catalogue.counts()[0]
    made = articles(wanted, seed=library.catalogue.counts()[0])
    while group := list(islice(made, GROUP)):
        _put(library, group)
    took_s, worked_s = time.perf_counter() - began, time.process_time() - worked
    library.close()
    if wanted <= 0:
        return {}
    return {
        "written, passages a second": wanted * PASSAGES_PER_ARTICLE / took_s,
        "written, processor, ms a passage": worked_s * 1000 / (wanted * PASSAGES_PER_ARTICLE),
        "memory, writing, MB": _memory_mb(),
    }


def _put(library: Library, group: list[tuple[Source, Text]]) -> None:
    register = library.catalogue.register
    cuts = [indexes.cut(library, source, text) for source, text in group]
    embedded = indexes.embed(library, cuts, Meter(None))
    register.enter([Arrival(source, text, source.sha256, 0) for source, text in group])
    indexes.put(library, cuts, embedded)
    register.mark_ready(
        {cut.source.slug: len(cut.passages) for cut in cuts}, fingerprint=library.fingerprint
    )


def serve(home: Path) -> dict[str, float]:
    """Figures of one process that answers from the library."""
    began = time.perf_counter()
    library = open_library(home, embedder=MadeUpEmbedder())
    assistant = Assistant(library, reader=make_reader(library.embedder))
    asked = questions(QUESTIONS)
    assistant.ask(asked[0])
    figures = {"opened and first answer, s": time.perf_counter() - began}
    slugs = [entry.source.slug for entry in library.catalogue.entries()[:MANY]]
    middle = FIRST_DAY + timedelta(days=DAYS // 2)
    figures["memory, serving, MB"] = _memory_mb()
    for name, filters in (
        ("no filter", None),
        ("one publisher", Filters(publishers=PUBLISHERS[:1])),
        ("half the days", Filters(since=middle, until=date(2030, 1, 1))),
        ("one source", Filters(sources=(slugs[0],))),
        (f"{len(slugs):,} sources", Filters(sources=tuple(slugs))),
    ):
        for what, answer in (("", assistant.ask), (", finding", assistant.search)):
            took_ms, worked_ms = _times_ms(partial(answer, filters=filters), asked)
            figures[f"{name}{what}: p50, ms"] = float(np.percentile(took_ms, 50))
            figures[f"{name}{what}: p99, ms"] = float(np.percentile(took_ms, 99))
            figures[f"{name}{what}: processor, ms"] = float(np.percentile(worked_ms, 50))
    figures["memory after all, MB"] = _memory_mb()
    library.close()
    return figures


def _times_ms(
    answer: Callable[[str], object], asked: Sequence[str]
) -> tuple[list[float], list[float]]:
    """Of each question, by the clock and of the processor."""
    for words in asked[:10]:
        answer(words)
    took_ms, worked_ms = [], []
    for words in asked:
        began, worked = time.perf_counter(), time.process_time()
        answer(words)
        took_ms.append((time.perf_counter() - began) * 1000)
        worked_ms.append((time.process_time() - worked) * 1000)
    return took_ms, worked_ms


def growth(sizes: Sequence[int], values: Sequence[float]) -> float:
    """The power of the number of passages that the figure grew by, from the first to the last."""
    return math.log(values[-1] / values[0]) / math.log(sizes[-1] / sizes[0])


def _memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.scale", description=__doc__)
    parser.add_argument("passages", nargs="*", type=int, default=[100_000])
    parser.add_argument("--home", type=Path)
    parser.add_argument("--build", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.build:
        print(json.dumps(build(asked.build, asked.passages[0])))
        return
    if asked.serve:
        print(json.dumps(serve(asked.serve)))
        return
    sizes = sorted(asked.passages)
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        home = asked.home or Path(folder)
        for passages in sizes:
            figures = _in_another_process("--build", home, passages)
            figures |= _in_another_process("--serve", home, passages)
            figures |= {f"disk, {part}, MB": size / 1e6 for part, size in weigh(home).items()}
            print(f"\n{passages:,} passages")
            for name, value in figures.items():
                found.setdefault(name, []).append(value)
                print(f"{name:36}{value:12,.1f}", flush=True)
    if len(sizes) > 1:
        print(f"\nas which power of the passages it grows, {sizes[0]:,} to {sizes[-1]:,}")
        for name, values in found.items():
            if len(values) == len(sizes):
                print(f"{name:36}{growth(sizes, values):12.2f}")


def _in_another_process(what: str, home: Path, passages: int) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.scale", what, str(home), str(passages)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


if __name__ == "__main__":
    main()
