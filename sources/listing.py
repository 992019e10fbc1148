"""A page of the catalogue: sources filtered, sorted and counted where they are stored.

However many sources there are, only the rows of one page are ever read into memory.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sources.database import Database
from sources.entries import ENTRY_COLUMNS, Entry, State, entry_of

SortedBy = Literal["title", "publisher", "published", "added", "kind", "passages", "size", "state"]
SORTED_BY: tuple[SortedBy, ...] = get_args(SortedBy)
STATES: tuple[State, ...] = get_args(State)
MAX_CHOICES = 300
"""Publishers or tags offered as a filter, the most frequent ones."""

_EXPRESSIONS: Mapping[SortedBy, str] = {
    "title": "folded(title)",
    "publisher": "folded(publisher)",
    "published": "published",
    "added": "added",
    "kind": "kind",
    "passages": "passages",
    "size": "file_bytes",
    "state": "state",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which sources a list shows, and in which order."""

    words: str = ""
    """All of which stand in title, publisher, author, address, tags or name of the source."""
    publisher: str | None = None
    tag: str | None = None
    state: State | None = None
    """`None`: all but removed ones."""
    with_problems: bool = False
    """Only those in which something could not be read."""
    by: SortedBy = "published"
    descending: bool = True
    page: int = 1
    """From 1; beyond the last page means the last."""
    page_size: int = 50

    def __post_init__(self) -> None:
        if self.page < 1 or self.page_size < 1:
            raise ValueError("pages are counted from 1 and hold at least one source")

    @property
    def narrowed(self) -> bool:
        """Whether anything but order and page is set."""
        return bool(
            self.words.split() or self.publisher or self.tag or self.state or self.with_problems
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of sources."""

    entries: tuple[Entry, ...]
    total: int
    """Sources on all pages."""
    page: int
    pages: int
    """At least 1."""
    same_story: Mapping[str, tuple[tuple[str, str], ...]]
    """For entries that others tell the same story as: slug and title of at most three others."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a list can be narrowed to, each with how many sources have it."""

    publishers: tuple[tuple[str, int], ...]
    tags: tuple[tuple[str, int], ...]


class Listing:
    """Reads pages of one catalogue's file."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, wanted: Wanted) -> Listed:
        """The page of sources that `wanted` describes; unknown values sort last."""
        where, values = _where(wanted)
        (total,) = self._rows(f"SELECT count(*) FROM source WHERE {where}", values)[0]
        pages = max(1, -(-total // wanted.page_size))
        page = min(wanted.page, pages)
        rows = self._rows(
            f"WITH page AS (SELECT slug AS chosen, row_number() OVER ({_order(wanted)}) AS at"
            f" FROM source WHERE {where} ORDER BY at LIMIT ? OFFSET ?)"
            f" SELECT {ENTRY_COLUMNS} FROM page JOIN source ON slug = chosen ORDER BY at",
            (*values, wanted.page_size, (page - 1) * wanted.page_size),
        )
        entries = tuple(map(entry_of, rows))
        return Listed(entries, total, page, pages, self._same_story(entries))

    def choices(self) -> Choices:
        """Publishers and tags of all sources but removed ones, most frequent first."""
        publishers = self._rows(
            "SELECT publisher, count(*) AS many FROM source WHERE publisher IS NOT NULL"
            " AND state <> 'removed' GROUP BY publisher ORDER BY many DESC, publisher LIMIT ?",
            (MAX_CHOICES,),
        )
        tags = self._rows(
            "SELECT value, count(*) AS many FROM source, json_each(source.tags)"
            " WHERE state <> 'removed' GROUP BY value ORDER BY many DESC, value LIMIT ?",
            (MAX_CHOICES,),
        )
        return Choices(tuple(map(tuple, publishers)), tuple(map(tuple, tags)))

    def removed(self) -> int:
        """How many sources wait to be restored or forgotten."""
        (count,) = self._rows("SELECT count(*) FROM source WHERE state = 'removed'", ())[0]
        return int(count)

    def _same_story(self, entries: Sequence[Entry]) -> dict[str, tuple[tuple[str, str], ...]]:
        stories = list({entry.story for entry in entries})
        marks = ", ".join("?" * len(stories))
        tellers: dict[str, list[tuple[str, str]]] = {}
        for story, slug, title in self._rows(
            f"SELECT story, slug, title FROM source WHERE story IN ({marks})"
            " AND state = 'ready' ORDER BY slug",
            stories,
        ):
            tellers.setdefault(story, []).append((slug, title))
        others = {
            entry.source.slug: tuple(
                one for one in tellers.get(entry.story, ()) if one[0] != entry.source.slug
            )[:3]
            for entry in entries
        }
        return {slug: found for slug, found in others.items() if found}

    def _rows(self, query: str, values: Sequence[Any]) -> list[Any]:
        with self._database.reading() as connection:
            return connection.execute(query, values).fetchall()


def _where(wanted: Wanted) -> tuple[str, list[object]]:
    conditions = ["state = ?" if wanted.state else "state <> 'removed'"]
    values: list[object] = [wanted.state] if wanted.state else []
    for word in wanted.words.split()[:20]:
        conditions.append(
            "instr(folded(title || ' ' || coalesce(publisher, '') || ' ' || coalesce(author, '')"
            " || ' ' || coalesce(url, '') || ' ' || tags || ' ' || slug), ?)"
        )
        values.append(word.casefold())
    if wanted.publisher:
        conditions.append("publisher = ?")
        values.append(wanted.publisher)
    if wanted.tag:
        conditions.append("EXISTS (SELECT 1 FROM json_each(source.tags) WHERE value = ?)")
        values.append(wanted.tag)
    if wanted.with_problems:
        conditions.append("problems <> '[]'")
    return " AND ".join(conditions), values


def _order(wanted: Wanted) -> str:
    expression = _EXPRESSIONS[wanted.by]
    direction = "DESC" if wanted.descending else "ASC"
    return f"ORDER BY {expression} IS NULL, {expression} {direction}, slug"
