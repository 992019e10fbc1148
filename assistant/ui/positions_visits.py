"""What the view "Positions" does when something happens on it: values in, HTML out."""

import threading
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar, cast

import gradio as gr

from assistant.briefing.compare import compare
from assistant.briefing.desk import Desk
from assistant.briefing.issues import Issue, add_issue, keep_issues, remove_issue, suggest_issues
from assistant.briefing.over_time import steps
from assistant.briefing.pictures import Mark, coverage, month_of, statements_over_time
from assistant.briefing.positions import find_positions
from assistant.briefing.status import Status, statuses_by_issue
from assistant.speaking.hearing import Hearing, Said
from assistant.ui.positions_rendering import (
    MAX_PARTIES,
    render_compare,
    render_issues,
    render_nobody,
    render_pictures,
    render_statuses,
    render_steps,
    render_table,
)
from sources.errors import AssistantError, UseError
from sources.source import Source

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class _Look:
    """What the library says in one state, and what was worked out from it so far."""

    state: tuple[tuple[str, str, str], ...]
    hearing: Hearing
    found: dict[Hashable, object] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def once(self, what: Hashable, find: Callable[[], Found]) -> Found:
        """What `find` finds, worked out the first time only."""
        with self.lock:
            if what not in self.found:
                self.found[what] = find()
            return cast("Found", self.found[what])


class PositionsVisits:
    """The handlers of the positions view; what the library says is read once per state."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._last: _Look | None = None
        self._lock = threading.Lock()

    def show(self) -> str:
        """The table."""
        return self._part("table", {})

    def act(self, event: gr.EventData) -> Iterator[str]:
        """What was asked for: another part, one party over time, or a change to the issues."""
        wish = event._data if isinstance(event._data, dict) else {}
        try:
            yield self._part(str(wish.get("do", "table")), wish)
        except AssistantError as error:
            yield render_nobody((error.problem, error.remedy))

    def _part(self, do: str, wish: Mapping[str, object]) -> str:
        look, issues = self._look(), self._desk.issues()
        hearing = look.hearing
        match do:
            case "compare":
                pairs = look.once(("compare", issues), lambda: compare(hearing.said, issues))
                return render_compare(pairs)
            case "status":
                return render_statuses(_statuses(look, issues))
            case "pictures" | "mark":
                statements, by_publisher = statements_over_time(hearing), coverage(hearing)
                chosen, books = _behind(hearing, by_publisher, wish) if do == "mark" else ((), ())
                return render_pictures(statements, by_publisher, chosen=chosen, books=books)
            case "issues" | "issue-add" | "issue-remove":
                return self._issues(do, issues, hearing, wish)
            case "steps":
                named = [one for one in issues if one.name == wish.get("issue")]
                if not named:
                    raise UseError("There is no such issue.", remedy="Look at the table again.")
                party = str(wish.get("party"))
                return render_steps(named[0].name, party, steps(hearing.said, named[0], party))
        limit = None if wish.get("all") else MAX_PARTIES
        table = look.once(
            ("table", issues, limit),
            lambda: find_positions(hearing.said, issues, max_parties=limit),
        )
        if not table.cells:
            return render_nobody()
        return render_table(table, _statuses(look, issues))

    def _issues(
        self,
        do: str,
        issues: tuple[Issue, ...],
        hearing: Hearing,
        wish: Mapping[str, object],
    ) -> str:
        name = " ".join(str(wish.get("name", "")).split())
        if do == "issue-add":
            cues = tuple(cue.strip() for cue in str(wish.get("cues", "")).split(",") if cue.strip())
            if not name or not cues or not all(cue.strip(" *") for cue in cues):
                raise UseError("An issue needs a name and words.", remedy="Give it both.")
            issues = add_issue(issues, Issue(name, cues))
        elif do == "issue-remove":
            issues = remove_issue(issues, name)
        if do != "issues":
            keep_issues(self._desk.catalogue, issues)
        return render_issues(issues, suggest_issues((one.topic for one in hearing.said), issues))

    def _look(self) -> _Look:
        entries = self._desk.catalogue.entries(state="ready")
        state = tuple((one.source.slug, one.source.sha256, one.changed) for one in entries)
        with self._lock:
            if self._last is None or self._last.state != state:
                self._last = _Look(state, self._desk.hear())
            return self._last


def _statuses(look: _Look, issues: tuple[Issue, ...]) -> Sequence[tuple[Issue, Status | None]]:
    return look.once(("status", issues), lambda: statuses_by_issue(look.hearing, issues))


def _behind(
    hearing: Hearing, by_publisher: Sequence[Mark], wish: Mapping[str, object]
) -> tuple[tuple[Said, ...], tuple[Source, ...]]:
    """What a mark counts: the statements of a party, or the sources of a publisher."""

    def is_meant(name: str, day: date | None) -> bool:
        month = day.isoformat() if day else "undated"
        return (name, month) == (wish.get("name"), wish.get("month"))

    if wish.get("of") == "coverage":
        meant = [mark for mark in by_publisher if is_meant(mark.name, mark.day)]
        return (), tuple(hearing.texts[slug][0] for mark in meant for slug in mark.sources)
    said = (one for one in hearing.said if is_meant(one.speaker, month_of(one.published)))
    return tuple(said), ()
