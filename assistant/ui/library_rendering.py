"""The library's view as HTML: pure functions over templates that escape everything."""

from collections.abc import Mapping, Sequence

from assistant.formatting import read_by_earlier, size_in_words
from assistant.ingest_queue import IngestBatch
from assistant.ui.templates import fill_in as fill
from sources.entries import Entry, Version
from sources.errors import AssistantError
from sources.listing import Choices, Listed, Wanted
from sources.places import Refused

COLUMNS = (
    ("title", "Title"),
    ("publisher", "Publisher"),
    ("published", "Published"),
    ("added", "Added"),
    ("kind", "Kind"),
    ("passages", "Passages"),
    ("size", "Size"),
    ("state", "State"),
)
ITEM_STATES = {
    "waiting": "waiting",
    "reading": "reading",
    "embedding": "adding",
    "added": "added",
    "replaced": "replaced its earlier text",
    "same": "the same source as",
    "edited": "card taken over",
    "restored": "brought back",
    "refused": "refused",
    "stopped": "stopped",
}
MAX_ITEMS = 200


def render_table(
    listed: Listed,
    *,
    wanted: Wanted,
    choices: Choices,
    removed: int,
    refused: Sequence[Refused],
    earlier: int,
) -> str:
    """One page of sources with its filters; the empty library where there are none.

    `earlier` is how many sources an earlier version of the readers read.
    """
    return fill(
        "library_table.html",
        listed=listed,
        wanted=wanted,
        choices=choices,
        removed=removed,
        refused=refused,
        earlier=read_by_earlier(earlier) if earlier else None,
        columns=COLUMNS,
        size=size_in_words,
        failure=None,
    )


def render_table_failure(problem: str, remedy: str) -> str:
    """Why the library cannot be shown."""
    return fill("library_table.html", failure={"problem": problem, "remedy": remedy})


def render_line(batch: IngestBatch) -> str:
    """What arrives: each text, the whole, and the time left; empty where nothing does."""
    if not batch.items:
        return ""
    refused = sum(item.state == "refused" for item in batch.items)
    newest = sorted(batch.items, key=lambda item: item.state not in ("reading", "embedding"))
    return fill(
        "library_line.html",
        batch=batch,
        items=newest[:MAX_ITEMS],
        more=max(0, len(newest) - MAX_ITEMS),
        refused=refused,
        states=ITEM_STATES,
        left=seconds_in_words(batch.seconds_left),
        per_second=_speed(batch.passages_per_s),
        size=size_in_words,
    )


def render_book_card(
    entry: Entry,
    *,
    versions: Sequence[Version],
    has_original: bool = False,
    typed: Mapping[str, str] | None = None,
    error: AssistantError | None = None,
) -> str:
    """A source's card as a form; `typed` is what could not be saved, with the `error`."""
    card = entry.source.card
    values = {
        "title": card.title,
        "publisher": card.publisher or "",
        "author": card.author or "",
        "published": card.published.isoformat() if card.published else "",
        "url": card.url or "",
        "language": card.language or "",
        "tags": ", ".join(card.tags),
    } | dict(typed or {})
    return fill(
        "library_card.html",
        entry=entry,
        values=values,
        versions=versions,
        has_original=has_original,
        error=error,
        size=size_in_words,
    )


def _speed(passages_per_s: float | None) -> str:
    """``12 passages a second``; of less than one, how many a minute."""
    if not passages_per_s:
        return ""
    count, unit = passages_per_s, "second"
    if count < 1:
        count, unit = count * 60, "minute"
    number = max(1, round(count))
    return f"{number:,} passage{'' if number == 1 else 's'} a {unit}"


def seconds_in_words(seconds: float | None) -> str | None:
    """How long still, roughly: ``less than a minute left``."""
    if seconds is None:
        return None
    if seconds < 55:
        return f"about {max(5, round(seconds / 5) * 5)} seconds left"
    minutes = round(seconds / 60)
    return f"about {minutes} minute{'' if minutes == 1 else 's'} left"
