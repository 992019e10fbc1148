"""How far a commitment is, only where a sentence says so with a cue word.

Nothing is inferred: "will be signed" is not signed, "has not been ratified" is not
ratified, and an issue without a cue word has no status at all.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.briefing.issues import Issue
from assistant.speaking.hearing import Hearing
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
    r"\b(?:not|never|n[o']t yet|yet to|without|would|will|could|may|might|should|must|can|to be|if"
    r"|once|until|unless|before|when|whether|require[sd]?|refused|failed|nor|no)\b"
    r"(?:\W+\w+){0,5}?\W*$|n[’']t\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_OPEN_STAGES = frozenset({"proposed", "under discussion"})


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
    found = []
    for stage, pattern in _PATTERNS.items():
        for cue in pattern.finditer(words):
            before = re.split(r"[,;:]", words[: cue.start()])[-1]
            negated = re.search(r"\b(?:not|never|no)\b|n[’']t\b", before, re.IGNORECASE)
            unreached = negated if stage in _OPEN_STAGES else _NOT_YET.search(before)
            if not unreached:
                found.append((stage, Span(cue.start(), cue.end())))
                break
    return tuple(found)


def find_statuses(hearing: Hearing, issue: Issue) -> tuple[Status, ...]:
    """Every sentence about `issue` that says how far it is: newest first, furthest first."""
    found = []
    for slug, (source, text) in hearing.texts.items():
        if hearing.originals.get(slug, slug) != slug:
            continue
        for sentence in text.sentences:
            words = sentence.of(text.content)
            if not issue.is_in(words):
                continue
            for stage, cue in stages_in(words)[-1:]:
                place = Span(sentence.start + cue.start, sentence.start + cue.end)
                found.append(
                    Status(stage, source, Span(sentence.start, sentence.end), words, place)
                )
    found.sort(key=lambda one: (one.published or date.min, STAGES.index(one.stage)), reverse=True)
    return tuple(found)


def current_status(hearing: Hearing, issue: Issue) -> Status | None:
    """What the newest text that says anything says; `None` is unknown and stays unknown."""
    return next(iter(find_statuses(hearing, issue)), None)


def statuses_by_issue(
    hearing: Hearing, issues: Iterable[Issue]
) -> Sequence[tuple[Issue, Status | None]]:
    """Each issue with its current status."""
    return [(issue, current_status(hearing, issue)) for issue in issues]
