"""``assistant sources``: what the library holds, and keeping it current."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import AsJson, Home, err, out, print_json, progress

if TYPE_CHECKING:
    from index.indexing import Changes
    from sources.entries import Entry

app = typer.Typer(help="List, read and update the library's sources.", no_args_is_help=True)


@app.command("list")
def list_sources(
    *,
    removed: Annotated[
        bool, typer.Option("--removed", help="Those that `restore` can take back.")
    ] = False,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """List the sources, newest first; what a card does not say is shown as unknown."""
    from assistant.settings import read_settings
    from assistant.wiring import make_catalogue

    catalogue = make_catalogue(read_settings(home=home))
    entries = catalogue.entries(state="removed" if removed else None)
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
            f"{entry.state}, {entry.source.kind}",
            str(entry.passages),
        )
    out().print(table)
    for entry in entries:
        for problem in entry.source.problems:
            out().print(Text(f"{entry.source.slug}: {problem}", style="yellow"))


@app.command()
def show(
    slug: Annotated[str, typer.Argument(help="The source's name in `sources list`.")],
    *,
    text: Annotated[
        bool, typer.Option("--text", help="Print the text alone; offsets of citations count in it.")
    ] = False,
    version: Annotated[
        str | None,
        typer.Option(help="An earlier text: the beginning of its sha256, as citations name it."),
    ] = None,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Show a source's card and earlier texts, or a text exactly as citations count it."""
    from assistant.settings import read_settings
    from assistant.wiring import make_catalogue

    catalogue = make_catalogue(read_settings(home=home))
    source = catalogue.source(slug)
    wanted = catalogue.version_hash(slug, version) if version is not None else source.sha256
    if text:
        sys.stdout.write(catalogue.text(slug, sha256=wanted).content)
        sys.stdout.flush()
        return
    entry = catalogue.entry(slug)
    assert entry is not None
    fields = _entry_fields(entry) | {
        "versions": [
            {"sha256": one.sha256, "until": one.until, "characters": one.characters}
            for one in catalogue.versions(slug)
        ],
        "same_story": list(catalogue.same_story(slug)),
    }
    if as_json:
        print_json(fields)
        return
    from rich.text import Text

    for name, value in fields.items():
        label = (f"{name:<11}", "bold")
        out().print(Text.assemble(label, _in_words(value)))
    out().print(Text(f"\n{catalogue.text(slug, sha256=wanted).content}"))


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
            changes = sync_shipped(library, report=report, again=True)
        else:
            changes = sync_folder(library, folder, report=report)
    print_changes(changes)


@app.command()
def add(
    places: Annotated[list[str], typer.Argument(help="Files, folders, or addresses of pages.")],
    *,
    home: Home = None,
) -> None:
    """Add files, whole folders, or pages on the web; several at once."""
    from assistant.settings import read_settings
    from assistant.wiring import make_library
    from index.indexing import add_places

    library = make_library(read_settings(home=home))
    with progress() as report:
        changes = add_places(library, places, report=report)
    print_changes(changes)


@app.command()
def edit(
    slug: Annotated[str, typer.Argument(help="The source's name in `sources list`.")],
    *,
    title: Annotated[str | None, typer.Option(help="In your own words.")] = None,
    publisher: Annotated[str | None, typer.Option(help="'unknown' where it is.")] = None,
    author: Annotated[str | None, typer.Option(help="'unknown' where it is.")] = None,
    published: Annotated[str | None, typer.Option(help="YYYY-MM-DD, or 'unknown'.")] = None,
    url: Annotated[str | None, typer.Option(help="Where it was published.")] = None,
    language: Annotated[str | None, typer.Option(help="ISO 639 code: en, uk, pl.")] = None,
    tags: Annotated[str | None, typer.Option(help="Divided by commas; '' for none.")] = None,
    home: Home = None,
) -> None:
    """Change what a source's card says; nothing is embedded again."""
    from assistant.settings import read_settings
    from assistant.wiring import make_library
    from index.indexing import edit_card
    from sources.errors import UseError

    given = {
        "title": title,
        "publisher": publisher,
        "author": author,
        "published": published,
        "url": url,
        "language": language,
        "tags": tags,
    }
    edits = {name: value for name, value in given.items() if value is not None}
    if not edits:
        raise UseError(
            "There is nothing to change.", remedy="Name a field: --published 2025-12-22."
        )
    edit_card(make_library(read_settings(home=home)), slug, edits)
    out().print(f"edited   {slug}")


@app.command()
def remove(
    slugs: Annotated[list[str], typer.Argument(help="Names in `sources list`.")],
    *,
    for_good: Annotated[
        bool, typer.Option("--for-good", help="Not to be restored: off the disk now.")
    ] = False,
    home: Home = None,
) -> None:
    """Remove sources; `restore` takes them back until `clean-up`."""
    from assistant.settings import read_settings
    from assistant.wiring import make_library
    from index.indexing import remove as remove_sources

    library = make_library(read_settings(home=home))
    for slug in remove_sources(library, slugs, for_good=for_good):
        out().print(f"removed  {slug}")


@app.command()
def restore(
    slug: Annotated[str, typer.Argument(help="A removed source.")], *, home: Home = None
) -> None:
    """Take back a removed source."""
    from assistant.settings import read_settings
    from assistant.wiring import make_library
    from index.indexing import restore as restore_source

    restore_source(make_library(read_settings(home=home)), slug)
    out().print(f"restored {slug}")


@app.command("clean-up")
def clean_up(*, home: Home = None) -> None:
    """Forget removed sources for good."""
    from assistant.settings import read_settings
    from assistant.wiring import make_library
    from index.indexing import clean_up as forget_removed

    for slug in forget_removed(make_library(read_settings(home=home))):
        out().print(f"forgotten {slug}")


@app.command()
def reindex(*, home: Home = None) -> None:
    """Build the index anew, with the embedding model that the settings name."""
    from assistant.settings import read_settings
    from assistant.wiring import make_fresh_index
    from index.reindexing import reindex as index_again

    library = make_fresh_index(read_settings(home=home))
    with progress() as report:
        count = index_again(library, report=report)
    out().print(f"{count} source{'s' if count != 1 else ''} indexed anew.")


def print_changes(changes: "Changes") -> None:
    """What was done, a line each, refusals on standard error."""
    for name in ("added", "replaced", "edited", "restored", "removed"):
        for slug in getattr(changes, name):
            out().print(f"{name:<9}{slug}")
    for duplicate in changes.duplicates:
        out().print(f"same     {duplicate.name} is {duplicate.slug}", markup=False)
    for refusal in changes.refused:
        err().print(f"refused  {refusal.error}", style="yellow", markup=False)
    if changes.unchanged:
        out().print(f"{len(changes.unchanged)} unchanged")


def _in_words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_in_words, value)) or "none"
    if isinstance(value, dict):
        return f"{value['sha256'][:12]} (until {value['until'][:10]})"
    return "unknown" if value in (None, "") else str(value)


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
        "kind": source.kind,
        "problems": list(source.problems),
        "origin": source.origin,
        "bytes": entry.file_bytes,
        "versions": entry.versions,
        "sha256": source.sha256,
        "state": entry.state,
        "passages": entry.passages,
        "characters": entry.characters,
        "added": entry.added,
    }
