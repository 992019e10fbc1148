"""``assistant verify``: does every footnote of a document still hold?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import AsJson, Home, out, print_json

if TYPE_CHECKING:
    from assistant.export.verifying import Verified


def add_to(app: typer.Typer) -> None:
    """Put the command of this file on the main command."""
    app.command()(verify)


def verify(
    document: Annotated[Path, typer.Argument(help="An exported briefing: .docx, .odt or .md.")],
    *,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Read every footnote and line of a briefing again; exit code 1 when one does not hold.

    The author's own lines, marked so, are listed as not checked and change no exit code.
    """
    from assistant.export.verifying import verify_document
    from assistant.settings import read_settings
    from assistant.wiring import make_editor

    editor = make_editor(read_settings(home=home))
    found = verify_document(document, editor.catalogue, kept=editor.kept)
    if as_json:
        print_json(_fields(found))
    else:
        _print(found)
    if not found.holds:
        raise typer.Exit(1)


def _fields(found: "Verified") -> dict[str, object]:
    return {
        "holds": found.holds,
        "footnotes": [
            {
                "number": check.number,
                "standing": check.standing,
                "source": check.source,
                "quote": check.quote,
                "detail": check.detail,
            }
            for check in found.footnotes
        ],
        "lines": [
            {"standing": line.standing, "words": line.words, "detail": line.detail}
            for line in found.lines
        ],
    }


def _print(found: "Verified") -> None:
    from rich.text import Text

    for check in found.failed:
        head = (f"{check.number:>4}  {check.standing}  ", "bold red")
        out().print(Text.assemble(head, f"“{check.quote}” {check.detail}"))
    for line in found.altered:
        quoted = f"“{line.words}” " if line.words else ""
        out().print(Text.assemble((f"line  {line.standing}  ", "bold red"), quoted, line.detail))
    for line in found.own:
        out().print(Text.assemble((f"line  {line.standing}  ", "dim"), f"“{line.words}”"))
    count = len(found.footnotes)
    out().print(f"{count - len(found.failed)} of {count} footnotes hold.")
    if found.altered:
        out().print(f"{_lines(len(found.altered))} not as exported.")
    if found.own:
        out().print(f"{_lines(len(found.own))} the author's own and not checked.")


def _lines(count: int) -> str:
    return "1 line is" if count == 1 else f"{count:,} lines are"
