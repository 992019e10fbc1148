"""Texts held against their hashes: what was altered in the file is never read as the source's.

A source's words are cited with the hash of its text, so a text that is another must be told.
"""

import json
import sqlite3
import threading
import time

from sources.errors import DamagedLibraryError
from sources.kept_texts import blocks_of, locators_of
from sources.reading import hash_text
from sources.source import Sentence, Span, Text

_TRUSTED_S = 60.0
"""How long a text that was held against its hash is read from without doing so again."""


_MOST_TRUSTED = 10_000
"""Beyond so many, those of which the time is over are forgotten."""


class CheckedTexts:
    """Reads spans of texts; each text is hashed at most once in `_TRUSTED_S` seconds."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}
        self._lock = threading.Lock()

    def words_at(self, connection: sqlite3.Connection, sha256: str, span: Span) -> str | None:
        """The words of a span of the text of that hash; `None` when it is not kept."""
        now = time.monotonic()
        with self._lock:
            is_trusted = self._until.get(sha256, 0.0) > now
        if is_trusted:
            row = connection.execute(
                "SELECT substr(content, ?2, ?3) FROM text WHERE sha256 = ?1",
                (sha256, span.start + 1, len(span)),
            ).fetchone()
            return None if row is None else str(row[0])
        row = connection.execute("SELECT content FROM text WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None:
            return None
        content = str(row[0])
        if hash_text(content) != sha256:
            raise altered(_source_with(connection, sha256))
        with self._lock:
            if len(self._until) >= _MOST_TRUSTED:
                self._until = {name: end for name, end in self._until.items() if end > now}
            self._until[sha256] = now + _TRUSTED_S
        return content[span.start : span.end]


def whole_text(
    sha256: str, content: str, sentences: str, locators: str, blocks: str, *, slug: str
) -> Text:
    """The text in a row of the catalogue; `DamagedLibraryError` where it is another now."""
    if hash_text(content) != sha256:
        raise altered(slug)
    try:
        return Text(
            content=content,
            sentences=tuple(Sentence(start, end) for start, end in json.loads(sentences)),
            locators=locators_of(locators),
            blocks=blocks_of(blocks),
        )
    except ValueError as error:
        raise altered(slug, "does not fit its sentences") from error


def altered(slug: str, what: str = "was altered in the library") -> DamagedLibraryError:
    """What to raise where a source's text is not the one that its hash names."""
    return DamagedLibraryError(
        f"The text of the source {slug!r} {what}.",
        remedy="Run `assistant doctor --repair`: it reads the text again from its file or the"
        f" index. If that is no help: `assistant sources remove {slug}`, and add its file again.",
    )


def _source_with(connection: sqlite3.Connection, sha256: str) -> str:
    row = connection.execute(
        "SELECT slug FROM source WHERE sha256 = ?1"
        " UNION ALL SELECT slug FROM version WHERE sha256 = ?1",
        (sha256,),
    ).fetchone()
    return str(row[0]) if row else sha256[:12]
