"""What the ready sources can be told apart by: publishers, tags, the sources themselves."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Rows = Callable[[str, Sequence[Any]], list[Any]]

MAX_LISTED = 300
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Facets:
    """Each with how many sources have it, the most frequent first; at most `MAX_LISTED`."""

    publishers: tuple[tuple[str, int], ...]
    tags: tuple[tuple[str, int], ...]
    titles: tuple[tuple[str, str], ...]
    """Slug and title, the newest first."""


def find_facets(rows: Rows) -> Facets:
    """The facets of a catalogue that answers queries by `rows`."""
    publishers = rows(
        "SELECT publisher, count(*) FROM source WHERE state = 'ready' AND publisher IS NOT NULL"
        " GROUP BY publisher ORDER BY count(*) DESC, publisher LIMIT ?",
        (MAX_LISTED,),
    )
    tags = rows(
        "SELECT value, count(*) FROM source, json_each(source.tags) WHERE state = 'ready'"
        " GROUP BY value ORDER BY count(*) DESC, value LIMIT ?",
        (MAX_LISTED,),
    )
    titles = rows(
        "SELECT slug, title FROM source WHERE state = 'ready'"
        " ORDER BY published IS NULL, published DESC, slug LIMIT ?",
        (MAX_LISTED,),
    )
    return Facets(
        tuple((str(name), int(count)) for name, count in publishers),
        tuple((str(name), int(count)) for name, count in tags),
        tuple((str(slug), str(title)) for slug, title in titles),
    )


def find_tagged(rows: Rows, tags: Sequence[str]) -> tuple[str, ...]:
    """The slugs of the ready sources that have any of the tags."""
    found = rows(
        "SELECT DISTINCT slug FROM source, json_each(source.tags) AS tag"
        " WHERE state = 'ready' AND tag.value IN (SELECT value FROM json_each(?)) ORDER BY slug",
        (json.dumps(list(tags)),),
    )
    return tuple(str(row[0]) for row in found)


def find_signed(rows: Rows, words: Sequence[str]) -> tuple[str, ...]:
    """The slugs of the ready sources whose publisher, or whose author, has all the words."""
    wanted = {word.casefold() for word in words}
    found = rows(
        "SELECT slug, publisher, author FROM source WHERE state = 'ready'"
        " AND (publisher IS NOT NULL OR author IS NOT NULL) ORDER BY slug",
        (),
    )
    return tuple(
        str(slug)
        for slug, *names in found
        if any(wanted <= set(_WORD.findall(str(name or "").casefold())) for name in names)
    )


def find_titled(rows: Rows, words: Sequence[str]) -> tuple[str, ...]:
    """The slugs of the ready sources whose title and tags have all the words, newest first."""
    wanted = {word.casefold() for word in words}
    found = rows(
        "SELECT slug, title, tags FROM source WHERE state = 'ready'"
        " ORDER BY published IS NULL, published DESC, slug",
        (),
    )
    return tuple(
        str(slug)
        for slug, title, tags in found
        if wanted <= set(_WORD.findall(f"{title} {' '.join(json.loads(tags))}".casefold()))
    )
