"""Following a folder: every change of it is taken over until somebody stops it."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

from index.changes import Changes
from index.indexing import sync_folder
from index.library import Library
from index.progress import ProgressReport
from sources.errors import LibraryBusyError, UseError

QUIET_MS = 800
"""A file is read when nothing has changed for so long: it may still be being written."""
_LOOK_MS = 500


def watch_folder(
    library: Library,
    folder: Path,
    *,
    stop: Event | None = None,
    report: ProgressReport | None = None,
) -> Iterator[Changes]:
    """Sync the folder now and after every change in it, and tell what each sync has done.

    Ends when `stop` is set, and with `KeyboardInterrupt` on Ctrl+C. While another process
    changes the library it waits. Raises what `index.indexing.sync_folder` raises otherwise.
    """
    from watchfiles import watch

    if not folder.is_dir():
        raise UseError(f"There is no folder {str(folder)!r}.", remedy="Check the path.")
    # Watching begins before the first sync, so that nothing is missed between the two.
    pending = True
    for changed in watch(
        folder,
        stop_event=stop,
        debounce=1_600,
        step=QUIET_MS,
        rust_timeout=_LOOK_MS,
        yield_on_timeout=True,
        raise_interrupt=True,
    ):
        pending = pending or bool(changed)
        if not pending:
            continue
        try:
            changes = sync_folder(library, folder, report=report)
        except LibraryBusyError:
            continue
        pending = False
        yield changes
