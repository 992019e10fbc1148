"""A draft from the library alone: on its topic, every line cited, empty sections say so."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.asking.questions import Question
from assistant.briefing.briefings import CITED
from assistant.briefing.desk import Desk
from assistant.briefing.draft import IN_DOUBT
from assistant.briefing.status import current_status
from sources.errors import StateError


def test_a_draft_has_its_sections_and_cites_every_line(desk: Desk, assistant: Assistant) -> None:
    desk.new("Talks")
    briefing = desk.draft("talks", "security guarantees", assistant)
    assert [line.text for line in briefing.lines if line.kind == "section"] == [
        "Key points",
        "Commitments and their status",
        "Positions",
        "Open questions",
        "Questions without a clear answer",
        "Chronology",
    ]
    for line in briefing.lines:
        if line.kind in CITED:
            for one in line.evidence:
                content = desk.catalogue.text(one.quote.source).content
                assert one.quote.span.of(content) == one.quote.words


def test_a_reprint_and_a_superseded_text_are_not_quoted(desk: Desk, assistant: Assistant) -> None:
    desk.new("Talks")
    briefing = desk.draft("talks", "troops", assistant)
    cited = {one.quote.source for line in briefing.lines for one in line.evidence}
    assert not cited & {
        "02-first-round-reprint", "03-reprint-shortened", "11-troops-correction-old"
    }  # fmt: skip


def test_days_stand_before_what_happened(desk: Desk, assistant: Assistant) -> None:
    desk.new("Talks")
    briefing = desk.draft("talks", "security guarantees", assistant)
    labels = [line.label for line in briefing.lines if line.label]
    assert labels[-4:] == [
        "1994",
        "September 2014, February 2015",
        "18 December 2025",
        "June 2026",
    ]


def test_a_whole_draft_is_undone_at_once(desk: Desk, assistant: Assistant) -> None:
    desk.new("Talks")
    desk.draft("talks", "security guarantees", assistant)
    desk.store.undo("talks")
    assert desk.store.get("talks").lines == ()


def test_a_section_without_evidence_says_so(
    desk: Desk, assistant: Assistant, folder: Path, sync: Callable[[], object]
) -> None:

    texts = folder
    for path in texts.glob("*.md"):
        path.unlink()
    (texts / "river.md").write_text("The river burst its banks overnight.", encoding="utf-8")
    sync()
    desk.new("Talks")
    briefing = desk.draft("talks", "rivers", assistant)
    remarks = [line for line in briefing.lines if line.kind == "remark"]
    assert len(remarks) >= 3


@pytest.mark.parametrize("topic", ["bananas", "the price of bananas", "Wales", "football results"])
def test_a_topic_that_no_passage_is_about_is_refused_and_leaves_no_trace(
    desk: Desk, assistant: Assistant, topic: str
) -> None:
    with pytest.raises(StateError, match="No passage of the library is about"):
        desk.draft_new(topic, assistant)
    assert desk.store.briefings() == ()


def test_a_draft_on_one_issue_holds_no_other(desk: Desk, assistant: Assistant) -> None:
    briefing = desk.draft_new("nuclear plant", assistant)
    cited = {one.quote.source for line in briefing.lines for one in line.evidence}
    assert cited == {"10-zaporizhzhia"}
    headings = {line.text for line in briefing.lines if line.kind == "subsection"}
    assert headings == {"Nuclear plant"}


def test_a_draft_on_a_name_holds_what_names_it_or_is_said_by_it(
    desk: Desk, assistant: Assistant
) -> None:
    briefing = desk.draft_new("Meloni", assistant)
    quoted = {line.text for line in briefing.lines if line.kind == "quote"}
    assert quoted == {
        "Italian Prime Minister Giorgia Meloni said Italy would not send troops.",
        "She proposed a clause modelled on Article 5 of the NATO treaty.",
    }


def test_nothing_is_called_missing_that_only_the_topic_leaves_out(
    desk: Desk, assistant: Assistant
) -> None:
    briefing = desk.draft_new("coalition of the willing", assistant)
    remarks = [line.text for line in briefing.lines if line.kind == "remark"]
    hearing = desk.hear()
    for issue in desk.issues():
        if current_status(hearing, issue):
            assert not any(f" {issue.name}" in words for words in remarks if ": " in words)


def test_a_question_without_a_clear_answer_shows_the_nearest_words(
    desk: Desk, assistant: Assistant
) -> None:
    briefing = desk.draft_new("security guarantees", assistant)
    asked = [line for line in briefing.lines if line.kind == "not_found"]
    assert asked
    for line in asked:
        answer = assistant.ask(line.text)
        assert answer.verdict == "not_in_sources"
        _, judgement = assistant.judge(Question(line.text))
        if line.text == "When does the next round of talks take place?":
            assert line.reason == IN_DOUBT
        else:
            assert line.reason == answer.reason
        current = [one for one in answer.related if one.source != "11-troops-correction-old"]
        nearest = [] if judgement.unmentioned else current[:1]
        assert [one.quote for one in line.evidence] == nearest
