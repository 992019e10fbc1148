"""Values to safe HTML. Pure functions over templates that escape everything by default.

No template marks anything as safe, so the words of a source or a question can only ever
become text: `tests/assistant/ui/test_rendering.py` tries to break that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from assistant.answers import Citation, Quote, Statement
from assistant.conversation_store import Kept
from assistant.conversations import Conversation, Exchange, Failure, Reason
from assistant.corroborating import sources_in_words
from assistant.export.conversations import answer_as_markdown, answer_as_text
from assistant.overview import Overview
from assistant.ui.segments import Highlight, Segment, cut, paragraphs, split_tail
from index.filters import Filters
from sources.entries import Version
from sources.source import Card, Source, Text

if TYPE_CHECKING:
    from jinja2 import Environment

ASSETS = Path(__file__).parent / "assets"
REASONS = get_args(Reason)
MAX_SHELF = 8
"""Sources listed in the empty reader."""


@dataclass(frozen=True, slots=True)
class Place:
    """What the reader is open at: a source and, unless it is open as a whole, words in it."""

    slug: str
    quote: Quote | None = None
    number: int | None = None
    """The citation's number in the conversation; `None` for words from anywhere else."""
    related: bool = False
    """Whether the words are only near what was asked."""


@dataclass(frozen=True, slots=True)
class _Related:
    quote: Quote
    publisher: str | None
    published: date | None


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


@dataclass(frozen=True, slots=True)
class _HoverCard:
    citation: Citation
    segments: tuple[Segment, ...]
    speaker: str | None


@dataclass(frozen=True, slots=True)
class _CitedSource:
    title: str
    publisher: str | None
    published: date | None
    citations: tuple[Citation, ...]
    cards: tuple[_HoverCard, ...]


def render_welcome(examples: Sequence[str] | None, *, sources: int) -> str:
    """What an empty conversation shows; `examples` is `None` while they are being found."""
    return fill_in("welcome.html", examples=examples, sources=sources)


Dates = tuple[date | None, date | None, int]
"""The oldest and the newest date of a library, and how many sources have none."""


def render_talks(
    kept: Sequence[Kept], *, current: str, search: str = "", removed: Kept | None = None
) -> str:
    """The list of conversations; `removed` can be brought back."""
    return fill_in("talks.html", kept=kept, current=current, search=search, removed=removed)


def render_thread(
    conversation: Conversation,
    *,
    cards: Mapping[str, Card],
    dates: Dates = (None, None, 0),
) -> str:
    """The conversation; empty where nothing was asked yet.

    `cards` has those of the sources of related passages, as far as they still exist.
    """
    turns = [
        _turn(conversation, exchange, index, cards)
        for index, exchange in enumerate(conversation.exchanges)
    ]
    return fill_in("thread.html", turns=turns, id=conversation.id, dates=dates, reasons=REASONS)


def render_reader(
    source: Source,
    text: Text,
    *,
    place: Place,
    conversation: Conversation | None = None,
    version: Version | None = None,
) -> str:
    """The whole text with its card; `place` highlighted, other cited words underlined.

    With a `version`, the text is that earlier one of the source, and the page says so.
    """
    cited = (conversation or Conversation()).cited()
    wanted = place.quote
    moved = wanted is not None and not _still_there(wanted, text)
    highlights = [
        Highlight(citation.quote.span, citation.number, citation.number == place.number)
        for citation in cited
        if citation.quote.source == source.slug and _still_there(citation.quote, text)
    ]
    if wanted is not None and place.number is None and not moved:
        highlights.append(Highlight(wanted.span, current=True))
    current = [citation for citation in cited if citation.number == place.number]
    marks = current[0].marks if current and not moved else ()
    before, after = _neighbours([citation.number for citation in cited], place.number)
    return fill_in(
        "reader.html",
        source=source,
        paragraphs=paragraphs(text.content, highlights=highlights, marks=marks),
        starts=_line_starts(text.content),
        sha256=version.sha256 if version else source.sha256,
        number=place.number,
        place=f"{wanted.span.start}:{wanted.span.end}" if wanted else "whole",
        related=place.related,
        moved=moved,
        until=date.fromisoformat(version.until[:10]) if version else None,
        locator=current[0].locator if current and not moved else None,
        count=len(cited),
        before=before,
        after=after,
        problem=None,
    )


