"""Where sources came from: one source may lie in several files, and files may be refused."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sources.database import Database

REBUILT = "rebuilt"
"""Origins of sources that were brought back from the index alone begin with this; the hash of
the text that they had comes after it, so that their file is known when it is added again."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file or address that a source was read from."""

    origin: str
    slug: str
    file_sha256: str
    """Of the bytes that lay there when it was last read."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that could not become a source when it was last tried."""

    origin: str
    reason: str
    at: str
    """UTC, ISO 8601."""


class Places:
    """Origins of sources and refused files, in the catalogue's file."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def at(self, origin: str) -> Place | None:
        """What lies at exactly this origin."""
        found = self._places("WHERE origin = ?", (origin,))
        return found[0] if found else None

    def below(self, origin: str) -> tuple[Place, ...]:
        """The places at `origin` or below it, in order."""
        prefix = origin.rstrip("/")
        # The range is what an index can answer: "0" is the character after "/".
        return self._places(
            "WHERE origin = ? OR (origin >= ? AND origin < ?) ORDER BY origin",
            (prefix, f"{prefix}/", f"{prefix}0"),
        )

    def of(self, slug: str) -> tuple[Place, ...]:
        """All places of one source."""
        return self._places("WHERE slug = ? ORDER BY origin", (slug,))

    def put(self, place: Place) -> None:
        """Note that the source lies there; what was noted at that origin is replaced."""
        with self._database.changing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO place VALUES (?, ?, ?)",
                (place.origin, place.slug, place.file_sha256),
            )
            connection.execute("DELETE FROM refusal WHERE origin = ?", (place.origin,))

    def leave(self, origin: str) -> None:
        """Note that nothing lies there any more."""
        with self._database.changing() as connection:
            connection.execute("DELETE FROM place WHERE origin = ?", (origin,))
            connection.execute("DELETE FROM refusal WHERE origin = ?", (origin,))
            connection.execute(
                "UPDATE source SET origin = (SELECT min(place.origin) FROM place"
                " WHERE place.slug = source.slug) WHERE origin = ? AND slug IN"
                " (SELECT slug FROM place)",
                (origin,),
            )

    def refuse(self, origin: str, reason: str) -> None:
        """Note that the file there could not be read, and why."""
        with self._database.changing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO refusal (origin, reason) VALUES (?, ?)", (origin, reason)
            )

    def refused(self) -> tuple[Refused, ...]:
        """The files that could not be read when last tried, by origin."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT origin, reason, at FROM refusal ORDER BY origin")
            return tuple(Refused(*row) for row in rows)

    def forget_refused(self, origin: str | None = None, *, but: Collection[str] = ()) -> None:
        """Forget refusals of files at `origin` or below it (of all without one), save some."""
        prefix = None if origin is None else f"{origin.rstrip('/')}/"
        with self._database.changing() as connection:
            connection.executemany(
                "DELETE FROM refusal WHERE origin = ?",
                [
                    (one.origin,)
                    for one in self.refused()
                    if one.origin not in but and (prefix is None or one.origin.startswith(prefix))
                ],
            )

    def _places(self, where: str, values: Sequence[Any]) -> tuple[Place, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT origin, slug, file_sha256 FROM place {where}", values
            )
            return tuple(Place(*row) for row in rows)
