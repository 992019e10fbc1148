from collections.abc import Callable
from datetime import date

import pytest

from assistant.answering import Assistant
from assistant.library_status import LibraryStatus, library_status
from assistant.writing.hosts import is_this_machine, machines_reached
from index.library import Library


def test_the_overview_counts_sources_and_names_the_newest_date(
    library_of: Callable[..., Library],
) -> None:
    library = library_of(
        old="---\npublished: 2025-01-02\n---\nOld words.",
        new="---\npublished: 2025-12-22\n---\nNew words.",
        undated="Words without a date.",
    )
    assert library_status(Assistant(library)) == LibraryStatus("quotes", 3, date(2025, 12, 22))


def test_the_overview_of_undated_sources_has_no_date(library_of: Callable[..., Library]) -> None:
    assert library_status(Assistant(library_of(one="Words."))).newest is None


def test_only_other_machines_are_named_each_once() -> None:
    assert machines_reached(
        None,
        "localhost:8000",
        "http://127.0.0.1:11434/v1",
        "vectors.example:8000",
        "https://vectors.example/v1",
        "10.0.0.7:8000",
    ) == ("vectors.example", "10.0.0.7")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]"])
def test_loopback_is_this_machine(host: str) -> None:
    assert is_this_machine(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "example.org", "localhost.org"])
def test_everything_else_may_be_another_machine(host: str) -> None:
    assert not is_this_machine(host)
