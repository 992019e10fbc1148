"""What a change did to the library, as those who asked for it are told."""

from dataclasses import dataclass

from sources.errors import UnreadableFileError


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that could not become a source, with the reason."""

    name: str
    error: UnreadableFileError


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A file that is the same as a source the library has already."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What a change did to the library: slugs in the order they were worked on."""

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    """Their text changed; the old one stays as an earlier version."""
    cut_anew: tuple[str, ...] = ()
    """Read again: the same words, told apart into other sentences or blocks."""
    edited: tuple[str, ...] = ()
    """Only the card in their file changed, or what is said of the file."""
    restored: tuple[str, ...] = ()
    """They had been removed, and came again."""
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    refused: tuple[Refusal, ...] = ()
    passed_over: tuple[str, ...] = ()
    """Names of files of kinds that cannot be read, in folders."""

    @property
    def count(self) -> int:
        """How many of the inputs were dealt with."""
        return sum(
            map(
                len,
                (
                    self.added,
                    self.replaced,
                    self.cut_anew,
                    self.edited,
                    self.restored,
                    self.unchanged,
                    self.duplicates,
                    self.refused,
                ),
            )
        )


class StoppedError(KeyboardInterrupt):
    """Ctrl+C while inputs were taken: what was done of how many. What is done stays."""

    def __init__(self, changes: Changes, inputs: int) -> None:
        super().__init__()
        self.changes, self.inputs = changes, inputs
