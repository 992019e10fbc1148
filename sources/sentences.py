"""Exact sentence spans of a text.

The segmenter decides where sentences end; this room turns its answer into spans without
outer white space, and leaves out the credit lines that close many news texts.
"""

import re

from sources.source import Sentence

_CREDIT_LINE = re.compile(
    r"""
      \( [^\W\d_]{1,4} (?: \s? [/,] \s? [^\W\d_]{1,4} )* \)   # (jh), (mk/jh)
    | (?: sources? | author | byline | credits? | photo ) \s* : \s* \S .{0,119}
    """,
    re.IGNORECASE | re.VERBOSE,
)


def find_sentences(content: str, *, language: str | None = None) -> tuple[Sentence, ...]:
    """The sentences of `content` in order, as half-open spans of it.

    Every character outside them is white space or belongs to the credit lines at the end.
    `language` is an ISO 639-1 code; unknown means English rules. A blank text has none.
    """
    from sentencex import get_sentence_boundaries

    body = content[: credits_start(content)]
    spans = (
        _without_outer_space(body, boundary["start_index"], boundary["end_index"])
        for boundary in get_sentence_boundaries(language or "en", body)
    )
    return tuple(span for span in spans if span is not None)


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
