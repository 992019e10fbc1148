"""How the commands speak: answers and data to standard output, everything else to error."""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sources.errors import AssistantError

if TYPE_CHECKING:
    from rich.console import Console

    from index.indexing import ProgressReport

Home = Annotated[
    Path | None,
    typer.Option("--home", help="The library's folder (or ASSISTANT_HOME).", show_default=False),
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
