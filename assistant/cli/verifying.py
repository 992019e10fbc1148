"""``assistant verify``: does every footnote of a document still hold?"""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.console import AsJson, Home, out, print_json


def add_to(app: typer.Typer) -> None:
    """Put the command of this file on the main command."""
    app.command()(verify)


def verify(
    document: Annotated[Path, typer.Argument(help="An exported briefing: .docx, .odt or .md.")],
    *,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Read every footnote of a briefing again; exit code 1 when one does not hold."""
    from assistant.export.verifying import verify_document
    from assistant.settings import read_settings
    from assistant.wiring import make_catalogue

    checks = verify_document(document, make_catalogue(read_settings(home=home)))
    failed = [check for check in checks if check.standing != "holds"]
    if as_json:
        print_json(
            [
                {
                    "number": check.number,
                    "standing": check.standing,
                    "source": check.source,
                    "quote": check.quote,
                    "detail": check.detail,
                }
                for check in checks
            ]
        )
    else:
        from rich.text import Text

        for check in failed:
            head = (f"{check.number:>4}  {check.standing}  ", "bold red")
            out().print(Text.assemble(head, f"“{check.quote}” {check.detail}"))
        held = len(checks) - len(failed)
        out().print(f"{held} of {len(checks)} footnotes hold.")
    if failed:
        raise typer.Exit(1)
