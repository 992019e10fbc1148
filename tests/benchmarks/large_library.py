"""A library of many articles: adding, listing, searching, changing, removing, starting.

``python -m tests.benchmarks.large_library CORPUS… [--articles N] [--real N]`` makes articles
(10,000 unless told) of the ``corpus.jsonl`` files in the folders named, writes them to a
temporary folder, and takes every step in a process of its own: its time, its largest memory,
and the processor's seconds of that whole process, its start included, which tell more than
the clock on a busy machine. So that two cores do not spend hours on embedding, vectors are
made up from a hash of the words; ``--real`` adds so many articles with the bundled model to
a library of their own beside it. Nothing is asserted.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from assistant.evaluation.beir import read_documents
from index.checking import check
from index.embedder import Bounds, Embedder, Role, Vectors
from index.encoder.minilm import MiniLMEmbedder
from index.indexing import add_places, clean_up, edit_card, remove, restore, resume, sync_folder
from index.library import Library, open_library
from index.retrieval import Retriever
from sources.catalogue import Catalogue
from sources.database import FILE_NAME

DIMENSIONS = 384
QUESTION = "Which agreement did the delegations sign in Geneva?"


class MadeUpEmbedder:
    """Unit vectors of 384 numbers that a hash of the words chooses; as fast as it gets."""

    name = "made up"
    max_tokens = 254

    def embed(self, texts: Sequence[str], *, role: Role) -> Vectors:  # noqa: ARG002
        seeds = [zlib.crc32(text.encode("utf-8", "replace")) for text in texts]
        rows = [np.random.default_rng(seed).standard_normal(DIMENSIONS) for seed in seeds]
        vectors = np.array(rows, dtype=np.float32).reshape(len(rows), DIMENSIONS)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def embed_with_sentences(
        self, texts: Sequence[str], bounds: Sequence[Sequence[Bounds]]
    ) -> tuple[Vectors, tuple[Vectors, ...]]:
        passages = self.embed(texts, role="passage")
        return passages, tuple(
            np.repeat(vector[None], len(spans), axis=0)
            for vector, spans in zip(passages, bounds, strict=True)
        )

    def count_tokens(self, texts: Sequence[str]) -> Sequence[int]:
        return [len(text) // 4 + 1 for text in texts]


def write_articles(corpora: Sequence[Path], folder: Path, count: int) -> int:
    """Files of the corpora's texts, one each; where they run out, of two texts together."""
    texts = [f"{one.title}\n\n{one.text}" for corpus in corpora for one in read_documents(corpus)]
    texts = [text for text in dict.fromkeys(texts) if text.strip()]
    for number in range(count):
        words = texts[number % len(texts)]
        if number >= len(texts):
            words += f"\n\n{texts[(7 * number + 3) % len(texts)]}"
        below = folder / f"{number // 1000:02}"
        below.mkdir(parents=True, exist_ok=True)
        (below / f"article-{number:05}.txt").write_text(words, encoding="utf-8")
    return count


def add_all(library: Library, folder: Path) -> str:
    changes = add_places(library, [folder])
    passages = library.catalogue.counts()[1]
    return (
        f"{len(changes.added):,} added, {len(changes.duplicates)} the same, "
        f"{len(changes.refused)} refused, {passages:,} passages"
    )


def sync_again(library: Library, folder: Path) -> str:
    return f"{len(sync_folder(library, folder).unchanged):,} unchanged"


def list_all(library: Library, _: Path) -> str:
    return f"{len(library.catalogue.entries()):,} listed"


def search(library: Library, _: Path) -> str:
    retriever = Retriever(library)
    took_ms = []
    for number in range(20):
        began = time.perf_counter()
        retriever.find(f"{QUESTION} {number}")
        took_ms.append((time.perf_counter() - began) * 1000)
    return f"first {took_ms[0]:.0f} ms, then {np.median(took_ms[1:]):.0f} ms a question"


def add_one(library: Library, folder: Path) -> str:
    more = folder.parent / "one-more.txt"
    more.write_text("One more article. " * 50, encoding="utf-8")
    return f"{len(add_places(library, [more]).added)} added"


