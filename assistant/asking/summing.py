"""What is to be summed up, and in how many points: for a chat model that is to write it."""

from dataclasses import dataclass

_MOST = "at most six sentences"


@dataclass(frozen=True, slots=True)
class Summing:
    """Sources that a request wants summed up as a whole."""

    slugs: tuple[str, ...]
    """Of the sources, in the order they are summed up in."""
    points: int | None = None
    """How many are wanted; `None` where the request does not say."""

    @property
    def in_words(self) -> str:
        """How many sentences are to be written."""
        if self.points is None:
            return _MOST
        return "one sentence" if self.points == 1 else f"exactly {self.points} sentences"
