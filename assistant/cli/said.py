"""How the command line shows what somebody said: in a cell, side by side, and as fields."""

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.asking import open_assistant
from assistant.cli.console import err
from assistant.formatting import quotation, short_day
from sources.addressed import warning_on
from sources.errors import UseError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from assistant.briefing.editor import BriefingEditor
    from assistant.briefing.issues import Issue
    from assistant.speakers.utterances import EverythingSaid, Said
    from sources.source import Source


def everything_said_aloud(editor: "BriefingEditor", home: Path | None) -> "EverythingSaid":
    """Everything that is said in the library, with a bar while texts are read for it.

    An empty library is first given the shipped texts.
    """
    fill_empty(editor, home)
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("Reading who says what"), BarColumn(24), MofNCompleteColumn())
    with Progress(*columns, console=err(), transient=True) as bars:
        task = bars.add_task("", visible=False)

        def report(done: int, total: int) -> None:
            bars.update(task, completed=done, total=total, visible=True)

        return editor.everything_said(report)


def fill_empty(editor: "BriefingEditor", home: Path | None) -> None:
    """Give an empty library the shipped texts, as for a question."""
    if not editor.catalogue.counts()[0]:
        open_assistant(home)


def issues_named(known: "tuple[Issue, ...]", wanted: str | None) -> "tuple[Issue, ...]":
    if wanted is None:
        return known
    found = tuple(one for one in known if one.name.casefold() == wanted.casefold())
    if not found:
        raise UseError(f"There is no issue {wanted!r}.", remedy="See `assistant brief issues`.")
    return found


def check_parties(parties: "Sequence[str]", everything: "EverythingSaid") -> None:
    """Raise `UseError` for the first of `parties` who says nothing in the library."""
    from assistant.speakers.parties import names_meant

    speakers = {one.speaker.casefold() for one in everything.said}
    for party in parties:
        if not speakers & names_meant(party):
            raise UseError(
                f"Nobody called {party!r} says anything in the library.",
                remedy="See `assistant brief positions` for who does.",
            )


def in_cell(said: "Said") -> str:
    question = f"asked “{said.asked}”: " if said.asked else ""
    return f"{question}{quotation(said.sentence)} ({source_words(said.source)})"


def source_words(source: "Source") -> str:
    warning = warning_on(source)
    care = f"; take care: {warning}" if warning else ""
    return f"{source.card.publisher or 'unknown'}, {short_day(source.card.published)}{care}"


def said_fields(said: "Said") -> dict[str, object]:
    span = said.utterance.sentence
    return {
        "party": said.speaker,
        "manner": said.utterance.manner,
        "named_as": said.utterance.named_as,
        "via": said.utterance.via,
        "source": said.source.slug,
        "publisher": said.source.card.publisher,
        "published": said.published.isoformat() if said.published else None,
        "start": span.start,
        "end": span.end,
        "quote": said.sentence,
        "asked": said.asked,
        "statement": said.statement,
        "also_in": [source.slug for source in said.also_in],
    }


def marked(said: "Said", other: "Said") -> "Text":
    from rich.text import Text

    from assistant.briefing.differences import changed_words

    words = Text(said.statement)
    for span in changed_words(said.statement, other.statement):
        words.stylize("bold underline", span.start, span.end)
    return Text.assemble(f"  {said.speaker}: “", words, f"” ({source_words(said.source)})")
