"""Who said what to safe HTML: the table, the words over time, comparisons, marks in months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from assistant.briefing.chronology import Event
from assistant.briefing.compare import Comparison
from assistant.briefing.differences import changed_words
from assistant.briefing.issues import Issue
from assistant.briefing.over_time import Step
from assistant.briefing.pictures import Grain, Mark
from assistant.briefing.positions import Positions
from assistant.briefing.status import Status
from assistant.speakers.utterances import Said
from assistant.ui.pictures_rendering import draw
from assistant.ui.segments import Segment, cut
from assistant.ui.templates import fill_in
from sources.source import Source

PARTS = (
    ("table", "Who said what"),
    ("compare", "Compare"),
    ("status", "Commitments"),
    ("pictures", "Over time"),
    ("events", "Events"),
    ("issues", "Issues"),
)
MAX_PARTIES = 6
MAX_ALL_PARTIES = 40
"""Columns of the widest table; of a party beyond, the command line tells."""
MAX_PAIRS = 60
MAX_STRIPS = 8
"""Parties or publishers in a picture."""
MAX_CHOSEN = 40
"""Statements or sources listed behind a bar."""
MAX_EVENTS = 150
_GROUPS = ("Speakers", "Unnamed", "Publishers' own reports")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The bar that was clicked, and all that it counts, newest first."""

    of: str
    name: str
    period: str
    every_said: Sequence[Said] = ()
    every_book: Sequence[Source] = ()

    @property
    def picked(self) -> tuple[str, str, str]:
        return self.of, self.name, self.period

    @property
    def said(self) -> Sequence[Said]:
        return self.every_said[:MAX_CHOSEN]

    @property
    def books(self) -> Sequence[Source]:
        newest = sorted(
            self.every_book, key=lambda one: one.card.published or date.min, reverse=True
        )
        return newest[:MAX_CHOSEN]

    @property
    def more(self) -> int:
        return max(0, len(self.every_said) + len(self.every_book) - MAX_CHOSEN)


@dataclass(frozen=True, slots=True)
class _Pair:
    comparison: Comparison
    earlier: tuple[Segment, ...]
    later: tuple[Segment, ...]


def render_table(
    table: Positions, statuses: Sequence[tuple[Issue, Status | None]], *, parties: int
) -> str:
    """Issues down, parties across; publishers' reports stand in columns of their own.

    `parties` is how many there are, of which `table` may hold the first alone.
    """
    kinds = {cell.party: _group(cell.newest) for cell in table.cells}
    shown = sorted(table.parties, key=lambda party: kinds[party])
    spans = [(name, [kinds[party] for party in shown].count(at)) for at, name in enumerate(_GROUPS)]
    return _page(
        "table",
        table=table,
        parties=shown,
        more=parties - len(shown),
        offered=min(parties, MAX_ALL_PARTIES),
        groups=[(name, count) for name, count in spans if count],
        stages={issue.name: status for issue, status in statuses},
        cells={(cell.issue, cell.party): cell for cell in table.cells},
    )


def render_steps(issue: str, party: str, found: Sequence[Step]) -> str:
    """One party on one issue, oldest first, with what changed marked."""
    shown = [(step, cut(step.said.sentence, marks=step.changed)) for step in found]
    return _page("steps", issue=issue, party=party, steps=shown)


def render_compare(pairs: Sequence[Comparison]) -> str:
    """Pairs of statements on one issue side by side, differing words marked."""
    shown = [
        _Pair(
            one,
            _marked(one.earlier.statement, one.later.statement),
            _marked(one.later.statement, one.earlier.statement),
        )
        for one in pairs[:MAX_PAIRS]
    ]
    return _page("compare", pairs=shown, more=max(0, len(pairs) - MAX_PAIRS))


def render_statuses(statuses: Sequence[tuple[Issue, Status | None]]) -> str:
    """How far each issue is, with the sentence that says so; unknown stays unknown."""
    return _page("status", statuses=statuses)


def render_pictures(
    every: tuple[Sequence[Mark], Sequence[Mark]],
    shown: tuple[Sequence[Mark], Sequence[Mark]],
    *,
    grain: Grain,
    chosen: Chosen | None = None,
) -> str:
    """Statements of each party and sources of each publisher over time, as bars.

    `every` has all marks, `shown` those that are drawn; `chosen` is what a clicked bar counts.
    """
    axis = (*shown[0], *shown[1])
    left_out = [
        len({mark.name for mark in marks}) - len({mark.name for mark in drawn})
        for marks, drawn in zip(every, shown, strict=True)
    ]
    pictures = (
        draw("statements", "Statements of each party", shown[0], axis=axis, grain=grain,
             left_out=left_out[0]),
        draw("coverage", "Sources of each publisher", shown[1], axis=axis, grain=grain,
             left_out=left_out[1]),
    )  # fmt: skip
    said: dict[tuple[str, str, str], str] = {
        (picture.of, strip.name, bar.period): bar.said
        for picture in pictures
        for strip in picture.strips
        for bar in strip.bars
    }
    is_there = chosen is not None and chosen.picked in said
    return _page(
        "pictures",
        grain=grain,
        pictures=pictures if every[1] else (),
        chosen=chosen if is_there else None,
        chosen_title=said[chosen.picked] if chosen is not None and is_there else "",
    )


def render_events(events: Sequence[Event], *, until: int = 0) -> str:
    """What the library names a time for, by year, each with the sentence that names it.

    At most `MAX_EVENTS`, the latest, or those before the one numbered `until` and it.
    """
    last = until if 0 < until < len(events) else len(events)
    earlier = max(0, last - MAX_EVENTS)
    numbered = enumerate(events[earlier:last], start=earlier + 1)
    years = [
        (year, list(of_year))
        for year, of_year in groupby(numbered, key=lambda one: one[1].first_day.year)
    ]
    later = min(len(events), last + MAX_EVENTS) if last < len(events) else 0
    return _page("events", years=years, earlier=earlier, later=later, count=len(events), last=last)


def render_reading(read: int, total: int) -> str:
    """How many of the texts have been read for who says what."""
    return _page("reading", read=read, total=total)


def render_issues(issues: Sequence[Issue], suggested: Sequence[Issue]) -> str:
    """The list that positions are sorted by, to be edited."""
    return _page("issues", issues=issues, suggested=suggested)


def render_nobody(problem: tuple[str, str] | None = None) -> str:
    """What is shown where nobody says anything, or why the last wish failed."""
    return _page("nobody", problem=problem)


def _page(part: str, **values: object) -> str:
    values.setdefault("problem", None)
    return fill_in("positions.html", part=part, parts=PARTS, **values)


def _group(said: Said) -> int:
    return {"publisher's report": 2, "unnamed": 1}.get(said.utterance.manner, 0)


def _marked(words: str, other: str) -> tuple[Segment, ...]:
    return cut(words, marks=changed_words(words, other))
