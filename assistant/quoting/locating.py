"""Where in its source a citation stands: the page, what it stands in, the heading above it.

A source may be replaced by a newer text; the hash that a citation carries says in which of
its texts the quote is a slice, so that it opens there for good.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answers import Citation
from sources.addressed import warning_on
from sources.catalogue import Catalogue
from sources.source import Block, Locator, Source, Span, heading_above, pages_in_words

MAX_HEADING_CHARS = 100
"""Of a longer heading the beginning is shown."""
_NAMED = re.compile(r"[a-z]+(?: [a-z]+)*")
"""What a note is, in words ("text box", "caption"), where it has no sign."""
_NO_BRACKETS = str.maketrans("()", "[]")


def locate(
    citations: Sequence[Citation], *, sources: Mapping[str, Source], catalogue: Catalogue
) -> tuple[Citation, ...]:
    """The citations, each with its place in words, its text's hash and language, and a warning.

    `sources` has the source of each, by slug, as it was when the quote was taken.
    """
    return tuple(
        _located(citation, sources[citation.quote.source], catalogue) for citation in citations
    )


def _located(citation: Citation, source: Source, catalogue: Catalogue) -> Citation:
    quote = citation.quote
    locators = catalogue.locators(quote.source, sha256=source.sha256)
    block = first_block(catalogue, source, quote.span)
    return replace(
        citation,
        sha256=source.sha256,
        locator=place_in_words(locators, quote.span, block),
        warning=warning_on(source),
        language=source.language,
    )


def first_block(catalogue: Catalogue, source: Source, span: Span) -> Block | None:
    """The block that the span begins in, in the very text of the source; `None` without any."""
    start = span.start
    return next(iter(catalogue.blocks(source.slug, start, start + 1, sha256=source.sha256)), None)


def place_in_words(
    locators: Sequence[Locator], span: Span, block: Block | None = None
) -> str | None:
    """``p. 12, note 3, under “Article 5”`` of what is known of it; `None` when nothing is."""
    heading = heading_above(locators, span)
    if heading and len(heading) > MAX_HEADING_CHARS:
        heading = f"{heading[:MAX_HEADING_CHARS].rstrip()}…"
    parts = (
        pages_in_words(locators, span),
        block_in_words(block),
        f"under “{heading}”" if heading else None,
    )
    return ", ".join(filter(None, parts)) or None


def block_in_words(block: Block | None) -> str | None:
    """``note 3``, ``in a table``, ``quoted from …`` for what the block is.

    `None` for running text, and for a text without blocks.
    """
    if block is None:
        return None
    match block.kind:
        case "row":
            return "in a table"
        case "field":
            return "in a form"
        case "note":
            return block.label if _NAMED.fullmatch(block.label) else f"note {block.label}".strip()
        case "quoted":
            # Brackets end the place in a footnote, which is read again.
            whose = block.label.translate(_NO_BRACKETS)[:MAX_HEADING_CHARS]
            return f"quoted from {whose}" if whose else "in quoted words"
    return None
