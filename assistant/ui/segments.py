"""A text cut where highlights begin and end. Pure; knows nothing of HTML."""

from bisect import bisect_left
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


def cut(
    content: str,
    *,
    start: int = 0,
    highlights: Sequence[Highlight] = (),
    marks: Sequence[Span] = (),
    pages: Sequence[Locator] = (),
) -> tuple[Segment, ...]:
    """`content` in segments that together are `content`, none empty.

    Spans and pages count from the beginning of the whole text, in which `content` begins at
    `start`; what lies outside it is left out.
    """
    end = start + len(content)
    bounds = {start, end, *(page.start for page in pages if start < page.start < end)}
    for span in (*(highlight.span for highlight in highlights), *marks):
        bounds.update(place for place in (span.start, span.end) if start < place < end)
    cuts = sorted(bounds)
    return tuple(
        _segment(content[begin - start : stop - start], Span(begin, stop), highlights, marks, pages)
        for begin, stop in pairwise(cuts)
    )


def paragraphs(
    content: str,
    *,
    highlights: Sequence[Highlight] = (),
    marks: Sequence[Span] = (),
    pages: Sequence[Locator] = (),
) -> tuple[tuple[Segment, ...], ...]:
    """Every line of `content` that holds words, cut into segments; line ends are left out.

    `pages` in order of their start; one that begins between two lines begins with the second.
    """
    found: list[tuple[Segment, ...]] = []
    start = turned = 0
    for line in content.split("\n"):
        end = start + len(line)
        if line.strip():
            near = [h for h in highlights if h.span.start < end and start < h.span.end]
            close = [mark for mark in marks if mark.start < end and start < mark.end]
            here = bisect_left(pages, end, lo=turned, key=lambda page: page.start)
            begun = [replace(page, start=max(page.start, start)) for page in pages[turned:here]]
            turned = here
            found.append(cut(line, start=start, highlights=near, marks=close, pages=begun))
        start = end + 1
    return tuple(found)


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
    )
