"""Briefings to safe HTML: the same templates and the same rule as `rendering`."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.briefing.briefings import Briefing, Evidence, Line
from assistant.briefing.changes import LineChange, WhatChanged
from assistant.briefing.store import Summary
from assistant.export.verifying import Verified
from assistant.ui.templates import fill_in

EXPORTS = (
    (".docx", "Word"),
    (".md", "Markdown"),
    (".html", "Web page"),
    (".json", "CSL-JSON"),
    (".bib", "BibTeX"),
)
"""Endings and what they are called."""


@dataclass(frozen=True, slots=True)
class _Noted:
    number: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class _Shown:
    line: Line
    notes: tuple[_Noted, ...]
    change: LineChange | None


def render_briefing(
    briefing: Briefing | None,
    *,
    known: Sequence[Summary],
    drift: tuple[int, int, int] = (0, 0, 0),
    changed: WhatChanged | None = None,
    problem: tuple[str, str] | None = None,
    busy: str | None = None,
) -> str:
    """The open briefing, or the way to a first one.

    `drift` counts the sources that were added, replaced and removed since it was made,
    `changed` is what that means for its lines, `problem` why the last wish failed.
    """
    by_line = {one.line.number: one for one in changed.lines} if changed else {}
    lines = _numbered(briefing.lines, by_line) if briefing else ()
    return fill_in(
        "briefing.html",
        briefing=briefing,
        known=known,
        lines=lines,
        not_found=[one for one in lines if one.line.kind == "not_found"],
        footnotes=sum(len(one.notes) for one in lines),
        left_out=sum(one.line.support != "supported" for one in lines),
        drift=drift if any(drift) else None,
        changed=changed,
        exports=EXPORTS,
        problem=problem,
        busy=busy,
    )


def render_checks(found: Verified, *, file: str) -> str:
    """Every footnote of a document and how it stands, and the lines that are not as exported."""
    return fill_in("checks.html", found=found, file=file, problem=None)


def render_check_failure(problem: str, remedy: str) -> str:
    """Why a document cannot be checked."""
    return fill_in("checks.html", problem=problem, remedy=remedy)


def _numbered(lines: Sequence[Line], changes: dict[int, LineChange]) -> tuple[_Shown, ...]:
    """The lines with the numbers that their footnotes have in an exported document."""
    shown, number = [], 1
    for line in lines:
        notes = tuple(_Noted(number + at, one) for at, one in enumerate(line.evidence))
        number += len(notes)
        shown.append(_Shown(line, notes, changes.get(line.number)))
    return tuple(shown)
