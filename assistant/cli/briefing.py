"""``assistant brief``: making briefings, line by line or drafted, and exporting them."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.asking import open_assistant
from assistant.cli.console import AsJson, Home, err, out, print_json
from assistant.cli.named_files import Force, refuse_to_overwrite
from assistant.cli.printed_briefing import print_briefing
from assistant.cli.said import fill_empty
from sources.errors import UseError

if TYPE_CHECKING:
    from assistant.briefing.editor import BriefingEditor
    from sources.source import Span

app = typer.Typer(
    help="Collect cited lines into a briefing, draft one, and export it with footnotes.",
    no_args_is_help=True,
)

Name = Annotated[str, typer.Argument(help="The briefing's name in `brief list`.")]
Number = Annotated[int, typer.Argument(help="The line's number in `brief show`.")]
At = Annotated[int | None, typer.Option("--at", min=1, help="The place to put it at.")]


@app.command()
def new(
    title: Annotated[str, typer.Argument(help="The title on the first page.")],
    *,
    name: Annotated[str | None, typer.Option(help="A short name; made from the title.")] = None,
    home: Home = None,
) -> None:
    """Make an empty briefing."""
    out().print(open_editor(home).new(title, name=name).name)


@app.command("list")
def list_briefings(*, as_json: AsJson = False, home: Home = None) -> None:
    """List the briefings, the one changed last first."""
    found = open_editor(home).store.briefings()
    if as_json:
        print_json(
            [
                {"name": one.name, "title": one.title, "lines": one.lines, "changed": one.changed}
                for one in found
            ]
        )
        return
    for one in found:
        lines = f"{one.lines} line{'' if one.lines == 1 else 's'}"
        out().print(f"{one.name}  {one.title}  ({lines}, {one.changed})", markup=False)
    if not found:
        out().print("There is no briefing. Make one with `assistant brief new TITLE`.")


@app.command()
def add(
    name: Name,
    *,
    quote: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--quote",
            "--passage",
            help="SOURCE START:END, as a citation or `assistant search` names its words.",
        ),
    ] = None,
    answer: Annotated[
        str | None, typer.Option("--answer", help="A question; its answer is pinned.")
    ] = None,
    section: Annotated[str | None, typer.Option(help="A heading.")] = None,
    subsection: Annotated[str | None, typer.Option(help="A smaller heading.")] = None,
    own: Annotated[str | None, typer.Option(help="A sentence of your own.")] = None,
    note: Annotated[str | None, typer.Option(help="A note that is never exported.")] = None,
    at: At = None,
    home: Home = None,
) -> None:
    """Add one thing to a briefing."""
    words = {"section": section, "subsection": subsection, "own": own, "note": note}
    given = [value for value in (quote, answer, *words.values()) if value is not None]
    if len(given) != 1:
        raise UseError("Give one thing to add.", remedy="See `assistant brief add -h`.")
    editor = open_editor(home)
    if quote is not None:
        span = _span(quote[1])
        editor.store.get(name)
        fill_empty(editor, home)
        known = {line.number for line in editor.store.get(name).lines}
        pinned = editor.pin_words(name, quote[0], span, at=at)
        taken = next(line for line in pinned.lines if line.number not in known)
        _say_what_was_taken(span, taken.evidence[0].quote.span)
    elif answer is not None:
        editor.store.get(name)
        found = open_assistant(home, quotes=False).ask(answer)
        editor.pin_answer(name, found, at=at)
    elif section is not None:
        editor.write(name, "section", section, at=at)
    elif subsection is not None:
        editor.write(name, "subsection", subsection, at=at)
    elif own is not None:
        editor.write(name, "own", own, at=at)
    elif note is not None:
        editor.write(name, "note", note, at=at)
    print_briefing(editor.store.get(name))


@app.command()
def show(name: Name, *, as_json: AsJson = False, home: Home = None) -> None:
    """Show a briefing with the numbers of its lines."""
    import json

    from assistant.briefing.written import as_json as written

    briefing = open_editor(home).store.get(name)
    if as_json:
        print_json(json.loads(written(briefing)))
    else:
        print_briefing(briefing)


@app.command()
def move(
    name: Name,
    number: Number,
    to: Annotated[int, typer.Argument(help="Its new place, counted from 1.")],
    *,
    home: Home = None,
) -> None:
    """Move a line to another place."""
    print_briefing(open_editor(home).move(name, number, to))


@app.command()
def remove(name: Name, number: Number, *, home: Home = None) -> None:
    """Take a line out; `brief undo` puts it back."""
    print_briefing(open_editor(home).remove(name, number))


@app.command()
def reword(
    name: Name,
    number: Number,
    text: Annotated[str, typer.Argument(help="The new words.")],
    *,
    home: Home = None,
) -> None:
    """Give a heading, a note or a sentence of your own other words."""
    print_briefing(open_editor(home).reword(name, number, text))


@app.command()
def plain(name: Name, number: Number, *, home: Home = None) -> None:
    """Add, below a cited line, what the chat model makes of it in plain words, checked."""
    writer = open_assistant(home, quotes=False).writer
    if writer is None:
        raise UseError(
            "Plain words need a chat model, and none is set up.",
            remedy="Set ASSISTANT_MODEL, such as ASSISTANT_MODEL=ollama:llama3.1.",
        )
    print_briefing(open_editor(home).put_plainly(name, number, writer))


@app.command()
def rename(
    name: Name,
    title: Annotated[str, typer.Argument(help="The new title on the first page.")],
    *,
    home: Home = None,
) -> None:
    """Give a briefing another title."""
    print_briefing(open_editor(home).rename(name, title))


@app.command()
def delete(name: Name, *, home: Home = None) -> None:
    """Delete a briefing; `brief undo` brings it back."""
    open_editor(home).store.delete(name)
    out().print(f"{name} is deleted. `assistant brief undo {name}` brings it back.")


@app.command()
def undo(name: Name, *, home: Home = None) -> None:
    """Take back the last change to a briefing."""
    out().print(f"Undone: {open_editor(home).store.undo(name)}.", markup=False)


@app.command()
def redo(name: Name, *, home: Home = None) -> None:
    """Make the change again that was undone last."""
    out().print(f"Done again: {open_editor(home).store.redo(name)}.", markup=False)


@app.command()
def draft(
    name: Annotated[
        str | None, typer.Argument(help="The briefing to draft into; without it, a new one.")
    ] = None,
    *,
    topic: Annotated[str, typer.Option(help="What the briefing is about.")],
    home: Home = None,
) -> None:
    """Draft a first briefing from the library alone, every line cited."""
    assistant, editor = open_assistant(home), open_editor(home)
    topic = topic.strip()
    if not topic:
        raise UseError("A draft needs a topic.", remedy="Say what it is about.")
    briefing = editor.draft(name, topic, assistant) if name else editor.draft_new(topic, assistant)
    print_briefing(briefing)
    name = briefing.name
    err().print(f"Export it with `assistant brief export {name} {name}.docx`.", markup=False)


@app.command()
def export(
    name: Name,
    file: Annotated[Path, typer.Argument(help="Ends in .docx, .md, .html, .json or .bib.")],
    *,
    styles: Annotated[
        Path | None, typer.Option(help="A Word document whose styles to use; see `brief styles`.")
    ] = None,
    positions: Annotated[
        bool, typer.Option("--positions", help="Add who said what, and what changed over time.")
    ] = False,
    unsupported: Annotated[
        bool,
        typer.Option("--unsupported", help="Take along, marked, statements not supported in full."),
    ] = False,
    force: Force = False,
    home: Home = None,
) -> None:
    """Write a briefing as Word, Markdown or HTML, or its sources as CSL-JSON or BibTeX."""
    from assistant.export.briefings import export_briefing

    refuse_to_overwrite(file, force=force)
    left_out = export_briefing(
        open_editor(home),
        name,
        file,
        styles=styles,
        with_positions=positions,
        with_unsupported=unsupported,
    )
    if left_out:
        said = "1 statement is" if left_out == 1 else f"{left_out:,} statements are"
        err().print(f"{said} not supported in full and left out; --unsupported takes them along.")
    out().print(f"Written to {file}.", markup=False)


@app.command()
def styles(
    file: Annotated[Path, typer.Argument(help="Where to write the Word document.")],
    *,
    force: Force = False,
) -> None:
    """Write the styles of exported documents to a Word document, to be changed in Word."""
    from assistant.export.files import copy_styles

    refuse_to_overwrite(file, force=force)
    copy_styles(file)
    out().print(
        f"Written to {file}. Change its styles, then export with --styles {file}.", markup=False
    )


def open_editor(home: Path | None) -> "BriefingEditor":
    """The editor of the library's briefings in force."""
    from assistant.settings import read_settings
    from assistant.wiring import make_editor

    return make_editor(read_settings(home=home))


def _say_what_was_taken(wanted: "Span", taken: "Span") -> None:
    if (taken.start, taken.end) != (wanted.start, wanted.end):
        err().print(
            f"Quoted are the whole words at {taken.start}:{taken.end}, not those cut at"
            f" {wanted.start}:{wanted.end}."
        )


def _span(words: str) -> "Span":
    from sources.source import Span

    found = re.fullmatch(r"(\d+):(\d+)", words)
    if found is None or int(found[1]) >= int(found[2]):
        raise UseError(f"{words!r} is not START:END.", remedy="Give it like 0:248.")
    return Span(int(found[1]), int(found[2]))