def edit_one(library: Library, _: Path) -> str:
    edit_card(library, "article-00007", {"publisher": "Another"})
    return "1 edited"


def remove_one(library: Library, _: Path) -> str:
    return f"{len(remove(library, ['article-00008']))} removed"


def restore_one(library: Library, _: Path) -> str:
    restore(library, "article-00008")
    return "1 restored"


def remove_many(library: Library, _: Path) -> str:
    slugs = [entry.source.slug for entry in library.catalogue.entries()][:1000]
    return f"{len(remove(library, slugs)):,} removed"


def forget(library: Library, _: Path) -> str:
    return f"{len(clean_up(library)):,} forgotten"


def examine(library: Library, _: Path) -> str:
    report = check(library)
    return f"{report.sources:,} sources examined, {len(report.findings)} findings"


def start(library: Library, _: Path) -> str:
    resume(library)
    began = time.perf_counter()
    library.catalogue.counts()
    Retriever(library).find(QUESTION)
    return f"first question after {(time.perf_counter() - began) * 1000:.0f} ms more"


STEPS: dict[str, Callable[[Library, Path], str]] = {
    "add all": add_all,
    "open and ask": start,
    "list": list_all,
    "search": search,
    "add one more": add_one,
    "edit a card": edit_one,
    "remove one": remove_one,
    "restore one": restore_one,
    "sync, nothing new": sync_again,
    "doctor": examine,
    "remove 1,000": remove_many,
    "clean up": forget,
}


def take_step(name: str, home: Path, folder: Path, *, real: bool) -> dict[str, object]:
    """One step in this process: what it did, its seconds without opening, its memory."""
    embedder: Embedder = MiniLMEmbedder() if real else MadeUpEmbedder()
    began = time.perf_counter()
    with closing(open_library(home, embedder=embedder)) as library:
        opened_s = time.perf_counter() - began
        began = time.perf_counter()
        did = STEPS[name](library, folder)
        took_s = time.perf_counter() - began
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {
        "opened_s": opened_s,
        "took_s": took_s,
        "processor_s": sum(used.ru_utime + used.ru_stime for used in (own, children)),
        "memory_mb": own.ru_maxrss / 1024,
        "did": did,
    }


def in_own_process(name: str, home: Path, folder: Path, *, real: bool = False) -> dict[str, object]:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.benchmarks.large_library"),
            *("--step", name, str(home), str(folder), "real" if real else "made up"),
        ],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def told(name: str, found: dict[str, object]) -> Iterator[str]:
    yield f"{name:28}{found['opened_s']:9.2f} s{found['took_s']:10.2f} s"
    yield f"{found['processor_s']:10.2f} s"
    yield f"{found['memory_mb']:9.0f} MB  {found['did']}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="+", type=Path)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--real", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        write_articles(asked.corpora, place / "all", asked.articles)
        write_articles(asked.corpora, place / "few", 10)
        print(f"{asked.articles:,} articles; vectors made up unless the line says 'real'")
        print(f"{'':28}{'opened in':>11}{'took':>12}{'processor':>12}{'memory':>12}")
        in_own_process("add all", place / "few-home", place / "few")
        few = in_own_process("open and ask", place / "few-home", place / "few")
        print("".join(told("open and ask, 10 articles", few)), flush=True)
        for name in STEPS:
            print("".join(told(name, in_own_process(name, place / "home", place / "all"))))
            sys.stdout.flush()
        if asked.real:
            write_articles(asked.corpora, place / "real", asked.real)
            found = in_own_process("add all", place / "real-home", place / "real", real=True)
            print("".join(told(f"add {asked.real}, real model", found)))
        for home in ("home", "few-home"):
            size = sum(file.stat().st_size for file in (place / home).rglob("*") if file.is_file())
            print(f"on disk, {home:20}{size / 1e6:9.0f} MB")
        with closing(Catalogue(place / "home" / FILE_NAME)) as catalogue:
            print(f"sources left {catalogue.counts()[0]:,}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--step"]:
        name, home, folder, model = sys.argv[2:]
        print(json.dumps(take_step(name, Path(home), Path(folder), real=model == "real")))
    else:
        main()
