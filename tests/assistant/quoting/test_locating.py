"""A citation says where in its source it stands, and in which of its texts."""

import json

import pytest

from assistant.answering import Assistant
from assistant.answers import Citation, Quote, Statement, as_contract
from assistant.quoting.locating import MAX_HEADING_CHARS, Place, block_in_words, told_by_senders
from index.indexing import add, recover
from index.inputs import bytes_input
from index.library import Library
from sources.readers.content import Builder
from sources.reading import hash_text
from sources.sentences import find_sentences
from sources.source import Block, Card, Source, Span, Text
from tests.sources.readers.test_pdf import make_pdf


def test_a_citation_of_a_pdf_says_the_page(library: Library) -> None:
    pages = [["Nothing is said here."], ["Vance named Donetsk as the main obstacle."]]
    add(library, [bytes_input("a.pdf", make_pdf(pages))])
    (citation,) = Assistant(library).ask("What did Vance name as the main obstacle?").citations
    assert citation.locator == "p. 2"
    assert citation.sha256 == library.catalogue.source("a").sha256


def test_a_citation_below_a_heading_says_it(library: Library) -> None:
    words = (
        b"# Talks\n\nIntroduction.\n\n## Obstacles\n\nVance named Donetsk as the main obstacle.\n"
    )
    add(library, [bytes_input("a.md", words)])
    (citation,) = Assistant(library).ask("What did Vance name as the main obstacle?").citations
    assert citation.locator == "under “Obstacles”"


def test_a_citation_of_a_row_and_of_a_note_says_so(library: Library) -> None:
    builder = Builder()
    builder.heading("Boats")
    builder.table([["Strelsau", "12"], ["Zenda", "40"]], header=["Depot", "Number of boats"])
    builder.note("The depot at Hentzau lost 7 boats to the flood.", "3", anchor=builder.reached)
    content = builder.content()
    sentences = find_sentences(content.body, locators=content.locators, blocks=content.blocks)
    text = Text(content.body, sentences, content.locators, content.blocks)
    source = Source("boats", Card("Boats"), hash_text(content.body), "upload/boats.txt")
    library.catalogue.add(source, text)
    recover(library)
    (lost,) = Assistant(library).ask("How many boats did the depot at Hentzau lose?").citations
    assert lost.locator == "note 3, under “Boats”"
    row = text.blocks[2]
    assert library.catalogue.blocks("boats", row.end - 1, row.end) == (row,)
    assert library.catalogue.blocks("boats", row.end, row.end + 1) == ()
    assert library.catalogue.blocks("boats", 0, len(text.content)) == text.blocks
    assert block_in_words(row) == "in a table"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place(), None),
        (Place("p. 12"), "p. 12"),
        (Place("p. 12", None, "Article 5"), "p. 12, under “Article 5”"),
        (Place(heading="x" * 300), f"under “{'x' * MAX_HEADING_CHARS}…”"),
        (Place("p. 12", "note 3", "Article 5"), "p. 12, note 3, under “Article 5”"),
        (Place(quoted_from="A. Kowal (UN), 3 May 2026"), "quoted from A. Kowal [UN], 3 May 2026"),
        (
            Place(heading="Attachment", quoted_from=""),
            "under “Attachment”, quoted from another mail, sender unknown",
        ),
    ],
)
def test_a_place_is_told_in_words(place: Place, words: str | None) -> None:
    assert place.in_words == words


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (Block(0, 9, "note", label="3"), "note 3"),
        (Block(0, 9, "note", label="text box"), "text box"),
        (Block(0, 9, "note"), "note"),
        (Block(0, 9, "field", label="Name"), "in a form"),
        (Block(0, 9, "paragraph"), None),
        (Block(0, 9, "quoted", label="A. Kowal, 3 May 2026"), None),
    ],
)
def test_a_block_is_told_in_words(block: Block, words: str | None) -> None:
    assert block_in_words(block) == words


def test_quoted_words_are_told_as_those_of_whoever_sent_them(library: Library) -> None:
    mail = (
        b"Subject: Re: Black Sea\nFrom: Ines Roth <i@example.org>\n"
        b"Date: Mon, 08 Jun 2026 09:30:00 +0200\n\nThe plan has changed since.\n\n"
        b"On Fri, 5 Jun 2026 at 17:02, Karel Novy <k@example.org> wrote:\n"
        b"> Vance named Donetsk as the main obstacle.\n"
    )
    add(library, [bytes_input("a.eml", mail)])
    answer = Assistant(library).ask("What did Vance name as the main obstacle?")
    (citation,) = answer.citations
    assert citation.locator == "quoted from Karel Novy, 5 June 2026"
    assert citation.quoted_from == "Karel Novy, 5 June 2026"
    assert '"quoted_from": "Karel Novy, 5 June 2026"' in json.dumps(as_contract(answer))


def test_a_statement_in_quoted_words_is_said_by_their_sender() -> None:
    words = "Nine ships will sail."
    citation = Citation(
        1, Quote("a", Span(0, len(words)), words), "A", None, None, quoted_from="Novy, 5 June 2026"
    )
    for given, told in ((None, "Novy"), ("Ole", "Ole")):
        statement = Statement(words, (1,), "supported", speaker=given)
        assert told_by_senders([statement], [citation]) == (
            Statement(words, (1,), "supported", speaker=told),
        )
