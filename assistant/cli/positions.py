"""``assistant brief positions`` and its neighbours: what the library says, party by party."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.briefing import Name, open_assistant, open_desk
from assistant.cli.console import AsJson, Home, out, print_json
from sources.errors import UseError

if TYPE_CHECKING:
    from rich.text import Text

    from assistant.briefing.changes import LineChange
    from assistant.briefing.hearing import Said
    from assistant.briefing.issues import Issue
    from sources.source import Source

Party = Annotated[list[str] | None, typer.Option("--party", help="Only this party; repeatable.")]
OneIssue = Annotated[str | None, typer.Option("--issue", help="Only this issue.")]


def add_to(app: typer.Typer) -> None:
    """Put the commands of this file on the group."""
    for command in (positions, compare, status, timeline, changes, issues, measure):
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

    desk = open_desk(home)
    table = find_positions(
        desk.hear().said, _issues(desk.issues(), issue), parties=party or (), max_parties=most
    )
    if as_json:
        print_json(
            [
                {"issue": cell.issue, **_said_fields(cell.newest), "earlier": len(cell.earlier)}
                for cell in table.cells
            ]
        )
        return
    from rich.table import Table
    from rich.text import Text

    shown = Table(show_lines=True)
    shown.add_column("Issue", style="bold")
    for name in table.parties:
        shown.add_column(name, overflow="fold")
    for name in table.issues:
        cells = [table.cell(name, one) for one in table.parties]
        shown.add_row(name, *(Text(_cell(cell.newest) if cell else "") for cell in cells))
    out().print(shown)


def compare(
    *,
    party: Annotated[str | None, typer.Option(help="Only pairs in which it speaks.")] = None,
    issue: OneIssue = None,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Same issue, another party or day, other numbers, negation or modality, side by side."""
    from assistant.briefing.compare import compare as find_pairs

    desk = open_desk(home)
    pairs = find_pairs(desk.hear().said, _issues(desk.issues(), issue), party=party)
    if as_json:
        print_json(
            [
                {
                    "issue": pair.issue,
                    "differs": pair.differences.in_words(),
                    "earlier": _said_fields(pair.earlier),
                    "later": _said_fields(pair.later),
                }
                for pair in pairs
            ]
        )
        return
    from rich.text import Text

    for pair in pairs:
        heading = Text.assemble((pair.issue, "bold"), f"  {pair.differences.in_words()}")
        out().print(heading)
        out().print(_marked(pair.earlier, pair.later))
        out().print(_marked(pair.later, pair.earlier), end="\n\n")
    if not pairs:
        out().print("No two statements on one issue differ in a number or a negation.")


def status(*, issue: OneIssue = None, as_json: AsJson = False, home: Home = None) -> None:
    """How far each issue is, where a sentence says so; unknown stays unknown."""
    from assistant.briefing.status import statuses_by_issue

    desk = open_desk(home)
    found = statuses_by_issue(desk.hear(), _issues(desk.issues(), issue))
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
        out().print(line + Text(f"“{known.words}” ({_source(known.source)})" if known else ""))


def timeline(*, as_json: AsJson = False, home: Home = None) -> None:
    """Statements of each party by month, and the months in which each publisher reported."""
    from assistant.briefing.pictures import coverage, statements_over_time

    hearing = open_desk(home).hear()
    marks = {"statements": statements_over_time(hearing), "sources": coverage(hearing)}
    if as_json:
        print_json(
            [
                {
                    "of": what,
                    "month": f"{mark.day:%Y-%m}",
                    "name": mark.name,
                    "count": mark.count,
                    "sources": list(mark.sources),
                }
                for what, found in marks.items()
                for mark in found
            ]
        )
        return
    from rich.text import Text

    for what, found in marks.items():
        out().print(Text(f"{what.capitalize()} by month", "bold"))
        for mark in found:
            bar = "█" * min(mark.count, 40)
            out().print(Text(f"  {mark.day:%Y-%m}  {mark.name:<28} {bar} {mark.count}"))
        if not found:
            out().print("  No source has a date.")


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

    desk = open_desk(home)
    found = desk.changes(name, open_assistant(home))
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
        desk.accept(name)


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

    desk = open_desk(home)
    known = desk.issues()
    if (add is None) != (not cue):
        raise UseError("An issue needs a name and words.", remedy="Give --add NAME --cue WORD.")
    if add is not None:
        known = add_issue(known, Issue(add, tuple(cue or ())))
    if remove is not None:
        known = remove_issue(known, remove)
    if add is not None or remove is not None:
        keep_issues(desk.catalogue, known)
    if suggest:
        known = suggest_issues((said.topic for said in desk.hear().said), known)
    for one in known:
        out().print(f"{one.name}: {', '.join(one.cues)}", markup=False)
    if suggest and not known:
        out().print("The listed issues cover what the library speaks of.")


def measure(
    sample: Annotated[Path, typer.Argument(help="Lines with a text and who says what in it.")],
    *,
    wrong: Annotated[bool, typer.Option("--wrong", help="Print every mistake.")] = False,
) -> None:
    """Measure on a labelled sample how well speakers are found."""
    from assistant.briefing.speaker_sample import measure as measured
    from assistant.briefing.speaker_sample import read_sample

    texts = read_sample(sample)
    for half in dict.fromkeys(one.half for one in texts):
        found = measured(one for one in texts if one.half == half)
        out().print(
            f"{half or 'all':<10} precision {found.precision:.3f} ({found.right} of {found.found})"
            f"  recall {found.recall:.3f} ({found.recalled} of {found.labelled})"
        )
        for mistake in found.wrong if wrong else ():
            out().print(f"  {mistake}", markup=False)


def _issues(known: "tuple[Issue, ...]", wanted: str | None) -> "tuple[Issue, ...]":
    if wanted is None:
        return known
    found = tuple(one for one in known if one.name.casefold() == wanted.casefold())
    if not found:
        raise UseError(f"There is no issue {wanted!r}.", remedy="See `assistant brief issues`.")
    return found


def _cell(said: "Said") -> str:
    return f"“{said.sentence}” ({_source(said.source)})"


def _source(source: "Source") -> str:
    published = source.card.published
    return f"{source.card.publisher or 'unknown'}, {published or 'undated'}"


def _said_fields(said: "Said") -> dict[str, object]:
    span = said.utterance.sentence
    return {
        "party": said.speaker,
        "manner": said.utterance.manner,
        "named_as": said.utterance.named_as,
        "via": said.utterance.via,
        "source": said.source.slug,
        "publisher": said.source.card.publisher,
        "published": said.published.isoformat() if said.published else None,
        "start": span.start,
        "end": span.end,
        "quote": said.sentence,
        "statement": said.statement,
        "also_in": [source.slug for source in said.also_in],
    }


def _marked(said: "Said", other: "Said") -> "Text":
    from rich.text import Text

    from assistant.briefing.differences import changed_words

    words = Text(said.statement)
    for span in changed_words(said.statement, other.statement):
        words.stylize("bold underline", span.start, span.end)
    return Text.assemble(f"  {said.speaker}: “", words, f"” ({_source(said.source)})")


def _change_words(change: "LineChange") -> list[str]:
    words = [f"{one.evidence.quote.source}: {one.state}" for one in change.cited]
    for new in change.new:
        differs = f" ({new.differences.in_words()})" if new.kind == "differing" else ""
        words.append(f"{new.kind}{differs}: “{new.words}” ({_source(new.source)})")
    if change.answer is not None:
        words += [f"now found: {statement.text}" for statement in change.answer.statements]
    return words
