"""Does a document still say what the library says? Read from the document, against the library.

A footnote holds when the text it names is in the library unchanged, its quotation is the
very slice it names, the card still says what it says, the words in quotation marks that lead
to it in the document are the source's, and the bold words before them name the speaker of the
footnote and a status or days that the sentence itself says. Every other line is held against
the record that the document carries of itself (`record`). Nothing is ever mended here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.answers import Quote
from assistant.briefing.briefings import Evidence
from assistant.briefing.chronology import times_named
from assistant.briefing.status import stages_in
from assistant.export.document import QUOTED
from assistant.export.footnotes import (
    Footnote,
    card_in_words,
    levelled,
    quoted_in,
    read_footnote,
    without_place,
)
from assistant.export.reading import WrittenLine, read_document
from assistant.export.record import LineFinding, hold_against_record
from assistant.formatting import quotation, written_day
from assistant.quoting.locating import Place, place_of
from assistant.speakers.kept_utterances import KeptUtterances
from assistant.speakers.speakers import Utterance
from assistant.speakers.utterances import publishers_of, utterances_in
from sources.catalogue import Catalogue
from sources.errors import UseError
from sources.source import Source, Span, Text

Standing = Literal[
    "holds",
    "words altered",
    "label differs",
    "speaker differs",
    "card differs",
    "page differs",
    "source changed",
    "source gone",
    "not a citation",
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


@dataclass(frozen=True, slots=True)
class Verified:
    """A document as it was read again: its footnotes, and what is to be said of its lines."""

    footnotes: tuple[Check, ...]
    lines: tuple[LineFinding, ...] = ()
    """Those that differ from the export, then the author's own, which nothing can check."""

    @property
    def failed(self) -> tuple[Check, ...]:
        """The footnotes that do not hold."""
        return tuple(one for one in self.footnotes if one.standing != "holds")

    @property
    def altered(self) -> tuple[LineFinding, ...]:
        """The lines that speak against the document."""
        return tuple(one for one in self.lines if one.contradicts)

    @property
    def own(self) -> tuple[LineFinding, ...]:
        """The lines that are marked as the author's own, which are not checked."""
        return tuple(one for one in self.lines if not one.contradicts)

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against the document."""
        return not self.failed and not self.altered


def verify_document(
    path: Path, catalogue: Catalogue, *, kept: KeptUtterances | None = None
) -> Verified:
    """Every footnote and line of the document; `UseError` when unreadable or no export.

    `kept` spares reading a text again for who says what in it.
    """
    document = read_document(path)
    texts = _Texts(catalogue, kept)
    checks: list[Check] = []
    told: set[int] = set()
    for place, line in enumerate(document.lines):
        for at in range(len(line.notes)):
            check = _check(len(checks) + 1, line, at, texts)
            checks.append(check)
            if check.standing != "holds":
                told.add(place)
    if not checks and not document.record:
        raise UseError(
            f"{path.name!r} has no footnotes.", remedy="Give a briefing that was exported."
        )
    lines = hold_against_record(document)
    return Verified(
        tuple(checks),
        tuple(one for one in lines if one.standing != "altered" or one.place not in told),
    )


class _Texts:
    """The library's texts as footnotes name them, each read once."""

    def __init__(self, catalogue: Catalogue, kept: KeptUtterances | None) -> None:
        self._catalogue = catalogue
        self._kept = kept
        self._sources = {
            entry.source.slug: entry.source for entry in catalogue.entries(state="ready")
        }
        self._publishers = publishers_of(catalogue)
        self._read: dict[str, Text] = {}
        self._heard: dict[str, tuple[Utterance, ...]] = {}

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

    def place(self, source: Source, span: Span) -> Place:
        """Where `span` stands."""
        return place_of(self._catalogue, source, span)

    def attributions(self, source: Source, span: Span) -> tuple[Evidence, ...]:
        """The ways in which a footnote on `span` may name who says it."""
        text = self.text(source)
        quote = Quote(source.slug, span, span.of(text.content))
        if source.slug not in self._heard:
            read = {source.slug: (source, text)}
            self._heard |= utterances_in(read, self._publishers, kept=self._kept)
        said = [
            Evidence.of(source, quote, speaker=one.speaker, manner=one.manner)
            for one in self._heard[source.slug]
            if one.sentence.overlaps(span)
        ]
        return (Evidence.of(source, quote), *said)


