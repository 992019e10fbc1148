"""What the view "Positions" does when something happens on it: values in, HTML out."""

import threading
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar, cast

import gradio as gr

from assistant.briefing.chronology import find_events
from assistant.briefing.compare import compare_library
from assistant.briefing.editor import BriefingEditor
from assistant.briefing.issues import Issue, add_issue, keep_issues, remove_issue, suggest_issues
from assistant.briefing.over_time import steps
from assistant.briefing.pictures import (
    GRAINS,
    coverage,
    grain_for,
    period_of,
    statements_over_time,
)
from assistant.briefing.positions import find_positions
from assistant.briefing.status import Status, statuses_by_issue
from assistant.speakers.kept_utterances import Report
from assistant.speakers.utterances import EverythingSaid
from assistant.ui.event_fields import fields_of, whole
from assistant.ui.pictures_rendering import most_periods
from assistant.ui.positions_rendering import (
    MAX_ALL_PARTIES,
    MAX_PARTIES,
    MAX_STRIPS,
    Chosen,
    render_compare,
    render_events,
    render_issues,
    render_nobody,
    render_pictures,
    render_reading,
    render_statuses,
    render_steps,
    render_table,
)
from sources.errors import AssistantError, UseError

Found = TypeVar("Found")
_PATIENCE_S = 0.5
"""So long somebody waits before being told how far the reading is."""
_USUAL_PX = 1_200
"""The width of the view, where its page does not say."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What the library says in one state, and what was worked out from it so far."""

    everything: EverythingSaid
    found: dict[Hashable, object] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def once(self, what: Hashable, find: Callable[[], Found]) -> Found:
        """What `find` finds, worked out the first time only."""
        with self.lock:
            if what not in self.found:
                self.found[what] = find()
            return cast("Found", self.found[what])


class _Reading:
    """A library being read in one state, in a thread of its own, for all who wait for it."""

    def __init__(
        self, state: Hashable, everything_said: Callable[[Report], EverythingSaid]
    ) -> None:
        self.state = state
        self.look: Future[_Look] = Future()
        self.read, self.total = 0, 0
        threading.Thread(
            target=self._run, args=(everything_said,), name="who says what", daemon=True
        ).start()

    def _run(self, everything_said: Callable[[Report], EverythingSaid]) -> None:
        try:
            self.look.set_result(_Look(everything_said(self._report)))
        except BaseException as error:  # noqa: BLE001 - whoever waits must learn of it
            self.look.set_exception(error)

    def _report(self, read: int, total: int) -> None:
        self.read, self.total = read, total


class PositionsEvents:
    """The handlers of the positions view; what the library says is read once per state."""

    def __init__(self, editor: BriefingEditor) -> None:
        self._editor = editor
        self._last: _Reading | None = None
        self._lock = threading.Lock()

    def show(self) -> Iterator[str]:
        """The table, and how far the reading for it is where that takes long."""
        yield from self._answer({})

    def act(self, event: gr.EventData) -> Iterator[str]:
        """What was asked for: another part, one party over time, or a change to the issues."""
        yield from self._answer(fields_of(event))

    def _answer(self, wish: Mapping[str, object]) -> Iterator[str]:
        try:
            reading = self._reading()
            while not reading.look.done():
                wait([reading.look], timeout=_PATIENCE_S)
                if not reading.look.done() and reading.total:
                    yield render_reading(reading.read, reading.total)
            yield self._part(str(wish.get("do", "table")), wish, reading.look.result())
        except AssistantError as error:
            yield render_nobody((error.problem, error.remedy))

    def _part(self, do: str, wish: Mapping[str, object], look: _Look) -> str:
        issues, everything = self._editor.issues(), look.everything
        match do:
            case "compare":
                pairs = look.once(("compare", issues), lambda: compare_library(everything, issues))
                return render_compare(pairs)
            case "status":
                return render_statuses(_statuses(look, issues))
            case "pictures" | "mark":
                return _pictures(look, wish)
            case "events":
                events = look.once("events", lambda: find_events(everything))
                return render_events(events, until=whole(wish.get("until")))
            case "issues" | "issue-add" | "issue-remove":
                return self._issues(do, issues, everything, wish)
            case "steps":
                named = [one for one in issues if one.name == wish.get("issue")]
                if not named:
                    raise UseError("There is no such issue.", remedy="Look at the table again.")
                party = str(wish.get("party"))
                return render_steps(named[0].name, party, steps(everything.said, named[0], party))
        table = look.once(("table", issues), lambda: find_positions(everything.said, issues))
        if not table.cells:
            return render_nobody()
        return render_table(
            table.first(MAX_ALL_PARTIES if wish.get("all") else MAX_PARTIES),
            _statuses(look, issues),
            parties=len(table.parties),
        )

    def _issues(
        self,
        do: str,
        issues: tuple[Issue, ...],
        everything: EverythingSaid,
        wish: Mapping[str, object],
    ) -> str:
        name = " ".join(str(wish.get("name", "")).split())
        if do == "issue-add":
            cues = tuple(cue.strip() for cue in str(wish.get("cues", "")).split(",") if cue.strip())
            issues = add_issue(issues, Issue(name, cues))
        elif do == "issue-remove":
            issues = remove_issue(issues, name)
        if do != "issues":
            keep_issues(self._editor.catalogue, issues)
        return render_issues(issues, suggest_issues((one.topic for one in everything.said), issues))

    def _reading(self) -> _Reading:
        """The reading of the library as it is now; begun where nobody did, or it broke."""
        entries = self._editor.catalogue.entries(state="ready")
        state = tuple((one.source.slug, one.source.sha256, one.changed) for one in entries)
        with self._lock:
            last = self._last
            broke = last is not None and last.look.done() and last.look.exception() is not None
            if last is None or last.state != state or broke:
                last = self._last = _Reading(state, self._editor.everything_said)
            return last


def _statuses(look: _Look, issues: tuple[Issue, ...]) -> Sequence[tuple[Issue, Status | None]]:
    return look.once(("status", issues), lambda: statuses_by_issue(look.everything, issues))


def _pictures(look: _Look, wish: Mapping[str, object]) -> str:
    everything = look.everything
    grain = next((one for one in GRAINS if one == wish.get("grain")), None) or grain_for(
        everything, max_periods=most_periods(whole(wish.get("room")) or _USUAL_PX)
    )
    every = (
        statements_over_time(everything, grain=grain, max_parties=None),
        coverage(everything, grain=grain),
    )
    shown = (
        statements_over_time(everything, grain=grain, max_parties=MAX_STRIPS),
        coverage(everything, grain=grain, max_publishers=MAX_STRIPS),
    )
    of, name, period = (str(wish.get(part)) for part in ("of", "name", "period"))

    def is_meant(named: str, published: date | None) -> bool:
        day = period_of(published, grain)
        return (named, day.isoformat() if day else "undated") == (name, period)

    said = [one for one in everything.said if is_meant(one.speaker, one.published)]
    books = [
        source
        for source, _ in everything.texts.values()
        if is_meant(source.card.publisher or "unknown", source.card.published)
    ]
    chosen = Chosen(of, name, period, *(((), books) if of == "coverage" else (said, ())))
    return render_pictures(every, shown, grain=grain, chosen=chosen)
