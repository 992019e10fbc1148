"""Names that a person types: what is unknown is told with what is near."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from sources.entries import no_source
from sources.errors import UseError

if TYPE_CHECKING:
    from index.filters import Filters
    from sources.catalogue import Catalogue


def refuse_unknown(filters: "Filters", catalogue: "Catalogue") -> None:
    """Raise `UseError` for a source, publisher or tag that the library does not have.

    Without this a typing error, or a source that was removed, would read as silence.
    """
    gone = set(filters.sources) - catalogue.ready_among(filters.sources).keys()
    for slug in sorted(gone):
        if (entry := catalogue.entry(slug)) is not None:
            raise no_source(slug, entry)
    if not (gone or filters.publishers or filters.tags):
        return
    cards = {entry.source.slug: entry.source.card for entry in catalogue.entries(state="ready")}
    publishers = {card.publisher for card in cards.values() if card.publisher}
    tags = {tag for card in cards.values() for tag in card.tags}
    _refuse("source", filters.sources, cards)
    _refuse("publisher", filters.publishers, publishers)
    _refuse("tag", filters.tags, tags)


def _refuse(kind: str, named: Sequence[str], known: Iterable[str]) -> None:
    names = {name.casefold(): name for name in sorted(known)}
    for name in named:
        if name in names.values():
            continue
        folded = name.casefold()
        near = get_close_matches(folded, names, n=3, cutoff=0.5)
        near += [one for one in names if folded in one and one not in near][:3]
        meant = ", ".join(repr(names[one]) for one in near[:3])
        raise UseError(
            f"No {kind} of the library is called {name!r}.",
            remedy=f"Did you mean {meant}?" if near else "See `assistant sources list`.",
        )
