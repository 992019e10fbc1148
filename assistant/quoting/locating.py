"""Where in its source a citation stands: the page and the heading above it, and which text.

A source may be replaced by a newer text; the hash that a citation carries says in which of
its texts the quote is a slice, so that it opens there for good.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answers import Citation
from sources.addressed import warning_on
from sources.catalogue import Catalogue
from sources.source import Source, heading_above, pages_in_words

MAX_HEADING_CHARS = 100
"""Of a longer heading the beginning is shown."""


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
    page, heading = pages_in_words(locators, quote.span), heading_above(locators, quote.span)
    return replace(
        citation,
        sha256=source.sha256,
        locator=in_words(page, heading),
        warning=warning_on(source),
        language=source.language,
    )


def in_words(page: str | None, heading: str | None) -> str | None:
    """``p. 12, under “Article 5”`` of what is known of the two; `None` when nothing is."""
    if heading and len(heading) > MAX_HEADING_CHARS:
        heading = f"{heading[:MAX_HEADING_CHARS].rstrip()}…"
    parts = (page, f"under “{heading}”" if heading else None)
    return ", ".join(filter(None, parts)) or None
