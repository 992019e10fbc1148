"""A first briefing from the library alone: every line cited, empty sections say so."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from assistant.answering import Assistant
from assistant.answers import Answer, Quote
from assistant.asking.kinds import VALUE_KINDS
from assistant.asking.questions import Question
from assistant.briefing.briefings import Briefing, Evidence, add_line, pin_answer
from assistant.briefing.chronology import Event, find_events, times_named
from assistant.briefing.issues import Issue
from assistant.briefing.on_topic import on_topic
from assistant.briefing.positions import find_positions
from assistant.briefing.status import current_status, statuses_by_issue
from assistant.speaking.hearing import Hearing
from assistant.speaking.speakers import Utterance
from index.retrieval import Match
from sources.source import Source, Span

UNANSWERED = "Questions without a clear answer"
IN_DOUBT = "The nearest passages give some, but none clearly for this."
KEY_POINTS = 5
MAX_OPEN = 8
MAX_EVENTS = 12
MAX_ALIKE = 0.6
"""Two sentences that share more of their words are one key point."""
MIN_WORDS = 6

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
    hearing: Hearing,
    issues: Sequence[Issue],
    library: str,
) -> Briefing:
    """`briefing` with the sections of a first draft on `topic` at its end.

    `library` is the fingerprint of the library state that `hearing` was read from. What is
    not about the topic is left out; raises `StateError` where no passage is about it.
    """
    about = on_topic(topic, assistant=assistant, hearing=hearing, issues=issues)
    issues = about.issues
    writer = _Writer(briefing, about.hearing, library)
    writer.section("Key points", lambda: _key_points(writer, topic, assistant, about.matches))
    writer.section("Commitments and their status", lambda: _commitments(writer, issues, hearing))
    writer.section("Positions", lambda: _positions(writer, issues, hearing))
    writer.section("Open questions", lambda: _open_questions(writer))
    writer.section(UNANSWERED, lambda: _unanswered(writer, assistant, issues))
    writer.section("Chronology", lambda: _chronology(writer))
    return writer.briefing


class _Writer:
    """Adds lines to a briefing, each with its evidence and its speaker."""

    def __init__(self, briefing: Briefing, hearing: Hearing, library: str) -> None:
        self.briefing = briefing
        self.hearing = hearing
        self.library = library
        self._said = {
            (one.source.slug, one.utterance.sentence): one.utterance
            for one in reversed(hearing.said)
        }

    def section(self, title: str, fill: Callable[[], None]) -> None:
        self.briefing = add_line(self.briefing, "section", title)
        before = len(self.briefing.lines)
        fill()
        if len(self.briefing.lines) == before:
            self.remark("The library holds no sentence on the topic for this section.")

    def heading(self, title: str) -> None:
        self.briefing = add_line(self.briefing, "subsection", title)

    def remark(self, words: str) -> None:
        self.briefing = add_line(self.briefing, "remark", words)

    def left_open(self, answer: Answer, nearest: Sequence[Quote], *, reason: str | None) -> None:
        """The question, with the first of the `nearest` words that are of a current text."""
        known = [one for one in nearest if one.source in self.hearing.texts][:1]
        evidence = [self._evidence(self.hearing.texts[one.source][0], one) for one in known]
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
            self.briefing, "quote", words, evidence=[evidence], library=self.library, label=label
        )

    def _evidence(self, source: Source, quote: Quote, *, said: Utterance | None = None) -> Evidence:
        said = said or self._said.get((source.slug, quote.span))
        return Evidence.of(
            source,
            quote,
            speaker=said.speaker if said else None,
            manner=said.manner if said else None,
        )


def _key_points(
    writer: _Writer, topic: str, assistant: Assistant, matches: Sequence[Match]
) -> None:
    answer = assistant.quoting.ask(f"What do the sources say about {topic}?")
    if answer.mode == "model" and answer.statements:
        sources = {slug: source for slug, (source, _) in writer.hearing.texts.items()}
        if all(one.quote.source in sources for one in answer.citations):
            writer.briefing = replace(
                pin_answer(writer.briefing, answer, sources, library=writer.library), mode="model"
            )
            return
    for match, sentence in _best_sentences(matches[:20], writer.hearing):
        source, _ = writer.hearing.texts[match.passage.source]
        writer.quote(source, sentence, match.passage.words_of(sentence))


def _best_sentences(matches: Iterable[Match], hearing: Hearing) -> list[tuple[Match, Span]]:
    ranked = sorted(
        (
            (similarity, match, Span(sentence.start, sentence.end))
            for match in matches
            if hearing.originals.get(match.passage.source) == match.passage.source
            for similarity, sentence in zip(
                match.sentence_similarities, match.passage.sentences, strict=True
            )
            if sentence in hearing.texts[match.passage.source][1].sentences
        ),
        key=lambda choice: -choice[0],
    )
    chosen: list[tuple[Match, Span]] = []
    seen: list[set[str]] = []
    for _, match, sentence in ranked:
        words = set(re.findall(r"\w+", match.passage.words_of(sentence).casefold()))
        alike = any(len(words & one) > MAX_ALIKE * min(len(words), len(one)) for one in seen)
        if len(words) >= MIN_WORDS and not alike:
            chosen.append((match, sentence))
            seen.append(words)
        if len(chosen) == KEY_POINTS:
            break
    return chosen


def _commitments(writer: _Writer, issues: Sequence[Issue], library: Hearing) -> None:
    """How far commitments on the topic are; only what the whole `library` lacks is called so."""
    unknown = []
    by_sentence: dict[Place, list[str]] = {}
    statuses = {}
    for issue, status in statuses_by_issue(writer.hearing, issues):
        if status is None:
            if current_status(library, issue) is None:
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


def _positions(writer: _Writer, issues: Sequence[Issue], library: Hearing) -> None:
    """Who says what on the topic; only what the whole `library` lacks is called so."""
    table = find_positions(writer.hearing.said, issues)
    grouped: dict[frozenset[Place], list[str]] = {}
    for issue in table.issues:
        places = frozenset(
            (cell.newest.source.slug, cell.newest.utterance.sentence)
            for cell in table.cells
            if cell.issue == issue
        )
        if places:
            grouped.setdefault(places, []).append(issue)
    for names in grouped.values():
        writer.heading(_listed(names))
        for cell in (cell for cell in table.cells if cell.issue == names[0]):
            newest = cell.newest
            writer.quote(
                newest.source, newest.utterance.sentence, newest.sentence, said=newest.utterance
            )
    filled = {cell.issue for cell in find_positions(library.said, issues).cells}
    empty = [issue for issue in table.issues if issue not in filled]
    if empty and grouped:
        writer.remark(f"No words of any party were found on: {', '.join(empty)}.")


def _open_questions(writer: _Writer) -> None:
    found = 0
    texts = writer.hearing.texts
    for slug, (source, text) in texts.items():
        if writer.hearing.originals[slug] != slug:
            continue
        for sentence in text.sentences:
            words = sentence.of(text.content)
            if _OPEN.search(words) and found < MAX_OPEN:
                writer.quote(source, sentence, words)
                found += 1


def _unanswered(writer: _Writer, assistant: Assistant, issues: Sequence[Issue]) -> None:
    """What the library gives no clear answer to, with the passage that comes nearest.

    That it says nothing at all is only told where it never mentions a name of the question,
    and that it gives no number or day only where the sentence found first holds none.
    """
    for issue in issues:
        if issue.question is None:
            continue
        answer = assistant.quoting.ask(issue.question)
        if answer.verdict != "not_in_sources":
            continue
        asked = Question(issue.question)
        found, judgement = assistant.judge(asked)
        nearest = () if judgement.unmentioned else answer.related
        gives_one = asked.kind in VALUE_KINDS and bool(found) and bool(found[0].values)
        writer.left_open(answer, nearest, reason=IN_DOUBT if gives_one else answer.reason)


def _chronology(writer: _Writer) -> None:
    first: dict[Place, Event] = {}
    for event in find_events(writer.hearing):
        first.setdefault((event.source.slug, event.sentence), event)
    for event in list(first.values())[-MAX_EVENTS:]:
        label = times_named(event.words)
        writer.quote(event.source, event.sentence, event.words, label=label)


def _listed(names: Sequence[str]) -> str:
    joined = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return joined[0].upper() + joined[1:]
