"""``assistant brief timeline`` and ``events``: what the library says, by date."""

from enum import StrEnum
from typing import Annotated

import typer

from assistant.cli.briefing import open_editor
from assistant.cli.console import AsJson, Home, out, print_json
from assistant.cli.said import everything_said_aloud, source_words
from assistant.formatting import quotation


class By(StrEnum):
    """How long the periods are that are counted together."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"


def add_to(app: typer.Typer) -> None:
    """Put the commands of this file on the group."""
    for command in (timeline, events):
        app.command()(command)


def timeline(
    *,
    by: Annotated[By, typer.Option("--by", help="How long a period is.")] = By.MONTH,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Statements of each party by month, and the months in which each publisher reported."""
    from assistant.briefing.pictures import Grain, coverage, name_of, statements_over_time

    everything = everything_said_aloud(open_editor(home), home)
    grain: Grain = by.value
    marks = {
        "statements": statements_over_time(everything, grain=grain),
        "sources": coverage(everything, grain=grain),
    }
    if as_json:
        print_json(
            [
                {
                    "of": what,
                    "by": grain,
                    "from": mark.day.isoformat() if mark.day else None,
                    "name": mark.name,
                    "count": mark.count,
                    "sources": list(mark.sources),
                }
                for what, found in marks.items()
                for mark in found
            ]
        )
        return
    from rich.text import Text

    for what, found in marks.items():
        out().print(Text(f"{what.capitalize()} by {grain}", "bold"))
        most = max((mark.count for mark in found), default=1)
        for mark in found:
            bar = "█" * max(1, round(mark.count * min(most, 40) / most))
            out().print(
                Text(f"  {name_of(mark.day, grain):<8}  {mark.name:<28} {bar} {mark.count}")
            )
        if not found:
            out().print("  Nothing was found.")


def events(*, as_json: AsJson = False, home: Home = None) -> None:
    """The days, months and years that sentences name, earliest first, each with its sentence."""
    from assistant.briefing.chronology import find_events

    found = find_events(everything_said_aloud(open_editor(home), home))
    if as_json:
        print_json(
            [
                {
                    "first_day": event.first_day.isoformat(),
                    "as_named": event.as_named,
                    "source": event.source.slug,
                    "publisher": event.source.card.publisher,
                    "published": str(event.source.card.published or "") or None,
                    "start": event.sentence.start,
                    "end": event.sentence.end,
                    "quote": event.words,
                }
                for event in found
            ]
        )
        return
    from rich.text import Text

    for event in found:
        place = f"{event.source.slug} {event.sentence.start}:{event.sentence.end}"
        out().print(
            Text.assemble(
                (f"{event.as_named:<18} ", "cyan"),
                f"{quotation(event.words)} ({source_words(event.source)}, {place})",
            )
        )
    if not found:
        out().print("No sentence of the library names a day, a month or a year.")
