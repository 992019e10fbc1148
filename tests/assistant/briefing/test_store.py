"""Briefings on disk: every change can be undone."""

import pytest

from assistant.briefing.editor import BriefingEditor
from sources.errors import UseError
from sources.source import Span

SLUG = "01-first-round-geneva"


def texts(editor: BriefingEditor) -> list[str]:
    return [line.text for line in editor.store.get("talks").lines]


def test_a_briefing_is_kept_under_a_name_made_of_its_title(editor: BriefingEditor) -> None:
    editor.new("The talks, so far")
    assert [one.name for one in editor.store.briefings()] == ["the-talks-so-far"]


def test_two_briefings_cannot_have_one_name(editor: BriefingEditor) -> None:
    editor.new("Talks")
    with pytest.raises(UseError, match="already"):
        editor.new("talks")


def test_a_pin_carries_words_speaker_hash_and_library_state(editor: BriefingEditor) -> None:
    editor.new("Talks")
    content = editor.catalogue.text(SLUG).content
    start = content.index("U.S. special envoy")
    (line,) = editor.pin_words("talks", SLUG, Span(start, start + 86)).lines
    (evidence,) = line.evidence
    assert line.text == content[start : start + 86]
    assert (evidence.speaker, evidence.manner) == ("Witkoff", "reported speech")
    assert evidence.sha256 == editor.catalogue.source(SLUG).sha256
    assert line.library is not None
    assert len(editor.store.state(line.library).sources) == 13


def test_where_two_speak_in_a_sentence_the_one_who_is_meant_is_named(
    editor: BriefingEditor,
) -> None:
    editor.new("Talks")
    place = ("06-kremlin-response", Span(244, 385))
    editor.pin_words("talks", *place, speaker="Kyiv")
    editor.pin_words("talks", *place)
    named = [line.evidence[0].speaker for line in editor.store.get("talks").lines]
    assert named == ["Kyiv", None]


def test_a_passage_is_put_in_nobodys_mouth_unless_all_of_it_is_said(editor: BriefingEditor) -> None:
    editor.new("Talks")
    editor.pin_words("talks", "01-first-round-geneva", Span(0, 231))
    editor.pin_words("talks", "04-coalition-paris", Span(0, 200))
    narrated, said = (line.evidence[0].speaker for line in editor.store.get("talks").lines)
    assert (narrated, said) == (None, "Macron")


def test_words_beyond_the_text_are_refused(editor: BriefingEditor) -> None:
    editor.new("Talks")
    with pytest.raises(UseError, match="is not in it"):
        editor.pin_words("talks", SLUG, Span(0, 100_000))


def test_changes_are_undone_and_done_again_one_by_one(editor: BriefingEditor) -> None:
    editor.new("Talks")
    editor.write("talks", "own", "one")
    editor.write("talks", "own", "two")
    editor.move("talks", 2, 1)
    assert texts(editor) == ["two", "one"]
    assert editor.store.undo("talks") == "move line 2"
    assert editor.store.undo("talks") == "add a line (own)"
    assert texts(editor) == ["one"]
    editor.store.redo("talks")
    assert texts(editor) == ["one", "two"]


def test_a_new_change_ends_what_could_be_done_again(editor: BriefingEditor) -> None:
    editor.new("Talks")
    editor.write("talks", "own", "one")
    editor.store.undo("talks")
    editor.write("talks", "own", "other")
    with pytest.raises(UseError, match="nothing to redo"):
        editor.store.redo("talks")
    assert texts(editor) == ["other"]


def test_the_making_of_a_briefing_cannot_be_undone(editor: BriefingEditor) -> None:
    editor.new("Talks")
    with pytest.raises(UseError, match="nothing to undo"):
        editor.store.undo("talks")


def test_a_deleted_briefing_comes_back(editor: BriefingEditor) -> None:
    editor.new("Talks")
    editor.store.delete("talks")
    assert editor.store.briefings() == ()
    with pytest.raises(UseError, match="no briefing"):
        editor.store.get("talks")
    editor.store.undo("talks")
    assert editor.store.get("talks").title == "Talks"


def test_an_abstention_is_pinned_as_an_open_question(editor: BriefingEditor) -> None:
    from assistant.answers import Answer

    editor.new("Talks")
    answer = Answer("Who won?", "quotes", "not_in_sources", reason="No source mentions it.")
    (line,) = editor.pin_answer("talks", answer).lines
    assert (line.kind, line.text, line.reason) == (
        "not_found",
        "Who won?",
        "No source mentions it.",
    )
