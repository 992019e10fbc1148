"""A citation says where in its source it stands, and in which of its texts."""

import pytest

from assistant.answering import Assistant
from assistant.quoting.locating import MAX_HEADING_CHARS, in_words
from index.indexing import add
from index.library import Library
from index.offers import offer_bytes
from tests.sources.readers.test_pdf import make_pdf


def test_a_citation_of_a_pdf_says_the_page(library: Library) -> None:
    pages = [["Nothing is said here."], ["Vance named Donetsk as the main obstacle."]]
    add(library, [offer_bytes("a.pdf", make_pdf(pages))])
    (citation,) = Assistant(library).ask("What did Vance name as the main obstacle?").citations
    assert citation.locator == "p. 2"
    assert citation.sha256 == library.catalogue.source("a").sha256


def test_a_citation_below_a_heading_says_it(library: Library) -> None:
    words = (
        b"# Talks\n\nIntroduction.\n\n## Obstacles\n\nVance named Donetsk as the main obstacle.\n"
    )
    add(library, [offer_bytes("a.md", words)])
    (citation,) = Assistant(library).ask("What did Vance name as the main obstacle?").citations
    assert citation.locator == "under “Obstacles”"


@pytest.mark.parametrize(
    ("page", "heading", "words"),
    [
        (None, None, None),
        ("p. 12", None, "p. 12"),
        ("pp. 12–13", "Article 5", "pp. 12–13, under “Article 5”"),
        (None, "x" * 300, f"under “{'x' * MAX_HEADING_CHARS}…”"),
    ],
)
def test_a_place_is_told_in_words(page: str | None, heading: str | None, words: str) -> None:
    assert in_words(page, heading) == words
