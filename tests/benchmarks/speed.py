"""Ours beside peers for speed: ``python -m tests.benchmarks.speed FOLDER``.

FOLDER holds a ``corpus.jsonl`` in BEIR's layout. Measured by turns, in processes of their own,
medians of ``--rounds``: a cold question to an indexed library (whole process), and adding the
first ``--texts`` texts. LangChain has Chroma and HuggingFaceEmbeddings, or the same model by
sentence-transformers where that package is missing; each peer cuts as it comes, so adding is
counted in characters of text. On a shared machine only the ratios count; processor time is told
beside the clock. Nothing is asserted. A peer whose package (group ``peers``) is missing is left
out, but for LangChain.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

ROUNDS = 3
TEXTS = 200
QUESTION = "What did the minister say about the agreement?"

COLD_LANGCHAIN = """
import sys
from langchain_chroma import Chroma
from tests.benchmarks.speed import make_langchain_embeddings
store = Chroma("texts", make_langchain_embeddings(), persist_directory=sys.argv[1])
print(len(store.similarity_search(sys.argv[2], k=5)))
"""


def make_langchain_embeddings() -> object:
    """The bundled model as a LangChain user loads it."""
    from langchain_core.embeddings import Embeddings

    from index.encoder.files import bundled_model_folder

    path = str(bundled_model_folder())
    try:
        from langchain_huggingface import HuggingFaceEmbeddings
    except ImportError:
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(path)

        class Model(Embeddings):
            def embed_documents(self, texts: list[str]) -> list[list[float]]:
                return [[float(value) for value in row] for row in model.encode(texts)]

            def embed_query(self, text: str) -> list[float]:
                return self.embed_documents([text])[0]

        return Model()
    return HuggingFaceEmbeddings(model_name=path)


def read_texts(folder: Path, count: int) -> list[str]:
    with (folder / "corpus.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in islice(file, count)]


def add_ours(texts: Sequence[str], home: Path) -> None:
    from assistant.settings import read_settings
    from assistant.wiring import make_library
    from index.indexing import sync_folder

    files = home.with_name(f"{home.name}-files")
    files.mkdir()
    for number, text in enumerate(texts):
        (files / f"{number}.txt").write_text(text, encoding="utf-8")
    library = make_library(read_settings(home=home))
    sync_folder(library, files)
    library.close()


def add_langchain(texts: Sequence[str], home: Path) -> None:
    from langchain_chroma import Chroma
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    from tests.benchmarks.peers.adapters import OVERLAP_CHARACTERS, PIECE_CHARACTERS

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=PIECE_CHARACTERS, chunk_overlap=OVERLAP_CHARACTERS
    )
    pieces = splitter.create_documents(list(texts))
    Chroma.from_documents(
        pieces,
        make_langchain_embeddings(),  # type: ignore[arg-type]  # an Embeddings
        collection_name="texts",
        persist_directory=str(home),
    )


def add_txtai(texts: Sequence[str], home: Path) -> None:
    from txtai import Embeddings

    from index.encoder.files import bundled_model_folder
    from tests.benchmarks.peers.adapters import split

    pieces = [(at, piece.words) for at, piece in enumerate(split(texts))]
    index = Embeddings({"path": str(bundled_model_folder()), "hybrid": True, "content": True})
    index.index(pieces)
    index.save(str(home))


def add_llama_index(texts: Sequence[str], home: Path) -> None:
    from llama_index.core import StorageContext, VectorStoreIndex
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.schema import TextNode
    from sentence_transformers import SentenceTransformer

    from index.encoder.files import bundled_model_folder
    from tests.benchmarks.peers.adapters import split

    model = SentenceTransformer(str(bundled_model_folder()))

    class Model(BaseEmbedding):
        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            return [[float(value) for value in row] for row in model.encode(texts)]

        def _get_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embedding(query)

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embedding(query)

    nodes = [TextNode(text=piece.words) for piece in split(texts)]
    index = VectorStoreIndex(
        nodes,
        embed_model=Model(embed_batch_size=64),
        storage_context=StorageContext.from_defaults(),
    )
    index.storage_context.persist(str(home))


OURS = "this assistant"
ADDING: dict[str, Callable[[Sequence[str], Path], None]] = {
    OURS: add_ours,
    "LangChain, Chroma": add_langchain,
    "LlamaIndex": add_llama_index,
    "txtai, hybrid": add_txtai,
}


NEEDED = {"LlamaIndex": "llama_index", "txtai, hybrid": "txtai"}


def add(name: str, texts: Sequence[str], home: Path) -> dict[str, float]:
    """Seconds of the clock and of the processor; loading what is imported is not counted."""
    ADDING[name](texts[:1], home.with_name(f"{home.name}-first"))
    began, worked = time.perf_counter(), time.process_time()
    ADDING[name](texts, home)
    return {"s": time.perf_counter() - began, "cpu": time.process_time() - worked}


def cold(command: Sequence[str], home: Path) -> dict[str, float]:
    """A whole process: seconds, and its largest memory in MB."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, env={**os.environ, "ASSISTANT_HOME": str(home)}
    )
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"{command} ended with {status}")
    return {
        "s": time.perf_counter() - began,
        "cpu": used.ru_utime + used.ru_stime,
        "MB": used.ru_maxrss / 1024,
    }


