"""The conversation and what stands around it, from values to safe HTML."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from assistant.answers import SHOWN_FIRST, Citation, Quote, Statement
from assistant.conversing.conversation import Conversation, Exchange, Failure, Reason
from assistant.conversing.store import Kept
from assistant.export.conversations import answer_as_html, answer_as_markdown, answer_as_text
from assistant.formatting import written_day
from assistant.library_status import LibraryStatus
from assistant.quoting.corroborating import sources_in_words
from assistant.ui.segments import Segment, cut, split_tail
from assistant.ui.templates import fill_in
from index.filters import Filters
from sources.errors import AssistantError
from sources.reading import MAX_FILE_BYTES, readable_kinds
from sources.source import Card

REASONS = get_args(Reason)


Around = tuple[str, str]
"""The sentences before and behind cited words; empty where there are none."""


@dataclass(frozen=True, slots=True)
class _Related:
    quote: Quote
    publisher: str | None
    published: date | None
    language: str | None


@dataclass(frozen=True, slots=True)
class _Line:
    segments: tuple[Segment, ...]
    tail: tuple[Segment, ...]
    """The last word, which no line break parts from the numbers behind it."""
    citations: tuple[Citation, ...]
    support: str
    doubt: str | None
    told_by: str | None
    """How many sources say it, and how many of them for themselves."""
    language: str | None
    """Of a source's own words; `None` for those of a model, and where it is not known."""


@dataclass(frozen=True, slots=True)
class _HoverCard:
    citation: Citation
    segments: tuple[Segment, ...]
    speaker: str | None
    around: Around


@dataclass(frozen=True, slots=True)
class _CitedSource:
    title: str
    publisher: str | None
    published: date | None
    citations: tuple[Citation, ...]
    cards: tuple[_HoverCard, ...]


def render_welcome(
    examples: Sequence[str] | None, *, sources: int, model: str | None = None
) -> str:
    """What an empty conversation shows; `examples` is `None` while they are being found.

    `model` is the chat model that writes answers, where one is set up.
    """
    return fill_in(
        "welcome.html",
        examples=examples,
        sources=sources,
        model=model,
        max_bytes=MAX_FILE_BYTES,
        kinds=",".join(readable_kinds()),
    )


Dates = tuple[date | None, date | None, int]
"""The oldest and the newest date of a library, and how many sources have none."""


def render_conversations(
    kept: Sequence[Kept],
    *,
    current: str,
    search: str = "",
    removed: Kept | None = None,
    failure: AssistantError | None = None,
) -> str:
    """The list of conversations; `removed` can be brought back, `failure` says what could not."""
    return fill_in(
        "conversations.html",
        kept=kept,
        current=current,
        search=search,
        removed=removed,
        failure=failure,
    )


def render_thread(
    conversation: Conversation,
    *,
    cards: Mapping[str, Card],
    dates: Dates = (None, None, 0),
    unkept: str | None = None,
    around: Callable[[Quote], Around] = lambda _: ("", ""),
) -> str:
    """The conversation; empty where nothing was asked yet.

    `cards` has those of the sources of related passages, as far as they still exist, with the
    language of their words. `unkept` says why the conversation is not kept, below its last answer;
    `around` gives what stands around a quote.
    """
    turns = [
        _turn(conversation, exchange, index, cards, around)
        for index, exchange in enumerate(conversation.exchanges)
    ]
    return fill_in(
        "thread.html",
        turns=turns,
        state=_state(conversation),
        id=conversation.id,
        dates=dates,
        reasons=REASONS,
        shown_first=SHOWN_FIRST,
        unkept=unkept if turns else None,
    )


def _state(conversation: Conversation) -> str:
    """What tells a conversation from itself when more was asked or thought of it."""
    shown = [
        (one.question, one.answer and one.answer.verdict, one.opinion, len(one.further))
        for one in conversation.exchanges
    ]
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def render_status(status: LibraryStatus) -> str:
    """The line below the question."""
    return fill_in("status.html", status=status)


