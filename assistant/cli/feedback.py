"""``assistant feedback``: what people thought of answers."""

from contextlib import closing
from typing import Annotated

import typer

from assistant.cli.console import Home, err, print_json

app = typer.Typer(help="What people thought of answers.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """What people thought of answers."""


@app.command()
def export(
    *,
    unhelpful: Annotated[
        bool, typer.Option(help="Those found not helpful, to be given the right quote by hand.")
    ] = False,
    home: Home = None,
) -> None:
    """Print answers with a thumb as lines for `assistant eval answers`."""
    from assistant.conversing.feedback import as_lines
    from assistant.conversing.store import ConversationStore
    from assistant.settings import read_settings
    from assistant.wiring import make_catalogue

    with closing(make_catalogue(read_settings(home=home))) as catalogue:
        store = ConversationStore(catalogue.path)
    lines = list(as_lines(store.every(), helpful=not unhelpful))
    store.close()
    for line in lines:
        print_json(line)
    err().print(f"{len(lines)} answer{'' if len(lines) == 1 else 's'}.")
