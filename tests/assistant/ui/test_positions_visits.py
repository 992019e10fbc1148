"""The positions view over a library that changes under it."""

from collections.abc import Callable
from pathlib import Path

import gradio as gr
import pytest

from assistant.briefing.desk import Desk
from assistant.briefing.store import BriefingStore
from assistant.ui.positions_visits import PositionsVisits
from index.indexing import sync_folder
from index.library import Library


@pytest.fixture
def visits(library_of: Callable[..., Library]) -> PositionsVisits:
    library = library_of(first="Macron said 26 countries had joined the coalition.")
    return PositionsVisits(Desk(library.catalogue, BriefingStore(library.catalogue.path)))


def _act(visits: PositionsVisits, **wish: object) -> str:
    (page,) = visits.act(gr.EventData(None, wish))
    return page


def test_a_source_that_was_added_is_in_the_next_table(
    visits: PositionsVisits, library: Library, tmp_path: Path
) -> None:
    assert "Starmer" not in visits.show()
    later = tmp_path / "texts" / "later.md"
    later.write_text("Starmer said 30 countries now belonged to the coalition.", "utf-8")
    sync_folder(library, tmp_path / "texts")
    assert "Starmer" in visits.show()


def test_an_issue_that_was_added_is_a_row_and_can_be_removed(visits: PositionsVisits) -> None:
    assert "membership drive" not in visits.show()
    _act(visits, do="issue-add", name="membership drive", cues="joined, countries")
    assert "membership drive" in visits.show()
    _act(visits, do="issue-remove", name="membership drive")
    assert "membership drive" not in visits.show()


def test_an_issue_without_words_is_refused_with_a_remedy(visits: PositionsVisits) -> None:
    assert "An issue needs a name and words." in _act(visits, do="issue-add", name="x", cues=" , ")
