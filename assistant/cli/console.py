"""How the commands speak: answers and data to standard output, everything else to error."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sources.errors import AssistantError

if TYPE_CHECKING:
    from rich.console import Console

    from index.filters import Filters
    from index.indexing import ProgressReport

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
_DAY = ["%Y-%m-%d"]
Since = Annotated[
    datetime | None,
    typer.Option("--since", formats=_DAY, help="Published on this day or later."),
]
Until = Annotated[
    datetime | None,
    typer.Option("--until", formats=_DAY, help="Published on this day or earlier."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


def out() -> "Console":
    """The console for results."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def err() -> "Console":
    """The console for progress and complaints."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)


def make_filters(
    sources: Sequence[str] | None,
    publishers: Sequence[str] | None,
    since: datetime | None,
    until: datetime | None,
) -> "Filters":
    """The filters that the options of a command name."""
    from index.filters import Filters

    return Filters(
        sources=tuple(sources or ()),
        publishers=tuple(publishers or ()),
        since=since.date() if since else None,
        until=until.date() if until else None,
    )


def print_json(value: Mapping[str, object] | list[Mapping[str, object]]) -> None:
    """One JSON value on one line, words as they are, at once."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def complain(error: AssistantError) -> None:
    """The problem and its remedy, on standard error."""
    from rich.text import Text

    err().print(Text.assemble(("Error: ", "bold red"), error.problem, " ", error.remedy))


@contextmanager
def progress() -> Iterator["ProgressReport"]:
    """A bar on standard error that follows the adding of sources; nothing when none is added."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    from index.indexing import Progress as Step

    columns = (
        TextColumn("Indexing {task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("passages"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err()) as bars:
        tasks = {}

        def report(step: Step) -> None:
            if not step.total:
                return
            if step.slug not in tasks:
                tasks[step.slug] = bars.add_task(step.slug, total=step.total)
            bars.update(tasks[step.slug], completed=step.done)

        yield report
