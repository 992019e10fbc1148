"""A source's own words carry their language wherever they are shown."""

from collections.abc import Callable

from assistant.answers import Answer, Citation, Quote, Statement, as_contract
from assistant.conversing.conversation import Conversation
from assistant.formatting import language_in_words
from assistant.quoting.locating import locate
from assistant.ui.rendering import render_thread
from index.library import Library
from sources.source import Card, Source, Span

SAID = "Спостерігачам не дозволять носити зброю, і місія працюватиме цілодобово."


def _answer(library: Library) -> Answer:
    source = library.catalogue.source("mission")
    citation = Citation(1, Quote("mission", Span(0, len(SAID)), SAID), "Mission", None, None)
    return Answer(
        question="May they carry weapons?",
        mode="quotes",
        verdict="answered",
        statements=(Statement(SAID, (1,), "supported"),),
        citations=locate([citation], sources={"mission": source}, catalogue=library.catalogue),
    )


def test_a_citation_says_the_language_of_its_source(library_of: Callable[..., Library]) -> None:
    answer = _answer(library_of(mission=SAID))
    (cited,) = as_contract(answer)["citations"]  # type: ignore[misc]  # a list of plain values
    assert cited["language"] == "uk"


def test_the_page_declares_the_language_of_the_words_it_quotes(
    library_of: Callable[..., Library],
) -> None:
    answer = _answer(library_of(mission=SAID))
    conversation = Conversation().asking(answer.question).answering(answer)
    page = render_thread(conversation, cards={})
    assert f'<span class="words" dir="auto" lang="uk">{SAID[:20]}' in page
    assert f'<p class="quote" dir="auto" lang="uk"><span class="cited-words">{SAID[:20]}' in page


def test_a_detected_language_is_told_from_one_that_the_card_says() -> None:
    said = Source("a", Card("A", language="uk"), "0", "x")
    detected = Source("a", Card("A"), "0", "x", detected_language="uk")
    unknown = Source("a", Card("A"), "0", "x")
    assert [*map(language_in_words, (said, detected, unknown))] == [
        "Ukrainian",
        "Ukrainian (detected)",
        "unknown",
    ]
