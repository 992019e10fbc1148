"""``assistant brief issues``: the list that positions are sorted by."""

from typing import Annotated

import typer

from assistant.cli.briefing import open_editor
from assistant.cli.console import Home, out
from assistant.cli.said import everything_said_aloud
from sources.errors import UseError


def add_to(app: typer.Typer) -> None:
    """Put the command of this file on the group."""
    app.command()(issues)


def issues(
    *,
    add: Annotated[str | None, typer.Option(help="The name of an issue to add or change.")] = None,
    cue: Annotated[
        list[str] | None, typer.Option(help="A word that shows it; * ends any way; repeatable.")
    ] = None,
    remove: Annotated[str | None, typer.Option(help="The name of an issue to leave out.")] = None,
    suggest: Annotated[
        bool, typer.Option("--suggest", help="What the library speaks of and the list lacks.")
    ] = False,
    home: Home = None,
) -> None:
    """List, add or remove the issues that positions are sorted by."""
    from assistant.briefing.issues import (
        Issue,
        add_issue,
        keep_issues,
        remove_issue,
        suggest_issues,
    )

    editor = open_editor(home)
    known = editor.issues()
    if (add is None) != (not cue):
        raise UseError("An issue needs a name and words.", remedy="Give --add NAME --cue WORD.")
    if add is not None:
        known = add_issue(known, Issue(add, tuple(cue or ())))
    if remove is not None:
        known = remove_issue(known, remove)
    if add is not None or remove is not None:
        keep_issues(editor.catalogue, known)
    if suggest:
        known = suggest_issues(
            (said.topic for said in everything_said_aloud(editor, home).said), known
        )
    for one in known:
        out().print(f"{one.name}: {', '.join(one.cues)}", markup=False)
    if suggest and not known:
        out().print("The listed issues cover what the library speaks of.")
