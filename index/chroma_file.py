"""Chroma's own file, kept small: a passage's words stand in it once instead of four times.

Chroma 1.5 writes the words of every passage as a document, into an index over all strings
of the metadata, and into a full-text index with its copy of them; no setting leaves those
out where it is embedded. Here the full-text index becomes a view of the documents, so that
``where_document`` finds the same by reading them, and the index over strings holds the keys
that filters ask for. Pages are larger, so that a passage fits where SQLite would else give
a page to the end of each. Whoever reads the collection through Chroma sees no difference.
"""

import sqlite3
import struct
from contextlib import closing
from pathlib import Path

from sources.errors import StateError

FILE_NAME = "chroma.sqlite3"

_PAGE_BYTES = 16_384
_INDEXED = ("source", "publisher", "author", "published", "language")
_KNOWN = {("embeddings_queue", 2), ("metadb", 6), ("sysdb", 10)}
"""The newest change of each part of the schema that what follows was written for, as Chroma 1.5
notes them in its own file; pyproject.toml asks for that version."""
_CHANGES = "SELECT dir, max(version) FROM migrations GROUP BY dir"
_WORDS_TWICE = (
    "SELECT 1 FROM sqlite_master"
    " WHERE name = 'embedding_fulltext_search' AND sql LIKE 'CREATE VIRTUAL TABLE%'"
)
_WORDS_ONCE = (
    "BEGIN",
    "DROP TABLE embedding_fulltext_search",
    "CREATE VIEW embedding_fulltext_search AS SELECT id AS rowid, string_value"
    " FROM embedding_metadata WHERE key = 'chroma:document'",
    *(
        # Chroma goes on writing to it; there is nothing to be written.
        f"CREATE TRIGGER embedding_fulltext_search_{change} INSTEAD OF {change}"
        " ON embedding_fulltext_search BEGIN SELECT 1; END"
        for change in ("INSERT", "UPDATE", "DELETE")
    ),
    "DROP INDEX embedding_metadata_string_value",
    "CREATE INDEX embedding_metadata_string_value ON embedding_metadata (key, string_value)"
    f" WHERE string_value IS NOT NULL AND ({' OR '.join(f'key = {key!r}' for key in _INDEXED)})",
    "COMMIT",
    f"PRAGMA page_size = {_PAGE_BYTES}",
)
_HEADER, _HEADER_VERSION = struct.Struct("<i4Q"), 1
"""Of hnswlib's files as Chroma 1.5 writes them."""
_LENGTH_BYTES = 4
_FORGET_QUEUE = (
    # What is in the queue has reached the documents already; Chroma's graph, which may still
    # read it, takes only the vectors.
    "UPDATE embeddings_queue SET metadata = NULL"
    " WHERE id NOT IN (SELECT embedding_id FROM embeddings)"
)


def slim(folder: Path) -> None:
    """Lay out Chroma's file in `folder` anew, its words once; Chroma must have closed it.

    One that is laid out so already, or by another version of Chroma, stays as it is.
    """
    _change(folder, forget=False)


def forget_removed(folder: Path) -> None:
    """The same, and take the words of what was removed off the disk.

    Chroma keeps them in its queue and the free pages of its file, and has no command that
    lets them go. Raises `StateError` when the file cannot be changed.
    """
    _change(folder, forget=True)
    try:
        for header in folder.glob("*/header.bin"):
            _blank_what_is_unused(header)
    except OSError as error:
        raise StateError(
            f"Chroma's vectors in {str(folder)!r} cannot be changed: {error.strerror}. Removed"
            " words may still lie in them.",
            remedy="Make them writable, then run `assistant sources clean-up` again.",
        ) from error


def _blank_what_is_unused(header: Path) -> None:
    """Blank the room for vectors still to come: hnswlib writes it as it lay in memory.

    So words that a process had in memory reach the disk. The header holds a version, the offset
    of the first level, the room, the number of vectors and the bytes of each.
    """
    content = header.read_bytes()
    if len(content) < _HEADER.size:
        return
    version, _, room, vectors, size = _HEADER.unpack_from(content)
    if version != _HEADER_VERSION or vectors > room:
        return
    for name, bytes_each in (("data_level0.bin", size), ("length.bin", _LENGTH_BYTES)):
        file = header.with_name(name)
        used = vectors * bytes_each
        if file.exists() and (unused := file.stat().st_size - used) > 0:
            with file.open("r+b") as opened:
                opened.seek(used)
                opened.write(bytes(unused))


def _change(folder: Path, *, forget: bool) -> None:
    file = folder / FILE_NAME
    if not file.exists():
        return
    try:
        with closing(sqlite3.connect(file, timeout=30, isolation_level=None)) as connection:
            if set(connection.execute(_CHANGES).fetchall()) != _KNOWN:
                if forget:
                    connection.execute("VACUUM")
                return
            has_words_twice = connection.execute(_WORDS_TWICE).fetchone() is not None
            if has_words_twice:
                for statement in _WORDS_ONCE:
                    connection.execute(statement)
            if forget:
                connection.execute(_FORGET_QUEUE)
            if forget or has_words_twice:
                connection.execute("VACUUM")
    except sqlite3.Error as error:
        raise StateError(
            f"Chroma's file {str(file)!r} cannot be changed: {error}. Removed words may still "
            "lie in it.",
            remedy="Close other programs that use the library, then run "
            "`assistant sources clean-up` again.",
        ) from error
