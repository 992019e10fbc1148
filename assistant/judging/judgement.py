"""What judging comes to: a verdict, the sentences it rests on, and the reason for silence."""

from dataclasses import dataclass, field

from assistant.answers import Verdict
from assistant.judging.evidence import Evidence
from assistant.judging.logistic import shipped_judge


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

    @property
    def in_figures(self) -> str:
        """What was judged and how surely, in plain words."""
        if self.is_chosen:
            by = f"the sentences were chosen by the kind of question ({len(self.evidence)})"
        elif self.is_final:
            by = "a rule about the question itself decided"
        elif self.confidence:
            bar = shipped_judge().threshold
            by = f"the judge is {self.confidence:.2f} sure of an answer (enough from {bar:.2f} on)"
            if self.verdict == "not_in_sources" and self.confidence >= bar:
                by += ", but a rule about the words left no sentence"
        else:
            by = "no sentence was weighed"
        return f"{self.verdict}; {by}.{f' {self.reason}' if self.reason else ''}"


def silence(reason: str, confidence: float = 0.0, *, is_final: bool = False) -> Judgement:
    """The sources do not say, and why."""
    return Judgement("not_in_sources", reason=reason, is_final=is_final, confidence=confidence)
