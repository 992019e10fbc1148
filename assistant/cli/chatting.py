"""``assistant chat``: the page."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import Home, err, progress

if TYPE_CHECKING:
    from assistant.settings import Settings
    from assistant.ui.door.rules import Rules


def add_to(app: typer.Typer) -> None:
    """Put the commands of this file on the main command."""
    app.command()(chat)


def chat(
    *,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where to serve the page.")] = 7860,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    host_name: Annotated[
        list[str] | None,
        typer.Option(
            help="A name by which browsers may call the page, besides those of this machine"
            " alone; to be given once for each."
        ),
    ] = None,
    home: Home = None,
) -> None:
    """Serve the chat page; an empty library is first given the shipped texts."""
    from assistant.settings import read_settings
    from assistant.ui.loading import load_gradio
    from assistant.wiring import make_assistant, make_editor, make_library
    from assistant.writing.hosts import machines_reached
    from index.indexing import sync_shipped
    from sources.errors import LibraryBusyError, ReadOnlyError
    from sources.writable import is_full

    settings = read_settings(home=home)
    library = make_library(settings)
    try:
        with progress() as report:
            sync_shipped(library, report=report)
    except LibraryBusyError:
        err().print("Another process is changing this library; what is ready answers.")
    except ReadOnlyError:
        if not library.catalogue.counts()[0]:
            raise
    if library.catalogue.is_read_only:
        how = "disk is full" if is_full(settings.home) else "library is read-only"
        err().print(f"The {how}: questions are answered, conversations not kept.")
    load_gradio()
    from assistant.ui.page import serve

    serve(
        make_assistant(settings, library=library),
        make_editor(settings, catalogue=library.catalogue),
        host=host,
        port=port,
        say=err().print,
        reached=machines_reached(settings.chroma),
        rules=_rules(settings, host_name or ()),
    )


def _rules(settings: "Settings", named: Sequence[str]) -> "Rules":
    """Who may reach the page, by the settings and by the names on the command line."""
    from assistant.ui.door.rules import MIB, Limits, Rules
    from assistant.writing.hosts import is_host
    from sources.errors import UseError

    for name in named:
        if not is_host(name):
            raise UseError(
                f"{name!r} is not a name that a browser can call.",
                remedy="Give it as `--host-name briefings.example`, with no http:// and no path.",
            )
    return Rules(
        host_names=(*settings.host_names, *named),
        origins=settings.origins,
        proxies=settings.proxies,
        path_prefix=settings.path_prefix,
        limits=Limits(
            visitor_calls_a_minute=settings.calls_a_minute,
            waiting=settings.waiting_calls,
            visitor_upload_bytes=settings.visitor_upload_mb * MIB,
            all_upload_bytes=settings.upload_mb * MIB,
        ),
    )
