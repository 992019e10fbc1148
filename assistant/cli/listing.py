"""``assistant sources list`` and ``show``: what the library holds."""

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import AsJson, Home, out, print_json
from assistant.formatting import language_in_words, read_by_earlier, short_day, size_in_words

if TYPE_CHECKING:
    from rich.text import Text

    from sources.entries import Entry
    from sources.places import Refused
    from sources.source import Source


def add_to(app: typer.Typer) -> None:
    """Put the commands of this file on ``assistant sources``."""
    app.command("list")(list_sources)
    app.command()(show)


def list_sources(
    *,
    removed: Annotated[
        bool, typer.Option("--removed", help="Those that `restore` can take back.")
    ] = False,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """List the sources, newest first: title, name, publisher, day, kind, size and passages."""
    from assistant.settings import read_settings
    from assistant.wiring import make_catalogue

    catalogue = make_catalogue(read_settings(home=home))
    entries = catalogue.entries(state="removed" if removed else None)
    refused = () if removed else catalogue.places.refused()
    if as_json:
        print_json([*map(_entry_fields, entries), *map(_refused_fields, refused)])
        return
    console = out()
    for entry in entries:
        console.print(_listed(entry))
    if not entries:
        empty = "The library is empty. Run `assistant sources sync`."
        out().print("No removed source can be restored." if removed else empty)
    from rich.text import Text

    from sources.reading import READERS

    for entry in entries:
        for problem in problems_of(entry.source):
            out().print(Text(f"{entry.source.slug}: {problem}", style="yellow"))
    if earlier := sum(entry.readers < READERS for entry in entries):
        out().print(Text(read_by_earlier(earlier), style="yellow"))
    for one in refused:
        out().print(Text(f"refused {one.at[:10]}  {one.origin}: {one.reason}", style="yellow"))


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

    shown = {name: value for name, value in fields.items() if name != "detected_language"}
    for name, value in (shown | {"language": language_in_words(source)}).items():
        label = (f"{name:<11}", "bold")
        out().print(Text.assemble(label, _in_words(value)))
    out().print(Text(f"\n{catalogue.text(slug, sha256=wanted).content}"))


def problems_of(source: "Source") -> tuple[str, ...]:
    """What a person should know of the source: as it was read, and as its card stands today."""
    from sources.cards import doubts_about

    today = datetime.now().astimezone().date()
    return (*source.problems, *doubts_about(source.card, today=today))


def _listed(entry: "Entry") -> "Text":
    """The title, and below it the name that commands take and what else is known."""
    from rich.text import Text

    card = entry.source.card
    passages = f"{entry.passages:,} passage{'' if entry.passages == 1 else 's'}"
    about = (
        card.publisher or "publisher unknown",
        short_day(card.published),
        entry.source.kind,
        size_in_words(entry.file_bytes),
        passages if entry.state == "ready" else entry.state,
    )
    return Text.assemble(
        (card.title, "bold"), "\n  ", (entry.source.slug, "cyan"), f"  {', '.join(about)}"
    )


def _refused_fields(refused: "Refused") -> dict[str, object]:
    return {
        "source": None,
        "state": "refused",
        "origin": refused.origin,
        "problems": [refused.reason],
        "added": refused.at,
    }


def _in_words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_in_words, value)) or "none"
    if isinstance(value, dict):
        return f"{value['sha256'][:12]} (until {value['until'][:10]})"
    return "unknown" if value in (None, "") else str(value)


def _entry_fields(entry: "Entry") -> dict[str, object]:
    from sources.reading import READERS

    source, card = entry.source, entry.source.card
    return {
        "source": source.slug,
        "title": card.title,
        "publisher": card.publisher,
        "author": card.author,
        "published": card.published.isoformat() if card.published else None,
        "url": card.url,
        "language": card.language,
        "detected_language": source.detected_language,
        "tags": list(card.tags),
        "kind": source.kind,
        "problems": list(problems_of(source)),
        "read_by_earlier": entry.readers < READERS,
        "origin": source.origin,
        "bytes": entry.file_bytes,
        "versions": entry.versions,
        "sha256": source.sha256,
        "state": entry.state,
        "passages": entry.passages,
        "characters": entry.characters,
        "added": entry.added,
    }
