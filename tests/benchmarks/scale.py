"""A large library: what grows how. ``python -m tests.benchmarks.scale [PASSAGES …]``.

For each size (100,000 unless told) a library of made-up articles is built and served from a
process of its own: questions from words to verified quotes, without and with filters, and
what it weighs in memory and on disk. ``--home FOLDER`` keeps the libraries for another run.
Nothing is asserted.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import numpy as np

from assistant.answering import Assistant
from index import sides
from index.filters import Filters
from index.library import Library, open_library
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
QUESTIONS = 200
MANY = 1_000


def build(home: Path, passages: int) -> dict[str, float]:
    """Fill the library by the steps that add a user's sources, but for reading and embedding."""
    library = open_library(home, embedder=MadeUpEmbedder())
    began = time.perf_counter()
    wanted = passages // PASSAGES_PER_ARTICLE - library.catalogue.counts()[0]
    made = articles(wanted, seed=library.catalogue.counts()[0])
    while group := list(islice(made, GROUP)):
        _put(library, group)
    took_s = time.perf_counter() - began
    library.close()
    return {"written, passages a second": passages / took_s} if wanted > 0 else {}


def _put(library: Library, group: list[tuple[Source, Text]]) -> None:
    register = library.catalogue.register
    cuts = [sides.cut(library, source, text) for source, text in group]
    embedded = sides.embed(library, cuts, Meter(None))
    register.enter([Arrival(source, text, source.sha256, 0) for source, text in group])
    sides.put(library, cuts, embedded)
    register.mark_ready(
        {cut.source.slug: len(cut.passages) for cut in cuts}, fingerprint=library.fingerprint
    )


def serve(home: Path) -> dict[str, float]:
    """Figures of one process that answers from the library."""
    began = time.perf_counter()
    library = open_library(home, embedder=MadeUpEmbedder())
    assistant = Assistant(library)
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
        for words in asked[:10]:
            assistant.ask(words, filters=filters)
        took_ms = []
        for words in asked:
            began = time.perf_counter()
            assistant.ask(words, filters=filters)
            took_ms.append((time.perf_counter() - began) * 1000)
        figures[f"{name}: p50, ms"], figures[f"{name}: p99, ms"] = np.percentile(took_ms, [50, 99])
    figures["memory after all, MB"] = _memory_mb()
    library.close()
    return figures


def weigh(home: Path) -> Iterator[tuple[str, float]]:
    """What the library weighs on disk, by its parts, in MB."""
    (index,) = (home / "index").iterdir()
    parts = {
        "texts and cards": home.glob("library.sqlite3*"),
        "Chroma": (index / "vectors").rglob("*"),
        "small vectors": index.glob("sentences.sqlite3*"),
        "words": (index / "words").rglob("*"),
    }
    for name, files in parts.items():
        yield f"disk, {name}, MB", sum(file.stat().st_size for file in files) / 1e6


def _memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.scale", description=__doc__)
    parser.add_argument("passages", nargs="*", type=int, default=[100_000])
    parser.add_argument("--home", type=Path)
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        print(json.dumps(serve(asked.serve)))
        return
    with tempfile.TemporaryDirectory() as folder:
        for passages in asked.passages:
            home = (asked.home or Path(folder)) / str(passages)
            figures = build(home, passages)
            done = subprocess.run(
                [sys.executable, "-m", "tests.benchmarks.scale", "--serve", str(home)],
                capture_output=True,
                text=True,
                check=True,
            )
            figures |= json.loads(done.stdout.splitlines()[-1])
            figures |= dict(weigh(home))
            print(f"\n{passages:,} passages")
            for name, value in figures.items():
                print(f"{name:32}{value:12,.1f}", flush=True)


if __name__ == "__main__":
    main()
