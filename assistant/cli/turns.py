"""When another process is at work on the library: waiting for one's turn, and saying so."""

import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.console import err
from sources.errors import LibraryBusyError

if TYPE_CHECKING:
    from index.library import Library
    from sources.catalogue import Catalogue

WAIT_S = 5.0
_LOOK_S = 0.2


def open_to_change(home: Path | None) -> "Library":
    """The library in force, once it is this command's turn, or `WAIT_S` have passed."""
    from assistant.settings import read_settings
    from assistant.wiring import make_catalogue, make_library

    settings = read_settings(home=home)
    catalogue = make_catalogue(settings)
    await_turn(catalogue)
    catalogue.close()
    return make_library(settings)


def await_turn(catalogue: "Catalogue", *, wait_s: float = WAIT_S) -> None:
    """Wait a little, and say so, while another process changes the library.

    Whoever changes it afterwards may still find it busy, and is told.
    """
    if not catalogue.is_being_changed:
        return
    err().print(f"Another process is changing this library; waiting up to {wait_s:g} seconds.")
    with suppress(LibraryBusyError), catalogue.changing_alone(wait_s=wait_s):
        return


def await_first_source(library: "Library", *, wait_s: float = WAIT_S) -> None:
    """Wait a little for the first text of an empty library that another process adds to.

    Raises `LibraryBusyError` when none is ready in time, with how far the adding is.
    """
    from index.indexing import being_added

    if being_added(library) is None:
        return
    err().print(f"Another process is adding texts; waiting up to {wait_s:g} seconds for the first.")
    until = time.monotonic() + wait_s
    while (far := being_added(library)) is not None and not library.catalogue.counts()[0]:
        if time.monotonic() > until:
            files = f" ({far} files so far)" if far else ""
            raise LibraryBusyError(
                f"Texts are being added by another process, and none is ready yet{files}.",
                remedy="Ask again in a moment.",
            )
        time.sleep(_LOOK_S)
