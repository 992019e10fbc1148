"""The entry point: puts the groups together, and turns errors into one clear sentence."""

import sys
from collections.abc import Sequence
from typing import Any

import typer
from typer.main import get_command

from assistant.cli import (
    asking,
    backing_up,
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
from assistant.cli.console import Home, complain, err
from sources.errors import AssistantError, UseError
from sources.rights import keep_new_files_private

_WRONG_USE: Any = typer.BadParameter.__mro__[1]
"""What every error about the words of a command is; Typer hands it out under no name."""
_STOPPED = 130
"""The exit code of a command that Ctrl+C has ended."""

app = typer.Typer(
    name="assistant",
    help="Ask source texts about the security guarantees for Ukraine, and check every sentence "
    "of the answer. Nothing leaves this machine unless a chat model elsewhere is configured.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _anywhere(context: typer.Context, home: Home = None) -> None:
    """Let ``--home`` stand before the command too."""
    if home is not None:
        context.default_map = _everywhere(context.command, home)


def _everywhere(command: Any, home: object) -> dict[str, Any]:
    below = getattr(command, "commands", {})
    return {name: _everywhere(one, home) for name, one in below.items()} or {"home": home}


chatting.add_to(app)
asking.add_to(app)
doctor.add_to(app)
backing_up.add_to(app)
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
    """Run one command and exit.

    0 when it worked, 1 for a wrong state, 2 for wrong use, 130 when Ctrl+C ended it.
    """
    keep_new_files_private()
    command = get_command(app)
    given = list(arguments) if arguments is not None else None
    try:
        code = command.main(args=given, prog_name="assistant", standalone_mode=False)
        if code == _STOPPED:
            err().print("Stopped.")
        sys.exit(code or 0)
    except _WRONG_USE as error:
        if type(error).__name__ != "NoArgsIsHelpError":  # which has printed the help already
            complain(_in_one_sentence(error))
        sys.exit(2)
    except AssistantError as error:
        complain(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


def _in_one_sentence(error: Any) -> UseError:
    """What is wrong with the words of a command, with the help that tells the right ones."""
    problem = str(error.format_message()).replace("Value error, ", "").strip()
    path = error.ctx.command_path if error.ctx is not None else "assistant"
    return UseError(
        problem if problem.endswith((".", "?")) else f"{problem}.", remedy=f"See `{path} -h`."
    )
