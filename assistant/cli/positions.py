"""``assistant brief positions`` and its neighbours: what the library says, party by party."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.asking import open_assistant
from assistant.cli.briefing import Name, open_editor
from assistant.cli.console import AsJson, Home, out, print_json
from assistant.cli.said import (
    check_parties,
    everything_said_aloud,
    in_cell,
    issues_named,
    marked,
    said_fields,
    source_words,
)
from assistant.formatting import quotation, short_day

if TYPE_CHECKING:
    from assistant.briefing.changes import LineChange
    from assistant.briefing.positions import Positions

_ISSUE_CHARS, _CELL_CHARS = 16, 26
"""What a column needs so that words are not broken."""

Party = Annotated[list[str] | None, typer.Option("--party", help="Only this party; repeatable.")]
OneIssue = Annotated[str | None, typer.Option("--issue", help="Only this issue.")]


def add_to(app: typer.Typer) -> None:
    """Put the commands of this file on the group."""
    for command in (positions, compare, over_time, status, changes, measure):
        app.command()(command)


def positions(
    *,
    party: Party = None,
    issue: OneIssue = None,
    most: Annotated[int, typer.Option(min=1, help="How many parties to show.")] = 6,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Who said what: issues down, parties across, the newest words in each cell."""
    from assistant.briefing.positions import find_positions
    from assistant.speakers.parties import names_meant

    editor = open_editor(home)
    issues = issues_named(editor.issues(), issue)
    everything = everything_said_aloud(editor, home)
    check_parties(party or (), everything)
    table = find_positions(everything.said, issues, parties=party or (), max_parties=most)
    if as_json:
        print_json(
            [
                {"issue": cell.issue, **said_fields(cell.newest), "earlier": len(cell.earlier)}
                for cell in table.cells
            ]
        )
        return
    for name in party or ():
        if not names_meant(name) & {one.casefold() for one in table.parties}:
            out().print(f"{name} says nothing on {issue or 'any issue of the list'}.", markup=False)
    if party and not table.cells:
        return
    if out().width < _ISSUE_CHARS + _CELL_CHARS * len(table.parties):
        _print_list(table)
    else:
        _print_table(table)


