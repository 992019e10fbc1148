"""What an answer is: statements, their citations, a verdict.

Frozen types that refuse to exist broken: citations are numbered 1..n and each is used, an
abstention cites nothing. The dictionary form at the end is the documented JSON contract.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

from sources.source import Span

Mode = Literal["quotes", "model"]
Verdict = Literal["answered", "likely", "partly", "not_in_sources", "about_assistant"]
"""`likely`: nothing answers for certain, and the sentences that may are quoted for the reader.
`about_assistant`: nothing was asked of the sources, and the assistant says so in words of its own,
which claim nothing about any source."""
Support = Literal["supported", "partly", "not_supported"]

SHOWN_FIRST = 6
"""So many statements are shown at once; the others where they are asked for."""
MAX_RELATED = 3

_HEADINGS: Mapping[Verdict, str] = {
    "likely": "These sentences may answer",
    "partly": "Answered in part",
    "not_in_sources": "Not in the sources",
}


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a source: always exactly ``text[start:end]`` of it."""

    source: str
    """The slug of the source."""
    span: Span
    words: str

    def __post_init__(self) -> None:
        if len(self.words) != len(self.span):
            raise ValueError(f"the quote from {self.source!r} is not the slice it names")


@dataclass(frozen=True, slots=True)
class Citation:
    """A number and the exact words it points at."""

    number: int
    quote: Quote
    title: str
    publisher: str | None
    published: date | None
    marks: tuple[Span, ...] = ()
    """Spans of the source's text inside the quote that hold the value asked for."""
    locator: str | None = None
    """Page and heading in words: ``p. 12, under “Article 5”``; `None` in a text without."""
    sha256: str | None = None
    """Of the text that the quote is a slice of; a source's earlier texts stay readable."""
    warning: str | None = None
    """What is to be said of the source beside its words: that it tells machines what to do."""
    language: str | None = None
    """Of the source, as its card says or as detected; ISO 639-1."""
    quoted_from: str | None = None
    """Whose words they are, and of which day, where the source only quotes them: ``Karel Novy,
    5 June 2026``; empty where the quoted mail names nobody, `None` where nothing is quoted."""

    def __post_init__(self) -> None:
        if not all(self.quote.span.covers(mark) for mark in self.marks):
            raise ValueError(f"citation {self.number} marks words outside its quote")


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer with the numbers of its citations."""

    text: str
    citations: tuple[int, ...]
    support: Support
    speaker: str | None = None
    """Who says it, in the words of the text; `None` where the text names nobody."""
    doubt: str | None = None
    """What the cited words do not bear out, where they do not support it in full."""
    sources: int = 1
    """How many sources it cites."""
    independent_sources: int = 1
    """How many of them tell stories of their own: reprints of one story count once."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What an answer by a chat model took."""

    model: str
    where: str
    """``this machine`` or the host that questions and passages were sent to."""
    tokens_in: int
    tokens_out: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A question answered, in part or in full, or the reason why it is not."""

    question: str
    mode: Mode
    verdict: Verdict
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    related: tuple[Quote, ...] = ()
    """The nearest passages when the sources do not say; never an answer."""
    reason: str | None = None
    """In plain words: what is missing, for any verdict but ``answered``; what the assistant says,
    where nothing was asked of the sources."""
    took_ms: int = 0
    notice: str | None = None
    """How the question was read, where a word looked mistyped; where sources give different
    numbers; what went wrong with the chat model, and what was done instead."""
    usage: Usage | None = None
    """`None` where no model was asked."""

    @property
    def is_certain(self) -> bool:
        """Whether the sources answer, in part or in full; else they are silent, or may answer."""
        return self.verdict in ("answered", "partly")

    @property
    def states_nothing(self) -> bool:
        """Whether it has a reason alone: silence, or words of the assistant about itself."""
        return self.verdict in ("not_in_sources", "about_assistant")

    @property
    def asks_back(self) -> bool:
        """Whether it states nothing because it cannot tell what is asked: its reason asks that."""
        return self.verdict == "not_in_sources" and "?" in (self.reason or "")

    @property
    def heading(self) -> str | None:
        """What stands above the reason: that it is silent, asks back, or answers but in part."""
        if self.asks_back:
            return "One question first"
        return _HEADINGS.get(self.verdict)

    def __post_init__(self) -> None:
        numbers = [citation.number for citation in self.citations]
        if numbers != list(range(1, len(numbers) + 1)):
            raise ValueError(f"citations are numbered {numbers}, not 1..{len(numbers)}")
        if {number for said in self.statements for number in said.citations} != set(numbers):
            raise ValueError("a citation is not used, or a number points nowhere")
        if self.states_nothing:
            if self.statements or not self.reason or len(self.related) > MAX_RELATED:
                raise ValueError("an abstention states nothing and gives its reason")
            if self.related and self.verdict == "about_assistant":
                raise ValueError("what the assistant says of itself is related to no source")
        elif not self.statements or self.related:
            raise ValueError("an answer has statements and nothing merely related")
        if self.verdict in ("likely", "partly") and not self.reason:
            raise ValueError("an answer that is not certain or not whole says why")


def as_contract(answer: Answer) -> Mapping[str, object]:
    """The answer as the JSON that the README documents; plain values only."""
    return {
        "question": answer.question,
        "mode": answer.mode,
        "verdict": answer.verdict,
        "statements": [
            {
                "text": statement.text,
                "citations": list(statement.citations),
                "supported": statement.support == "supported",
                "support": statement.support,
                "speaker": statement.speaker,
                "doubt": statement.doubt,
                "sources": statement.sources,
                "independent_sources": statement.independent_sources,
            }
            for statement in answer.statements
        ],
        "citations": [
            {
                "number": citation.number,
                "source": citation.quote.source,
                "title": citation.title,
                "publisher": citation.publisher,
                "published": citation.published.isoformat() if citation.published else None,
                "start": citation.quote.span.start,
                "end": citation.quote.span.end,
                "quote": citation.quote.words,
                "marks": [[mark.start, mark.end] for mark in citation.marks],
                "locator": citation.locator,
                "quoted_from": citation.quoted_from,
                "sha256": citation.sha256,
                "warning": citation.warning,
                "language": citation.language,
            }
            for citation in answer.citations
        ],
        "related": [
            {
                "source": quote.source,
                "start": quote.span.start,
                "end": quote.span.end,
                "quote": quote.words,
            }
            for quote in answer.related
        ],
        "reason": answer.reason,
        "took_ms": answer.took_ms,
        "notice": answer.notice,
        "usage": asdict(answer.usage) if answer.usage else None,
    }
