import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer, Citation, Quote, Statement
from assistant.conversing.conversation import Conversation
from assistant.library_status import LibraryStatus
from assistant.ui.reader_rendering import (
    Place,
    render_empty_reader,
    render_reader,
    render_reader_failure,
)
from assistant.ui.rendering import render_status, render_thread, render_welcome
from sources.entries import Version
from sources.source import BY_OCR, Card, Locator, Sentence, Source, Span, Text

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "' onmouseover='alert(1)",
    "${alert(1)} {{constructor.constructor('alert(1)')()}} {% raw %}",
    "[a](javascript:alert(1)) ![b](http://evil.example/p.png) <!-- -->",
    "</p></div><iframe src=http://evil.example>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202eevil\u202c שלום <b>",
)


class _Reading(HTMLParser):
    """Collects what a browser would see: tags with their attributes, and the text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def _read(markup: str) -> _Reading:
    reading = _Reading()
    reading.feed(markup)
    return reading


def _source(words: str) -> tuple[Source, Text]:
    card = Card(title=words, publisher=words, author=words, url=words, tags=(words,))
    return (
        Source(slug="hostile", card=card, sha256="0", origin="x"),
        Text(f"Before. {words} After.", (Sentence(0, 7),), (Locator(0, "page", words),)),
    )


def _talk(words: str, start: int = 8, marks: tuple[Span, ...] = ()) -> Conversation:
    citation = Citation(
        1, Quote("hostile", Span(start, start + len(words)), words), words, words, None, marks
    )
    said = Statement(words, (1,), "supported", speaker=words)
    answer = Answer(words, "quotes", "partly", (said,), (citation,), reason=words)
    silent = Answer(words, "quotes", "not_in_sources", related=(citation.quote,), reason=words)
    talk = Conversation().asking(words).answering(answer)
    talk = talk.asking(words).answering(silent)
    return talk.asking(words).failing(words, words)


def _everything(words: str) -> str:
    source, text = _source(words)
    talk = _talk(words)
    place = Place("hostile", Quote("hostile", Span(8, 8 + len(words)), words), 1)
    return "".join(
        (
            render_thread(talk, cards={"hostile": source.card}),
            render_reader(source, text, place=place, conversation=talk),
            render_empty_reader([source]),
            render_reader_failure(words, words),
            render_welcome([words], sources=1),
            render_status(LibraryStatus("quotes", 1, None, (words,))),
        )
    )


def _shape(markup: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(tag, tuple(sorted(attrs))) for tag, attrs in _read(markup).tags]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_become_text_and_never_markup(words: str) -> None:
    assert _shape(_everything(words)) == _shape(_everything("harmless"))
    assert words in _read(_everything(words)).text


_visible = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"])


@given(st.text(alphabet=_visible, min_size=1, max_size=30))
def test_no_words_at_all_change_the_markup(words: str) -> None:
    assert _shape(_everything(words)) == _shape(_everything("harmless"))


def test_the_cited_sentence_is_highlighted_and_the_value_in_it_marked() -> None:
    source, text = _source("800,000 troops")
    talk = _talk("800,000 troops", marks=(Span(8, 15),))
    place = Place("hostile", talk.ledger[0], 1)
    markup = render_reader(source, text, place=place, conversation=talk)
    highlighted = re.findall(r'<mark class="([^"]*)"[^>]*>([^<]*)</mark>', markup)
    assert highlighted == [("current value", "800,000"), ("current", " troops")]
    assert markup.count('id="reading"') == 1


def test_words_that_are_no_longer_where_they_were_are_not_highlighted() -> None:
    source, text = _source("800,000 troops")
    talk = _talk("700,000 troops")
    markup = render_reader(
        source, text, place=Place("hostile", talk.ledger[0], 1), conversation=talk
    )
    assert "<mark" not in markup
    assert "The text has changed" in markup


def test_an_unknown_date_and_publisher_are_shown_as_unknown() -> None:
    source = Source("s", Card(title="T"), "0", "x")
    markup = render_reader(source, Text("Words.", (Sentence(0, 6),)), place=Place("s"))
    assert "undated" in markup
    assert "publisher unknown" in markup


def test_what_a_source_has_to_be_warned_of_stands_above_its_text_of_today() -> None:
    source = Source("s", Card(title="T"), "0", "x", problems=("2 of 3 pages hold no text",))
    text, place = Text("Words.", (Sentence(0, 6),)), Place("s")
    markup = render_reader(source, text, place=place)
    assert 0 < markup.index("2 of 3 pages hold no text") < markup.index("Words.")
    earlier = Version("1", source.card, "2026-01-02T00:00:00Z", 6)
    assert "2 of 3 pages" not in render_reader(source, text, place=place, version=earlier)


def test_pages_are_marked_without_a_word_of_their_own_in_the_text() -> None:
    source = Source("s", Card("A"), sha256="0" * 64, origin="upload/s.pdf", kind="pdf")
    pages = (Locator(0, "page", "7"), Locator(4, "page", "8"), Locator(4, "heading", "B"))
    text = Text("One two", (Sentence(0, 7),), pages)
    markup = render_reader(source, text, place=Place("s"))
    assert re.findall(r'class="page-mark[^>]*aria-label="([^"]*)"', markup) == ["Page 7", "Page 8"]
    assert "One two" in _read(markup).text
    assert "of 8" in markup
    assert "go-page" not in render_reader(source, replace(text, locators=()), place=Place("s"))


def test_a_statement_that_is_not_supported_says_so_in_words() -> None:
    quote = Quote("s", Span(0, 5), "Words")
    answer = Answer(
        "q",
        "model",
        "answered",
        (Statement("Claim.", (1,), "not_supported"),),
        (Citation(1, quote, "T", None, None),),
    )
    markup = render_thread(Conversation().asking("q").answering(answer), cards={})
    assert "Not supported by what it cites" in markup


def test_an_abstention_gives_its_reason_and_marks_what_is_only_related() -> None:
    shown = _read(render_thread(_talk("Poland"), cards={})).text
    assert "Not in the sources" in shown
    assert "Related, but not an answer" in shown


def test_the_question_at_work_is_shown_with_what_is_being_done() -> None:
    assert "Searching the sources" in render_thread(Conversation().asking("q"), cards={})


def test_the_neighbours_of_a_citation_are_the_shown_ones_in_order() -> None:
    quotes = [Quote("hostile", Span(n, n + 1), "Before."[n]) for n in range(3)]
    talk = Conversation()
    for quote in quotes:
        citation = Citation(1, quote, "T", None, None)
        said = Statement(quote.words, (1,), "supported")
        talk = talk.asking("q").answering(Answer("q", "quotes", "answered", (said,), (citation,)))
    source, text = _source("words")
    markup = render_reader(source, text, place=Place("hostile", quotes[1], 2), conversation=talk)
    steps = re.findall(r'class="step (\w+)" data-number="(\d)"', markup)
    assert steps == [("before", "1"), ("after", "3")]


def test_the_status_line_tells_what_leaves_the_machine() -> None:
    assert "nothing leaves this machine" in render_status(LibraryStatus("quotes", 1, None))
    away = render_status(LibraryStatus("model", 2, date(2025, 12, 22), ("llm.example",)))
    assert "nothing leaves" not in away
    assert "22 December 2025" in away
    assert "questions and passages go to llm.example" in away


def test_a_question_back_is_no_silence_of_the_sources() -> None:
    shown = _read(render_thread(_talk("Which one?"), cards={})).text
    assert "One question first" in shown
    assert "Not in the sources" not in shown


def test_a_page_that_was_read_by_ocr_says_so_and_is_gone_to_by_its_number() -> None:
    source = Source("s", Card("A"), sha256="0" * 64, origin="upload/s.pdf", kind="pdf")
    pages = (Locator(0, "page", "7"), Locator(4, "page", f"8{BY_OCR}"))
    markup = render_reader(source, Text("One two", (Sentence(0, 7),), pages), place=Place("s"))
    assert 'data-page="8" data-shown="8, read by OCR"' in markup
    assert "of 8<" in markup
