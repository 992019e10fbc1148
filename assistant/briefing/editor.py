"""What can be done with briefings and the library that they quote.

What the command line and the page call. Commands that need no search work without an
index; drafting and comparing with today's library are given the assistant.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from assistant.answering import Assistant
from assistant.answers import Answer
from assistant.briefing.briefings import (
    CITED,
    Briefing,
    Evidence,
    LineKind,
    add_line,
    move_line,
    move_line_by,
    pin_answer,
    quote_of,
    remove_line,
    reword_line,
)
from assistant.briefing.changes import WhatChanged, what_changed
from assistant.briefing.draft import draft
from assistant.briefing.issues import Issue, read_issues
from assistant.briefing.states import library_state
from assistant.briefing.store import BriefingStore
from assistant.speakers.kept_utterances import KeptUtterances, Report
from assistant.speakers.small_words import PRONOUNS
from assistant.speakers.speakers import Utterance
from assistant.speakers.utterances import (
    EverythingSaid,
    everything_said,
    publishers_of,
    utterances_in,
)
from assistant.writing.composing import Writer
from assistant.writing.plain_words import in_plain_words
from sources.catalogue import Catalogue
from sources.errors import StateError, UseError
from sources.quoted import quoted_from
from sources.source import Span, Text


@dataclass(frozen=True, slots=True)
class BriefingEditor:
    """The briefings of one library."""

    catalogue: Catalogue
    store: BriefingStore
    kept: KeptUtterances | None = None
    """Spares reading a text again for who says what in it."""

    def new(self, title: str, *, name: str | None = None) -> Briefing:
        """A new, empty briefing that remembers the library of now."""
        return self.store.create(title, library=library_state(self.catalogue), name=name)

    def rename(self, name: str, title: str) -> Briefing:
        """Give the briefing another title; its short name stays."""
        words = " ".join(title.split())
        if not words:
            raise UseError("A briefing needs a title.", remedy="Give it some words.")
        return self.store.change(
            name, "change the title", lambda briefing: replace(briefing, title=words)
        )

    def pin_words(
        self,
        name: str,
        slug: str,
        span: Span,
        *,
        speaker: str | None = None,
        at: int | None = None,
    ) -> Briefing:
        """Pin the words ``start:end`` of a source, with whoever says them.

        Where several speak in them nobody is named, unless it is `speaker` that is meant.
        """
        source = self.catalogue.source(slug)
        text = self.catalogue.text(slug)
        quote = quote_of(slug, span, text.content)
        said = _said_in(text, self._utterances([slug])[slug], span, speaker)
        evidence = Evidence.of(
            source,
            quote,
            speaker=said.speaker if said else None,
            manner=said.manner if said else None,
            quoted_from=quoted_from(text.blocks, span),
        )
        library = self.store.keep_state(library_state(self.catalogue))
        return self.store.change(
            name,
            f"pin words of {slug}",
            lambda briefing: add_line(
                briefing, "quote", quote.words, evidence=[evidence], library=library, at=at
            ),
        )

    def pin_answer(
        self, name: str, answer: Answer, *, statement: int | None = None, at: int | None = None
    ) -> Briefing:
        """Pin what an answer states, or, where it abstains, the question it leaves open.

        With `statement`, only the statement at that place, counted from 0; the lines go to
        the end, or begin at the place `at`, counted from 1.
        """
        sources = self.catalogue.ready_among(one.quote.source for one in answer.citations)
        library = self.store.keep_state(library_state(self.catalogue))
        texts = {slug: self.catalogue.text(slug) for slug in sources}
        said = self._utterances(sources)

        def with_speaker(evidence: Evidence) -> Evidence:
            slug = evidence.quote.source
            one = _said_in(texts[slug], said[slug], evidence.quote.span)
            return replace(
                evidence, speaker=one.speaker if one else None, manner=one.manner if one else None
            )

        def edit(briefing: Briefing) -> Briefing:
            before = {line.number for line in briefing.lines}
            after = pin_answer(briefing, answer, sources, library=library, statement=statement)
            pinned = [
                replace(line, evidence=tuple(map(with_speaker, line.evidence)))
                for line in after.lines
                if line.number not in before
            ]
            place = len(before) if at is None else min(at - 1, len(before))
            return replace(
                after,
                mode="model" if answer.mode == "model" else briefing.mode,
                lines=(*briefing.lines[:place], *pinned, *briefing.lines[place:]),
            )

        return self.store.change(name, f"pin the answer to {answer.question!r}", edit)

    def write(self, name: str, kind: LineKind, text: str, *, at: int | None = None) -> Briefing:
        """Add a section, a sentence of the author's own or a note."""
        return self.store.change(
            name, f"add a line ({kind})", lambda briefing: add_line(briefing, kind, text, at=at)
        )

    def move(self, name: str, number: int, to: int) -> Briefing:
        """Move a line to another place, counted from 1."""
        return self.store.change(
            name, f"move line {number}", lambda briefing: move_line(briefing, number, to)
        )

    def move_by(self, name: str, number: int, by: int) -> Briefing:
        """Move a line `by` places further down, or up where it is negative."""
        return self.store.change(
            name, f"move line {number}", lambda briefing: move_line_by(briefing, number, by)
        )

    def remove(self, name: str, number: int) -> Briefing:
        """Take a line out."""
        return self.store.change(
            name, f"remove line {number}", lambda briefing: remove_line(briefing, number)
        )

    def reword(self, name: str, number: int, text: str) -> Briefing:
        """Give a line of the author's own other words."""
        return self.store.change(
            name, f"reword line {number}", lambda briefing: reword_line(briefing, number, text)
        )

    def put_plainly(self, name: str, number: int, writer: Writer) -> Briefing:
        """Add, below a cited line, what the chat model makes of it in plain words.

        Each sentence is checked against what the line cites, and marked where it is supported in
        part. Raises `StateError`, and adds nothing, where none is.
        """
        line = self.store.get(name).line(number)
        if line.kind not in CITED:
            raise UseError(
                f"Line {number} cites nothing that plain words could be checked against.",
                remedy="Give it other words with `assistant brief reword`.",
            )
        quotes = [one.quote for one in line.evidence]
        written = in_plain_words(line.text, quotes, writer=writer, catalogue=self.catalogue)

        def put(briefing: Briefing) -> Briefing:
            at = briefing.lines.index(briefing.line(number)) + 2
            for place, one in enumerate(written, start=at):
                briefing = add_line(
                    briefing, "statement", one.words, evidence=line.evidence,
                    library=line.library, support=one.verification.support, at=place,
                )  # fmt: skip
            return replace(briefing, mode="model")

        return self.store.change(name, f"put line {number} in plain words", put)

    def draft_new(self, topic: str, assistant: Assistant) -> Briefing:
        """A new briefing with a first draft on `topic`; none is made where the draft fails."""
        drafted = self._drafted(None, topic, assistant)
        made = self.new(topic[0].upper() + topic[1:])
        return self.store.change(
            made.name,
            f"draft on {topic!r}",
            lambda empty: replace(empty, lines=drafted.lines, next_number=drafted.next_number),
        )

    def draft(self, name: str, topic: str, assistant: Assistant) -> Briefing:
        """Add the sections of a first draft on `topic`.

        Raises `StateError`, and adds nothing, where nothing is about it.
        """
        before = self.store.get(name)
        after = self._drafted(before, topic, assistant)

        def put(current: Briefing) -> Briefing:
            if current != before:
                raise StateError(
                    f"The briefing {name!r} was changed while the draft was written.",
                    remedy="Draft again.",
                )
            return after

        return self.store.change(name, f"draft on {topic!r}", put)

    def _drafted(self, before: Briefing | None, topic: str, assistant: Assistant) -> Briefing:
        """`before`, or an empty briefing, with a draft on `topic`; nothing of it is kept."""
        state = self.store.keep_state(library_state(self.catalogue))
        if before is None:
            before = Briefing("draft", topic, datetime.now(UTC).date(), library=state)
        return draft(
            before,
            topic,
            assistant=assistant,
            everything=self.everything_said(),
            issues=self.issues(),
            state=state,
        )

    def changes(self, name: str, assistant: Assistant) -> WhatChanged:
        """What has changed in the library for this briefing."""
        briefing = self.store.get(name)
        return what_changed(briefing, self.store.state(briefing.library), assistant)

    def accept(self, name: str) -> Briefing:
        """From now on the briefing is compared with the library of now."""
        library = self.store.keep_state(library_state(self.catalogue))
        return self.store.change(
            name, "accept the library of now", lambda briefing: replace(briefing, library=library)
        )

    def everything_said(self, report: Report | None = None) -> EverythingSaid:
        """Everything that is said in the library; `report` is told of texts that are read."""
        return everything_said(self.catalogue, kept=self.kept, report=report)

    def issues(self) -> tuple[Issue, ...]:
        """The library's list of issues."""
        return read_issues(self.catalogue)

    def _utterances(self, slugs: Iterable[str]) -> dict[str, tuple[Utterance, ...]]:
        """What is said in each of these sources, by slug."""
        texts = {slug: (self.catalogue.source(slug), self.catalogue.text(slug)) for slug in slugs}
        return utterances_in(texts, publishers_of(self.catalogue), kept=self.kept)


def _said_in(
    text: Text, utterances: Sequence[Utterance], span: Span, speaker: str | None = None
) -> Utterance | None:
    """What is said in all of the words, by one speaker; the wanted one where there are more."""
    said = [one for one in utterances if one.sentence.overlaps(span)]
    if speaker is not None:
        return next((one for one in said if one.speaker == speaker), None)
    unsaid = (
        sentence.of(text.content)
        for sentence in text.sentences
        if sentence.overlaps(span) and not any(one.sentence.overlaps(sentence) for one in said)
    )
    told_on = all(words.split()[0].casefold() in PRONOUNS for words in unsaid)
    return said[0] if told_on and len({one.speaker for one in said}) == 1 else None
