"""Disk: a library beside plain Chroma. ``python -m tests.benchmarks.disk HOME``.

What Chroma holds of the library in the folder `HOME` (``scale --home`` leaves one) is added to
collections that its own client makes with its own settings: vectors and documents alone, and
those with the metadata that a citation needs. Printed are megabytes on disk of each, and of
the library whole.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from index.library import IN_USE, index_folder, weigh
from index.vectors import COLLECTION
from sources.catalogue import Catalogue
from sources.database import FILE_NAME

PAGE = 1_000
WAYS = {
    "Chroma, documents alone": ("embeddings", "documents"),
    "Chroma, documents and metadata": ("embeddings", "documents", "metadatas"),
}


def copy(vectors: Path, folder: Path, *, parts: tuple[str, ...]) -> None:
    """Add these parts of every passage of the collection in `vectors` to a new one."""
    import chromadb
    from chromadb.config import Settings

    quiet = Settings(anonymized_telemetry=False)
    held = chromadb.PersistentClient(str(vectors), settings=quiet).get_collection(
        COLLECTION, embedding_function=None
    )
    plain = chromadb.PersistentClient(str(folder), settings=quiet).create_collection(
        "plain", embedding_function=None
    )
    for begin in range(0, held.count(), PAGE):
        page = held.get(limit=PAGE, offset=begin, include=[*parts])
        plain.add(ids=page["ids"], **{part: page[part] for part in parts})


def size_mb(folder: Path) -> float:
    """Of all files in the folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.disk", description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--copy", nargs=2, metavar=("FOLDER", "WAY"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    catalogue = Catalogue(asked.home / FILE_NAME)
    vectors = index_folder(asked.home, catalogue.note(IN_USE) or "") / "vectors"
    catalogue.close()
    if asked.copy:
        folder, way = asked.copy
        copy(vectors, Path(folder), parts=WAYS[way])
        return
    for way in WAYS:
        with tempfile.TemporaryDirectory() as folder:
            again = [sys.executable, "-m", "tests.benchmarks.disk", str(asked.home)]
            subprocess.run([*again, "--copy", folder, way], check=True)
            print(f"{way:36}{size_mb(Path(folder)):8,.0f}", flush=True)
    parts = weigh(asked.home)
    print(f"{'the library':36}{sum(parts.values()) / 1e6:8,.0f}")
    for part, size in parts.items():
        print(f"{'of it ' + part:36}{size / 1e6:8,.0f}")


if __name__ == "__main__":
    main()