def _run(name: str, folder: Path, texts: int, home: Path) -> dict[str, float]:
    given = [str(folder), "--texts", str(texts), "--only", name, "--home", str(home)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.speed", *given],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _median(rounds: Sequence[dict[str, float]], what: str) -> float:
    return statistics.median(figures[what] for figures in rounds)


def _print_row(name: str, rounds: Sequence[dict[str, float]], *more: str) -> None:
    cells = [f"{_median(rounds, what):.2f}" for what in rounds[0]] + list(more)
    print(f"| {name} | {' | '.join(cells)} |")


def main(folder: Path, *, count: int, turns: int) -> None:
    texts = read_texts(folder, count)
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    added: dict[str, list[dict[str, float]]] = {
        name: [] for name in ADDING if name not in NEEDED or find_spec(NEEDED[name])
    }
    asked: dict[str, list[dict[str, float]]] = {OURS: [], "LangChain, Chroma": [], "--help": []}
    with tempfile.TemporaryDirectory() as place:
        for turn in range(turns):
            for name, rounds in added.items():
                home = Path(place) / f"{name.split(',')[0]}-{turn}"
                rounds.append(_run(name, folder, count, home))
        ours, theirs = Path(place) / f"{OURS}-0", Path(place) / "LangChain-0"
        assistant = [sys.executable, "-m", "assistant"]
        for _ in range(turns):
            asked[OURS].append(cold([*assistant, "ask", QUESTION], ours))
            asked["LangChain, Chroma"].append(
                cold([sys.executable, "-c", COLD_LANGCHAIN, str(theirs), QUESTION], theirs)
            )
            asked["--help"].append(cold([*assistant, "--help"], ours))
    print("\n| a cold question, whole process | s | processor, s | MB |\n|---|---|---|---|")
    for name, rounds in asked.items():
        _print_row(name, rounds)
    print(f"\n| adding {len(texts)} texts, {megabytes:.2f} MB | s | processor, s | MB a second |")
    print("|---|---|---|---|")
    for name, rounds in added.items():
        _print_row(name, rounds, f"{megabytes / _median(rounds, 's'):.4f}")
    memory_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"\nlargest memory of any process: {memory_mb:.0f} MB")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.speed", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--texts", type=int, default=TEXTS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", help=argparse.SUPPRESS)
    parser.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    asked = _asked()
    if asked.only:
        print(json.dumps(add(asked.only, read_texts(asked.folder, asked.texts), asked.home)))
    else:
        main(asked.folder, count=asked.texts, turns=asked.rounds)
