"""What changed in the library since a briefing was made."""

from collections.abc import Callable
from pathlib import Path

from assistant.answering import Assistant
from assistant.briefing.editor import BriefingEditor
from sources.source import Span

TROOPS = "08-zelensky-interview"
SENTENCE = "Zelensky said Ukraine would keep 800,000 troops in peacetime."


def pinned(editor: BriefingEditor) -> None:
    editor.new("Talks")
    editor.pin_words("talks", TROOPS, Span(0, len(SENTENCE)))


def write(folder: Path, name: str, published: str, words: str) -> None:
    card = f"---\ntitle: {name}\npublisher: New Paper\npublished: {published}\n---\n"
    (folder / f"{name}.md").write_text(card + words, encoding="utf-8")


def test_nothing_has_changed_right_after_pinning(
    editor: BriefingEditor, assistant: Assistant
) -> None:
    pinned(editor)
    found = editor.changes("talks", assistant)
    assert (found.added, found.removed, found.replaced, found.lines) == ((), (), (), ())


def test_a_new_source_with_another_number_differs(
    editor: BriefingEditor, assistant: Assistant, folder: Path, sync: Callable[[], object]
) -> None:
    pinned(editor)
    write(
        folder, "new", "2026-01-05", "Zelensky said Ukraine would keep 700,000 troops in peacetime."
    )
    sync()
    found = editor.changes("talks", assistant)
    assert [source.slug for source in found.added] == ["new"]
    ((new,),) = [change.new for change in found.lines]
    assert (new.kind, new.differences.numbers) == (
        "differing",
        (("800,000 troops", "700,000 troops"),),
    )


def test_a_new_sentence_about_something_else_differs_in_nothing(
    editor: BriefingEditor, assistant: Assistant, folder: Path, sync: Callable[[], object]
) -> None:
    pinned(editor)
    words = "In peacetime Ukraine must not, Zelensky said, lose its troops’ trust in Kyiv’s courts."
    write(folder, "new", "2026-01-05", words)
    sync()
    ((new,),) = [change.new for change in editor.changes("talks", assistant).lines]
    assert (new.kind, new.differences.in_words()) == ("newer", "")


def test_a_later_source_that_agrees_is_newer(
    editor: BriefingEditor, assistant: Assistant, folder: Path, sync: Callable[[], object]
) -> None:
    pinned(editor)
    words = "Ukraine would keep 800,000 troops in peacetime, Zelensky said again."
    write(folder, "new", "2026-01-05", words)
    sync()
    ((new,),) = [change.new for change in editor.changes("talks", assistant).lines]
    assert (new.kind, new.words) == ("newer", words)


def test_a_replaced_text_is_told_and_whether_the_words_stand(
    editor: BriefingEditor, assistant: Assistant, folder: Path, sync: Callable[[], object]
) -> None:
    pinned(editor)
    path = folder / f"{TROOPS}.md"
    path.write_text(path.read_text("utf-8") + "\nA line was added.\n", encoding="utf-8")
    sync()
    found = editor.changes("talks", assistant)
    assert (found.replaced, found.added) == ((TROOPS,), ())
    assert [one.state for one in found.lines[0].cited] == ["changed, words stand"]
    path.write_text(path.read_text("utf-8").replace("800,000", "650,000"), encoding="utf-8")
    sync()
    assert [one.state for one in editor.changes("talks", assistant).lines[0].cited] == [
        "changed, words gone"
    ]


def test_a_removed_source_is_gone(
    editor: BriefingEditor, assistant: Assistant, folder: Path, sync: Callable[[], object]
) -> None:
    pinned(editor)
    (folder / f"{TROOPS}.md").unlink()
    sync()
    found = editor.changes("talks", assistant)
    assert found.removed == (TROOPS,)
    assert [one.state for one in found.lines[0].cited] == ["gone"]


def test_an_open_question_that_is_answered_now_is_told(
    editor: BriefingEditor, assistant: Assistant, folder: Path, sync: Callable[[], object]
) -> None:
    editor.new("Talks")
    answer = assistant.ask("When was Greta Lindholm appointed?")
    assert answer.verdict == "not_in_sources"
    editor.pin_answer("talks", answer)
    words = "Greta Lindholm was appointed special envoy on 4 January 2026."
    write(folder, "new", "2026-01-05", words)
    sync()
    (change,) = editor.changes("talks", assistant).lines
    assert change.answer is not None
    assert change.answer.statements[0].text == words


def test_after_accepting_the_library_nothing_is_new(
    editor: BriefingEditor, assistant: Assistant, folder: Path, sync: Callable[[], object]
) -> None:
    pinned(editor)
    write(folder, "new", "2026-01-05", SENTENCE.replace("800", "700"))
    sync()
    editor.accept("talks")
    assert editor.changes("talks", assistant).lines == ()
