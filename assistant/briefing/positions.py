"""Positions: issues down, parties across, each cell the newest words with date and source."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.briefing.issues import Issue
from assistant.speakers.parties import names_meant
from assistant.speakers.utterances import Said


@dataclass(frozen=True, slots=True)
class Position:
    """What one party says on one issue: the newest words, and what it said before."""

    issue: str
    party: str
    newest: Said
    earlier: tuple[Said, ...] = ()
    """Older or, in the same text, less to the point; newest first."""


@dataclass(frozen=True, slots=True)
class Positions:
    """The table. A pair of issue and party that nobody's words fill is simply not there."""

    issues: tuple[str, ...]
    parties: tuple[str, ...]
    """Those with the most filled cells first."""
    cells: tuple[Position, ...]

    def cell(self, issue: str, party: str) -> Position | None:
        """The position of `party` on `issue`, or `None` where no words of it were found."""
        return next(
            (cell for cell in self.cells if cell.issue == issue and cell.party == party), None
        )

    def first(self, count: int) -> "Positions":
        """The table with its first `count` parties alone."""
        kept = self.parties[:count]
        return replace(
            self, parties=kept, cells=tuple(cell for cell in self.cells if cell.party in kept)
        )


def find_positions(
    said: Sequence[Said],
    issues: Sequence[Issue],
    *,
    parties: Sequence[str] = (),
    max_parties: int | None = None,
) -> Positions:
    """The table over `issues`; all parties, or those named in `parties`.

    Raises nothing on an empty library: the table then has its issues and no parties.
    """
    wanted = frozenset[str]().union(*map(names_meant, parties))
    cells = []
    for issue in issues:
        by_party: dict[str, list[Said]] = {}
        for one in said:
            if (not wanted or one.speaker.casefold() in wanted) and issue.is_in(one.topic):
                by_party.setdefault(one.speaker, []).append(one)
        for party, words in by_party.items():
            newest, *earlier = sorted(words, key=lambda one: _rank(one, issue), reverse=True)
            cells.append(Position(issue.name, party, newest, tuple(earlier)))
    filled = Counter(cell.party for cell in cells)
    ranked = [party for party, _ in sorted(filled.items(), key=lambda item: (-item[1], item[0]))]
    table = Positions(
        issues=tuple(issue.name for issue in issues), parties=tuple(ranked), cells=tuple(cells)
    )
    return table.first(max_parties) if max_parties else table


def over_time(said: Sequence[Said], issue: Issue, party: str) -> tuple[Said, ...]:
    """What `party` said on `issue`, oldest first; undated words come last."""
    wanted = names_meant(party)
    words = [one for one in said if one.speaker.casefold() in wanted and issue.is_in(one.topic)]
    return tuple(
        sorted(
            words,
            key=lambda one: (one.published or date.max, one.source.slug, one.utterance.words.start),
        )
    )


def _rank(one: Said, issue: Issue) -> tuple[date, int, int, int]:
    """Newest first; in one text the words most to the point, then the first."""
    return (
        one.published or date.min,
        len(issue.places_in(one.statement)),
        len(issue.places_in(one.topic)),
        -one.utterance.words.start,
    )
