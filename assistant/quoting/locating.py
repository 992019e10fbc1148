"""Where in its source a citation stands: the page, what it stands in, the heading above it.

A source may be replaced by a newer text; the hash that a citation carries says in which of
its texts the quote is a slice, so that it opens there for good.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answers import Citation, Statement
from sources import quoted
from sources.addressed import warning_on
from sources.catalogue import Catalogue
from sources.source import Block, Source, Span, heading_above, pages_in_words

MAX_HEADING_CHARS = 100
"""Of a longer heading the beginning is shown."""
_NAMED = re.compile(r"[a-z]+(?: [a-z]+)*")
"""What a note is, in words ("text box", "caption"), where it has no sign."""
_NO_BRACKETS = str.maketrans("()", "[]")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text, as far as it is known."""

    page: str | None = None
    within: str | None = None
    """What the words stand in: ``note 3``, ``in a table``; `None` for running text."""
    heading: str | None = None
    quoted_from: str | None = None
    """Whose mail is quoted there, and of which day; `None` where nothing is quoted."""

    @property
    def in_words(self) -> str | None:
        """``p. 12, note 3, under “Article 5”, quoted from Karel Novy, 5 June 2026``; or `None`."""
        heading = self.heading
        if heading and len(heading) > MAX_HEADING_CHARS:
            heading = f"{heading[:MAX_HEADING_CHARS].rstrip()}…"
        parts = (
            self.page,
            self.within,
            f"under “{heading}”" if heading else None,
            # Brackets end the place in a footnote, which is read again.
            None
            if self.quoted_from is None
            else quoted.in_words(self.quoted_from.translate(_NO_BRACKETS)[:MAX_HEADING_CHARS]),
        )
        return ", ".join(filter(None, parts)) or None


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
    place = place_of(catalogue, source, citation.quote.span)
    return replace(
        citation,
        sha256=source.sha256,
        locator=place.in_words,
        quoted_from=place.quoted_from,
        warning=warning_on(source),
        language=source.language,
    )


def place_of(catalogue: Catalogue, source: Source, span: Span) -> Place:
    """Where `span` stands in the text of `source`."""
    locators = catalogue.locators(source.slug, sha256=source.sha256)
    blocks = catalogue.blocks(source.slug, span.start, span.end, sha256=source.sha256)
    return Place(
        page=pages_in_words(locators, span),
        within=block_in_words(blocks[0]) if blocks else None,
        heading=heading_above(locators, span),
        quoted_from=quoted.quoted_from(blocks, span),
    )


def block_in_words(block: Block) -> str | None:
    """``note 3``, ``in a table``, ``in a form``, ``text box``; `None` for running text."""
    match block.kind:
        case "row":
            return "in a table"
        case "field":
            return "in a form"
        case "note":
            return block.label if _NAMED.fullmatch(block.label) else f"note {block.label}".strip()
    return None


def told_by_senders(
    statements: Sequence[Statement], citations: Sequence[Citation]
) -> tuple[Statement, ...]:
    """The statements, those in the words of a quoted mail as said by whoever sent that."""
    senders = {
        citation.number: quoted.sender_of(citation.quoted_from)
        for citation in citations
        if citation.quoted_from
    }
    return tuple(
        replace(said, speaker=said.speaker or senders.get(said.citations[0]))
        if said.citations
        else said
        for said in statements
    )
