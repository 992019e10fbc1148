"""A library opened for use: catalogue, vectors, words and the model that made them.

Here the index is matched with the settings: which folder of the library holds the index
that the catalogue says is in use, and was it made by the model and cutting asked for?
"""

import shutil
from collections.abc import Iterator, Set
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from index.analysis import WORD_ANALYSIS
from index.damage import check_catalogue_is_there, check_index_is_there
from index.embedder import Embedder
from index.encoder.files import BUNDLED, MULTILINGUAL, check_model, model_mark
from index.lexical import Lexical
from index.passages import CUTTING
from index.sentence_vectors import SENTENCE_VECTORS, SentenceVectors
from index.vectors import Vectors
from sources.catalogue import Catalogue
from sources.database import FILE_NAME
from sources.errors import IndexMismatchError, StateError

IN_USE = "index in use"
_BEING_BUILT = "index being built"
_CHECKED = "{} checked"
_PARTS = {
    "texts and cards": f"{FILE_NAME}*",
    "Chroma": "index/*/vectors/**/*",
    "small vectors": "index/*/sentences.sqlite3*",
    "words": "index/*/words/*",
}


@dataclass(slots=True, eq=False)
class Library:
    """Everything a search or a change needs; `open_library` makes one.

    Only `become` changes what it holds.
    """

    home: Path
    catalogue: Catalogue
    vectors: Vectors
    lexical: Lexical
    sentences: SentenceVectors
    embedder: Embedder
    for_other_languages: Embedder | None = None
    """Takes the embedder's place where the first texts that come are not all in English."""

    @property
    def fingerprint(self) -> str:
        """Names the model and the cutting that this index is made with."""
        return fingerprint_of(self.embedder)

    @property
    def is_in_use(self) -> bool:
        """Whether answers come from this index: not while it is built, nor once replaced."""
        return self.catalogue.note(IN_USE) == self.fingerprint

    def become(self, other: "Library") -> None:
        """Hold the index of `other`, which is over the same catalogue, and let go of the own."""
        own = self.vectors, self.lexical, self.sentences
        self.vectors, self.lexical, self.sentences = other.vectors, other.lexical, other.sentences
        self.embedder, self.for_other_languages = other.embedder, None
        for side in own:
            side.close()

    def close(self) -> None:
        """Let go of the files."""
        self.vectors.close()
        self.lexical.close()
        self.sentences.close()
        self.catalogue.close()


def open_library(
    home: Path,
    *,
    embedder: Embedder,
    for_other_languages: Embedder | None = None,
    chroma_address: str | None = None,
    is_to_be_checked: bool = False,
) -> Library:
    """The library in the folder `home`, made empty where there is none.

    Raises `IndexMismatchError` when its index was made by another model or cutting: the
    vectors of two models cannot be compared. Raises `DamagedLibraryError` where a part of a
    library that was there is gone; with `is_to_be_checked` only where a whole part is.
    """
    wanted = fingerprint_of(embedder)
    with _catalogue_to_keep(home) as catalogue:
        in_use = catalogue.note(IN_USE)
        if in_use is None:
            _check_model_once(catalogue, embedder)
            catalogue.keep_note(IN_USE, wanted)
        elif in_use != wanted:
            raise IndexMismatchError(
                f"The index was built with {in_use!r}, settings ask for {wanted!r}.",
                remedy="Run `assistant sources reindex`, or set ASSISTANT_EMBEDDER back.",
            )
        folder = index_folder(home, wanted)
        check_index_is_there(
            home,
            catalogue,
            folder,
            with_chroma=chroma_address is None,
            counts=not is_to_be_checked,
        )
        library = _open(home, catalogue, embedder, chroma_address)
    library.for_other_languages = for_other_languages
    return library


def open_fresh_index(
    home: Path, *, embedder: Embedder, chroma_address: str | None = None
) -> Library:
    """The same catalogue beside another index, for `embedder`; not in use before the swap.

    An index that an interruption left half built is taken up where it stopped.
    """
    with _catalogue_to_keep(home) as catalogue:
        return _begin(home, catalogue, embedder, chroma_address)


def index_beside(library: Library, embedder: Embedder) -> Library:
    """As `open_fresh_index`, over the catalogue that `library` has open."""
    return _begin(library.home, library.catalogue, embedder, library.vectors.address)


