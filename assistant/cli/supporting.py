"""``assistant eval support``: is what is told supported or not, beside human labels."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.console import AsJson, err, out, print_json


def add_to(app: typer.Typer) -> None:
    """Put the command of this file on ``assistant eval``."""
    app.command()(support)


def support(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help='Lines {"_id", "set", "source", "statement", "supported"}.'
        ),
    ],
    *,
    as_json: AsJson = False,
) -> None:
    """Is a statement told to be supported where people say so? Balanced accuracy per set."""
    from rich.progress import track

    from assistant.evaluation.supporting import measure, read_labelled, tell

    labelled = read_labelled(file)
    figures = measure(tell(track(labelled, description="Verifying", console=err(), transient=True)))
    if as_json:
        print_json({"file": str(file), "sets": {name: asdict(v) for name, v in figures.items()}})
        return
    out().print(f"{'balanced accuracy':<20}{'statements':>11}{'ours':>8}{'word overlap':>14}")
    for name, value in figures.items():
        ours, overlap = value.balanced_accuracy, value.overlap_balanced_accuracy
        out().print(f"{name:<20}{value.statements:>11,}{ours:>8.3f}{overlap:>14.3f}")
