"""``assistant chat``: the page."""

from typing import Annotated

import typer

from assistant.cli.console import Home, err, progress


def add_to(app: typer.Typer) -> None:
    """Put the commands of this file on the main command."""
    app.command()(chat)


def chat(
    *,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where to serve the page.")] = 7860,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    home: Home = None,
) -> None:
    """Serve the chat page; an empty library is first given the shipped texts."""
    from assistant.settings import read_settings
    from assistant.ui.loading import load_gradio
    from assistant.wiring import make_assistant, make_desk, make_library
    from assistant.writing.hosts import machines_reached
    from index.indexing import sync_shipped
    from sources.errors import LibraryBusyError

    settings = read_settings(home=home)
    library = make_library(settings)
    try:
        with progress() as report:
            sync_shipped(library, report=report)
    except LibraryBusyError:
        err().print("Another process is changing this library; what is ready answers.")
    if library.catalogue.is_read_only:
        err().print("The library is read-only: questions are answered, conversations not kept.")
    load_gradio()
    from assistant.ui.page import serve

    serve(
        make_assistant(settings, library=library),
        make_desk(settings, catalogue=library.catalogue),
        host=host,
        port=port,
        say=err().print,
        reached=machines_reached(settings.chroma),
    )
