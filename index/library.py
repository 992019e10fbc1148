"""A library opened for use: catalogue, vectors, words and the model that made them.

Here the index is matched with the settings: which folder of the library holds the index
that the catalogue says is in use, and was it made by the model and cutting asked for?
"""

import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from index.embedder import (
    BUNDLED,
    Embedder,
    bundled_model_mark,
    check_bundled_model,
)
from index.lexical import Lexical
from index.passages import CUTTING
from index.sentence_vectors import SENTENCE_VECTORS, SentenceVectors
from index.vectors import Vectors
from sources.catalogue import Catalogue
from sources.database import FILE_NAME
from sources.errors import IndexMismatchError

_IN_USE = "index in use"
_MODEL_CHECKED = "bundled model checked"


@dataclass(frozen=True, slots=True)
class Library:
    """Everything a search or a change needs; `open_library` makes one."""

    home: Path
    catalogue: Catalogue
    vectors: Vectors
    lexical: Lexical
    sentences: SentenceVectors
    embedder: Embedder


def open_library(home: Path, *, embedder: Embedder, chroma_address: str | None = None) -> Library:
    """The library in the folder `home`, made empty where there is none.

    Raises `IndexMismatchError` when its index was made by another model or cutting: the
    vectors of two models cannot be compared.
    """
    catalogue = Catalogue(home / FILE_NAME)
    wanted = _fingerprint(embedder)
    in_use = catalogue.note(_IN_USE)
    if in_use is None:
        _check_model_once(catalogue, embedder)
        catalogue.keep_note(_IN_USE, wanted)
    elif in_use != wanted:
        raise IndexMismatchError(
            f"The index was built with {in_use!r}, settings ask for {wanted!r}.",
            remedy="Run `assistant sources reindex`, or set ASSISTANT_EMBEDDER back.",
        )
    return _open(home, catalogue, embedder, chroma_address)


def open_fresh_index(
    home: Path, *, embedder: Embedder, chroma_address: str | None = None
) -> Library:
    """The same catalogue beside a new, empty index for `embedder`; not yet in use."""
    catalogue = Catalogue(home / FILE_NAME)
    _check_model_once(catalogue, embedder)
    if catalogue.note(_IN_USE) != _fingerprint(embedder):
        shutil.rmtree(_index_folder(home, _fingerprint(embedder)), ignore_errors=True)
    return _open(home, catalogue, embedder, chroma_address)


def put_in_use(library: Library) -> None:
    """From now on the catalogue answers from this index; other indexes leave the disk."""
    wanted = _fingerprint(library.embedder)
    library.catalogue.keep_note(_IN_USE, wanted)
    kept = _index_folder(library.home, wanted)
    for folder in (library.home / "index").iterdir():
        if folder != kept:
            shutil.rmtree(folder, ignore_errors=True)


def _open(
    home: Path, catalogue: Catalogue, embedder: Embedder, chroma_address: str | None
) -> Library:
    folder = _index_folder(home, _fingerprint(embedder))
    lexical = Lexical(folder / "words")
    vectors = Vectors(folder / "vectors", address=chroma_address)
    sentences = SentenceVectors(folder)
    return Library(home, catalogue, vectors, lexical, sentences, embedder)


def _fingerprint(embedder: Embedder) -> str:
    return f"{embedder.name}, {CUTTING}, {SENTENCE_VECTORS}"


def _index_folder(home: Path, fingerprint: str) -> Path:
    return home / "index" / sha256(fingerprint.encode()).hexdigest()[:12]


def _check_model_once(catalogue: Catalogue, embedder: Embedder) -> None:
    if embedder.name == BUNDLED and catalogue.note(_MODEL_CHECKED) != bundled_model_mark():
        catalogue.keep_note(_MODEL_CHECKED, check_bundled_model())