def put_in_use(library: Library) -> None:
    """From now on answers come from this index: the swap is one step in the catalogue.

    The index before it stays on disk for those who still answer from it, until the library
    is next changed (`remove_unused_indexes`).
    """
    library.catalogue.register.use_index(IN_USE, library.fingerprint)
    library.catalogue.keep_note(_BEING_BUILT, "")


def remove_unused_indexes(library: Library) -> None:
    """Take indexes off the disk that are neither in use nor being built."""
    notes = (library.catalogue.note(IN_USE), library.catalogue.note(_BEING_BUILT))
    kept = {index_folder(library.home, fingerprint) for fingerprint in notes if fingerprint}
    for folder in unused_indexes(library.home, kept):
        shutil.rmtree(folder, ignore_errors=True)


def unused_indexes(home: Path, kept: Set[Path]) -> tuple[Path, ...]:
    """The folders of indexes on disk that are not among `kept`."""
    folder = home / "index"
    if not folder.is_dir():
        return ()
    return tuple(sorted(found for found in folder.iterdir() if found not in kept))


def models_of(home: Path) -> tuple[str | None, str | None]:
    """The names of the models behind the index in use, and behind another that is being built."""
    check_catalogue_is_there(home)
    with closing(Catalogue(home / FILE_NAME)) as catalogue:
        in_use, being_built = catalogue.note(IN_USE), catalogue.note(_BEING_BUILT)
    return _model_of(in_use), _model_of(being_built) if being_built != in_use else None


def names_in_words(folder: Path) -> frozenset[str]:
    """The slugs of the sources in the word index of an index's folder; none where it is gone."""
    if not (folder / "words" / "meta.json").is_file():
        return frozenset()
    try:
        with closing(Lexical(folder / "words")) as lexical:
            return lexical.sources()
    except StateError:
        return frozenset()


def weigh(home: Path) -> dict[str, int]:
    """Bytes on disk of each part of the library in the folder `home`, by its name."""
    return {name: sum(map(bytes_of, home.glob(files))) for name, files in _PARTS.items()}


def bytes_of(path: Path) -> int:
    """The size of a file; 0 for what is none, or is gone by now."""
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:  # a database's log may go at any moment
        return 0


@contextmanager
def _catalogue_to_keep(home: Path) -> Iterator[Catalogue]:
    """The catalogue, closed again only where the block fails."""
    check_catalogue_is_there(home)
    with ExitStack() as opened:
        yield opened.enter_context(closing(Catalogue(home / FILE_NAME)))
        opened.pop_all()


def _begin(
    home: Path, catalogue: Catalogue, embedder: Embedder, chroma_address: str | None
) -> Library:
    wanted = fingerprint_of(embedder)
    _check_model_once(catalogue, embedder)
    catalogue.keep_note(_BEING_BUILT, wanted)
    if not index_folder(home, wanted).exists():
        catalogue.register.forget_indexed(wanted)
    return _open(home, catalogue, embedder, chroma_address)


def _open(
    home: Path, catalogue: Catalogue, embedder: Embedder, chroma_address: str | None
) -> Library:
    folder = index_folder(home, fingerprint_of(embedder))
    with ExitStack() as opened:
        lexical = opened.enter_context(closing(Lexical(folder / "words")))
        sentences = opened.enter_context(closing(SentenceVectors(folder)))
        # Last: Chroma keeps hold of its files in this process, also when another side is damaged.
        vectors = Vectors(folder / "vectors", address=chroma_address)
        opened.pop_all()
    return Library(home, catalogue, vectors, lexical, sentences, embedder)


def fingerprint_of(embedder: Embedder) -> str:
    """Names the model, the cutting and the analysis of words of an index made by `embedder`."""
    return f"{embedder.name}, {CUTTING}, {SENTENCE_VECTORS} {WORD_ANALYSIS}"


def _model_of(fingerprint: str | None) -> str | None:
    return fingerprint.rsplit(", ", 2)[0] if fingerprint else None


def index_folder(home: Path, fingerprint: str) -> Path:
    """Where in the library's folder the index of that fingerprint lies."""
    return home / "index" / sha256(fingerprint.encode()).hexdigest()[:12]


def _check_model_once(catalogue: Catalogue, embedder: Embedder) -> None:
    name, note = embedder.name, _CHECKED.format(embedder.name)
    if name in (BUNDLED, MULTILINGUAL) and catalogue.note(note) != model_mark(name):
        catalogue.keep_note(note, check_model(name))
