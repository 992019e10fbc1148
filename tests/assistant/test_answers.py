import dataclasses
import json
from datetime import date

import pytest

from assistant.answers import Answer, Citation, Quote, Statement, Verdict, as_contract
from sources.source import Span

QUOTE = Quote("article", Span(4, 11), "800,000")
CITATION = Citation(1, QUOTE, "Title", "Polskie Radio", None, (Span(4, 7),))
ANSWER = Answer(
    question="How many?",
    mode="quotes",
    verdict="answered",
    statements=(Statement("800,000", (1,), "supported"),),
    citations=(CITATION,),
)
SILENCE = Answer(
    question="Who?",
    mode="quotes",
    verdict="not_in_sources",
    related=(QUOTE,),
    reason="No source mentions Poland.",
)


def test_a_quote_is_as_long_as_its_span() -> None:
    with pytest.raises(ValueError, match="not the slice"):
        Quote("article", Span(4, 11), "800")


def test_a_mark_lies_inside_its_quote() -> None:
    with pytest.raises(ValueError, match="outside its quote"):
        dataclasses.replace(CITATION, marks=(Span(3, 6),))


@pytest.mark.parametrize(
    "broken",
    [
        {"citations": (dataclasses.replace(CITATION, number=2),)},
        {"citations": ()},
        {"statements": (Statement("800,000", (), "supported"),)},
        {"statements": (Statement("800,000", (1, 2), "supported"),)},
        {"statements": (), "citations": ()},
        {"verdict": "partly"},
        {"verdict": "likely"},
        {"related": (QUOTE,)},
    ],
)
def test_a_broken_answer_cannot_exist(broken: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        dataclasses.replace(ANSWER, **broken)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "broken",
    [
        {"reason": None},
        {"related": (QUOTE,) * 4},
        {"statements": ANSWER.statements, "citations": ANSWER.citations},
    ],
)
def test_an_abstention_states_nothing_and_says_why(broken: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="abstention"):
        dataclasses.replace(SILENCE, **broken)  # type: ignore[arg-type]


def test_the_contract_of_an_answer() -> None:
    dated = dataclasses.replace(
        CITATION, published=date(2025, 12, 22), locator="p. 12", sha256="0f"
    )
    answer = dataclasses.replace(ANSWER, citations=(dated,), took_ms=12)
    assert json.loads(json.dumps(as_contract(answer))) == {
        "question": "How many?",
        "mode": "quotes",
        "verdict": "answered",
        "statements": [
            {
                "text": "800,000",
                "citations": [1],
                "supported": True,
                "support": "supported",
                "speaker": None,
                "doubt": None,
                "sources": 1,
                "independent_sources": 1,
            }
        ],
        "citations": [
            {
                "number": 1,
                "source": "article",
                "title": "Title",
                "publisher": "Polskie Radio",
                "published": "2025-12-22",
                "start": 4,
                "end": 11,
                "quote": "800,000",
                "marks": [[4, 7]],
                "locator": "p. 12",
                "quoted_from": None,
                "sha256": "0f",
                "warning": None,
                "language": None,
            }
        ],
        "related": [],
        "reason": None,
        "took_ms": 12,
        "notice": None,
        "usage": None,
    }


def test_the_contract_of_an_abstention() -> None:
    contract = as_contract(SILENCE)
    assert contract["citations"] == []
    assert contract["statements"] == []
    assert contract["reason"] == "No source mentions Poland."
    assert contract["related"] == [{"source": "article", "start": 4, "end": 11, "quote": "800,000"}]


def test_a_silence_whose_reason_is_a_question_asks_back() -> None:
    asked = Answer("q", "quotes", "not_in_sources", reason="Which source? Name it by its title.")
    silent = Answer("q", "quotes", "not_in_sources", reason="No source mentions Poland.")
    assert (asked.asks_back, asked.heading) == (True, "One question first")
    assert (silent.asks_back, silent.heading) == (False, "Not in the sources")


@pytest.mark.parametrize(
    ("verdict", "heading", "is_certain"),
    [
        ("answered", None, True),
        ("partly", "Answered in part", True),
        ("likely", "These sentences may answer", False),
    ],
)
def test_what_is_no_more_than_likely_is_said_to_be(
    verdict: Verdict, heading: str | None, is_certain: bool
) -> None:
    answer = dataclasses.replace(ANSWER, verdict=verdict, reason="Read them.")
    assert (answer.heading, answer.is_certain) == (heading, is_certain)
    assert not SILENCE.is_certain


def test_what_the_assistant_says_of_itself_is_no_abstention_and_quotes_nothing() -> None:
    said = Answer("hello", "quotes", "about_assistant", reason="Hello. Ask about the sources.")
    assert (said.states_nothing, said.is_certain, said.asks_back) == (True, False, False)
    assert said.heading is None
    with pytest.raises(ValueError, match="related to no source"):
        dataclasses.replace(said, related=(ANSWER.citations[0].quote,))
    with pytest.raises(ValueError, match="states nothing"):
        dataclasses.replace(ANSWER, verdict="about_assistant", reason="Hello.")
