"""Names that a person types: what is unknown is told with what is near."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from sources.entries import no_source
from sources.errors import UseError

if TYPE_CHECKING:
    from index.filters import Filters
    from sources.catalogue import Catalogue


def as_the_library_has_them(filters: "Filters", catalogue: "Catalogue") -> "Filters":
    """The filters with each name as the cards write it, capitals aside.

    Raises `UseError` for a source, publisher or tag that the library does not have: without
    this a typing error, or a source that was removed, would read as silence.
    """
    gone = set(filters.sources) - catalogue.ready_among(filters.sources).keys()
    for slug in sorted(gone):
        if (entry := catalogue.entry(slug)) is not None:
            raise no_source(slug, entry)
    if not (gone or filters.publishers or filters.tags):
        return filters
    cards = {entry.source.slug: entry.source.card for entry in catalogue.entries(state="ready")}
    publishers = {card.publisher for card in cards.values() if card.publisher}
    tags = {tag for card in cards.values() for tag in card.tags}
    return replace(
        filters,
        sources=_known("source", filters.sources, cards),
        publishers=_known("publisher", filters.publishers, publishers),
        tags=_known("tag", filters.tags, tags),
    )


def _known(kind: str, named: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """What is meant by each of `named`: itself, or all that differ in capitals alone."""
    meant: list[str] = []
    for name in named:
        like = [one for one in sorted(known) if one.casefold() == name.casefold()]
        if not like:
            raise _unknown(kind, name, known)
        meant += [name] if name in like else like
    return tuple(meant)


def _unknown(kind: str, name: str, known: Iterable[str]) -> UseError:
    names = {one.casefold(): one for one in sorted(known)}
    folded = name.casefold()
    near = get_close_matches(folded, names, n=3, cutoff=0.5)
    near += [one for one in names if folded in one and one not in near][:3]
    meant = ", ".join(repr(names[one]) for one in near[:3])
    return UseError(
        f"No {kind} of the library is called {name!r}.",
        remedy=f"Did you mean {meant}?" if near else "See `assistant sources list`.",
    )
