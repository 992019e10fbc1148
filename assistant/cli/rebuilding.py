"""``assistant doctor --rebuild``: a lost catalogue made again, and what came back, by source."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.console import err, out

if TYPE_CHECKING:
    from assistant.settings import Settings
    from index.rebuilding import Rebuilt

MAX_SHOWN = 200


def rebuild_library(settings: "Settings", look_in: Sequence[Path]) -> "Rebuilt":
    """Make the catalogue again from what is left; the index follows when it is next opened."""
    from rich.progress import Progress

    from assistant.wiring import make_embedder_of_what_is_left, make_library
    from index.library import fingerprint_of
    from index.rebuilding import rebuild
    from sources.errors import UseError

    if not settings.home.is_dir():
        raise UseError(
            f"There is no folder {str(settings.home)!r}.", remedy="Name the library's with --home."
        )
    with Progress(console=err(), transient=True, disable=not err().is_terminal) as bar:
        task = bar.add_task("Reading files", total=None)

        def report(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        rebuilt = rebuild(
            settings.home,
            fingerprint=fingerprint_of(make_embedder_of_what_is_left(settings)),
            look_in=[path.expanduser() for path in look_in],
            report=report,
        )
    make_library(settings, is_to_be_checked=True).close()
    return rebuilt


def as_fields(rebuilt: "Rebuilt") -> dict[str, object]:
    """What came back, for JSON."""
    return {
        "salvaged": rebuilt.salvaged,
        "kept_aside": str(rebuilt.kept_aside) if rebuilt.kept_aside else None,
        "whole": rebuilt.whole,
        "partly": [{"source": one.slug, "missing": one.missing} for one in rebuilt.partly],
        "removed": rebuilt.removed,
        "lost": rebuilt.lost,
    }


def tell(rebuilt: "Rebuilt") -> None:
    """A line for each source, what is lost on standard error."""
    if rebuilt.is_nothing:
        out().print("The catalogue is there and can be used; nothing was to be brought back.")
        return
    lines = [
        *(f"whole    {slug}" for slug in rebuilt.whole),
        *(f"removed  {slug}: `assistant sources restore {slug}` takes it back"
          for slug in rebuilt.removed),
    ]  # fmt: skip
    for line in lines[:MAX_SHOWN]:
        out().print(line, markup=False)
    if len(lines) > MAX_SHOWN:
        out().print(f"and {len(lines) - MAX_SHOWN:,} more; --json lists them all")
    for one in rebuilt.partly:
        err().print(f"in part  {one.slug}: {one.missing}", markup=False, style="yellow")
    for lost in rebuilt.lost:
        err().print(f"lost     {lost}", markup=False, style="yellow")
    if rebuilt.kept_aside is not None:
        err().print(f"The damaged file is kept as {str(rebuilt.kept_aside)!r}.", markup=False)
    if rebuilt.salvaged == "nothing":
        err().print(
            "Conversations, briefings, tags, earlier texts and edits of cards that the index does"
            " not hold were in the lost file: only a backup brings them back."
        )
    elif rebuilt.salvaged == "rows":
        err().print(
            "Of the damaged file not every row could be read: conversations, briefings and earlier"
            " texts may be missing."
        )
    err().print("If the page is being served, start it again.")
