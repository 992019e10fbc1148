"""Does every footnote of a document still hold? Read from the document, against the library.

A footnote holds when the text it names is in the library unchanged, its quotation is the
very slice it names, the card still says what it says, and the words in quotation marks that
lead to it in the document are the source's. Nothing is ever mended here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.answers import Quote
from assistant.briefing.briefings import Evidence
from assistant.export.document import QUOTED
from assistant.export.footnotes import (
    Footnote,
    comparable,
    quoted_in,
    read_footnote,
    without_place,
)
from assistant.export.pandoc import NotedText, read_notes
from assistant.speaking.speakers import find_utterances
from sources.catalogue import Catalogue
from sources.errors import UseError
from sources.source import Source, Span, Text

Standing = Literal[
    "holds", "words altered", "source changed", "source gone", "details differ", "not a citation"
]


@dataclass(frozen=True, slots=True)
class Check:
    """One footnote of a document and how it stands."""

    number: int
    standing: Standing
    quote: str
    """As the document has it."""
    source: str | None
    detail: str = ""
    """What is different, in plain words; empty for one that holds."""


def verify_document(path: Path, catalogue: Catalogue) -> tuple[Check, ...]:
    """Every footnote of the document in order; `UseError` when it has none or is unreadable."""
    noted = read_notes(path)
    if not noted:
        raise UseError(
            f"{path.name!r} has no footnotes.", remedy="Give a briefing that was exported."
        )
    texts = _Texts(catalogue)
    return tuple(
        _check(number, one, _led_to(noted, number - 1), texts)
        for number, one in enumerate(noted, start=1)
    )


class _Texts:
    """The library's texts as footnotes name them, each read once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._sources = {
            entry.source.slug: entry.source for entry in catalogue.entries(state="ready")
        }
        self._publishers = {
            source.card.publisher for source in self._sources.values() if source.card.publisher
        }
        self._read: dict[str, Text] = {}

    def named_by(self, footnote: Footnote) -> Source | None:
        """The source of that name, or one with that text under another name."""
        named = self._sources.get(footnote.slug)
        if named is not None and named.sha256.startswith(footnote.sha256):
            return named
        same = (
            source for source in self._sources.values() if source.sha256.startswith(footnote.sha256)
        )
        return next(same, named)

    def text(self, source: Source) -> Text:
        if source.slug not in self._read:
            self._read[source.slug] = self._catalogue.text(source.slug)
        return self._read[source.slug]

    def attributions(self, source: Source, span: Span) -> tuple[Evidence, ...]:
        """The ways in which a footnote on `span` may name who says it."""
        text = self.text(source)
        quote = Quote(source.slug, span, span.of(text.content))
        said = [
            Evidence.of(source, quote, speaker=one.speaker, manner=one.manner)
            for one in find_utterances(text, publishers=self._publishers)
            if one.sentence.overlaps(span)
        ]
        return (Evidence.of(source, quote), *said)


def _check(number: int, noted: NotedText, led_by: str, texts: _Texts) -> Check:
    footnote = read_footnote(noted.note)
    if footnote is None:
        return Check(number, "not a citation", noted.note, None, "It names no place in a source.")
    quote = quoted_in(footnote)
    source = texts.named_by(footnote)
    if source is None:
        detail = f"The library has no source {footnote.slug!r}."
        return Check(number, "source gone", quote, footnote.slug, detail)
    content = texts.text(source).content
    if not source.sha256.startswith(footnote.sha256):
        stands = comparable(quote) in comparable(content)
        detail = "Its words still stand in the new text." if stands else "Its words are gone."
        return Check(number, "source changed", quote, source.slug, detail)
    if not 0 <= footnote.start < footnote.end <= len(content):
        detail = f"The text has {len(content)} characters."
        return Check(number, "words altered", quote, source.slug, detail)
    span = Span(footnote.start, footnote.end)
    words = span.of(content)
    if not comparable(footnote.before_place).startswith(comparable(f"“{words}” — ")):
        detail = f"The source says: “{' '.join(words.split())}”"
        return Check(number, "words altered", quote, source.slug, detail)
    altered = _altered_in_text(noted, led_by, words, content)
    if altered is not None:
        detail = f"The document has “{altered}”, the source “{' '.join(words.split())}”"
        return Check(number, "words altered", altered, source.slug, detail)
    allowed = {comparable(without_place(one)) for one in texts.attributions(source, span)}
    if comparable(footnote.before_place) not in allowed:
        expected = without_place(Evidence.of(source, Quote(source.slug, span, words)))
        detail = f"The card now says: {expected.rpartition('” — ')[2]}"
        if comparable(detail.partition(": ")[2]) in comparable(footnote.before_place):
            detail = "The source does not have it said by the speaker that is named."
        return Check(number, "details differ", quote, source.slug, detail)
    return Check(number, "holds", quote, source.slug)


def _altered_in_text(noted: NotedText, led_by: str, words: str, content: str) -> str | None:
    """Words between quotation marks before the footnote that the source does not have."""
    if comparable(f"“{words}”") in comparable(led_by):
        return None
    pieces = _quoted_pieces(led_by)
    for piece in pieces:
        if comparable(piece).strip(" .,;") not in comparable(content):
            return piece
    if noted.style == QUOTED and comparable(words) not in comparable(led_by):
        return " ".join(led_by.split())
    return None


def _led_to(noted: Sequence[NotedText], at: int) -> str:
    """The words before a footnote; of several in a row, the words before the first."""
    while at and not noted[at].before.strip():
        at -= 1
    return noted[at].before


def _quoted_pieces(words: str) -> tuple[str, ...]:
    """What stands between outermost quotation marks of either shape."""
    pieces: list[str] = []
    depth = start = 0
    for at, mark in enumerate(words):
        opens = mark in "“„" or (mark == '"' and depth == 0)
        closes = mark == "”" or (mark == '"' and depth > 0)
        if opens:
            start = at + 1 if depth == 0 else start
            depth += 1
        elif closes and depth:
            depth -= 1
            if depth == 0 and words[start:at].strip():
                pieces.append(words[start:at].strip())
    return tuple(pieces)