def compare(
    *,
    party: Annotated[str | None, typer.Option(help="Only pairs in which it speaks.")] = None,
    issue: OneIssue = None,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Same issue, another party or day, other numbers, negation or modality, side by side."""
    from assistant.briefing.compare import compare as find_pairs
    from assistant.briefing.compare import compare_library

    editor = open_editor(home)
    issues = issues_named(editor.issues(), issue)
    everything = everything_said_aloud(editor, home)
    check_parties([party] if party else [], everything)
    pairs = (
        compare_library(everything, issues, party=party)
        if issue is None
        else find_pairs(everything.said, issues, party=party)
    )
    if as_json:
        print_json(
            [
                {
                    "issue": pair.issue,
                    "differs": pair.differences.in_words(),
                    "earlier": said_fields(pair.earlier),
                    "later": said_fields(pair.later),
                }
                for pair in pairs
            ]
        )
        return
    from rich.text import Text

    for pair in pairs:
        heading = Text.assemble((pair.issue, "bold"), f"  {pair.differences.in_words()}")
        out().print(heading)
        out().print(marked(pair.earlier, pair.later))
        out().print(marked(pair.later, pair.earlier), end="\n\n")
    if not pairs:
        out().print(
            "No two statements say the same thing with another number, or of an issue with"
            " another negation or modal verb."
        )


def over_time(
    party: Annotated[str, typer.Argument(help="Who speaks, as `brief positions` names it.")],
    issue: Annotated[str, typer.Argument(help="One of `brief issues`.")],
    *,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """How the words of one party on one issue change: numbers, modality and negation marked."""
    from assistant.briefing.over_time import steps

    editor = open_editor(home)
    (wanted,) = issues_named(editor.issues(), issue)
    everything = everything_said_aloud(editor, home)
    check_parties([party], everything)
    found = steps(everything.said, wanted, party)
    if as_json:
        print_json(
            [
                {
                    **said_fields(step.said),
                    "differs": step.differences.in_words() or None,
                    "changed": [[span.start, span.end] for span in step.changed],
                }
                for step in found
            ]
        )
        return
    from rich.text import Text

    for step in found:
        words = Text(step.said.sentence)
        for span in step.changed:
            words.stylize("bold underline", span.start, span.end)
        day = short_day(step.said.published)
        differs = step.differences.in_words()
        out().print(Text.assemble((f"{day:<11}", "cyan"), (differs, "yellow")))
        out().print(
            Text.assemble("  “", words, f"” ({source_words(step.said.source)})"), end="\n\n"
        )
    if not found:
        out().print(f"No words of {party} on {wanted.name} were found.", markup=False)


def status(*, issue: OneIssue = None, as_json: AsJson = False, home: Home = None) -> None:
    """How far each issue is, where a sentence says so; unknown stays unknown."""
    from assistant.briefing.status import statuses_by_issue

    editor = open_editor(home)
    issues = issues_named(editor.issues(), issue)
    found = statuses_by_issue(everything_said_aloud(editor, home), issues)
    if as_json:
        print_json(
            [
                {
                    "issue": one.name,
                    "status": known.stage if known else None,
                    "source": known.source.slug if known else None,
                    "start": known.sentence.start if known else None,
                    "end": known.sentence.end if known else None,
                    "quote": known.words if known else None,
                }
                for one, known in found
            ]
        )
        return
    from rich.text import Text

    for one, known in found:
        stage = known.stage if known else "unknown"
        line = Text.assemble((f"{one.name:<20}", "bold"), (f"{stage:<18}", "cyan"))
        out().print(
            line + Text(f"{quotation(known.words)} ({source_words(known.source)})" if known else "")
        )


def changes(
    name: Name,
    *,
    accept: Annotated[
        bool, typer.Option("--accept", help="From now on compare with the library of now.")
    ] = False,
    home: Home = None,
) -> None:
    """What has changed in the library for a briefing since it was made."""
    from rich.text import Text

    editor = open_editor(home)
    found = editor.changes(name, open_assistant(home))
    for what, slugs in (
        ("added", [source.slug for source in found.added]),
        ("removed", found.removed),
        ("replaced", found.replaced),
    ):
        for slug in slugs:
            out().print(f"{what:<9}{slug}")
    for change in found.lines:
        out().print(Text.assemble((f"\n{change.line.number:>4}  ", "cyan"), change.line.text))
        for words in _change_words(change):
            out().print(Text(f"      {words}"))
    if not (found.added or found.removed or found.replaced or found.lines):
        out().print("Nothing has changed.")
    if accept:
        editor.accept(name)


def measure(
    sample: Annotated[Path, typer.Argument(help="Lines with a text and who says what in it.")],
    *,
    wrong: Annotated[bool, typer.Option("--wrong", help="Print every mistake.")] = False,
) -> None:
    """Measure on a labelled sample how well speakers are found."""
    from assistant.speakers.speaker_sample import measure as measured
    from assistant.speakers.speaker_sample import read_sample

    texts = read_sample(sample)
    for half in dict.fromkeys(one.half for one in texts):
        found = measured(one for one in texts if one.half == half)
        out().print(
            f"{half or 'all':<10} precision {found.precision:.3f} ({found.right} of {found.found})"
            f"  recall {found.recall:.3f} ({found.recalled} of {found.labelled})"
        )
        for mistake in found.wrong if wrong else ():
            out().print(f"  {mistake}", markup=False)


def _change_words(change: "LineChange") -> list[str]:
    words = [f"{one.evidence.quote.source}: {one.state}" for one in change.cited]
    for new in change.new:
        differs = f" ({new.differences.in_words()})" if new.kind == "differing" else ""
        words.append(f"{new.kind}{differs}: {quotation(new.words)} ({source_words(new.source)})")
    if change.answer is not None:
        words += [f"now found: {statement.text}" for statement in change.answer.statements]
    return words


def _print_table(table: "Positions") -> None:
    from rich.table import Table
    from rich.text import Text

    shown = Table(show_lines=True)
    shown.add_column("Issue", style="bold")
    for name in table.parties:
        shown.add_column(name, overflow="fold")
    for name in table.issues:
        cells = [table.cell(name, one) for one in table.parties]
        shown.add_row(name, *(Text(in_cell(cell.newest) if cell else "") for cell in cells))
    out().print(shown)


def _print_list(table: "Positions") -> None:
    """The same below one another, for a terminal too narrow for the columns."""
    from rich.text import Text

    for name in table.issues:
        out().print(Text(name, "bold"))
        cells = [table.cell(name, party) for party in table.parties]
        for cell in filter(None, cells):
            out().print(Text.assemble(f"  {cell.party}: ", in_cell(cell.newest)))
        if not any(cells):
            out().print("  No words of these parties were found.")
    out().print("A wider terminal shows this as a table.")
