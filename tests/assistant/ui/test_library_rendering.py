from assistant.ingest_queue import IngestBatch, Item
from assistant.ui.library_rendering import render_line


def test_what_a_person_should_know_of_a_text_stands_beside_it_as_words() -> None:
    items = (Item("uk.txt", state="added", note="Run `assistant <b>`."), Item("en.txt"))
    rendered = render_line(IngestBatch(items=items))
    assert rendered.count('class="why"') == 1
    assert "Run `assistant &lt;b&gt;`." in rendered
