"""``assistant backup`` and ``assistant restore``: the library in one file, and back."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import Home, err, out
from assistant.cli.named_files import Force, refuse_to_overwrite
from assistant.cli.turns import WAIT_S
from assistant.formatting import size_in_words

if TYPE_CHECKING:
    from index.backup_file import BytesReport

_SAID_EVERY_S = 5.0


def add_to(app: typer.Typer) -> None:
    """Put the commands of this file on the main command."""
    app.command()(backup)
    app.command()(restore)


def backup(
    file: Annotated[Path, typer.Argument(help="Where to, for example library.zip.")],
    *,
    force: Force = False,
    home: Home = None,
) -> None:
    """Write the whole library to one file, also while the page is served."""
    from assistant.settings import read_settings
    from index.backing_up import back_up

    settings = read_settings(home=home)
    refuse_to_overwrite(file, force=force)
    with _bar("Backing up") as report:
        made = back_up(
            settings.home,
            file,
            force=force,
            with_chroma=settings.chroma is None,
            wait_s=WAIT_S,
            report=report,
        )
    size = size_in_words(file.stat().st_size)
    out().print(
        f"{file}: {_counted(made.sources)} in {size}, readable by you alone.",
        markup=False,
        highlight=False,
    )
    if settings.chroma is not None:
        err().print(f"The vectors on the Chroma server {settings.chroma} are not in it.")


def restore(
    file: Annotated[Path, typer.Argument(help="What `assistant backup` has written.")],
    *,
    force: Annotated[
        bool,
        typer.Option("--force", help="Also where a library is; it is kept under another name."),
    ] = False,
    home: Home = None,
) -> None:
    """Put the library from a backup into a folder that holds none."""
    from assistant.settings import read_settings
    from index.restoring import restore as put_back

    settings = read_settings(home=home)
    with _bar("Restoring") as report:
        restored = put_back(settings.home, file, force=force, report=report)
    manifest = restored.manifest
    out().print(
        f"{settings.home}: {_counted(manifest.sources)}, as on {manifest.made}; every file has"
        " the hash that it had.",
        markup=False,
        highlight=False,
    )
    if restored.put_aside is not None:
        err().print(f"What was there is kept in {str(restored.put_aside)!r}.", markup=False)


def _counted(sources: int) -> str:
    return f"{sources:,} source{'s' * (sources != 1)}"


@contextmanager
def _bar(what: str) -> Iterator["BytesReport"]:
    """A bar with bytes and time left on standard error; a line now and then where none watches."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    if not err().is_terminal:
        yield _logged(what)
        return
    columns = (TextColumn(what), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err(), transient=True) as bar:
        task = bar.add_task(what, total=None)

        def report(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield report


def _logged(what: str) -> "BytesReport":
    said = time.monotonic()

    def report(done: int, total: int) -> None:
        nonlocal said
        if time.monotonic() - said >= _SAID_EVERY_S:
            said = time.monotonic()
            err().print(f"{what}: {size_in_words(done)} of {size_in_words(total)}")

    return report
