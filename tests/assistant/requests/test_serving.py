"""Requests are served by quotes with citations, or by words that claim nothing of a source."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from assistant.answering import Assistant
from assistant.answers import Answer
from assistant.asking.intents import Intent
from assistant.asking.questions import Question
from assistant.quoting.naming_times import first_time
from assistant.reader.reader import SentenceReader
from assistant.requests.plain import PLAIN
from assistant.requests.served import Means, Served
from assistant.requests.serving import serve_intent
from assistant.requests.topics import points_wanted, topic_of
from index.filters import Filters

Serve = Callable[..., Served | None]


@pytest.fixture(scope="module")
def reading(made_up: Assistant, real_reader: SentenceReader) -> Assistant:
    return replace(made_up, reader=real_reader)


@pytest.fixture
def served(reading: Assistant, real_reader: SentenceReader) -> Serve:
    def serve(intent: Intent, request: str, filters: Filters | None = None) -> Served | None:
        means = Means(reading.library, real_reader, reading.search, filters)
        return serve_intent(intent, means, Question(request))

    return serve


def _sources(served: Served | None) -> list[str]:
    assert served is not None
    return [one.match.passage.source for one in served.evidence]


def test_a_source_is_summed_up_in_as_many_points_as_are_wanted(served: Serve) -> None:
    found = served("summary", "Summarise “Who would run the plant” in two points")
    assert _sources(found) == ["10-zaporizhzhia"] * 2


def test_a_source_is_named_by_its_publisher_too(served: Serve) -> None:
    found = served("summary", "Give me the gist of the Volga Bulletin piece")
    assert set(_sources(found)) == {"06-kremlin-response"}


def test_what_a_filter_leaves_is_summed_up_source_by_source(served: Serve) -> None:
    filters = Filters(since=date(2025, 12, 15))
    found = served("summary", "Summarise everything", filters)
    assert set(_sources(found)) == {"08-zelensky-interview", "09-brussels-accession",
                                    "10-zaporizhzhia"}  # fmt: skip


def test_where_several_sources_may_be_meant_it_is_asked_which(served: Serve) -> None:
    found = served("summary", "Summarise the text")
    assert found is not None
    assert found.reason is not None
    assert found.reason.startswith("Which source?")


def test_a_timeline_is_in_the_order_of_the_times_that_its_sentences_name(
    served: Serve, reading: Assistant
) -> None:
    found = served("timeline", "Give me a timeline")
    sources = reading.library.catalogue.ready_among(_sources(found))
    assert found is not None
    days = [
        first_time(one.words, sources[one.match.passage.source].card.published)
        for one in found.evidence
    ]
    assert len(days) > 1
    assert None not in days
    assert days == sorted(day for day in days if day)


def test_what_is_new_is_of_sources_of_that_day_or_later(served: Serve) -> None:
    found = served("new_since", "What is new since 18 December 2025?")
    assert set(_sources(found)) == {"09-brussels-accession", "10-zaporizhzhia"}
    assert found is not None
    assert found.notice is not None
    assert "18 December 2025" in found.notice


def test_nothing_new_is_said_and_a_day_is_asked_for(served: Serve) -> None:
    reason = "No source is dated 1 January 2030 or later. Left out as undated: 1."
    nothing = Served("not_in_sources", reason=reason)
    assert served("new_since", "What is new since 1 January 2030?") == nothing
    unnamed = served("new_since", "What is new?")
    assert unnamed is not None
    assert unnamed.reason is not None
    assert "Since which day?" in unnamed.reason


def test_the_day_of_publication_is_that_of_the_card(served: Serve) -> None:
    found = served("published", "When did the Energy Line piece come out?")
    assert found is not None
    assert found.reason is not None
    assert "22 December 2025" in found.reason


def test_whoever_is_listed_speaks(served: Serve) -> None:
    found = served("who_said", "Who said what about troops?")
    assert found is not None
    assert found.verdict == "likely"
    assert len(set(_sources(found))) > 1


def test_two_sides_are_each_heard(served: Serve) -> None:
    found = served("compare", "Compare Lakeside Wire and Volga Bulletin on troops")
    assert {"06-kremlin-response"} < set(_sources(found))
    missing = served("compare", "Compare Volga Bulletin and Wakanda on troops")
    assert missing is not None
    assert missing.verdict == "partly"
    assert missing.reason == "Nothing on this was found for Wakanda."


@pytest.mark.parametrize(
    ("request_", "intent"),
    [("Hello", "greeting"), ("Thanks a lot!", "thanks"), ("What can you do?", "abilities"),
     ("Translate this into German", "needs_model")],
)  # fmt: skip
def test_what_asks_nothing_of_the_sources_is_answered_plainly(
    request_: str, intent: Intent, reading: Assistant
) -> None:
    answer = reading.ask(request_)
    plain = Answer(request_, "quotes", "about_assistant", reason=PLAIN[intent])
    assert replace(answer, took_ms=0) == plain


def test_a_served_request_is_quoted_and_cited_like_an_answer(reading: Assistant) -> None:
    answer = reading.ask("What is new since 18 December 2025?")
    assert answer.verdict == "answered"
    for cited in (one.quote for one in answer.citations):
        text = reading.library.catalogue.text(cited.source).content
        assert text[cited.span.start : cited.span.end] == cited.words


@pytest.mark.parametrize(
    ("request_", "points"),
    [("in three points", 3), ("у двох пунктах", 2), ("5 Punkte", 5), ("in short", None),
     ("an army of 800,000", None)],
)  # fmt: skip
def test_the_number_of_points_is_read(request_: str, points: int | None) -> None:
    assert points_wanted(Question(request_)) == points


def test_the_topic_is_what_example_requests_do_not_say() -> None:
    asked = Question("What's new on the backstop since 15 March 2026?")
    assert [term.word for term in topic_of(asked, "new_since")] == ["backstop"]
