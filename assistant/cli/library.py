"""``assistant sources``: what the library holds, and keeping it current."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli import listing
from assistant.cli.console import Home, err, out, progress
from assistant.cli.originals import original
from assistant.cli.turns import await_turn, open_to_change

if TYPE_CHECKING:
    from index.changes import Changes
    from index.library import Library
    from index.progress import ProgressReport

app = typer.Typer(help="List, read and update the library's sources.", no_args_is_help=True)
listing.add_to(app)
app.command()(original)


@app.command()
def sync(
    folder: Annotated[
        Path | None, typer.Argument(help="A folder of texts; without it, the shipped texts.")
    ] = None,
    *,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on, and follow every change till Ctrl+C.")
    ] = False,
    home: Home = None,
) -> None:
    """Make the library hold what a folder holds: add, replace, remove."""
    from index.indexing import sync_folder, sync_shipped
    from sources.errors import UseError

    if watch and folder is None:
        raise UseError("--watch needs a folder.", remedy="Name one: sources sync FOLDER --watch.")
    library = open_to_change(home)
    if watch and folder is not None:
        from index.watching import watch_folder

        err().print(f"Watching {folder}; Ctrl+C ends it.", markup=False)
        with suppress(KeyboardInterrupt), _told_when_stopped():
            print_as_they_come(watch_folder(library, folder))
        return
    with _stoppable() as report:
        if folder is None:
            changes = sync_shipped(library, report=report, again=True)
        else:
            changes = sync_folder(library, folder, report=report)
    print_changes(changes)
    _print_problems(library, changes)
    if not changes.count:
        err().print(f"There is no readable file in {str(folder)!r}.", markup=False)
    _end(changes)


@app.command()
def add(
    places: Annotated[list[str], typer.Argument(help="Files, folders, or addresses of pages.")],
    *,
    home: Home = None,
) -> None:
    """Add files, whole folders, or pages on the web; several at once.

    Exit code 1 when one is refused; the others are added all the same.
    """
    from index.indexing import add_places

    library = open_to_change(home)
    with _stoppable() as report:
        changes = add_places(library, places, report=report)
    print_changes(changes)
    _print_problems(library, changes)
    _end(changes)


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
    from index.changes import Changes
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
    library = open_to_change(home)
    edit_card(library, slug, edits)
    changes = Changes(edited=(slug,))
    print_changes(changes)
    _print_problems(library, changes)


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
    from index.indexing import remove as remove_sources

    library = open_to_change(home)
    for slug in remove_sources(library, slugs, for_good=for_good):
        out().print(f"removed  {slug}")


@app.command()
def restore(
    slug: Annotated[str, typer.Argument(help="A removed source.")], *, home: Home = None
) -> None:
    """Take back a removed source."""
    from index.indexing import restore as restore_source

    restore_source(open_to_change(home), slug)
    out().print(f"restored {slug}")


@app.command("clean-up")
def clean_up(*, home: Home = None) -> None:
    """Forget removed sources for good."""
    from index.indexing import clean_up as forget_removed

    forgotten = forget_removed(open_to_change(home))
    for slug in forgotten:
        out().print(f"forgotten {slug}")
    if not forgotten:
        out().print("No removed source was there to be forgotten.")


@app.command()
def reindex(
    *,
    embedder: Annotated[
        str | None,
        typer.Option(
            help="The embedding model from now on: multilingual-e5-small for texts in several"
            " languages, all-MiniLM-L6-v2 for English."
        ),
    ] = None,
    home: Home = None,
) -> None:
    """Build the index anew: for another embedding model, or for the one it has."""
    from assistant.settings import read_settings
    from assistant.wiring import make_catalogue, make_fresh_index
    from index.reindexing import reindex as index_again
    from sources.errors import UseError

    settings = read_settings(home=home)
    if embedder is not None:
        if settings.embedder not in (None, embedder):
            raise UseError(
                f"The settings ask for the embedding model {settings.embedder!r}.",
                remedy="Take `embedder` out of the settings (or ASSISTANT_EMBEDDER out of the"
                f" environment), or set it to {embedder!r}.",
            )
        settings = settings.model_copy(update={"embedder": embedder})
    with closing(make_catalogue(settings)) as catalogue:
        await_turn(catalogue)
    library = make_fresh_index(settings)
    with progress() as report:
        count = index_again(library, report=report)
    out().print(f"{count} source{'s' if count != 1 else ''} indexed anew.")


@app.command()
def reread(
    slugs: Annotated[
        list[str] | None,
        typer.Argument(help="Names in `sources list`; those that an earlier version read."),
    ] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Every source.")] = False,
    home: Home = None,
) -> None:
    """Read sources again from their files, as this version reads them; old texts stay versions.

    Exit code 1 when one cannot be read: it stays as it is.
    """
    from index.rereading import read_by_earlier
    from index.rereading import reread as read_again

    library = open_to_change(home)
    ready = (entry.source.slug for entry in library.catalogue.entries(state="ready"))
    wanted = tuple(slugs or (ready if everything else read_by_earlier(library)))
    with _stoppable() as report:
        changes = read_again(library, wanted, report=report)
    print_changes(changes)
    _print_problems(library, changes)
    if not wanted:
        out().print("Every source was read by this version; --all reads them again all the same.")
    _end(changes)


@contextmanager
def _stoppable() -> "Iterator[ProgressReport]":
    """Tells progress; Ctrl+C within ends the command with what is done and what is left."""
    with _told_when_stopped(), progress() as report:
        yield report


@contextmanager
def _told_when_stopped() -> Iterator[None]:
    from index.changes import StoppedError

    try:
        yield
    except StoppedError as stop:
        print_changes(stop.changes)
        new = (*stop.changes.added, *stop.changes.replaced, *stop.changes.cut_anew)
        verb = "added" if stop.changes.added or not new else "read again"
        done = [f"{len(new):,} of {stop.inputs:,} {verb}"]
        known = stop.changes.count - len(new) - len(stop.changes.refused)
        if known:
            done.append(f"{known:,} known already")
        if stop.changes.refused:
            done.append(f"{len(stop.changes.refused):,} refused")
        err().print(f"Stopped: {', '.join(done)}; run it again for the rest.")
        raise SystemExit(130) from stop


def _end(changes: "Changes") -> None:
    if changes.refused:
        raise typer.Exit(1)


def print_as_they_come(every: "Iterable[Changes]") -> None:
    """Each change as it comes, of what was refused or passed over only what is new."""
    refused: set[str] = set()
    passed_over: set[str] = set()
    for changes in every:
        new = replace(
            changes,
            refused=tuple(one for one in changes.refused if str(one.error) not in refused),
            passed_over=tuple(name for name in changes.passed_over if name not in passed_over),
        )
        refused = {str(one.error) for one in changes.refused}
        passed_over = set(changes.passed_over)
        print_changes(new)


def print_changes(changes: "Changes") -> None:
    """What was done, a line each, refusals on standard error."""
    for name in ("added", "replaced", "cut_anew", "edited", "restored", "removed"):
        for slug in getattr(changes, name):
            out().print(f"{name.replace('_', ' '):<9}{slug}")
    for duplicate in changes.duplicates:
        out().print(f"same     {duplicate.name} is {duplicate.slug}", markup=False)
    for refusal in changes.refused:
        err().print(f"refused  {refusal.error}", style="yellow", markup=False)
    if changes.unchanged:
        out().print(f"{len(changes.unchanged)} unchanged")
    if changes.passed_over:
        err().print(passed_over_in_words(changes.passed_over), markup=False)


def _print_problems(library: "Library", changes: "Changes") -> None:
    """What a person should know of the sources that came, or got another card."""
    from assistant.other_languages import found_by_words_alone

    for slug in (*changes.added, *changes.replaced, *changes.cut_anew, *changes.edited):
        entry = library.catalogue.entry(slug)
        for problem in listing.problems_of(entry.source) if entry is not None else ():
            err().print(f"note     {slug}: {problem}", style="yellow", markup=False)
    if foreign := found_by_words_alone(library, (*changes.added, *changes.replaced)):
        err().print(f"note     {foreign}", style="yellow", markup=False)


def passed_over_in_words(names: Sequence[str]) -> str:
    """How many files were passed over, and which: the first five by name."""
    some = ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
    were = (
        "1 file of another kind was"
        if len(names) == 1
        else f"{len(names):,} files of other kinds were"
    )
    return f"{were} passed over: {some}."
