from dataclasses import replace
from datetime import date

from assistant.asking.questions import Question
from assistant.judging.evidence import weigh
from assistant.quoting.corroborating import corroborate
from assistant.quoting.quote import (
    MAX_FURTHER,
    Part,
    further,
    nearest,
    quote,
)
from index.passages import Passage
from index.retrieval import Match
from sources.sentences import find_sentences
from sources.source import Card, Source, Span

SOURCE = Source("article", Card("Title", publisher="Radio"), "0" * 64, "origin")


def _match(text: str, name: str = "article") -> Match:
    sentences = find_sentences(text)
    return Match(Passage(name, 0, sentences, text), 1.0, (0.5,) * len(sentences))


def _quoted(question: str, *matches: Match, limit: int | None = None) -> list[str]:
    """What is quoted where so many sentences, the most to the point, are the answer."""
    asked = Question(question)
    sources = {match.passage.source: SOURCE for match in matches}
    quotation = quote([Part(asked, weigh(asked, matches)[:limit])], sources=sources)
    for citation in quotation.citations:
        text = next(m.passage.content for m in matches)
        assert len(citation.quote.words) == len(citation.quote.span)
        if len(matches) == 1:
            assert citation.quote.span.of(text) == citation.quote.words
    return [statement.text for statement in quotation.statements]


def test_the_value_asked_for_is_marked() -> None:
    text = "Ukraine keeps 800,000 troops."
    asked = Question("How many troops?")
    match = _match(text)
    (citation,) = quote([Part(asked, weigh(asked, [match]))], sources={"article": SOURCE}).citations
    assert [mark.of(text) for mark in citation.marks] == ["800,000"]


def test_a_sentence_that_says_he_brings_the_one_that_says_who() -> None:
    text = "Vance said talks are hard. He cited Donetsk as the main obstacle."
    assert _quoted("What is the main obstacle?", _match(text), limit=1) == [text]


def test_the_same_sentence_from_two_sources_is_quoted_once() -> None:
    text = "Ukraine keeps 800,000 troops."
    assert _quoted("How many troops?", _match(text), _match(text, "reprint")) == [text]


def test_of_reprints_the_one_published_first_is_cited() -> None:
    matches = [_match("Ukraine keeps 800,000 troops.", name) for name in ("a", "b", "c")]
    days = {"a": date(2025, 10, 8), "b": date(2025, 10, 7), "c": None}
    sources = {
        name: replace(SOURCE, slug=name, card=Card("Title", published=day))
        for name, day in days.items()
    }
    asked = Question("How many troops does Ukraine keep?")
    evidence = weigh(asked, matches)
    quotation = corroborate(
        quote([Part(asked, evidence)], sources=sources), evidence, sources=sources
    )
    assert [one.quote.source for one in quotation.citations] == ["b", "a", "c"]


def test_an_answer_in_an_interview_is_said_by_whoever_was_asked() -> None:
    text = "Radio Meridian: Would you accept it?\n\nRustem Koval: We will never accept a veto."
    asked = Question("Would Ukraine accept a veto?")
    quotation = quote([Part(asked, weigh(asked, [_match(text)]))], sources={"article": SOURCE})
    assert [one.speaker for one in quotation.statements] == ["Rustem Koval"]


def test_the_speaker_is_named_as_the_text_names_him() -> None:
    text = "U.S. Vice President J.D. Vance said talks are hard."
    asked = Question("What did Vance say about talks?")
    match = _match(text)
    (statement,) = quote(
        [Part(asked, weigh(asked, [match]))], sources={"article": SOURCE}
    ).statements
    assert statement.speaker == "U.S. Vice President J.D. Vance"


def test_what_is_nearest_comes_from_different_passages() -> None:
    asked = Question("How many troops?")
    found = weigh(asked, [_match("Troops stay. Troops go."), _match("Ships sail.", "other")])
    near = nearest(found, limit=3)
    assert [quote.source for quote in near] == ["article", "other"]
    assert near[0].span in (Span(0, 12), Span(13, 23))


def test_a_wider_search_ends_where_sentences_are_much_less_to_the_point() -> None:
    asked = Question("How many troops does Ukraine keep?")
    text = "Ukraine keeps 800,000 troops. Ukraine keeps some troops. Ships sail south."
    found = weigh(asked, [replace(_match(text), sentence_similarities=(0.9, 0.8, 0.1))])
    assert [quote.words for quote in further(found)] == [
        "Ukraine keeps 800,000 troops.",
        "Ukraine keeps some troops.",
    ]
    many = weigh(asked, [_match(("Ukraine keeps 800,000 troops. " * 20).strip())])
    assert len(further(many)) == MAX_FURTHER


def test_a_quotation_that_he_gives_brings_the_one_that_says_who() -> None:
    text = "Vance said talks are hard. “A promise is not enough,” he said."
    assert _quoted("Is a promise enough?", _match(text), limit=1) == [text]


def test_the_official_brings_the_sentence_that_says_which() -> None:
    text = "A senior U.S. official spoke on Monday. The official said annexes stay secret."
    assert _quoted("Do annexes stay secret?", _match(text), limit=1) == [text]


def test_a_thing_of_which_a_report_speaks_again_brings_nothing() -> None:
    text = "A draft was seen. The ceiling was proposed by Washington."
    assert _quoted("Who proposed the ceiling?", _match(text), limit=1) == [
        "The ceiling was proposed by Washington."
    ]


def test_who_goes_on_speaking_is_quoted_in_one_piece() -> None:
    text = "Vance said talks are hard. He cited Donetsk. Ships sail south."
    assert _quoted("What did Vance say of Donetsk?", _match(text), limit=2) == [
        "Vance said talks are hard. He cited Donetsk."
    ]
