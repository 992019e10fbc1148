"""The reader: a source in full, with the words that were cited, from values to safe HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answers import Quote
from assistant.conversing.conversation import Conversation
from assistant.searching import Found
from assistant.ui.segments import Highlight, Segment
from assistant.ui.templates import fill_in
from assistant.ui.text_layout import lay_out, noted
from sources.entries import Version
from sources.source import BY_OCR, Source, Text

MAX_SHELF = 8
"""Sources listed in the empty reader."""


@dataclass(frozen=True, slots=True)
class Place:
    """What the reader is open at: a source and, unless it is open as a whole, words in it."""

    slug: str
    quote: Quote | None = None
    number: int | None = None
    """The citation's number in the conversation; `None` for words from anywhere else."""
    related: bool = False
    """Whether the words are only near what was asked."""
    note: tuple[int, int] | None = None
    """The number of a briefing's footnote and how many it has, where it was opened from one."""
    sha256: str | None = None
    """The very text of the source that is open; `None` for the one that holds the words."""


def render_reader(
    source: Source,
    text: Text,
    *,
    place: Place,
    conversation: Conversation | None = None,
    version: Version | None = None,
    has_original: bool = False,
) -> str:
    """The whole text with its card; `place` highlighted, other cited words underlined.

    With a `version`, the text is that earlier one of the source, and the page says so.
    """
    cited = (conversation or Conversation()).cited()
    wanted = place.quote
    moved = wanted is not None and not _still_there(wanted, text)
    highlights = [
        Highlight(citation.quote.span, citation.number, citation.number == place.number)
        for citation in cited
        if citation.quote.source == source.slug and _still_there(citation.quote, text)
    ]
    if wanted is not None and place.number is None and not moved:
        highlights.append(Highlight(wanted.span, current=True))
    current = [citation for citation in cited if citation.number == place.number]
    marks = current[0].marks if current and not moved else ()
    numbers = [citation.number for citation in cited]
    if place.note is not None:
        numbers = list(range(1, place.note[1] + 1))
    before, after = _neighbours(numbers, place.note[0] if place.note else place.number)
    pages = [
        locator.label.removesuffix(BY_OCR) for locator in text.locators if locator.kind == "page"
    ]
    return fill_in(
        "reader.html",
        source=source,
        parts=lay_out(text, highlights=highlights, marks=marks),
        noted={note.note for note in noted(text)},
        pages=pages,
        by_ocr=BY_OCR,
        sha256=version.sha256 if version else source.sha256,
        number=place.number,
        note=place.note[0] if place.note else None,
        place=f"{wanted.span.start}:{wanted.span.end}" if wanted else "whole",
        related=place.related,
        moved=moved,
        has_original=has_original,
        until=date.fromisoformat(version.until[:10]) if version else None,
        locator=current[0].locator if current and not moved else None,
        count=len(numbers),
        before=before,
        after=after,
        problem=None,
    )


def render_empty_reader(shelf: Sequence[Source] = (), *, more: int = 0) -> str:
    """What the reader shows before anything is opened: the way in, and what there is."""
    return _nothing_open(shelf=shelf, more=more)


@dataclass(frozen=True, slots=True)
class Result:
    """A passage that was found, cut where the words that were looked for stand."""

    found: Found
    segments: tuple[Segment, ...]


def render_results(
    words: str, results: Sequence[Result], *, missing: Sequence[str] = (), is_filtered: bool
) -> str:
    """What the reader shows for words that were searched: the passages, to open and to pin.

    Those that hold any of the words stand first; those that are near in meaning alone apart from
    them. `missing` are the words that no text has.
    """
    return _nothing_open(sought=words, results=results, missing=missing, is_filtered=is_filtered)


def _nothing_open(
    *,
    shelf: Sequence[Source] = (),
    more: int = 0,
    sought: str = "",
    results: Sequence[Result] = (),
    missing: Sequence[str] = (),
    is_filtered: bool = False,
) -> str:
    return fill_in(
        "reader.html",
        source=None,
        shelf=shelf,
        more=more,
        sought=sought,
        holding=[one for one in results if one.found.marks],
        near=[one for one in results if not one.found.marks],
        missing=missing,
        is_filtered=is_filtered,
        problem=None,
    )


def render_reader_failure(problem: str, remedy: str) -> str:
    """Why a source cannot be shown, and what to do."""
    return fill_in("reader.html", problem=problem, remedy=remedy)


def _still_there(quote: Quote, text: Text) -> bool:
    return text.content[quote.span.start : quote.span.end] == quote.words


def _neighbours(numbers: Sequence[int], current: int | None) -> tuple[int | None, int | None]:
    """The numbers before and after `current`; from nowhere, the way leads to the first."""
    if current is None or current not in numbers:
        return None, numbers[0] if numbers else None
    at = numbers.index(current)
    return (
        numbers[at - 1] if at > 0 else None,
        numbers[at + 1] if at + 1 < len(numbers) else None,
    )
