"""Has a library lost a part of itself? Told from what lies in its folder, before it is opened.

A library that had sources and has lost them must not be told as an empty one, and nothing may
be made in the place of what is gone. Every part says what it holds without being opened; the
catalogue says what ought to be there. Where the catalogue itself is gone, the other parts say
that there was one.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index import chroma_file, sentence_vectors
from sources.catalogue import Catalogue
from sources.database import FILE_NAME, may_be_written, open_there
from sources.errors import DamagedLibraryError, LibraryBusyError
from sources.sqlite_errors import REBUILD, REPAIR

LOOKED_AGAIN = 3
"""How often a read-only library is looked at before it counts as damaged: another may change it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an index, as it lies on disk."""

    name: str
    """As `assistant doctor` calls it."""
    file: Path
    """Without which the part is gone."""
    read: Callable[[Path], int]
    """How many passages the part holds, or at least whether it holds any; raises `ValueError`
    where the file cannot be read."""
    is_exact: bool
    """Whether `read` counts; else 1 stands for any number of passages."""

    def passages(self) -> int | None:
        """How many passages it holds; `None` where it is gone or cannot be read."""
        if not self.file.is_file():
            return None
        try:
            return self.read(self.file)
        except (OSError, ValueError, sqlite3.Error):
            return 1 if _is_half_written(self.file) else None


def parts_of(folder: Path, *, with_chroma: bool = True) -> tuple[Part, ...]:
    """The parts of the index in a folder; with a Chroma server the vectors lie elsewhere."""
    vectors = Part("vectors", folder / "vectors" / chroma_file.FILE_NAME, _any_in_chroma, False)
    return (
        *((vectors,) if with_chroma else ()),
        Part("sentence vectors", folder / sentence_vectors.FILE_NAME, _in_sentence_vectors, True),
        Part("words", folder / "words" / "meta.json", _in_words, True),
    )


def check_catalogue_is_there(home: Path) -> None:
    """Raise `DamagedLibraryError` where the folder lacks a catalogue that it has had.

    To be called before the catalogue is opened, which would make an empty one.
    """
    problem = lost_catalogue(home)
    if problem is not None:
        raise DamagedLibraryError(problem, remedy=REBUILD)


def lost_catalogue(home: Path) -> str | None:
    """What to say of a catalogue that is gone while the rest of the library is there."""
    file = home / FILE_NAME
    how = _is_gone(file)
    if how is None:
        return None
    left = tuple(left_in(home))
    if not left:
        return None
    return (
        f"The catalogue of the library {str(home)!r} is lost: {FILE_NAME} {how}, but there"
        f" {'is' if len(left) == 1 else 'are'} still {' and '.join(left)}."
    )


def check_index_is_there(
    home: Path,
    catalogue: Catalogue,
    folder: Path,
    *,
    with_chroma: bool = True,
    counts: bool = True,
    is_alone: bool = False,
) -> None:
    """Raise `DamagedLibraryError` where the index in `folder` has not what the catalogue tells.

    To be called before the index is opened. Without `counts` only a part that is gone or empty
    is told. While another process changes the library nothing is said: it has looked itself.
    `is_alone` is for those who hold the library's lock already.
    """

    def look() -> DamagedLibraryError | None:
        return _difference(home, catalogue, parts_of(folder, with_chroma=with_chroma), counts)

    found = look()
    if found is not None and is_alone:
        raise found
    if found is not None and catalogue.is_read_only:
        found = found if all(look() for _ in range(LOOKED_AGAIN)) else None
    elif found is not None:
        try:
            with catalogue.changing_alone():
                found = look()
        except LibraryBusyError:
            return
    if found is not None:
        raise found


def _difference(
    home: Path, catalogue: Catalogue, parts: Sequence[Part], counts: bool
) -> DamagedLibraryError | None:
    is_settled, expected = not catalogue.unfinished(), catalogue.counts()[1]
    held = [(part, part.passages()) for part in parts]
    gone = [part.name for part, passages in held if not passages]
    name = f"The library {str(home)!r} is damaged:"
    if expected and gone:
        return DamagedLibraryError(f"{name} its {_listed(gone)} are gone.", remedy=REPAIR)
    for part, passages in held if counts and is_settled else ():
        if passages is None or passages == expected or (expected and not part.is_exact):
            continue
        holds = f"{name} its {part.name} hold {f'{passages:,}' if part.is_exact else 'some'}"
        if passages > expected:
            problem = f"{holds} passages, of which the catalogue knows {expected:,}."
            return DamagedLibraryError(problem, remedy=REBUILD)
        return DamagedLibraryError(f"{holds} of {expected:,} passages.", remedy=REPAIR)
    return None


def left_in(home: Path) -> Iterator[str]:
    """What a library's folder holds beside its catalogue, in words; empty for nothing."""
    indexes = sorted(path for path in (home / "index").glob("*") if path.is_dir())
    if any(_holds_something(parts_of(folder)) for folder in indexes):
        yield "an index with passages"
    originals = sum(path.is_file() for path in (home / "originals").glob("*/*"))
    if originals:
        yield f"{originals} file{'s' * (originals != 1)} that sources were read from"


def _holds_something(parts: Sequence[Part]) -> bool:
    """Whether any part holds passages; one that is there and cannot be read may."""
    return any(part.file.is_file() and part.passages() != 0 for part in parts)


def _is_gone(file: Path) -> str | None:
    """How the catalogue is gone; `None` where its file holds one, or is damaged otherwise."""
    if not file.is_file():
        return "is missing"
    if not file.stat().st_size:
        return "is empty"
    try:
        with closing(open_there(file)) as connection:
            known = connection.execute("SELECT 1 FROM room WHERE name = 'catalogue'").fetchone()
    except sqlite3.Error as error:
        return "holds none" if str(error).startswith("no such table") else None
    return None if known else "holds none"


def _is_half_written(file: Path) -> bool:
    """Whether only who may write the file can read it: an interruption left it half written."""
    return file.with_name(f"{file.name}-journal").is_file() and not may_be_written(file)


def _any_in_chroma(file: Path) -> int:
    with closing(open_there(file)) as connection:
        return len(connection.execute("SELECT 1 FROM embeddings LIMIT 1").fetchall())


def _in_sentence_vectors(file: Path) -> int:
    with closing(open_there(file)) as connection:
        (count,) = connection.execute("SELECT coalesce(sum(passages), 0) FROM held").fetchone()
        return int(count)


def _in_words(file: Path) -> int:
    """From tantivy's list of segments, without opening it."""
    segments = json.loads(file.read_text("utf-8"))["segments"]
    return sum(
        one["max_doc"] - (one["deletes"] or {"num_deleted_docs": 0})["num_deleted_docs"]
        for one in segments
    )


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
