"""A text cut where highlights begin and end. Pure; knows nothing of HTML."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sources.source import Locator, Span


@dataclass(frozen=True, slots=True)
class Highlight:
    """A span to be shown as cited under a number, and whether it is the one being read."""

    span: Span
    number: int | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class NoteSign:
    """Where in the text a note belongs: behind the character before `at`."""

    at: int
    sign: str
    note: int
    """Where the note itself begins."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Consecutive characters that are shown alike."""

    words: str
    numbers: tuple[int, ...] = ()
    """The citations whose span holds these characters, ascending."""
    current: bool = False
    marked: bool = False
    starts: bool = False
    """Whether the highlight being read begins here."""
    ends: tuple[int, ...] = ()
    """The citations whose span ends with these characters."""
    pages: tuple[str, ...] = ()
    """The labels of the pages that begin with these characters; more than one after an empty
    page."""
    notes: tuple[NoteSign, ...] = ()
    """Of the notes that belong to the end of these characters."""


def cut(
    content: str,
    *,
    start: int = 0,
    highlights: Sequence[Highlight] = (),
    marks: Sequence[Span] = (),
    pages: Sequence[Locator] = (),
    notes: Sequence[NoteSign] = (),
    cuts: Sequence[int] = (),
) -> tuple[Segment, ...]:
    """`content` in segments that together are `content`, none empty.

    Spans, pages, notes and further `cuts` count from the beginning of the whole text, in which
    `content` begins at `start`; what lies outside it is left out.
    """
    end = start + len(content)
    places = [*cuts, *(page.start for page in pages), *(note.at for note in notes)]
    for span in (*(highlight.span for highlight in highlights), *marks):
        places += (span.start, span.end)
    bounds = sorted({start, end, *(place for place in places if start < place < end)})
    return tuple(
        _segment(
            content[begin - start : stop - start],
            Span(begin, stop),
            highlights,
            marks,
            pages,
            notes,
        )
        for begin, stop in pairwise(bounds)
    )


def lines(content: str) -> tuple[Span, ...]:
    """Every line of `content` that holds words, without its end."""
    found, start = [], 0
    for line in content.split("\n"):
        if line.strip():
            found.append(Span(start, start + len(line)))
        start += len(line) + 1
    return tuple(found)


def cut_within(
    content: str,
    spans: Sequence[Span],
    *,
    highlights: Sequence[Highlight] = (),
    marks: Sequence[Span] = (),
    pages: Sequence[Locator] = (),
    notes: Sequence[NoteSign] = (),
    cuts: Sequence[int] = (),
) -> tuple[tuple[Segment, ...], ...]:
    """Each of `spans` of `content`, cut into segments; what stands between them is left out.

    All in order. What begins or ends between two spans is moved to the words next to it: a page
    and the beginning of a highlight to those behind, a note and the end of one to those before.
    """
    ends = [span.end for span in spans]
    highlights = [
        replace(one, span=inside)
        for one in highlights
        if (inside := _inside(spans, ends, one.span))
    ]
    placed = sorted(
        (
            replace(note, at=min(note.at, spans[before].end))
            for note in notes
            if (before := bisect_left(spans, note.at, key=lambda span: span.start) - 1) >= 0
        ),
        key=lambda note: note.at,
    )
    places = [note.at for note in placed]
    found: list[tuple[Segment, ...]] = []
    turned = 0
    for start, end in ((span.start, span.end) for span in spans):
        here = bisect_left(pages, end, lo=turned, key=lambda page: page.start)
        begun = [replace(page, start=max(page.start, start)) for page in pages[turned:here]]
        turned = here
        found.append(
            cut(
                content[start:end],
                start=start,
                highlights=[one for one in highlights if one.span.overlaps(Span(start, end))],
                marks=[mark for mark in marks if mark.overlaps(Span(start, end))],
                pages=begun,
                notes=placed[bisect_right(places, start) : bisect_right(places, end)],
                cuts=cuts[bisect_right(cuts, start) : bisect_left(cuts, end)],
            )
        )
    return tuple(found)


def _inside(spans: Sequence[Span], ends: Sequence[int], span: Span) -> Span | None:
    """From the first to the last character of `span` that one of `spans` holds."""
    first = bisect_right(ends, span.start)
    last = bisect_left(spans, span.end, key=lambda one: one.start) - 1
    if first > last:
        return None
    return Span(max(span.start, spans[first].start), min(span.end, spans[last].end))


def split_tail(
    segments: Sequence[Segment], *, max_chars: int = 24
) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """The segments up to the last word, and that word; it is empty when longer than allowed."""
    if not segments:
        return (), ()
    last = segments[-1]
    begin = max((at + 1 for at, char in enumerate(last.words) if char.isspace()), default=0)
    if not 0 < len(last.words) - begin <= max_chars:
        return tuple(segments), ()
    head = (replace(last, words=last.words[:begin]),) if begin else ()
    return (*segments[:-1], *head), (replace(last, words=last.words[begin:]),)


def _segment(
    words: str,
    span: Span,
    highlights: Sequence[Highlight],
    marks: Sequence[Span],
    pages: Sequence[Locator],
    notes: Sequence[NoteSign],
) -> Segment:
    over = [highlight for highlight in highlights if highlight.span.covers(span)]
    reading = [highlight for highlight in over if highlight.current]
    return Segment(
        words=words,
        numbers=tuple(sorted({h.number for h in over if h.number is not None})),
        current=bool(reading),
        marked=any(mark.covers(span) for mark in marks),
        starts=any(highlight.span.start == span.start for highlight in reading),
        ends=tuple(
            sorted({h.number for h in over if h.number is not None and h.span.end == span.end})
        ),
        pages=tuple(page.label for page in pages if page.start == span.start),
        notes=tuple(note for note in notes if note.at == span.end),
    )
