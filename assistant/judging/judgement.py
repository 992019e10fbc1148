"""What judging comes to: a verdict, the sentences it rests on, and the reason for silence."""

from dataclasses import dataclass, field

from assistant.answers import Verdict
from assistant.judging.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether the sources answer, from which sentences, and if not wholly, what is missing."""

    verdict: Verdict
    evidence: tuple[Evidence, ...] = ()
    """The sentences that are quoted, in that order; empty for silence."""
    reason: str | None = None
    unmentioned: tuple[str, ...] = ()
    """The names of the question that no source mentions."""
    confidence: float = field(default=0.0, compare=False)
    """How likely the likeliest sentence answers, in [0, 1]; 1 for a place that is asked for by its
    name, 0 where nothing was read."""

    @property
    def in_words(self) -> str:
        """The verdict and why, in plain words."""
        return f"{self.verdict}{f': {self.reason}' if self.reason else ''}"


def silence(reason: str, confidence: float = 0.0) -> Judgement:
    """The sources do not say, and why."""
    return Judgement("not_in_sources", reason=reason, confidence=confidence)
