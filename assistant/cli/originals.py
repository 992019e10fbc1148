"""``assistant sources original``: the file that a source was read from."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.console import Home, err, out
from assistant.cli.named_files import Force, refuse_to_overwrite


def original(
    slug: Annotated[str, typer.Argument(help="The source's name in `sources list`.")],
    *,
    output: Annotated[
        Path | None,
        typer.Option(help="Where to; '-' is standard output. Without it, here, by its own name."),
    ] = None,
    force: Force = False,
    home: Home = None,
) -> None:
    """Write the file that a source was read from; where that is gone, its text, and say so."""
    from assistant.downloads import download
    from assistant.settings import read_settings
    from assistant.wiring import make_catalogue
    from sources.errors import StateError
    from sources.rights import share

    file = download(make_catalogue(read_settings(home=home)), slug)
    if file.is_text:
        err().print("The file is gone or has changed: this is the text that was read.")
    if output == Path("-"):
        sys.stdout.buffer.write(file.content)
        sys.stdout.flush()
        return
    path = output or Path(file.name)
    refuse_to_overwrite(path, force=force)
    try:
        path.write_bytes(file.content)
        share(path)
    except OSError as error:
        raise StateError(
            f"{str(path)!r} could not be written: {error.strerror}.", remedy="Check the folder."
        ) from error
    out().print(str(path), markup=False, highlight=False)
