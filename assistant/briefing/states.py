"""Which texts a library held at one time: what a briefing remembers of it."""

import hashlib
from dataclasses import dataclass

from sources.catalogue import Catalogue


@dataclass(frozen=True, slots=True, order=True)
class Kept:
    """A source as a library state remembers it."""

    slug: str
    sha256: str
    origin: str


@dataclass(frozen=True, slots=True)
class LibraryState:
    """Which texts a library held, by slug."""

    sources: tuple[Kept, ...]

    @property
    def fingerprint(self) -> str:
        """Twelve hexadecimal digits; the same texts under the same names give the same."""
        listed = "\n".join(f"{one.slug} {one.sha256}" for one in self.sources)
        return hashlib.sha256(listed.encode()).hexdigest()[:12]


def library_state(catalogue: Catalogue) -> LibraryState:
    """The state of the library now."""
    return LibraryState(
        tuple(
            sorted(
                Kept(entry.source.slug, entry.source.sha256, entry.source.origin)
                for entry in catalogue.entries(state="ready")
            )
        )
    )
