"""A reader that works page by page says that it goes on: the time limit holds for each page."""

from collections.abc import Callable

_listeners: list[Callable[[], None]] = []


def listen(said: Callable[[], None]) -> None:
    """Have `said` called, in this process, whenever a reader says that it goes on."""
    _listeners.append(said)


def still_reading() -> None:
    """Say that another page begins; nobody may listen."""
    for said in _listeners:
        said()
