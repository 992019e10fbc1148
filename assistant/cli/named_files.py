"""Files that a person names to be written: none that is there is lost without a word."""

from pathlib import Path
from typing import Annotated

import typer

from sources.errors import UseError

Force = Annotated[
    bool, typer.Option("--force", help="Write also over a file that is there already.")
]


def refuse_to_overwrite(path: Path | None, *, force: bool) -> None:
    """Raise `UseError` where a file of that name is there, unless that is meant.

    To be called before the work begins, so that nobody waits for a refusal. What is no plain
    file (a pipe, `/dev/stdout`) cannot be lost and is written to.
    """
    if path is not None and not force and path.is_file():
        raise UseError(
            f"There is a file {str(path)!r} already.", remedy="Name another, or add --force."
        )
