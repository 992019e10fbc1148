"""What Chroma's file still holds of sources, read without Chroma: words, places, cards.

For a library whose catalogue is lost. The words of a passage are its very slice of the text,
so that a text can be put together again; the hash beside it tells whether it is the same.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import islice, product
from pathlib import Path

from index import chroma_file
from index.passages import Passage
from sources.database import open_there
from sources.reading import hash_text
from sources.sentences import find_sentences
from sources.source import Card, Sentence

_DOCUMENT = "chroma:document"
_TRIED = 4096
"""Ways to fill the gaps between passages that are tried; each hashes the text once."""
_MOST_AFTER_END = 2
"""Line ends that may stand after the last passage."""


@dataclass(frozen=True, slots=True)
class SourceLeft:
    """What is left of one source: its passages, its card, and the hash of the text it had."""

    slug: str
    sha256: str
    card: Card
    """As the index has it: without tags, and with what was edited by hand."""
    passages: tuple[Passage, ...]
    """In order of their numbers; some may be missing."""

    @property
    def is_complete(self) -> bool:
        """Whether no passage is missing before the last that is there."""
        return [one.number for one in self.passages] == list(range(len(self.passages)))

    def text(self, *, like: str | None = None) -> str | None:
        """The text as it was, by its hash; `None` where other words stood between passages.

        `like` is a text that may still have what stood there.
        """
        return text_of(self.passages, self.sha256, damaged=like) if self.is_complete else None

    def sentences_of(self, content: str) -> tuple[Sentence, ...]:
        """The sentences of the text, where the passages were cut at the same; else their own."""
        begins = {piece.start for piece in self.pieces}
        ends = {piece.end for piece in self.pieces}
        found = find_sentences(content, language=self.card.language)
        fit = all(one.start in begins and one.end in ends for one in found)
        return found if fit else self.pieces

    @property
    def pieces(self) -> tuple[Sentence, ...]:
        """The sentences of its passages; a long one may be in pieces."""
        return tuple(piece for passage in self.passages for piece in passage.sentences)

    def words_left(self) -> str:
        """The words of its passages, each at its place; blank between them."""
        return _filled(self.passages, [_ways(len(gap))[0] for gap in _gaps(self.passages)])


def text_of(passages: Sequence[Passage], sha256: str, *, damaged: str | None = None) -> str | None:
    """The text of that hash put together from its passages; `None` where it cannot be.

    What stands between passages is white space as a rule: it is tried. `damaged` is a text of
    the same length to take it from.
    """
    gaps = _gaps(passages)
    if damaged is not None and passages and passages[-1].end <= len(damaged):
        spaces = [damaged[gap.start : gap.stop] for gap in gaps]
        whole = _filled(passages, spaces) + damaged[passages[-1].end :]
        if hash_text(whole) == sha256:
            return whole
    ways = [_ways(len(gap)) for gap in gaps]
    for ways_chosen in islice(product(*ways), _TRIED // (_MOST_AFTER_END + 1)):
        whole = _filled(passages, ways_chosen)
        for after in range(_MOST_AFTER_END + 1):
            if hash_text(whole + "\n" * after) == sha256:
                return whole + "\n" * after
    return None


def sources_left(folder: Path) -> tuple[SourceLeft, ...]:
    """The sources that Chroma's file in `folder` holds passages of, by slug.

    Empty where there is no such file, or nothing of it can be read.
    """
    file = folder / chroma_file.FILE_NAME
    if not file.is_file():
        return ()
    by_slug: dict[str, list[tuple[Mapping[str, object], Passage]]] = defaultdict(list)
    for fields in _rows(file):
        passage = _passage(fields)
        if passage is not None:
            by_slug[passage.source].append((fields, passage))
    return tuple(_source(slug, by_slug[slug]) for slug in sorted(by_slug))


def _rows(file: Path) -> Iterator[Mapping[str, object]]:
    """The metadata of each passage, with its words; ends where the file is damaged."""
    try:
        with closing(open_there(file)) as connection:
            fields: dict[str, object] = {}
            at = None
            for id, key, words, number in connection.execute(
                "SELECT id, key, string_value, int_value FROM embedding_metadata ORDER BY id"
            ):
                if id != at and fields:
                    yield fields
                    fields = {}
                at = id
                fields[key] = words if words is not None else number
            if fields:
                yield fields
    except sqlite3.Error:
        return


def _passage(fields: Mapping[str, object]) -> Passage | None:
    """`None` where the row is no passage of ours, or not whole."""
    try:
        pairs = json.loads(str(fields["sentences"]))
        return Passage(
            source=str(fields["source"]),
            number=int(str(fields["number"])),
            sentences=tuple(Sentence(start, end) for start, end in pairs),
            content=str(fields[_DOCUMENT]),
        )
    except (KeyError, ValueError):
        return None


def _source(slug: str, rows: Sequence[tuple[Mapping[str, object], Passage]]) -> SourceLeft:
    """Of the text that most passages were cut from: an interruption may have left another's."""
    by_hash: dict[str, dict[int, tuple[Mapping[str, object], Passage]]] = defaultdict(dict)
    for fields, passage in rows:
        by_hash[str(fields.get("sha256"))][passage.number] = (fields, passage)
    sha256 = max(by_hash, key=lambda one: (len(by_hash[one]), one))
    kept = [by_hash[sha256][number] for number in sorted(by_hash[sha256])]
    return SourceLeft(slug, sha256, _card(slug, kept[0][0]), tuple(one for _, one in kept))


def _card(slug: str, fields: Mapping[str, object]) -> Card:
    def known(name: str) -> str | None:
        value = fields.get(name)
        return value if isinstance(value, str) and value else None

    published = known("published")
    try:
        day = date.fromisoformat(published) if published else None
    except ValueError:
        day = None
    return Card(
        title=known("title") or slug,
        publisher=known("publisher"),
        author=known("author"),
        published=day,
        url=known("url"),
        language=known("language"),
    )


def _gaps(passages: Sequence[Passage]) -> tuple[range, ...]:
    """The characters before each passage that no passage has."""
    begins = [0, *(one.end for one in passages[:-1])]
    return tuple(
        range(begin, max(begin, one.start)) for begin, one in zip(begins, passages, strict=True)
    )


def _filled(passages: Sequence[Passage], spaces: Sequence[str]) -> str:
    parts: list[str] = []
    for space, passage in zip(spaces, passages, strict=True):
        parts += (space, passage.content)
    return "".join(parts)


def _ways(length: int) -> tuple[str, ...]:
    """What may stand in a gap of that length, the likeliest first."""
    if length == 1:
        return (" ", "\n")
    return ("\n" * length,)
