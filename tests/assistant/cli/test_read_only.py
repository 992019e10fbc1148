"""A library in a folder that may only be read: asked as any other, changed by nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.conversing.conversation import Conversation
from assistant.conversing.store import ConversationStore
from sources.database import FILE_NAME, may_be_written
from tests.assistant.cli.conftest import Run
from tests.capabilities import rights_respected

Runner = Callable[..., Run]
SLUG = "polskie-radio-security-guarantees"


@pytest.fixture
def reader(run: Runner, tmp_path: Path) -> Iterator[Runner]:
    """Runs commands on a library of the shipped article that may not be written."""
    run("sources", "sync")
    everything = [tmp_path / "home", *(tmp_path / "home").rglob("*")]
    for path in everything:
        path.chmod(path.stat().st_mode & ~0o222)
    with rights_respected():
        assert not may_be_written(tmp_path / "home" / FILE_NAME)
        yield run
    for path in everything:
        path.chmod(path.stat().st_mode | 0o200)


def test_it_answers_searches_lists_and_is_checked(reader: Runner, tmp_path: Path) -> None:
    before = sorted(path for path in (tmp_path / "home").rglob("*"))
    asked = reader("ask", "How many troops would Ukraine keep?")
    assert (asked.code, "800,000 troops" in asked.out) == (0, True)
    assert "Donetsk" in reader("search", "Donetsk").out
    assert SLUG in reader("sources", "list").out
    assert "Donetsk" in reader("sources", "show", SLUG).out
    assert "Vance" in reader("brief", "positions").out
    assert "There is no briefing" in reader("brief", "list").out
    checked = reader("doctor")
    assert (checked.code, "Everything agrees" in checked.out) == (0, True)
    assert sorted(path for path in (tmp_path / "home").rglob("*")) == before


@pytest.mark.parametrize(
    "command",
    [
        ("sources", "remove", SLUG),
        ("sources", "edit", SLUG, "--title", "Other"),
        ("sources", "clean-up"),
        ("brief", "new", "Talks"),
    ],
)
def test_what_would_change_it_says_that_it_is_read_only(
    reader: Runner, command: tuple[str, ...]
) -> None:
    refused = reader(*command)
    assert refused.code == 1
    assert "is read-only. Make its folder writable" in refused.err


def test_a_folder_without_a_library_that_may_not_be_written_is_said(
    run: Runner, tmp_path: Path
) -> None:
    folder = tmp_path / "bare"
    folder.mkdir(mode=0o555)
    with rights_respected():
        refused = run("ask", "Who is Vance?", "--home", folder)
    assert (refused.code, "holds no library" in refused.err) == (1, True)


@pytest.mark.usefixtures("reader")
def test_the_page_may_go_on_where_conversations_cannot_be_kept(tmp_path: Path) -> None:
    store = ConversationStore(tmp_path / "home" / FILE_NAME)
    store.keep("visitor", Conversation().asking("Who is Vance?"))
    store.keep_mode("visitor", "model")
    store.forget_removed()
    assert (store.listed("visitor"), store.mode("visitor")) == ((), None)
    store.close()
