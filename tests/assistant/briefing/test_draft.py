"""A draft from the library alone: every line cited, empty sections say so."""

from collections.abc import Callable
from pathlib import Path

from assistant.answering import Assistant
from assistant.briefing.briefings import CITED
from assistant.briefing.desk import Desk


def test_a_draft_has_its_sections_and_cites_every_line(desk: Desk, assistant: Assistant) -> None:
    desk.new("Talks")
    briefing = desk.draft("talks", "security guarantees", assistant)
    assert [line.text for line in briefing.lines if line.kind == "section"] == [
        "Key points",
        "Commitments and their status",
        "Positions",
        "Open questions",
        "What the sources do not say",
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
