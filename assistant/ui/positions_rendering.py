"""Who said what to safe HTML: the table, the words over time, comparisons, marks in months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.briefing.compare import Comparison
from assistant.briefing.differences import changed_words
from assistant.briefing.issues import Issue
from assistant.briefing.over_time import Step
from assistant.briefing.pictures import Mark
from assistant.briefing.positions import Positions
from assistant.briefing.status import Status
from assistant.speaking.hearing import Said
from assistant.ui.segments import Segment, cut
from assistant.ui.templates import fill_in
from sources.source import Source

PARTS = (
    ("table", "Who said what"),
    ("compare", "Compare"),
    ("status", "Commitments"),
    ("pictures", "Over time"),
    ("issues", "Issues"),
)
MAX_PARTIES = 6
MAX_PAIRS = 60
_GROUPS = ("Speakers", "Unnamed", "Publishers' own reports")


@dataclass(frozen=True, slots=True)
class Row:
    """Marks of one party or publisher, one place for every month of the picture."""

    name: str
    marks: tuple[Mark | None, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    comparison: Comparison
    earlier: tuple[Segment, ...]
    later: tuple[Segment, ...]


def render_table(table: Positions, statuses: Sequence[tuple[Issue, Status | None]]) -> str:
    """Issues down, parties across; publishers' reports stand in columns of their own."""
    kinds = {cell.party: _group(cell.newest) for cell in table.cells}
    parties = sorted(table.parties, key=lambda party: kinds[party])
    spans = [
        (name, [kinds[party] for party in parties].count(at)) for at, name in enumerate(_GROUPS)
    ]
    return _page(
        "table",
        table=table,
        parties=parties,
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
    statements: Sequence[Mark],
    coverage: Sequence[Mark],
    *,
    chosen: Sequence[Said] = (),
    books: Sequence[Source] = (),
) -> str:
    """Statements of each party and sources of each publisher by month, as marks.

    `chosen` and `books` are the statements and the sources behind a mark that was clicked.
    """
    months = tuple(
        dict.fromkeys(
            sorted((mark.day for mark in (*statements, *coverage)), key=lambda day: day or date.max)
        )
    )
    most = max((mark.count for mark in (*statements, *coverage)), default=1)
    return _page(
        "pictures",
        months=months,
        most=most,
        pictures=(
            ("statements", "Statements of each party", _rows(statements, months)),
            ("coverage", "Sources of each publisher", _rows(coverage, months)),
        ),
        chosen=chosen,
        books=books,
    )


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


def _rows(marks: Sequence[Mark], months: Sequence[date | None]) -> tuple[Row, ...]:
    by_place = {(mark.name, mark.day): mark for mark in marks}
    names = sorted({mark.name for mark in marks})
    return tuple(
        Row(name, tuple(by_place.get((name, month)) for month in months)) for name in names
    )
