"""``assistant sources``: what the library holds, and keeping it current."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import AsJson, Home, err, out, print_json, progress

if TYPE_CHECKING:
    from index.indexing import Changes
    from sources.catalogue import Entry

app = typer.Typer(help="List, read and update the library's sources.", no_args_is_help=True)


@app.command("list")
def list_sources(*, as_json: AsJson = False, home: Home = None) -> None:
    """List the sources, newest first; what a card does not say is shown as unknown."""
    from assistant.settings import read_settings
    from assistant.wiring import make_catalogue

    entries = make_catalogue(read_settings(home=home)).entries()
    if as_json:
        print_json([_entry_fields(entry) for entry in entries])
        return
    if not entries:
        out().print("The library is empty. Run `assistant sources sync`.")
        return
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    table.add_column("Source", no_wrap=True, min_width=max(len(e.source.slug) for e in entries))
    for heading in ("Title", "Publisher", "Published", "State"):
        table.add_column(heading, overflow="fold")
    table.add_column("Passages", justify="right")
    for entry in entries:
        card = entry.source.card
        table.add_row(
            entry.source.slug,
            Text(card.title),
            Text(card.publisher or "unknown"),
            card.published.isoformat() if card.published else "unknown",
            entry.state,
            str(entry.passages),
        )
    out().print(table)


@app.command()
def show(
    slug: Annotated[str, typer.Argument(help="The source's name in `sources list`.")],
    *,
    text: Annotated[
        bool, typer.Option("--text", help="Print the text alone; offsets of citations count in it.")
    ] = False,
    home: Home = None,
) -> None:
    """Show a source's card, or its text exactly as citations count it."""
    from assistant.settings import read_settings
    from assistant.wiring import make_catalogue

    catalogue = make_catalogue(read_settings(home=home))
    source = catalogue.source(slug)
    if text:
        sys.stdout.write(catalogue.text(slug).content)
        sys.stdout.flush()
        return
    from rich.text import Text

    entry = catalogue.entry(slug)
    assert entry is not None
    for name, value in _entry_fields(entry).items():
        shown = ", ".join(value) if isinstance(value, list) else value
        label = (f"{name:<11}", "bold")
        out().print(Text.assemble(label, "unknown" if shown in (None, "") else str(shown)))
    out().print(Text(f"\n{catalogue.text(source.slug).content}"))


@app.command()
def sync(
    folder: Annotated[
        Path | None, typer.Argument(help="A folder of texts; without it, the shipped texts.")
    ] = None,
    *,
    home: Home = None,
) -> None:
    """Make the library hold what a folder holds: add, replace, remove."""
    from assistant.settings import read_settings
    from assistant.wiring import make_library
    from index.indexing import sync_folder, sync_shipped

    library = make_library(read_settings(home=home))
    with progress() as report:
        if folder is None:
            changes = sync_shipped(library, report=report)
        else:
            changes = sync_folder(library, folder, report=report)
    print_changes(changes)


@app.command()
def reindex(*, home: Home = None) -> None:
    """Build the index anew, with the embedding model that the settings name."""
    from assistant.settings import read_settings
    from assistant.wiring import make_fresh_index
    from index.indexing import reindex as index_again
    from index.library import put_in_use

    library = make_fresh_index(read_settings(home=home))
    with progress() as report:
        count = index_again(library, report=report)
    put_in_use(library)
    out().print(f"{count} source{'s' if count != 1 else ''} indexed anew.")


def print_changes(changes: "Changes") -> None:
    """What was done, a line each, refusals on standard error."""
    for name in ("added", "replaced", "removed"):
        for slug in getattr(changes, name):
            out().print(f"{name:<9}{slug}")
    for refusal in changes.refused:
        err().print(f"refused  {refusal.error}", style="yellow", markup=False)
    if changes.unchanged:
        out().print(f"{len(changes.unchanged)} unchanged")


def _entry_fields(entry: "Entry") -> dict[str, object]:
    source, card = entry.source, entry.source.card
    return {
        "source": source.slug,
        "title": card.title,
        "publisher": card.publisher,
        "author": card.author,
        "published": card.published.isoformat() if card.published else None,
        "url": card.url,
        "language": card.language,
        "tags": list(card.tags),
        "origin": source.origin,
        "sha256": source.sha256,
        "state": entry.state,
        "passages": entry.passages,
        "characters": entry.characters,
        "added": entry.added,
    }
