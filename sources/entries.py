"""What the catalogue holds of a source, and how it is read from a row."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sources.errors import UseError
from sources.problems import from_json
from sources.source import Card, Source, Text

State = Literal["adding", "ready", "removing", "removed"]

CARD_COLUMNS = "title, publisher, author, published, url, language, tags"
ENTRY_COLUMNS = (
    f"slug, {CARD_COLUMNS}, sha256, origin, kind, problems,"
    " state, passages, story, file_sha256, file_bytes, card_pending, for_good, added, changed,"
    " (SELECT characters FROM text WHERE text.sha256 = source.sha256),"
    " (SELECT count(*) FROM version WHERE version.slug = source.slug), detected_language, readers"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A source as the catalogue holds it."""

    source: Source
    state: State
    passages: int
    story: str
    """A mark that near-identical texts share."""
    file_sha256: str
    """Of the bytes it was read from."""
    file_bytes: int
    card_pending: bool
    """Whether the index still has to take over an edited card."""
    for_good: bool
    """Whether a removal that is under way cannot be undone."""
    added: str
    """When it was added, UTC, ISO 8601."""
    changed: str
    """When its text, card or state last changed, UTC, ISO 8601."""
    characters: int
    versions: int
    """How many earlier texts there are."""
    readers: int
    """The version of the readers that read its text, as `sources.reading.READERS` counts."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A source on its way into the library, and the file it was read from."""

    source: Source
    text: Text
    file_sha256: str
    file_bytes: int
    readers: int = 0
    """The version of the readers that read it; 0 for an unknown one."""


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier text of a source; old citations open in it."""

    sha256: str
    card: Card
    """As the file had it then."""
    until: str
    """When it was replaced, UTC, ISO 8601."""
    characters: int


def entry_of(row: Sequence[Any]) -> Entry:
    """The entry in a row of `ENTRY_COLUMNS`."""
    slug, title, publisher, author, published, url, language, tags = row[:8]
    sha256, origin, kind, problems = row[8:12]
    state, passages, story, file_sha256, file_bytes, pending, for_good, added, changed = row[12:21]
    source = Source(
        slug=slug,
        card=Card(
            title=title,
            publisher=publisher,
            author=author,
            published=date.fromisoformat(published) if published else None,
            url=url,
            language=language,
            tags=tuple(json.loads(tags)),
        ),
        sha256=sha256,
        origin=origin,
        kind=kind,
        problems=from_json(problems),
        detected_language=row[23] or None,
    )
    return Entry(
        source=source,
        state=state,
        passages=passages,
        story=story,
        file_sha256=file_sha256,
        file_bytes=file_bytes,
        card_pending=bool(pending),
        for_good=bool(for_good),
        added=added,
        changed=changed,
        characters=row[21],
        versions=row[22],
        readers=row[24],
    )


def no_source(slug: str, entry: Entry | None) -> UseError:
    """What to raise where a source is asked for that is not there, or no more."""
    if entry is not None and entry.state in ("removing", "removed"):
        return UseError(
            f"The source {slug!r} was removed.",
            remedy=f"`assistant sources restore {slug}` takes it back.",
        )
    return UseError(
        f"There is no source {slug!r}.", remedy="See `assistant sources list` for the names."
    )
