"""How the commands speak: answers and data to standard output, everything else to error."""

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sources.errors import AssistantError, UseError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import TaskID

    from index.filters import Filters
    from index.progress import Progress as Step
    from index.progress import ProgressReport

Home = Annotated[
    Path | None,
    typer.Option("--home", help="The library's folder (or ASSISTANT_HOME).", show_default=False),
]
Sources = Annotated[
    list[str] | None, typer.Option("--source", help="Only this source; repeat for several.")
]
Publishers = Annotated[
    list[str] | None, typer.Option("--publisher", help="Only this publisher; repeat for several.")
]
Tags = Annotated[
    list[str] | None, typer.Option("--tag", help="Only with this tag; repeat for several.")
]


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise UseError(f"{words!r} is not a day.", remedy="Write it as YYYY-MM-DD.") from error


Since = Annotated[
    date | None,
    typer.Option("--since", parser=_day, metavar="DAY", help="Published on YYYY-MM-DD or later."),
]
Until = Annotated[
    date | None,
    typer.Option("--until", parser=_day, metavar="DAY", help="Published on YYYY-MM-DD or earlier."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


def out() -> "Console":
    """The console for results."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def err() -> "Console":
    """The console for progress and complaints."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, soft_wrap=not sys.stderr.isatty())


def make_filters(
    sources: Sequence[str] | None,
    publishers: Sequence[str] | None,
    since: date | None,
    until: date | None,
    tags: Sequence[str] | None = None,
) -> "Filters":
    """The filters that the options of a command name; `UseError` for days that leave none."""
    from index.filters import Filters

    if since and until and since > until:
        raise UseError(
            f"No day is on or after {since:%Y-%m-%d} and on or before {until:%Y-%m-%d}.",
            remedy="Give the earlier day to `--since` and the later one to `--until`.",
        )
    return Filters(
        sources=tuple(sources or ()),
        publishers=tuple(publishers or ()),
        tags=tuple(tags or ()),
        since=since,
        until=until,
    )


def print_json(value: Mapping[str, object] | Sequence[Mapping[str, object]]) -> None:
    """One JSON value on one line, words as they are, at once."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def complain(error: AssistantError) -> None:
    """The problem and its remedy, on standard error."""
    from rich.text import Text

    err().print(Text.assemble(("Error: ", "bold red"), error.problem, " ", error.remedy))


@contextmanager
def progress() -> Iterator["ProgressReport"]:
    """Two bars on standard error: all files with rate and time left, and the file at work.

    Where no terminal is, a line every few seconds instead, as fits a log.
    """
    if not err().is_terminal:
        yield logged(lambda line: err().print(line, markup=False))
        return
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[told]}", markup=False),
    )
    with Progress(*columns, console=err(), transient=True) as bars:
        tasks: list[TaskID] = []

        def report(step: "Step") -> None:
            if not tasks:
                tasks.append(bars.add_task("All files", total=1.0, told=""))
                tasks.append(bars.add_task("", total=None, told=""))
            bars.update(tasks[0], completed=step.share, told=overall_in_words(step))
            told = f"{step.done} of {step.total} passages" if step.total else "reading"
            bars.update(
                tasks[1],
                description=step.slug[:40],
                total=step.total or None,
                completed=step.done,
                told=told,
            )

        yield report


def logged(say: Callable[[str], None], *, every_s: float = 5.0) -> "ProgressReport":
    """Says how far all files together are: at most once in `every_s`, and not at the start."""
    said = time.monotonic()

    def report(step: "Step") -> None:
        nonlocal said
        now = time.monotonic()
        if now - said >= every_s:
            said = now
            say(f"{overall_in_words(step)} ({step.slug})")

    return report


def overall_in_words(step: "Step") -> str:
    """How far all files together are, how fast it goes, and how long it will still take."""
    told = f"{step.files_done:,} of {step.files_total:,}"
    if step.passages_done:
        told += f", {step.passages_per_s:,.0f} passages a second"
    if step.seconds_left is not None:
        minutes, seconds = divmod(round(step.seconds_left), 60)
        told += f", {minutes} min {seconds:02} s left" if minutes else f", {seconds} s left"
    return told
