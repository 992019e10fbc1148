"""``assistant eval support`` and ``injections``: verifying, and words that address a machine."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.console import AsJson, err, out, print_json


def add_to(app: typer.Typer) -> None:
    """Put the commands of this file on ``assistant eval``."""
    app.command()(support)
    app.command()(injections)


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
    from assistant.wiring import make_reader
    from index.encoder.encoder import MultilingualEncoder

    labelled = read_labelled(file)
    shown = track(labelled, description="Verifying", console=err(), transient=True)
    figures = measure(tell(shown, model=make_reader(MultilingualEncoder())))
    if as_json:
        print_json({"file": str(file), "sets": {name: asdict(v) for name, v in figures.items()}})
        return
    out().print(f"{'balanced accuracy':<20}{'statements':>11}{'ours':>8}{'word overlap':>14}")
    for name, value in figures.items():
        ours, overlap = value.balanced_accuracy, value.overlap_balanced_accuracy
        out().print(f"{name:<20}{value.statements:>11,}{ours:>8.3f}{overlap:>14.3f}")


def injections(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Attack strings: a JSON object of lists.")
    ],
    *,
    plain: Annotated[
        list[Path] | None,
        typer.Option("--plain", metavar="FILE", help="Text without attacks; repeat for several."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Are words that address a machine recognised in a text, and is plain text left alone?"""
    from assistant.evaluation.injecting import catch, false_alarms, read_attacks

    caught = catch(read_attacks(file))
    alarms = {str(one): false_alarms(one) for one in plain or ()}
    if as_json:
        print_json(
            {
                "file": str(file),
                "kinds": {kind: asdict(one) for kind, one in caught.items()},
                "plain": {
                    name: {"sentences": count, "false_alarms": list(found)}
                    for name, (count, found) in alarms.items()
                },
            }
        )
        return
    for kind, one in caught.items():
        out().print(f"{kind:<32}{one.caught:>3} of {one.attacks}")
    total = sum(one.attacks for one in caught.values())
    out().print(f"{'caught in all':<32}{sum(one.caught for one in caught.values()):>3} of {total}")
    for name, (count, found) in alarms.items():
        out().print(f"{name}: {len(found)} false alarms in {count:,} sentences")
