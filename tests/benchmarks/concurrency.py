"""Many at once: ``python -m tests.benchmarks.concurrency [--files N] [--users N]``.

The assistant as it serves, over made-up articles with the real model. First one user asks
alone; then so many users ask at the same time, each `QUESTIONS` questions, one after the
other; then one asks while another process adds N files. Printed are the times to an answer,
how many answers a second, and how evenly users were served. Nothing is asserted.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path

import numpy as np

from assistant.answering import Assistant
from assistant.wiring import make_reader
from index.encoder.minilm import MiniLMEmbedder
from index.indexing import sync_folder
from index.library import open_library
from tests.benchmarks.made_up import articles, questions

USERS = 32
FILES = 1_000
QUESTIONS = 10
FIRST_ARTICLES = 20


def write_files(folder: Path, count: int, *, seed: int) -> None:
    """Short articles, one file each, about one passage long."""
    folder.mkdir()
    for source, text in articles(count, seed=seed):
        words = text.content[: text.sentences[6].end]
        (folder / f"{source.slug}.txt").write_text(words, encoding="utf-8")


def ask(assistant: Assistant, asked: Sequence[str]) -> list[float]:
    """Seconds to each answer."""
    took_s = []
    for words in asked:
        began = time.perf_counter()
        assistant.ask(words)
        took_s.append(time.perf_counter() - began)
    return took_s


def tell(name: str, took_s: Sequence[float]) -> None:
    p50, p99 = np.percentile(took_s, [50, 99]) * 1000
    print(
        f"{name:32} p50 {p50:8.0f} ms   p99 {p99:8.0f} ms   slowest {max(took_s) * 1000:8.0f} ms",
        flush=True,
    )


def ask_together(assistant: Assistant, users: int) -> None:
    """All users at once, and what the least and the best served of them waited."""
    every = [questions(QUESTIONS, seed=1_000 + user) for user in range(users)]
    began = time.perf_counter()
    with ThreadPoolExecutor(users) as pool:
        took_s = list(pool.map(lambda asked: ask(assistant, asked), every))
    whole_s = time.perf_counter() - began
    tell(f"{users} users at once", [one for user in took_s for one in user])
    means = [float(np.mean(user)) * 1000 for user in took_s]
    print(f"{'':32} {users * QUESTIONS / whole_s:.0f} answers a second; mean wait of a user")
    print(f"{'':32} {min(means):.0f} to {max(means):.0f} ms")


def ask_while(assistant: Assistant, is_going_on: Callable[[], bool]) -> list[float]:
    took_s: list[float] = []
    for words in cycle(questions(200, seed=7)):
        if not is_going_on():
            return took_s
        took_s += ask(assistant, [words])
        time.sleep(0.05)
    return took_s


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.concurrency")
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument("--users", type=int, default=USERS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        home, first, more = Path(place) / "home", Path(place) / "first", Path(place) / "more"
        write_files(first, FIRST_ARTICLES, seed=1)
        write_files(more, asked.files, seed=2)
        library = open_library(home, embedder=MiniLMEmbedder())
        sync_folder(library, first)
        assistant = Assistant(library, reader=make_reader(library.embedder))
        ask(assistant, questions(20, seed=3))
        tell("one user", ask(assistant, questions(100, seed=4)))
        ask_together(assistant, asked.users)
        began = time.perf_counter()
        adding = subprocess.Popen(
            [sys.executable, "-m", "assistant", "sources", "add", str(more), "--home", str(home)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        tell(
            f"while {asked.files:,} files are added",
            ask_while(assistant, lambda: adding.poll() is None),
        )
        print(
            f"{'':32} added in {time.perf_counter() - began:.0f} s, exit code {adding.returncode}"
        )
        print(f"{'':32} {library.catalogue.counts()[0]:,} sources are ready")
        library.close()


if __name__ == "__main__":
    main()
