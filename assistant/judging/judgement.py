"""What judging comes to: a verdict, the sentences it rests on, and the reason for silence."""

from dataclasses import dataclass, field

from assistant.answers import Verdict
from assistant.judging.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether the sources answer, from which sentences, and if not wholly, what is missing."""

    verdict: Verdict
    evidence: tuple[Evidence, ...] = ()
    """What speaks to the question, the most to the point first; empty for silence."""
    reason: str | None = None
    unmentioned: tuple[str, ...] = ()
    """The names of the question that no source mentions."""
    is_final: bool = False
    """Whether its silence is no matter of nearness: what it asks about is nowhere, or it asks
    back."""
    is_chosen: bool = False
    """Whether `evidence` is the answer as it stands, in this order."""
    confidence: float = field(default=0.0, compare=False)
    """How sure it is that the sources answer, in [0, 1]; what a rule silenced counts half."""


def silence(reason: str, confidence: float = 0.0, *, is_final: bool = False) -> Judgement:
    """The sources do not say, and why."""
    return Judgement("not_in_sources", reason=reason, is_final=is_final, confidence=confidence)
