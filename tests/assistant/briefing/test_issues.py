"""The list of issues: shipped, edited, and what it lacks."""

import pytest

from assistant.briefing.editor import BriefingEditor
from assistant.briefing.issues import (
    Issue,
    add_issue,
    keep_issues,
    remove_issue,
    shipped_issues,
    suggest_issues,
)
from sources.errors import UseError


def test_the_shipped_list_has_the_issues_of_the_subject() -> None:
    assert {issue.name for issue in shipped_issues()} >= {
        "troops", "funding", "EU membership", "coalition", "backstop", "legal force", "duration",
        "Congress", "territory", "nuclear plant", "reconstruction",
    }  # fmt: skip


def test_a_star_stands_for_any_ending() -> None:
    issue = Issue("troops", ("troop*",))
    assert issue.is_in("The Troops left.")
    assert not issue.is_in("The outtroops left.")


def test_an_edited_list_is_kept_in_the_library(editor: BriefingEditor) -> None:
    edited = add_issue(
        remove_issue(editor.issues(), "Congress"), Issue("prisoners", ("prisoner*",))
    )
    keep_issues(editor.catalogue, edited)
    names = [issue.name for issue in editor.issues()]
    assert "Congress" not in names
    assert names[-1] == "prisoners"


def test_an_unknown_issue_cannot_be_removed() -> None:
    with pytest.raises(UseError, match="no issue"):
        remove_issue(shipped_issues(), "weather")


def test_what_no_issue_covers_is_suggested() -> None:
    statements = [f"Prisoner exchanges resume in {month}." for month in ("May", "June", "July")]
    found = [issue.name for issue in suggest_issues(statements, shipped_issues())]
    assert "prisoner exchanges" in found
    amounts = [f"It costs {many} million euros in {many} weeks." for many in range(6)]
    assert not any("euro" in one.name for one in suggest_issues(amounts, shipped_issues()))
    german = [f"Der Gefangene ist nicht im Lager {n}, und das ist klar." for n in range(6)]
    assert suggest_issues(german, shipped_issues()) == ()
    covered = [f"Troops rest again in {month}." for month in ("May", "June", "July")]
    assert suggest_issues(covered, shipped_issues()) == ()
