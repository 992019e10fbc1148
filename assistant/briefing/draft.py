"""A first briefing from the library alone: every line cited, empty sections say what is missing."""

import re
from collections.abc import Callable, Sequence

from assistant.answering import Assistant
from assistant.answers import Answer, Quote
from assistant.asking.kinds import VALUE_KINDS
from assistant.asking.questions import Question
from assistant.briefing.briefings import CITED, Briefing, Evidence, add_line
from assistant.briefing.chronology import Event, find_events, times_named
from assistant.briefing.issues import Issue
from assistant.briefing.key_points import MIN_WORDS, best_sentences
from assistant.briefing.on_topic import OTHER_TOPIC, OnTopic, is_about, on_topic
from assistant.briefing.positions import find_positions
from assistant.briefing.status import STAGES, current_status, statuses_by_issue
from assistant.speakers.speakers import Utterance
from assistant.speakers.utterances import EverythingSaid, Said
from sources.errors import StateError
from sources.quoted import quoted_from
from sources.source import Source, Span

UNANSWERED = "Questions without a clear answer"
IN_DOUBT = "The nearest passages give some, but none clearly for this."
MAX_OPEN = 8
MAX_EVENTS = 12
MAX_PARTIES = 8
"""Of parties whose words on the topic no issue of the list covers."""

_OPEN = re.compile(
    r"\b(?:whether|disputed|obstacles?|unresolved|still open|not yet|yet to"
    r"|remains? (?:open|unclear)|discussing|differences|not (?:been )?(?:decided|settled|agreed)"
    r"|has not decided|unclear|options for|difficult)\b",
    re.IGNORECASE,
)

Place = tuple[str, Span]


def draft(
    briefing: Briefing,
    topic: str,
    *,
    assistant: Assistant,
    everything: EverythingSaid,
    issues: Sequence[Issue],
    state: str,
) -> Briefing:
    """`briefing` with the sections of a first draft on `topic` at its end.

    `state` is the fingerprint of the library that `everything` was heard from. What is not
    about the topic is left out; raises `StateError` where nothing is about it.
    """
    about = on_topic(topic, assistant=assistant, everything=everything, issues=issues)
    writer = _Writer(briefing, about.everything, state)
    on = f"on “{topic}”"
    writer.section(
        "Key points",
        lambda: _key_points(writer, about),
        nothing=f"No sentence of at least {MIN_WORDS} words {on} was found.",
    )
    writer.section(
        "Commitments and their status",
        lambda: _commitments(writer, about, everything),
        nothing=f"No sentence {on} says of an issue of the list that it is"
        f" {', '.join(STAGES[:-1])} or {STAGES[-1]}.",
    )
    writer.section(
        "Positions",
        lambda: _positions(writer, about, everything, topic),
        nothing=f"No sentence {on} was found that says whose words it gives.",
    )
    writer.section(
        "Open questions",
        lambda: _open_questions(writer),
        nothing=f"No sentence {on} was found that calls something open, such as by “whether”,"
        " “disputed” or “not yet decided”.",
    )
    questions = _questions(about, topic)
    writer.section(
        UNANSWERED,
        lambda: _unanswered(writer, assistant, questions),
        nothing=f"Each question {on} in the list of issues has an answer in the sources."
        if questions
        else f"The list of issues has no question {on}.",
    )
    writer.section(
        "Chronology",
        lambda: _chronology(writer),
        nothing=f"No sentence {on} names a day, a month or a year.",
    )
    if not any(line.kind in CITED for line in writer.briefing.lines[len(briefing.lines) :]):
        raise StateError(
            f"The library has no sentence about {topic!r} that could be quoted.",
            remedy=OTHER_TOPIC,
        )
    return writer.briefing


class _Writer:
    """Adds lines to a briefing, each with its evidence and its speaker."""

    def __init__(self, briefing: Briefing, everything: EverythingSaid, state: str) -> None:
        self.briefing = briefing
        self.everything = everything
        self.state = state
        self._said = {
            (one.source.slug, one.utterance.sentence): one.utterance
            for one in reversed(everything.said)
        }

    def section(self, title: str, fill: Callable[[], None], *, nothing: str) -> None:
        """A heading and what `fill` writes below it; where that is nothing, the remark."""
        self.briefing = add_line(self.briefing, "section", title)
        before = len(self.briefing.lines)
        fill()
        if len(self.briefing.lines) == before:
            self.remark(nothing)

    def heading(self, title: str) -> None:
        self.briefing = add_line(self.briefing, "subsection", title)

    def remark(self, words: str) -> None:
        self.briefing = add_line(self.briefing, "remark", words)

    def left_open(self, answer: Answer, nearest: Sequence[Quote], *, reason: str | None) -> None:
        """The question, with the first of the `nearest` words that are of a current text."""
        known = [one for one in nearest if one.source in self.everything.texts][:1]
        evidence = [self._evidence(self.everything.texts[one.source][0], one) for one in known]
        self.briefing = add_line(
            self.briefing, "not_found", answer.question, evidence=evidence, reason=reason
        )

    def quote(
        self,
        source: Source,
        span: Span,
        words: str,
        *,
        label: str | None = None,
        said: Utterance | None = None,
    ) -> None:
        evidence = self._evidence(
            source, Quote(source.slug, Span(span.start, span.end), words), said=said
        )
        self.briefing = add_line(
            self.briefing, "quote", words, evidence=[evidence], library=self.state, label=label
        )

    def said(self, one: Said) -> None:
        """The sentence in which somebody says something."""
        self.quote(one.source, one.utterance.sentence, one.sentence, said=one.utterance)

    def _evidence(self, source: Source, quote: Quote, *, said: Utterance | None = None) -> Evidence:
        said = said or self._said.get((source.slug, quote.span))
        return Evidence.of(
            source,
            quote,
            speaker=said.speaker if said else None,
            manner=said.manner if said else None,
            quoted_from=quoted_from(self.everything.texts[source.slug][1].blocks, quote.span),
        )