def _asked_among(filters: Filters) -> str:
    """What a question was narrowed to, in words; empty where it was not."""
    kinds = (
        *filters.sources[:3],
        *((f"{len(filters.sources) - 3} more sources",) if len(filters.sources) > 3 else ()),
        *filters.publishers,
        *(f"#{tag}" for tag in filters.tags),
        *((f"since {written_day(filters.since)}",) if filters.since else ()),
        *((f"until {written_day(filters.until)}",) if filters.until else ()),
    )
    return " · ".join(kinds)


def _turn(
    conversation: Conversation,
    exchange: Exchange,
    index: int,
    cards: Mapping[str, Card],
    around: Callable[[Quote], Around],
) -> dict[str, object]:
    answer = exchange.answer
    cited = conversation.cited_by(exchange)
    numbers = conversation.numbers()
    by_own_number = {
        citation.number: next(c for c in cited if c.number == numbers[citation.quote])
        for citation in (answer.citations if answer else ())
    }
    statements = answer.statements if answer else ()
    failure: Failure | None = exchange.failure
    copied = exchange.complete and answer is not None
    return {
        "exchange": exchange,
        "among": _asked_among(exchange.filters),
        "is_last": index == len(conversation.exchanges) - 1,
        "further": [_related(quote, cards) for quote in exchange.further],
        "markdown": answer_as_markdown(conversation, index) if copied else "",
        "plain": answer_as_text(conversation, index) if copied else "",
        "html": answer_as_html(conversation, index) if copied else "",
        "index": index,
        "question": exchange.question,
        "answer": answer,
        "failure": failure,
        "complete": exchange.complete,
        "statements": [_line(statement, by_own_number) for statement in statements],
        "cited": _by_source(cited, _speakers(statements, by_own_number), around),
        "related": [_related(quote, cards) for quote in (answer.related if answer else ())],
    }


def _line(statement: Statement, by_own_number: Mapping[int, Citation]) -> _Line:
    citations = tuple(by_own_number[number] for number in statement.citations)
    quoted = [citation for citation in citations if citation.quote.words == statement.text]
    segments = _in_quote(quoted[0]) if quoted else cut(statement.text)
    told_by = sources_in_words(statement.sources, statement.independent_sources)
    language = quoted[0].language if quoted else None
    return _Line(
        *split_tail(segments), citations, statement.support, statement.doubt, told_by, language
    )


def _speakers(
    statements: Sequence[Statement], by_own_number: Mapping[int, Citation]
) -> dict[int, str]:
    return {
        by_own_number[number].number: statement.speaker
        for statement in statements
        if statement.speaker
        for number in statement.citations
    }


def _by_source(
    cited: Sequence[Citation],
    speakers: Mapping[int, str],
    around: Callable[[Quote], Around],
) -> tuple[_CitedSource, ...]:
    grouped: dict[str, list[Citation]] = {}
    for citation in cited:
        grouped.setdefault(citation.quote.source, []).append(citation)
    return tuple(
        _CitedSource(
            title=citations[0].title,
            publisher=citations[0].publisher,
            published=citations[0].published,
            citations=tuple(citations),
            cards=tuple(
                _HoverCard(
                    citation,
                    _in_quote(citation),
                    speakers.get(citation.number),
                    around(citation.quote),
                )
                for citation in citations
            ),
        )
        for citations in grouped.values()
    )


def _in_quote(citation: Citation) -> tuple[Segment, ...]:
    quote = citation.quote
    return cut(quote.words, start=quote.span.start, marks=citation.marks)


def _related(quote: Quote, cards: Mapping[str, Card]) -> _Related:
    card = cards.get(quote.source)
    if card is None:
        return _Related(quote, None, None, None)
    return _Related(quote, card.publisher, card.published, card.language)
