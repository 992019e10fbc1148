"""What was found in each text, kept by its hash, so that a large library is read only once.

A text is read again when the rules change (any file of this package), when a name that its
sentences were looked up by became a publisher or is none any more, and when it was cut into other
sentences or blocks. What is kept goes with the text it is of.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from zlib import crc32

from assistant.speakers.speakers import Utterance, read_utterances
from sources.database import Database
from sources.source import Source, Span, Text

Report = Callable[[int, int], None]
"""Is told how many of how many texts have been read."""

_AT_ONCE = 200
"""Texts that are read between two writes: what an interruption can lose."""
_MIGRATIONS = (
    """
CREATE TABLE utterances (
    sha256  TEXT PRIMARY KEY REFERENCES text (sha256) ON DELETE CASCADE,
    rules   TEXT NOT NULL,
    content TEXT NOT NULL
);
""",
)


@cache
def rules_in_force() -> str:
    """Names the rules by the files they are written in: what others found is not comparable.

    16 hexadecimal digits. No name has to be thought of, nor can be forgotten.
    """
    written = hashlib.sha256()
    for file in sorted(files("assistant.speakers").iterdir(), key=lambda one: one.name):
        if file.name.endswith((".py", ".json")):
            written.update(file.name.encode() + b"\0" + file.read_bytes())
    return written.hexdigest()[:16]


class KeptUtterances:
    """The utterances of one library's texts. Its catalogue must have been opened before."""

    def __init__(self, path: Path) -> None:
        """Open the library's file at `path`."""
        self._database = Database(path, room="utterances", migrations=_MIGRATIONS)

    def utterances(
        self,
        texts: Mapping[str, tuple[Source, Text]],
        publishers: dict[str, str],
        *,
        report: Report | None = None,
    ) -> dict[str, tuple[Utterance, ...]]:
        """For each of the texts what is said in it, by slug; reads only what is not kept.

        `report` is told after each text that is read how many of how many have been.
        """
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT sha256, content FROM utterances WHERE rules = ?1"
                " AND sha256 IN (SELECT value FROM json_each(?2))",
                (rules_in_force(), json.dumps([source.sha256 for source, _ in texts.values()])),
            ).fetchall()
        known = dict(rows)
        found: dict[str, tuple[Utterance, ...]] = {}
        unread: dict[str, list[str]] = {}
        for slug, (source, text) in texts.items():
            kept = known.get(source.sha256)
            said = None if kept is None else _still_valid(kept, publishers, text)
            if said is None:
                unread.setdefault(source.sha256, []).append(slug)
            else:
                found[slug] = said
        fresh: dict[str, str] = {}
        for number, (sha256, slugs) in enumerate(unread.items(), start=1):
            _, text = texts[slugs[0]]
            said, asked = read_utterances(text, publishers)
            found.update(dict.fromkeys(slugs, said))
            fresh[sha256] = _written(said, asked, publishers, text)
            if len(fresh) == _AT_ONCE:
                self._keep(fresh)
                fresh = {}
            if report is not None:
                report(number, len(unread))
        self._keep(fresh)
        return found

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _keep(self, fresh: Mapping[str, str]) -> None:
        """Keep what was found in texts that are still there, where anything can be kept."""
        if not fresh or self._database.is_read_only:
            return
        with self._database.changing() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO utterances SELECT sha256, ?2, ?3 FROM text"
                " WHERE sha256 = ?1",
                [(sha256, rules_in_force(), content) for sha256, content in fresh.items()],
            )


def _written(
    said: Iterable[Utterance], asked: Iterable[str], publishers: Mapping[str, str], text: Text
) -> str:
    names = {name: publishers.get(name) for name in sorted(asked)}
    rows = [
        [
            *(one.speaker, one.manner, one.named_as, *_ends(one.sentence), *_ends(one.words)),
            one.via,
            one.asked and _ends(one.asked),
            one.quoted_from,
        ]
        for one in said
    ]
    return json.dumps([names, rows, _laid_out(text)], ensure_ascii=False)


def _laid_out(text: Text) -> int:
    """Differs where the same words were cut into other sentences or blocks."""
    blocks = [(block.start, block.end, block.kind) for block in text.blocks]
    return crc32(repr(([*map(_ends, text.sentences)], blocks)).encode())


def _still_valid(
    kept: str, publishers: Mapping[str, str], text: Text
) -> tuple[Utterance, ...] | None:
    names, rows, laid_out = json.loads(kept)
    if laid_out != _laid_out(text) or any(
        publishers.get(name) != listed_as for name, listed_as in names.items()
    ):
        return None
    return tuple(map(_utterance, rows))


def _utterance(row: list[Any]) -> Utterance:
    speaker, manner, named_as, start, end, words_start, words_end, via, asked, whose = row
    sentence, words = Span(start, end), Span(words_start, words_end)
    return Utterance(
        speaker, manner, named_as, sentence, words, via, Span(*asked) if asked else None, whose
    )


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end
