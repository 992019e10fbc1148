"""What a trained network has to tell of a statement and the sentences that it cites."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Shares(NamedTuple):
    """How likely cited sentences support a statement, contradict it, or do not say it; of sum 1."""

    supported: float
    contradicted: float
    not_said: float


class SupportModel(Protocol):
    """Reads statements beside what they cite; `assistant.reader.reader.SentenceReader` does."""

    def support(
        self, statement: str, cited: Sequence[Sequence[tuple[str, str]]]
    ) -> Sequence[Shares]:
        """What each group of sentences, given with the title of each, makes of `statement`."""

    def alike(self, statement: str, cited: Sequence[tuple[str, str]]) -> Sequence[float]:
        """The cosine of what `statement` means and what each sentence does, after its title."""

    @property
    def support_bars(self) -> tuple[float, float]:
        """From which probability on a statement is supported, and supported in part."""