def render_empty_reader(shelf: Sequence[Source] = ()) -> str:
    """What the reader shows before anything is opened: the way in, and what there is."""
    return fill_in(
        "reader.html",
        source=None,
        shelf=shelf[:MAX_SHELF],
        more=max(0, len(shelf) - MAX_SHELF),
        problem=None,
    )


def render_reader_failure(problem: str, remedy: str) -> str:
    """Why a source cannot be shown, and what to do."""
    return fill_in("reader.html", problem=problem, remedy=remedy)


def render_status(overview: Overview) -> str:
    """The line below the question."""
    return fill_in("status.html", overview=overview)


def in_words(day: date) -> str:
    """``22 December 2025``."""
    return f"{day.day} {day:%B %Y}"


def _asked_among(filters: Filters) -> str:
    """What a question was narrowed to, in words; empty where it was not."""
    kinds = (
        *filters.sources[:3],
        *((f"{len(filters.sources) - 3} more sources",) if len(filters.sources) > 3 else ()),
        *filters.publishers,
        *(f"#{tag}" for tag in filters.tags),
        *((f"since {in_words(filters.since)}",) if filters.since else ()),
        *((f"until {in_words(filters.until)}",) if filters.until else ()),
    )
    return " · ".join(kinds)


def _turn(
    conversation: Conversation, exchange: Exchange, index: int, cards: Mapping[str, Card]
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
        "index": index,
        "question": exchange.question,
        "answer": answer,
        "failure": failure,
        "complete": exchange.complete,
        "statements": [_line(statement, by_own_number) for statement in statements],
        "cited": _by_source(cited, _speakers(statements, by_own_number)),
        "related": [_related(quote, cards) for quote in (answer.related if answer else ())],
    }


def _line(statement: Statement, by_own_number: Mapping[int, Citation]) -> _Line:
    citations = tuple(by_own_number[number] for number in statement.citations)
    quoted = [citation for citation in citations if citation.quote.words == statement.text]
    segments = _in_quote(quoted[0]) if quoted else cut(statement.text)
    told_by = sources_in_words(statement.sources, statement.independent_sources)
    return _Line(*split_tail(segments), citations, statement.support, statement.doubt, told_by)


def _speakers(
    statements: Sequence[Statement], by_own_number: Mapping[int, Citation]
) -> dict[int, str]:
    return {
        by_own_number[number].number: statement.speaker
        for statement in statements
        if statement.speaker
        for number in statement.citations
    }


def _by_source(cited: Sequence[Citation], speakers: Mapping[int, str]) -> tuple[_CitedSource, ...]:
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
                _HoverCard(citation, _in_quote(citation), speakers.get(citation.number))
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
    return _Related(quote, card.publisher if card else None, card.published if card else None)


def _still_there(quote: Quote, text: Text) -> bool:
    return text.content[quote.span.start : quote.span.end] == quote.words


def _line_starts(content: str) -> tuple[int, ...]:
    """Where each line that holds words begins: one for every paragraph that is shown."""
    starts, start = [], 0
    for line in content.split("\n"):
        if line.strip():
            starts.append(start)
        start += len(line) + 1
    return tuple(starts)


def _neighbours(numbers: Sequence[int], current: int | None) -> tuple[int | None, int | None]:
    """The numbers before and after `current`; from nowhere, the way leads to the first."""
    if current is None or current not in numbers:
        return None, numbers[0] if numbers else None
    at = numbers.index(current)
    return (
        numbers[at - 1] if at > 0 else None,
        numbers[at + 1] if at + 1 < len(numbers) else None,
    )


def fill_in(name: str, **values: object) -> str:
    return _environment().get_template(name).render(**values)


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=False,
    )
