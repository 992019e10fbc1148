"""The entry point: puts the groups together, and turns errors into one clear sentence."""

import sys
from collections.abc import Sequence

import typer
from typer.main import get_command

from assistant.cli import (
    asking,
    briefing,
    chatting,
    doctor,
    evaluating,
    feedback,
    issues,
    library,
    positions,
    supporting,
    timelines,
    verifying,
)
from assistant.cli.console import complain
from sources.errors import AssistantError

app = typer.Typer(
    name="assistant",
    help="Ask source texts about the security guarantees for Ukraine, and check every sentence "
    "of the answer. Nothing leaves this machine unless a chat model elsewhere is configured.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
chatting.add_to(app)
asking.add_to(app)
doctor.add_to(app)
verifying.add_to(app)
positions.add_to(briefing.app)
timelines.add_to(briefing.app)
issues.add_to(briefing.app)
supporting.add_to(evaluating.app)
app.add_typer(briefing.app, name="brief")
app.add_typer(evaluating.app, name="eval")
app.add_typer(feedback.app, name="feedback")
app.add_typer(library.app, name="sources")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit: 0 when it worked, 1 for a wrong state, 2 for wrong use."""
    command = get_command(app)
    try:
        command.main(args=list(arguments) if arguments is not None else None, prog_name="assistant")
    except AssistantError as error:
        complain(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
