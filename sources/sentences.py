"""Exact sentence spans of a text.

The segmenter decides where sentences end; this room turns its answer into spans without
outer white space, and leaves out the credit lines that close many news texts.
"""

import re
from collections.abc import Iterator, Sequence

from sources import sentence_ends
from sources.source import Locator, Sentence, heading_end

_CREDIT_LINE = re.compile(
    r"""
      \( [^\W\d_]{1,4} (?: \s? [/,] \s? [^\W\d_]{1,4} )* \)   # (jh), (mk/jh)
    | (?: sources? | author | byline | credits? | photo ) \s* : \s* \S .{0,119}
    """,
    re.IGNORECASE | re.VERBOSE,
)

_AFTER_MAY = re.compile(r"\bMay\.(?=\s+[“‘\"'(]?[A-Z])")


def find_sentences(
    content: str, *, language: str | None = None, locators: Sequence[Locator] = ()
) -> tuple[Sentence, ...]:
    """The sentences of `content` in order, as half-open spans of it.

    Every character outside them is white space or belongs to the credit lines at the end.
    `language` is an ISO 639-1 code; unknown means English rules. A blank text has none. Each
    heading of `locators` is one sentence, whatever stands in it or directly below it.
    """
    from sentencex import get_sentence_boundaries

    body = content[: credits_start(content)]
    spans = []
    for start, end, is_heading in _parts(body, locators):
        if is_heading:
            spans.append(_without_outer_space(body, start, end))
            continue
        found = [
            (start + one["start_index"], start + one["end_index"])
            for one in get_sentence_boundaries(language or "en", body[start:end])
        ]
        if language in sentence_ends.LANGUAGES:
            parts = [*sentence_ends.corrected_ends(body[:end], found, language)]
        else:
            parts = [part for one in found for part in _cut_after_may(body, *one)]
        spans += [_without_outer_space(body, *part) for part in parts]
    return tuple(span for span in spans if span is not None)


def _cut_after_may(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence, cut where the segmenter takes the whole word "May" for a month cut short."""
    for found in _AFTER_MAY.finditer(body, start, end):
        yield start, found.end()
        start = found.end()
    yield start, end


def _parts(body: str, locators: Sequence[Locator]) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each heading and of what stands between them, and whether it is one."""
    reached = 0
    for locator in locators:
        if locator.kind != "heading" or not reached <= locator.start < len(body):
            continue
        if reached < locator.start:
            yield reached, locator.start, False
        end = heading_end(body, locator.start)
        yield locator.start, end, True
        reached = end
    if reached < len(body):
        yield reached, len(body), False


def credits_start(content: str) -> int:
    """The offset where the credit lines at the end begin; ``len(content)`` without any.

    A credit line stands alone on its line: initials in brackets, or "Source: …". A text
    of nothing but such lines has no credits, since nothing would be left of it.
    """
    start = len(content)
    for line in reversed(content.splitlines(keepends=True)):
        if line.strip() and not _CREDIT_LINE.fullmatch(line.strip()):
            return start
        start -= len(line)
    return len(content)


def read_credits(content: str) -> tuple[str | None, str | None]:
    """The author's initials and the publisher that the credit lines name, each or `None`."""
    author = publisher = None
    for line in content[credits_start(content) :].splitlines():
        words = line.strip()
        if words.startswith("(") and words.endswith(")"):
            author = words[1:-1].strip()
        label, _, value = words.partition(":")
        match label.strip().lower():
            case "source" | "sources":
                publisher = value.strip()
            case "author" | "byline":
                author = value.strip()
    return author, publisher


def _without_outer_space(content: str, start: int, end: int) -> Sentence | None:
    while start < end and content[start].isspace():
        start += 1
    while start < end and content[end - 1].isspace():
        end -= 1
    return Sentence(start, end) if start < end else None
