"""Exact sentence spans of a text.

The segmenter decides where sentences end; this room turns its answer into spans without
outer white space, and leaves out the credit lines that close many news texts.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sources import sentence_ends
from sources.source import Block, Locator, Sentence, heading_end

_CREDIT_LINE = re.compile(
    r"""
      \( [^\W\d_]{1,4} (?: \s? [/,] \s? [^\W\d_]{1,4} )* \)   # (jh), (mk/jh)
    | (?: sources? | author | byline | credits? | photo ) \s* : \s* \S .{0,119}
    """,
    re.IGNORECASE | re.VERBOSE,
)

_LONGEST_ROW = 600
"""Characters of a table's row that is one sentence; cells of a longer one hold whole texts."""
_LONGEST_SENTENCE = 2_000
"""Characters; what is shorter stays whole, since a clause may say the reverse of its sentence."""
_LONGEST_CLAUSE = 1_000
_CLAUSE_BORDERS = tuple(map(re.compile, (r";\s", r":\s", r",\s|\s[–—]\s", r"\s")))
_LONG_FOR_SIGNS, _STRETCH = 10_000, 1_000
_SIGN = re.compile(r"[^\w\s]")
_AFTER_MAY = re.compile(r"\bMay\.(?=\s+[“‘\"'(]?[A-Z])")


def find_sentences(
    content: str,
    *,
    language: str | None = None,
    locators: Sequence[Locator] = (),
    blocks: Sequence[Block] = (),
) -> tuple[Sentence, ...]:
    """The sentences of `content` in order, as half-open spans of it.

    Every character outside them is white space, or belongs to the credit lines at the end or to
    the sign of a note.
    `language` is an ISO 639-1 code; unknown means English rules. A blank text has none. None
    reaches over the end of one of `blocks`; a heading and a short row of a table is one, as is,
    where there are no blocks, each heading of `locators`, whatever stands in it or directly
    below it. The mark of a list item belongs to the item's first sentence. A sentence longer than
    a page is several, cut between clauses.
    """
    body = content[: credits_start(content)]
    spans: list[Sentence] = []
    for part in _block_parts(body, blocks) if blocks else _parts(body, locators):
        bounds = (
            [(part.words, part.end)] if part.is_one else _cut(body, part.words, part.end, language)
        )
        found = [
            span
            for one in bounds
            for piece in _clauses(body, *one)
            if (span := _without_outer_space(body, *piece))
        ]
        if found and part.start < part.words:
            found[0] = Sentence(part.start, found[0].end)
        spans += found
    return tuple(spans)


class _Part(NamedTuple):
    """A stretch of the text whose sentences end where it ends."""

    start: int
    words: int
    """Where they begin, after the mark of a list item: the full stop of "1." ends nothing."""
    end: int
    is_one: bool
    """Whether it is one sentence."""


def _cut(body: str, start: int, end: int, language: str | None) -> Sequence[tuple[int, int]]:
    from sentencex import get_sentence_boundaries

    found = [
        (first + one["start_index"], first + one["end_index"])
        for first, last in _stretches(body, start, end)
        for one in get_sentence_boundaries(language or "en", body[first:last])
    ]
    spoken = language or "en"
    if spoken in sentence_ends.LANGUAGES:
        found = [*sentence_ends.corrected_ends(body[:end], found, spoken)]
    return (
        [part for one in found for part in _cut_after_may(body, *one)] if spoken == "en" else found
    )


def _stretches(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The whole, or pieces of it where it is long and mostly signs.

    The segmenter looks at each sign again for every other one near it.
    """
    step = end - start
    if step > _LONG_FOR_SIGNS and len(_SIGN.findall(body, start, end)) * 3 > step:
        step = _STRETCH
    for first in range(start, end, max(1, step)):
        yield first, min(end, first + step)


def _block_parts(body: str, blocks: Sequence[Block]) -> Iterator[_Part]:
    for block in blocks:
        start, end = block.start, min(block.end, len(body))
        has_mark = block.kind == "item" and body.startswith(block.label, start)
        words = start + len(block.label) if has_mark else start
        if block.kind == "note" and body.startswith(f"[{block.label}] ", start):
            start = words = start + len(block.label) + 3
        if words < end:
            is_one = block.kind == "heading" or (
                block.kind == "row" and end - start <= _LONGEST_ROW
            )
            yield _Part(start, words, end, is_one)


def _clauses(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence, or its clauses where it is longer than a page: else a citation would be.

    Cut behind the last semicolon that leaves a piece short enough, else behind a colon, a comma,
    a word, or where it must be.
    """
    is_long = end - start > _LONGEST_SENTENCE
    while is_long and end - start > _LONGEST_CLAUSE:
        least, most = start + _LONGEST_CLAUSE // 4, start + _LONGEST_CLAUSE
        cut = next(
            (
                places[-1].end()
                for border in _CLAUSE_BORDERS
                if (places := list(border.finditer(body, least, most)))
            ),
            most,
        )
        yield start, cut
        start = cut
    yield start, end


def _cut_after_may(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence, cut where the segmenter takes the whole word "May" for a month cut short."""
    for found in _AFTER_MAY.finditer(body, start, end):
        yield start, found.end()
        start = found.end()
    yield start, end


def _parts(body: str, locators: Sequence[Locator]) -> Iterator[_Part]:
    """Each heading, and what stands between them."""
    reached = 0
    for locator in locators:
        if locator.kind != "heading" or not reached <= locator.start < len(body):
            continue
        if reached < locator.start:
            yield _Part(reached, reached, locator.start, False)
        end = heading_end(body, locator.start)
        yield _Part(locator.start, locator.start, end, True)
        reached = end
    if reached < len(body):
        yield _Part(reached, reached, len(body), False)


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
