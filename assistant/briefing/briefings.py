"""What a briefing is: lines in an order, each cited line with the exact words it rests on.

Frozen types and pure edits: every edit returns a new briefing, so an undo is only the
older value. Nothing here reads a library.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from assistant.answers import Answer, Citation, Mode, Quote, Support
from assistant.speakers.speakers import Manner
from sources.addressed import warning_on
from sources.errors import UseError
from sources.source import Source, Span

LineKind = Literal[
    "section", "subsection", "quote", "statement", "own", "remark", "note", "not_found"
]  # fmt: skip
CITED: frozenset[LineKind] = frozenset({"quote", "statement"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words a line rests on, with all that a footnote says about them."""

    quote: Quote
    sha256: str
    """Of the whole normalised text the words were taken from."""
    title: str
    publisher: str | None = None
    author: str | None = None
    published: date | None = None
    url: str | None = None
    speaker: str | None = None
    manner: Manner | None = None
    warning: str | None = None
    """What is to be said of the source beside its words: that it tells machines what to do."""
    language: str | None = None
    """Of the words' source, ISO 639-1."""
    quoted_from: str | None = None
    """Whose words they are, and of which day, where the source only quotes them."""
    kind: str | None = None
    """Of its file: ``pdf``, ``html``; `None` where that was not kept."""

    @classmethod
    def of(
        cls,
        source: Source,
        quote: Quote,
        *,
        speaker: str | None = None,
        manner: Manner | None = None,
        quoted_from: str | None = None,
    ) -> "Evidence":
        """The evidence that `quote` is, as the source's card describes it now."""
        card = source.card
        return cls(
            quote=quote,
            sha256=source.sha256,
            title=card.title,
            publisher=card.publisher,
            author=card.author,
            published=card.published,
            url=card.url,
            speaker=speaker,
            manner=manner,
            warning=warning_on(source),
            language=source.language,
            quoted_from=quoted_from,
            kind=source.kind,
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a briefing.

    A ``quote`` is the source's own words, a ``statement`` words of an answer with their
    evidence, ``own`` the author's, a ``remark`` the program's own about what it looked for, a
    ``note`` never leaves the briefing, ``section`` and ``subsection`` are headings, and
    ``not_found`` a question that the sources do not answer, with the reason and, where one
    comes near, the passage that may be looked at, which is no answer.
    """

    number: int
    """Names the line for as long as it exists, whatever its place."""
    kind: LineKind
    text: str
    evidence: tuple[Evidence, ...] = ()
    library: str | None = None
    """The fingerprint of the library state that a cited line was pinned in."""
    reason: str | None = None
    label: str | None = None
    """What stands before the words: how far a commitment is, or a day."""
    support: Support = "supported"
    """Whether the evidence bears the words out; only a statement may be less."""

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise UseError("A line needs words.", remedy="Give it some.")
        if self.kind != "not_found" and (self.kind in CITED) != bool(self.evidence):
            raise ValueError(f"a {self.kind} with {len(self.evidence)} pieces of evidence")
        if self.kind == "quote" and self.text != self.evidence[0].quote.words:
            raise ValueError("a quoted line is exactly its evidence")
        if self.support != "supported" and self.kind != "statement":
            raise ValueError(f"a {self.kind} cannot be {self.support}")


@dataclass(frozen=True, slots=True)
class Briefing:
    """Lines in their order, and the library they were made from."""

    name: str
    title: str
    created: date
    library: str
    """The fingerprint of the library state it was made from or last compared with."""
    mode: Mode = "quotes"
    lines: tuple[Line, ...] = ()
    next_number: int = 1

    def __post_init__(self) -> None:
        numbers = [line.number for line in self.lines]
        if len(set(numbers)) != len(numbers) or max(numbers, default=0) >= self.next_number:
            raise ValueError("two lines have the same number")

    def line(self, number: int) -> Line:
        """The line of that number; `UseError` when there is none."""
        for line in self.lines:
            if line.number == number:
                return line
        raise UseError(
            f"The briefing {self.name!r} has no line {number}.",
            remedy=f"See `assistant brief show {self.name}` for the numbers.",
        )


def add_line(
    briefing: Briefing,
    kind: LineKind,
    text: str,
    *,
    evidence: Sequence[Evidence] = (),
    reason: str | None = None,
    label: str | None = None,
    library: str | None = None,
    support: Support = "supported",
    at: int | None = None,
) -> Briefing:
    """The briefing with a new line at place `at` (from 1), by default at its end."""
    line = Line(
        number=briefing.next_number,
        kind=kind,
        text=text if kind == "quote" else " ".join(text.split()),
        evidence=tuple(evidence),
        library=(library or briefing.library) if kind in CITED else None,
        reason=reason,
        label=label,
        support=support,
    )
    place = len(briefing.lines) if at is None else _place(at, len(briefing.lines) + 1)
    return replace(
        briefing,
        lines=(*briefing.lines[:place], line, *briefing.lines[place:]),
        next_number=briefing.next_number + 1,
    )


def move_line(briefing: Briefing, number: int, to: int) -> Briefing:
    """The briefing with the line at place `to`, counted from 1."""
    line = briefing.line(number)
    rest = [other for other in briefing.lines if other is not line]
    rest.insert(_place(to, len(briefing.lines)), line)
    return replace(briefing, lines=tuple(rest))


def move_line_by(briefing: Briefing, number: int, by: int) -> Briefing:
    """The briefing with the line `by` places further down, or up where it is negative."""
    to = briefing.lines.index(briefing.line(number)) + 1 + by
    return move_line(briefing, number, min(max(to, 1), len(briefing.lines)))


def remove_line(briefing: Briefing, number: int) -> Briefing:
    """The briefing without the line."""
    line = briefing.line(number)
    return replace(briefing, lines=tuple(other for other in briefing.lines if other is not line))


def reword_line(briefing: Briefing, number: int, text: str) -> Briefing:
    """The briefing with new words for a line of the author's own, a note or a section."""
    line = briefing.line(number)
    if line.kind not in ("own", "note", "section", "subsection"):
        raise UseError(
            f"Line {number} is not the author's own.",
            remedy="Add a line of your own beside it, or remove it.",
        )
    changed = replace(line, text=" ".join(text.split()))
    return replace(
        briefing,
        lines=tuple(changed if other is line else other for other in briefing.lines),
    )


def pin_answer(
    briefing: Briefing,
    answer: Answer,
    sources: dict[str, Source],
    *,
    library: str,
    statement: int | None = None,
) -> Briefing:
    """The briefing with the answer's cited statements, or with the question it left open.

    `sources` holds the source of every citation, by slug; `statement` picks one, from 0.
    """
    if answer.verdict == "not_in_sources":
        return add_line(briefing, "not_found", answer.question, reason=answer.reason)
    for place, said in enumerate(answer.statements):
        cited = [one for one in answer.citations if one.number in said.citations]
        if not cited or statement not in (None, place):
            continue
        briefing = pin_statement(
            briefing,
            said.text,
            cited,
            sources,
            library=library,
            speaker=said.speaker,
            support=said.support,
        )
    return briefing


def pin_statement(
    briefing: Briefing,
    text: str,
    citations: Sequence[Citation],
    sources: dict[str, Source],
    *,
    library: str,
    speaker: str | None = None,
    support: Support = "supported",
) -> Briefing:
    """The briefing with one statement; as a quote where it is its citations' own words."""
    evidence = [
        Evidence.of(
            sources[one.quote.source], one.quote, speaker=speaker, quoted_from=one.quoted_from
        )
        for one in citations
    ]
    said = {" ".join(one.quote.words.split()) for one in evidence}
    if text == evidence[0].quote.words and len(said) == 1:
        return add_line(briefing, "quote", text, evidence=evidence, library=library)
    return add_line(
        briefing, "statement", text, evidence=evidence, library=library, support=support
    )


def supported_alone(briefing: Briefing) -> Briefing:
    """The briefing without the statements that their evidence does not bear out in full."""
    kept = tuple(line for line in briefing.lines if line.support == "supported")
    return replace(briefing, lines=kept)


def quote_of(source: str, span: Span, content: str) -> Quote:
    """The whole words that `span` touches in the text `content`.

    A word, a number or a hyphened compound that the span cuts through is taken whole, so that
    no quotation shows less of it; white space around the words is left out. Raises `UseError`
    when the span ends after the text or holds no words.
    """
    if span.end > len(content):
        raise UseError(
            f"{source} has {len(content)} characters, {span.start}:{span.end} is not in it.",
            remedy=f"See `assistant sources show {source} --text`.",
        )
    if not any(letter.isalnum() for letter in span.of(content)):
        raise UseError(
            f"There are no words at {span.start}:{span.end} in {source}.",
            remedy=f"See `assistant sources show {source} --text`.",
        )
    start, end = span.start, span.end
    while content[start].isspace():
        start += 1
    while content[end - 1].isspace():
        end -= 1
    while _is_within_a_word(content, start):
        start -= 1
    while _is_within_a_word(content, end):
        end += 1
    whole = Span(start, end)
    return Quote(source, whole, whole.of(content))


def _is_within_a_word(content: str, at: int) -> bool:
    """Whether the place between two characters lies in a word: ``Fran|ce``, ``800|,000``."""
    if not 0 < at < len(content):
        return False
    left, right = content[at - 1], content[at]
    if left.isalnum() and right.isalnum():
        return True
    if left.isalnum():
        return _joins(left, right, content[at + 1 : at + 2])
    return right.isalnum() and at > 1 and _joins(content[at - 2], left, right)


def _joins(before: str, mark: str, after: str) -> bool:
    """Whether a mark between two characters makes one word of them."""
    if mark in ",.":
        return before.isdigit() and after.isdigit()
    return mark in "-’'\u2011" and before.isalnum() and after.isalnum()


def _place(at: int, places: int) -> int:
    if not 1 <= at <= places:
        raise UseError(f"There is no place {at}.", remedy=f"Give one from 1 to {places}.")
    return at - 1
