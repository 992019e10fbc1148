from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer, Citation, Quote, Statement
from assistant.conversing.conversation import Conversation, Failure
from index.retrieval import Turn
from sources.source import Span


def _quote(start: int, source: str = "article") -> Quote:
    return Quote(source, Span(start, start + 3), f"{start:03}")


def _answer(question: str, *quotes: Quote) -> Answer:
    citations = tuple(
        Citation(number, quote, title="T", publisher=None, published=None)
        for number, quote in enumerate(quotes, start=1)
    )
    return Answer(
        question=question,
        mode="quotes",
        verdict="answered",
        statements=tuple(
            Statement(citation.quote.words, (citation.number,), "supported")
            for citation in citations
        ),
        citations=citations,
    )


SILENT = Answer("q", "quotes", "not_in_sources", reason="No source mentions Poland.")


def test_the_same_words_keep_their_number_in_later_answers() -> None:
    talk = Conversation().asking("a").answering(_answer("a", _quote(1), _quote(5)))
    talk = talk.asking("b").answering(_answer("b", _quote(9), _quote(5)))
    assert [c.number for c in talk.cited_by(talk.exchanges[0])] == [1, 2]
    assert [(c.number, c.quote) for c in talk.cited_by(talk.exchanges[1])] == [
        (2, _quote(5)),
        (3, _quote(9)),
    ]


def test_the_same_span_of_another_source_has_a_number_of_its_own() -> None:
    talk = Conversation().asking("a").answering(_answer("a", _quote(1), _quote(1, "other")))
    assert [talk.number_of(_quote(1)), talk.number_of(_quote(1, "other"))] == [1, 2]


def test_a_growing_answer_never_changes_a_number_already_shown() -> None:
    talk = Conversation().asking("a").answering(_answer("a", _quote(1)), complete=False)
    assert talk.at_work
    grown = talk.answering(_answer("a", _quote(1), _quote(5)))
    assert not grown.at_work
    assert (talk.number_of(_quote(1)), grown.number_of(_quote(1))) == (1, 1)
    assert grown.number_of(_quote(5)) == 2


def test_a_number_is_not_used_again_when_its_answer_is_replaced() -> None:
    talk = Conversation().asking("a").answering(_answer("a", _quote(1)))
    talk = talk.answering(_answer("a", _quote(5)))
    assert talk.citation(1) is None
    assert [citation.number for citation in talk.cited()] == [2]


def test_a_citation_is_found_by_its_number_and_carries_it() -> None:
    talk = Conversation().asking("a").answering(_answer("a", _quote(1)))
    talk = talk.asking("b").answering(_answer("b", _quote(5)))
    found = talk.citation(2)
    assert found is not None
    assert (found.number, found.quote) == (2, _quote(5))
    assert talk.citation(3) is None


def test_the_history_holds_what_was_answered_and_not_what_failed() -> None:
    talk = Conversation().asking("a").answering(_answer("a", _quote(1), _quote(5)))
    talk = talk.asking("b").failing("It broke.", "Ask again.")
    talk = talk.asking("c").answering(replace(SILENT, question="c")).asking("d")
    assert talk.history() == (Turn("a", "001 005"), Turn("c", None))


def test_a_failure_keeps_the_question_and_what_was_already_answered() -> None:
    talk = Conversation().asking("a").answering(_answer("a", _quote(1)), complete=False)
    failed = talk.failing("It broke.", "Ask again.").exchanges[-1]
    assert failed.question == "a"
    assert failed.answer == _answer("a", _quote(1))
    assert failed.failure == Failure("It broke.", "Ask again.")
    assert failed.complete


@given(st.lists(st.lists(st.integers(0, 20), min_size=1, max_size=4, unique=True), max_size=8))
def test_numbers_stay_and_run_from_one_in_order_of_first_use(answers: list[list[int]]) -> None:
    talk = Conversation()
    shown: dict[Quote, int] = {}
    for starts in answers:
        talk = talk.asking("q").answering(_answer("q", *map(_quote, starts)))
        for quote, number in shown.items():
            assert talk.number_of(quote) == number
        shown = dict(talk.numbers())
    assert sorted(shown.values()) == list(range(1, len(shown) + 1))
    assert list(shown) == list(dict.fromkeys(_quote(s) for starts in answers for s in starts))


def test_the_last_question_is_asked_anew_in_its_place() -> None:
    talk = Conversation().asking("a").answering(_answer("a", _quote(1)))
    anew = talk.without_from(0)
    assert (anew.exchanges, anew.id, anew.ledger) == ((), talk.id, talk.ledger)


def test_an_earlier_question_is_asked_anew_in_another_conversation() -> None:
    talk = Conversation().asking("a").answering(_answer("a", _quote(1)))
    talk = talk.asking("b").answering(_answer("b", _quote(5)))
    branch = talk.without_from(0)
    assert branch.id not in ("", talk.id)
    assert branch.asking("c").answering(_answer("c", _quote(5))).number_of(_quote(5)) == 2


def test_a_stopped_question_keeps_what_it_had() -> None:
    talk = Conversation().asking("a").answering(_answer("a", _quote(1)), complete=False)
    stopped = talk.stopping()
    assert not stopped.at_work
    assert stopped.exchanges[-1].stopped
    assert stopped.exchanges[-1].answer == _answer("a", _quote(1))
    assert stopped.stopping() == stopped