def _check(number: int, line: WrittenLine, at: int, texts: _Texts) -> Check:
    footnote = read_footnote(line.notes[at].note)
    if footnote is None:
        detail = "It names no place in a source."
        return Check(number, "not a citation", line.notes[at].note, None, detail)
    quote = quoted_in(footnote)
    source = texts.named_by(footnote)
    if source is None:
        detail = f"The library has no source {footnote.slug!r}."
        return Check(number, "source gone", quote, footnote.slug, detail)
    content = texts.text(source).content
    if not source.sha256.startswith(footnote.sha256):
        stands = levelled(quote) in levelled(content)
        detail = "Its words still stand in the new text." if stands else "Its words are gone."
        return Check(number, "source changed", quote, source.slug, detail)
    if not 0 <= footnote.start < footnote.end <= len(content):
        detail = f"The text has {len(content)} characters."
        return Check(number, "words altered", quote, source.slug, detail)
    span = Span(footnote.start, footnote.end)
    words = span.of(content).strip()
    if not levelled(footnote.before_place).startswith(levelled(f"“{words}” — ")):
        detail = f"The source says: “{' '.join(words.split())}”"
        return Check(number, "words altered", quote, source.slug, detail)
    altered = _altered_in_text(line, at, words, content)
    if altered is not None:
        detail = f"The document has “{altered}”, the source “{' '.join(words.split())}”"
        return Check(number, "words altered", altered, source.slug, detail)
    meant = [
        one
        for one in texts.attributions(source, span)
        if levelled(without_place(one)) == levelled(footnote.before_place)
    ]
    if not meant:
        return _other_details(number, footnote, Quote(source.slug, span, words), source)
    place = texts.place(source, span)
    located = place.in_words or ""
    # A document's footnotes tell of a quoted mail alone, a conversation's of page and heading too.
    allowed = {levelled(located), levelled(Place(quoted_from=place.quoted_from).in_words or "")}
    if footnote.locator is not None and levelled(footnote.locator) not in allowed:
        detail = f"Its words stand at: {located or 'no page or heading that is known'}."
        return Check(number, "page differs", quote, source.slug, detail)
    label = _other_label(line, at, meant)
    if label is not None:
        return Check(number, "label differs", quote, source.slug, label)
    return Check(number, "holds", quote, source.slug)


def _other_details(number: int, footnote: Footnote, quote: Quote, source: Source) -> Check:
    """What is different where the words are the source's: the card, or else the speaker."""
    card = card_in_words(Evidence.of(source, quote))
    if levelled(footnote.before_place).endswith(levelled(card)):
        detail = "The source does not have it said by the speaker that is named."
        return Check(number, "speaker differs", quoted_in(footnote), source.slug, detail)
    detail = f"The card now says: {card}"
    return Check(number, "card differs", quoted_in(footnote), source.slug, detail)


def _other_label(line: WrittenLine, at: int, meant: Sequence[Evidence]) -> str | None:
    """What is wrong with the bold words before the quotation, or with the day behind it."""
    led_by = levelled(_led_to(line, at)).strip()
    words = meant[0].quote.words
    day = written_day(meant[0].published)
    behind = re.search(r"\(([^()]*)\)$", led_by)
    if behind and led_by.startswith(levelled(quotation(meant[0].quote.words))) and behind[1] != day:
        return f"The document gives “{behind[1]}”, the source is of “{day}”."
    quoted = led_by.removeprefix(levelled(line.lead)).strip().startswith('"')
    if not line.lead.endswith(":") or _first_beside(line, at) or not quoted:
        return None
    given = levelled(line.lead.removesuffix(":")).casefold()
    labels = ["", times_named(words), *(stage for stage, _ in stages_in(words))]
    allowed = {
        ", ".join(part for part in (label, speaker) if part)
        for speaker in {one.speaker for one in meant}
        for label in labels
    }
    if given in {levelled(one).casefold() for one in allowed}:
        return None
    speakers = " or ".join(sorted({one.speaker for one in meant if one.speaker}))
    said = [f"the footnote names {speakers or 'no speaker'}"]
    said += [f"the sentence says “{label}”" for label in labels if label]
    return f"The document has “{line.lead}”; {', '.join(said)}."


def _altered_in_text(line: WrittenLine, at: int, words: str, content: str) -> str | None:
    """Words between quotation marks before the footnote that the source does not have."""
    led_by = _led_to(line, at)
    if levelled(f"“{words}”") in levelled(led_by):
        return None
    pieces = _quoted_pieces(led_by)
    for piece in pieces:
        if levelled(piece).strip(" .,;") not in levelled(content):
            return piece
    if line.style == QUOTED and levelled(words) not in levelled(led_by):
        return " ".join(led_by.split())
    return None


def _led_to(line: WrittenLine, at: int) -> str:
    """The words before a footnote; of several in a row, the words before the first."""
    return line.notes[_first_beside(line, at)].before


def _first_beside(line: WrittenLine, at: int) -> int:
    """The first of the footnotes that stand in a row with the one at `at`."""
    while at and not line.notes[at].before.strip():
        at -= 1
    return at


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