def _key_points(writer: _Writer, about: OnTopic) -> None:
    for match, sentence in best_sentences(about):
        source, _ = writer.everything.texts[match.passage.source]
        writer.quote(source, sentence, match.passage.words_of(sentence))


def _commitments(writer: _Writer, about: OnTopic, everything: EverythingSaid) -> None:
    """How far commitments on the topic are; only what the whole library lacks is called so."""
    unknown = []
    by_sentence: dict[Place, list[str]] = {}
    statuses = {}
    for issue, status in statuses_by_issue(writer.everything, about.issues):
        if status is None:
            if about.is_listed and current_status(everything, issue) is None:
                unknown.append(issue.name)
            continue
        place = (status.source.slug, status.sentence)
        by_sentence.setdefault(place, []).append(issue.name)
        statuses[place] = status
    for place, names in by_sentence.items():
        status = statuses[place]
        writer.heading(_listed(names))
        writer.quote(status.source, status.sentence, status.words, label=status.stage)
    if unknown and statuses:
        writer.remark(f"Nothing in the library says how far these are: {', '.join(unknown)}.")


def _positions(writer: _Writer, about: OnTopic, everything: EverythingSaid, topic: str) -> None:
    """Who says what on the topic; only what the whole library lacks is called so."""
    table = find_positions(writer.everything.said, about.issues)
    grouped: dict[frozenset[Place], list[str]] = {}
    for issue in table.issues:
        places = frozenset(_place(cell.newest) for cell in table.cells if cell.issue == issue)
        if places:
            grouped.setdefault(places, []).append(issue)
    for names in grouped.values():
        writer.heading(_listed(names))
        for cell in (cell for cell in table.cells if cell.issue == names[0]):
            writer.said(cell.newest)
    if about.is_listed:
        filled = {cell.issue for cell in find_positions(everything.said, about.issues).cells}
        empty = [issue for issue in table.issues if issue not in filled]
        if empty and grouped:
            writer.remark(f"No words of any party were found on: {', '.join(empty)}.")
        return
    shown = set[Place]().union(*grouped)
    further: dict[str, Said] = {}
    for one in writer.everything.said:
        is_about_it = about.uses_its_words(one.source.slug, one.utterance.sentence.start)
        if is_about_it and one.speaker not in further and _place(one) not in shown:
            further[one.speaker] = one
            shown.add(_place(one))
    if further:
        writer.heading(f"{'Also on' if grouped else 'On'} “{topic}”")
    for one in list(further.values())[:MAX_PARTIES]:
        writer.said(one)


def _place(said: Said) -> Place:
    return said.source.slug, said.utterance.sentence


def _open_questions(writer: _Writer) -> None:
    found = 0
    texts = writer.everything.texts
    for slug, (source, text) in texts.items():
        if writer.everything.originals[slug] != slug:
            continue
        for sentence in text.sentences:
            words = sentence.of(text.content)
            if _OPEN.search(words) and found < MAX_OPEN:
                writer.quote(source, sentence, words)
                found += 1


def _questions(about: OnTopic, topic: str) -> tuple[str, ...]:
    """The questions of the issues that are the topic, or that share a word with it."""
    return tuple(
        issue.question
        for issue in about.issues
        if issue.question and (about.is_listed or is_about(topic, issue.question))
    )


def _unanswered(writer: _Writer, assistant: Assistant, questions: Sequence[str]) -> None:
    """What the library gives no clear answer to, with the passage that comes nearest.

    That it says nothing at all is only told where it never mentions a name of the question,
    and that it gives no number or day only where the sentence found first holds none.
    """
    for question in questions:
        answer = assistant.quoting.ask(question)
        if answer.is_certain:
            continue
        asked = Question(question)
        found, judgement = assistant.judge(asked)
        may_answer = tuple(one.quote for one in answer.citations)
        nearest = () if judgement.unmentioned else answer.related or may_answer
        gives_one = asked.kind in VALUE_KINDS and bool(found) and bool(found[0].values)
        writer.left_open(answer, nearest, reason=IN_DOUBT if gives_one else answer.reason)


def _chronology(writer: _Writer) -> None:
    first: dict[Place, Event] = {}
    for event in find_events(writer.everything):
        first.setdefault((event.source.slug, event.sentence), event)
    for event in list(first.values())[-MAX_EVENTS:]:
        label = times_named(event.words)
        writer.quote(event.source, event.sentence, event.words, label=label)


def _listed(names: Sequence[str]) -> str:
    joined = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return joined[0].upper() + joined[1:]
