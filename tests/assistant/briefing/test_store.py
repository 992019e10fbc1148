"""Briefings on disk: every change can be undone."""

import pytest

from assistant.briefing.desk import Desk
from sources.errors import UseError
from sources.source import Span

SLUG = "01-first-round-geneva"


def texts(desk: Desk) -> list[str]:
    return [line.text for line in desk.store.get("talks").lines]


def test_a_briefing_is_kept_under_a_name_made_of_its_title(desk: Desk) -> None:
    desk.new("The talks, so far")
    assert [one.name for one in desk.store.briefings()] == ["the-talks-so-far"]


def test_two_briefings_cannot_have_one_name(desk: Desk) -> None:
    desk.new("Talks")
    with pytest.raises(UseError, match="already"):
        desk.new("talks")


def test_a_pin_carries_words_speaker_hash_and_library_state(desk: Desk) -> None:
    desk.new("Talks")
    content = desk.catalogue.text(SLUG).content
    start = content.index("U.S. special envoy")
    (line,) = desk.pin_words("talks", SLUG, Span(start, start + 86)).lines
    (evidence,) = line.evidence
    assert line.text == content[start : start + 86]
    assert (evidence.speaker, evidence.manner) == ("Witkoff", "reported speech")
    assert evidence.sha256 == desk.catalogue.source(SLUG).sha256
    assert line.library is not None
    assert len(desk.store.state(line.library).sources) == 13


def test_where_two_speak_in_a_sentence_the_one_who_is_meant_is_named(desk: Desk) -> None:
    desk.new("Talks")
    place = ("06-kremlin-response", Span(244, 385))
    desk.pin_words("talks", *place, speaker="Kyiv")
    desk.pin_words("talks", *place)
    named = [line.evidence[0].speaker for line in desk.store.get("talks").lines]
    assert named == ["Kyiv", None]


def test_a_passage_is_put_in_nobodys_mouth_unless_all_of_it_is_said(desk: Desk) -> None:
    desk.new("Talks")
    desk.pin_words("talks", "01-first-round-geneva", Span(0, 231))
    desk.pin_words("talks", "04-coalition-paris", Span(0, 200))
    narrated, said = (line.evidence[0].speaker for line in desk.store.get("talks").lines)
    assert (narrated, said) == (None, "Macron")


def test_words_beyond_the_text_are_refused(desk: Desk) -> None:
    desk.new("Talks")
    with pytest.raises(UseError, match="is not in it"):
        desk.pin_words("talks", SLUG, Span(0, 100_000))


def test_changes_are_undone_and_done_again_one_by_one(desk: Desk) -> None:
    desk.new("Talks")
    desk.write("talks", "own", "one")
    desk.write("talks", "own", "two")
    desk.move("talks", 2, 1)
    assert texts(desk) == ["two", "one"]
    assert desk.store.undo("talks") == "move line 2"
    assert desk.store.undo("talks") == "add a line (own)"
    assert texts(desk) == ["one"]
    desk.store.redo("talks")
    assert texts(desk) == ["one", "two"]


def test_a_new_change_ends_what_could_be_done_again(desk: Desk) -> None:
    desk.new("Talks")
    desk.write("talks", "own", "one")
    desk.store.undo("talks")
    desk.write("talks", "own", "other")
    with pytest.raises(UseError, match="nothing to redo"):
        desk.store.redo("talks")
    assert texts(desk) == ["other"]


def test_the_making_of_a_briefing_cannot_be_undone(desk: Desk) -> None:
    desk.new("Talks")
    with pytest.raises(UseError, match="nothing to undo"):
        desk.store.undo("talks")


def test_a_deleted_briefing_comes_back(desk: Desk) -> None:
    desk.new("Talks")
    desk.store.delete("talks")
    assert desk.store.briefings() == ()
    with pytest.raises(UseError, match="no briefing"):
        desk.store.get("talks")
    desk.store.undo("talks")
    assert desk.store.get("talks").title == "Talks"


def test_an_abstention_is_pinned_as_an_open_question(desk: Desk) -> None:
    from assistant.answers import Answer

    desk.new("Talks")
    answer = Answer("Who won?", "quotes", "not_in_sources", reason="No source mentions it.")
    (line,) = desk.pin_answer("talks", answer).lines
    assert (line.kind, line.text, line.reason) == (
        "not_found",
        "Who won?",
        "No source mentions it.",
    )
