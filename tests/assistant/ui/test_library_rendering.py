import pytest

from assistant.ingest_queue import IngestBatch, Item
from assistant.ui.library_rendering import render_line, render_table
from sources.listing import Choices, Listed, Wanted
from sources.places import Refused


def test_what_a_person_should_know_of_a_text_stands_beside_it_as_words() -> None:
    items = (Item("uk.txt", state="added", note="Run `assistant <b>`."), Item("en.txt"))
    rendered = render_line(IngestBatch(items=items))
    assert rendered.count('class="why"') == 1
    assert "Run `assistant &lt;b&gt;`." in rendered


@pytest.mark.parametrize(
    ("passages_per_s", "told"),
    [(58.3, "58 passages a second"), (1.2, "1 passage a second"), (0.1, "6 passages a minute")],
)
def test_how_fast_texts_are_added_is_told_in_whole_passages(
    passages_per_s: float, told: str
) -> None:
    batch = IngestBatch(
        items=(Item("uk.txt", state="embedding", total=9),),
        at_work=True,
        passages_per_s=passages_per_s,
    )
    assert f"· {told}" in render_line(batch)


def test_files_that_were_refused_stand_under_no_filter_but_that_for_problems() -> None:
    refused = [Refused("/home/a/broken.pdf", "It is no PDF.", "2026-11-28T10:00:00")]

    def shown(wanted: Wanted) -> bool:
        table = render_table(
            Listed((), total=0, page=1, pages=1, same_story={}),
            wanted=wanted,
            choices=Choices((), ()),
            removed=1,
            refused=refused,
            earlier=0,
        )
        return "broken.pdf" in table

    assert shown(Wanted())
    assert shown(Wanted(with_problems=True))
    assert not shown(Wanted(publisher="Agence"))
    assert not shown(Wanted(state="removed"))
