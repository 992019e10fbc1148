"""How far a commitment is, only where a sentence says so with a cue word.

Nothing is inferred: "will be signed" is not signed, "has not been ratified" is not
ratified, and an issue without a cue word in its own clause has no status at all.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.briefing.issues import Issue
from assistant.speakers.utterances import EverythingSaid
from sources.source import Source, Span

Stage = Literal["proposed", "under discussion", "agreed", "signed", "ratified", "in force"]
STAGES: tuple[Stage, ...] = (
    "proposed", "under discussion", "agreed", "signed", "ratified", "in force",
)  # fmt: skip

_PARLIAMENT = r"(?:parliament|congress|senate|bundestag|sejm|rada|lower house|both houses)"
_CUES: dict[Stage, tuple[str, ...]] = {
    "proposed": (
        r"propos(?:ed|es|al|als|ing)|envisioned|envisaged|envisages|suggest(?:ed|s)",
        r"put forward|draft(?:ed)?",
    ),
    "under discussion": (
        r"discuss(?:ing|ed|es|ion|ions)|negotiat(?:ing|ed)|considering",
        r"(?:talks|negotiations) (?:focus(?:ed)? on|on|about)",
        r"being worked out|under (?:negotiation|consideration)",
    ),
    "agreed": (
        r"agreed|accepted|settled|finali[sz]ed",
        r"agreement (?:was |has been )?reached|reached (?:an )?agreement",
    ),
    "signed": (r"signed",),
    "ratified": (
        r"ratified",
        rf"approved by (?:the )?(?:\w+ )?{_PARLIAMENT}",
        rf"{_PARLIAMENT} (?:has |have )?(?:approved|ratified)",
    ),
    "in force": (r"in force|(?:entered|came) into force|took effect|has taken effect|in effect",),
}
_PATTERNS = {
    stage: re.compile(rf"\b(?:{'|'.join(cues)})\b", re.IGNORECASE) for stage, cues in _CUES.items()
}
_NOT_YET = re.compile(
    r"\b(?:not|never|n[o']t yet|yet to|without|would|will|shall|could|may|might|should|must|can"
    r"|to be|if"
    r"|once|until|unless|before|when|whether|require[sd]?|refused|failed|nor|no)\b"
    r"(?:\W+\w+){0,5}?\W*$|n[’']t\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_OPEN_STAGES = frozenset({"proposed", "under discussion"})
_BREAK = re.compile(r"[,;:][”\"’]?\s|\s[–—]\s|\s(?=(?:but|while|whereas|although|though)\s)", re.I)
"""Where a clause ends."""
_LISTED = re.compile(r"(?:[\w’'-]+\s){0,2}[\w’'-]+(?:,\s(?:and\s|or\s)?|\s(?:and|or)\s)", re.I)
"""A short item after a comma, with another one behind it: no clause of its own."""
_AUXILIARY = re.compile(r"(?:was|were|is|are|has|have|had)\s", re.IGNORECASE)
"""What goes on after words put in between: "The treaty, made in Kyiv, was signed"."""


@dataclass(frozen=True, slots=True)
class Status:
    """What a sentence says about how far something is."""

    stage: Stage
    source: Source
    sentence: Span
    words: str
    cue: Span
    """The words that say it, as a span of the text."""

    @property
    def published(self) -> date | None:
        return self.source.card.published


def stages_in(words: str) -> tuple[tuple[Stage, Span], ...]:
    """The stages that the sentence says are reached, with the cue's place in it, by stage.

    A cue after a negation or in the future ("would be signed") says nothing; only
    "proposed" and "under discussion" may stand beside such words.
    """
    first: dict[Stage, Span] = {}
    for stage, cue in _cues_in(words):
        first.setdefault(stage, cue)
    return tuple(first.items())


def stages_of(issue: Issue, words: str) -> tuple[tuple[Stage, Span], ...]:
    """Those stages that the sentence says of `issue` itself.

    The cue stands in the clause that speaks of the issue, with no other cue between the two:
    "They are discussing the duration, alongside aid for the army" says nothing of the army.
    """
    shown = issue.places_in(words)
    if not shown:
        return ()
    cues = tuple(_cues_in(words))
    own: dict[Stage, Span] = {}
    for clause in _clauses(words):
        about = [one for one in shown if any(part.covers(one) for part in clause)]
        said = [(stage, cue) for stage, cue in cues if any(part.covers(cue) for part in clause)]
        for stage, cue in said:
            others = [other for _, other in said if other != cue]
            if any(not _parted(cue, one, others) for one in about):
                own.setdefault(stage, cue)
    return tuple((stage, own[stage]) for stage in STAGES if stage in own)


def _cues_in(words: str) -> Iterator[tuple[Stage, Span]]:
    """Every cue that says a stage is reached, by stage, then in order."""
    for stage, pattern in _PATTERNS.items():
        for cue in pattern.finditer(words):
            before = re.split(r"[,;:]", words[: cue.start()])[-1]
            negated = re.search(r"\b(?:not|never|no)\b|n[’']t\b", before, re.IGNORECASE)
            unreached = negated if stage in _OPEN_STAGES else _NOT_YET.search(before)
            if not unreached:
                yield stage, Span(cue.start(), cue.end())


def _clauses(words: str) -> Iterator[tuple[Span, ...]]:
    """The clauses of a sentence, each with the parts that it stands in."""
    parts: list[Span] = []
    start = 0
    for found in _BREAK.finditer(words):
        is_listed = found.group().startswith(",") and _LISTED.match(words, found.end())
        if found.start() > start and not is_listed:
            parts.append(Span(start, found.start()))
            start = found.end()
    if start < len(words):
        parts.append(Span(start, len(words)))
    for place, part in enumerate(parts):
        goes_on = place and _AUXILIARY.match(part.of(words))
        yield (parts[max(place - 2, 0)], part) if goes_on else (part,)


def _parted(cue: Span, shown: Span, others: Sequence[Span]) -> bool:
    """Whether another cue stands between a cue and the words that show an issue."""
    first, last = sorted((cue, shown))
    return any(first.end <= other.start and other.end <= last.start for other in others)


def find_statuses(everything: EverythingSaid, issue: Issue) -> tuple[Status, ...]:
    """Every sentence that says of `issue` how far it is: newest first, furthest first."""
    found = []
    for slug, (source, text) in everything.texts.items():
        if everything.originals.get(slug, slug) != slug:
            continue
        for sentence in text.sentences:
            words = sentence.of(text.content)
            for stage, cue in stages_of(issue, words)[-1:]:
                place = Span(sentence.start + cue.start, sentence.start + cue.end)
                found.append(
                    Status(stage, source, Span(sentence.start, sentence.end), words, place)
                )
    found.sort(key=lambda one: (one.published or date.min, STAGES.index(one.stage)), reverse=True)
    return tuple(found)


def current_status(everything: EverythingSaid, issue: Issue) -> Status | None:
    """What the newest text that says anything says; `None` is unknown and stays unknown."""
    return next(iter(find_statuses(everything, issue)), None)


def statuses_by_issue(
    everything: EverythingSaid, issues: Iterable[Issue]
) -> Sequence[tuple[Issue, Status | None]]:
    """Each issue with its current status."""
    return [(issue, current_status(everything, issue)) for issue in issues]
