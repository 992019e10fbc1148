"""How far a commitment is: only what a cue word says."""

import pytest

from assistant.briefing.issues import Issue, shipped_issues
from assistant.briefing.status import STAGES, current_status, stages_in, stages_of
from tests.assistant.speakers.texts import made_up, shipped_article


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("The clause was proposed by Washington.", "proposed"),
        ("Negotiators are discussing the duration.", "under discussion"),
        ("The leaders agreed on the annex.", "agreed"),
        ("The treaty was signed in Kyiv.", "signed"),
        ("The treaty was ratified by parliament.", "ratified"),
        ("The treaty entered into force in May.", "in force"),
    ],
)
def test_a_cue_word_gives_the_stage(words: str, stage: str) -> None:
    assert stages_in(words)[-1][0] == stage


@pytest.mark.parametrize(
    "words",
    [
        "The document has not been signed.",
        "The treaty would be submitted to and approved by Congress.",
        "The document will require ratification once it is signed.",
        "It was never ratified by any parliament.",
        "A central element of the plan is the size of the army.",
        "They have yet to be agreed.",
        "Disputes shall be settled by negotiation.",
    ],
)
def test_what_is_denied_or_to_come_is_not_reached(words: str) -> None:
    assert stages_in(words) == ()


def test_the_cue_is_marked_where_it_stands() -> None:
    words = "The treaty was signed in Kyiv."
    ((_, cue),) = stages_in(words)
    assert cue.of(words) == "signed"


TROOPS = Issue("troops", ("troop*", "army"))


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("They agreed on troops, funding and territory.", "agreed"),
        ("They agreed on funding, troops and territory.", "agreed"),
        ("The number of troops, named in Kyiv, was agreed on Monday.", "agreed"),
        ("The loan was signed, and the size of the army is being discussed.", "under discussion"),
    ],
)
def test_a_stage_is_that_of_the_issue_in_its_clause(words: str, stage: str) -> None:
    assert [one for one, _ in stages_of(TROOPS, words)] == [stage]


@pytest.mark.parametrize(
    "words",
    [
        "They are discussing the duration, alongside aid for the 800,000-strong army.",
        "The loan was agreed, while Italy said that it has troops of its own.",
        "Troops stood by: the treaty was signed.",
        "Vance proposed a loan and signed a note, to which the army was witness.",
    ],
)
def test_a_cue_of_another_clause_says_nothing_of_an_issue(words: str) -> None:
    assert stages_of(TROOPS, words) == ()


def test_an_issue_without_a_cue_word_stays_unknown() -> None:
    stages = {issue.name: current_status(shipped_article(), issue) for issue in shipped_issues()}
    assert stages["EU membership"] is None
    assert stages["troops"] is None
    assert stages["Congress"] is None
    assert stages["nuclear plant"] is None
    assert stages["duration"] is not None
    assert stages["duration"].stage == "under discussion"


def test_each_status_carries_its_sentence() -> None:
    everything = made_up()
    for issue in shipped_issues():
        status = current_status(everything, issue)
        if status is not None:
            content = everything.texts[status.source.slug][1].content
            assert status.words == status.sentence.of(content)
            assert status.sentence.covers(status.cue)
            assert status.stage in STAGES
