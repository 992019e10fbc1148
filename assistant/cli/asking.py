"""``assistant ask`` and ``assistant search``."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import (
    AsJson,
    Home,
    Publishers,
    Since,
    Sources,
    Tags,
    Until,
    err,
    make_filters,
    out,
    print_json,
)
from assistant.cli.naming import as_the_library_has_them
from assistant.cli.printed_explanation import print_explanation
from assistant.cli.question_lines import BrokenLine, Line, read_lines
from assistant.cli.sending import announced
from assistant.cli.turns import await_first_source
from assistant.formatting import quotation, short_day
from sources.addressed import warning_on
from sources.errors import AssistantError, UseError

if TYPE_CHECKING:
    from assistant.answering import Assistant
    from assistant.answers import Answer, Usage
    from assistant.explaining import Explanation
    from index.filters import Filters


def add_to(app: typer.Typer) -> None:
    """Put the commands of this file on the main command."""
    app.command()(ask)
    app.command()(search)


def ask(
    question: Annotated[str | None, typer.Argument(help="In plain language.")] = None,
    *,
    after: Annotated[
        list[str] | None,
        typer.Option("--after", help="An earlier question; repeat it, oldest first."),
    ] = None,
    from_file: Annotated[
        str | None,
        typer.Option(
            "--from",
            help='Questions as lines {"_id", "question", "history"}; - is standard input. '
            'Needs --json; a wrong line gets {"_id", "error"} in its place.',
        ),
    ] = None,
    quotes: Annotated[
        bool, typer.Option("--quotes", help="Quote, also where a chat model is configured.")
    ] = False,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Tell what was found, how it was scored, and what decided."),
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Print every sentence that answers, not the first ones.")
    ] = False,
    source: Sources = None,
    publisher: Publishers = None,
    tag: Tags = None,
    since: Since = None,
    until: Until = None,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Answer a question: in the sources' own sentences, or by the chat model that is set."""
    if (question is None) == (from_file is None):
        raise UseError("Give either a question or --from FILE.", remedy="See `assistant ask -h`.")
    filters = make_filters(source, publisher, since, until, tag)
    if from_file is not None:
        if not as_json:
            raise UseError("--from prints JSON lines.", remedy="Add --json.")
        if after:
            raise UseError(
                "--after goes with one question.", remedy='Put "history" into the lines instead.'
            )
        lines = read_lines(from_file)
        assistant = open_assistant(home, quotes=quotes)
        filters = as_the_library_has_them(filters, assistant.library.catalogue)
        _answer_lines(assistant, lines, filters, explain=explain)
        return
    assert question is not None
    if not question.strip():
        raise UseError(
            "The question is empty.",
            remedy="Ask one in plain language; `assistant ask hello` names some to begin with.",
        )
    assistant = open_assistant(home, quotes=quotes)
    filters = as_the_library_has_them(filters, assistant.library.catalogue)
    answer, explanation = _answer(assistant, question, after or (), filters, explain=explain)
    if as_json:
        print_json(_contract(answer, explanation))
        return
    print_answer(answer, everything=everything)
    if explanation is not None:
        print_explanation(explanation)
    if (answer.asks_back or answer.verdict == "about_assistant") and not after:
        _print_suggestions(assistant)
    if answer.usage is not None:
        _print_usage(answer.usage, answer.took_ms)


def search(
    words: Annotated[str, typer.Argument(help="What to look for.")],
    *,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many passages.")] = 10,
    source: Sources = None,
    publisher: Publishers = None,
    tag: Tags = None,
    since: Since = None,
    until: Until = None,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """List the passages that match, unjudged; `brief add --passage` pins one.

    Words in quotation marks must stand together.
    """
    from assistant.searching import as_fields, find_passages, holds_none_of, phrases_in

    filters = make_filters(source, publisher, since, until, tag)
    assistant = open_assistant(home)
    filters = as_the_library_has_them(filters, assistant.library.catalogue)
    found = find_passages(assistant, words, filters=filters, limit=limit)
    if as_json:
        print_json(as_fields(found))
        return
    from rich.text import Text

    hold_none = holds_none_of(assistant, words)
    if found and hold_none:
        out().print("No passage holds these words; nearest in meaning:\n")
    for one in found:
        card, place = one.source.card, f"{one.source.slug} {one.span.start}:{one.span.end}"
        published = short_day(card.published)
        if one.nearest != one.span:
            place += f", nearest sentence {one.nearest.start}:{one.nearest.end}"
        if not one.marks and not hold_none:
            place += ", none of the words, near in meaning"
        about = f"  {card.publisher or 'publisher unknown'}, {published}  {one.relevance:.2f}\n"
        passage = Text(one.words)
        for mark in one.marks:
            passage.stylize("bold", mark.start - one.span.start, mark.end - one.span.start)
        warning = warning_on(one.source)
        care = (f"\nTake care: {warning}.", "yellow") if warning else ""
        out().print(Text.assemble((place, "bold"), (about, "dim"), passage, care), end="\n\n")
    if not found:
        quoted = phrases_in(words)
        held = "holds the words in quotation marks together" if quoted else "matches"
        out().print(f"No passage {held}.")


def print_answer(answer: "Answer", *, everything: bool = False) -> None:
    """The answer for a reader: statements, then the citations they rest on; the first of them, or
    `everything`."""
    from rich.text import Text

    from assistant.answers import SHOWN_FIRST
    from assistant.quoting.corroborating import sources_in_words

    console = out()
    if answer.notice:
        console.print(Text(answer.notice, "yellow"))
    if answer.reason:
        heading = f"{answer.heading}. " if answer.heading else ""
        console.print(Text.assemble((heading, "bold yellow"), answer.reason))
    count = len(answer.statements)
    is_folded = not everything and count > SHOWN_FIRST + 1
    shown = answer.statements[:SHOWN_FIRST] if is_folded else answer.statements
    told_of = {number for statement in shown for number in statement.citations}
    for statement in shown:
        numbers = "".join(f"[{number}]" for number in statement.citations)
        words = Text(statement.text)
        for citation in answer.citations:
            if statement.text == citation.quote.words:
                first = citation.quote.span.start
                for mark in citation.marks:
                    words.stylize("bold underline", mark.start - first, mark.end - first)
        told = sources_in_words(statement.sources, statement.independent_sources)
        behind = (f" ({told})", "dim") if told else ""
        console.print(Text.assemble(words, (f" {numbers}", "cyan"), behind))
        if statement.doubt:
            how = "Only in part" if statement.support == "partly" else "Not supported"
            console.print(Text(f"  {how}: {statement.doubt}.", "yellow"))
    if is_folded:
        console.print(
            Text(f"{SHOWN_FIRST} of {count} sentences that answer: --all shows the others.", "dim")
        )
    if answer.related:
        console.print(Text("\nRelated, but not an answer:", "bold"))
    for quote in answer.related:
        console.print(Text.assemble(f"  {quotation(quote.words)} ", (quote.source, "dim")))
    for citation in answer.citations:
        if citation.number not in told_of:
            continue
        quote = citation.quote
        published = short_day(citation.published)
        where = f"{citation.publisher or 'publisher unknown'}, {published}, {quote.source}"
        if citation.locator:
            where += f", {citation.locator}"
        span = f"{quote.span.start}:{quote.span.end}"
        console.print(
            Text.assemble((f"\n[{citation.number}] ", "cyan"), (where, "dim"), f" {span}")
        )
        if citation.warning:
            console.print(Text(f"    Take care: {citation.warning}.", "yellow"))


def _print_suggestions(assistant: "Assistant") -> None:
    from assistant.suggestions import suggest

    if suggested := suggest(assistant, limit=3):
        err().print("The sources answer, for example:")
    for question in suggested:
        err().print(f"  {question}", markup=False)


def _print_usage(usage: "Usage", took_ms: int) -> None:
    spent = f"{usage.tokens_in:,} tokens sent, {usage.tokens_out:,} received"
    err().print(f"{usage.model} on {usage.where}: {spent}, {took_ms / 1000:.1f} s")


def open_assistant(home: Path | None, *, quotes: bool = True) -> "Assistant":
    """The assistant over the library; an empty library is first given the shipped texts.

    Only without `quotes` does the chat model of the settings write the answers.
    """
    from assistant.settings import read_settings
    from assistant.wiring import make_assistant

    settings = read_settings(home=home)
    if quotes:
        settings = settings.model_copy(update={"model": None})
    assistant = make_assistant(settings)
    if assistant.writer is not None:
        assistant = replace(assistant, writer=announced(assistant.writer))
    if not assistant.library.catalogue.counts()[0]:
        await_first_source(assistant.library)
    if not assistant.library.catalogue.counts()[0]:
        from index.indexing import sync_shipped

        err().print("The library is empty; adding the shipped texts.")
        sync_shipped(assistant.library)
    return assistant


def _answer_lines(
    assistant: "Assistant",
    lines: "Iterable[Line | BrokenLine]",
    filters: "Filters",
    *,
    explain: bool,
) -> None:
    """Answer each line in turn; one that fails gets an error in its place, and exit code 1.

    Whatever goes wrong with one question is no reason to leave the others unanswered.
    """
    failed = False
    for line in lines:
        try:
            if isinstance(line, BrokenLine):
                raise line.error
            told = _contract(
                *_answer(assistant, line.question, line.history, filters, explain=explain)
            )
        except AssistantError as error:
            failed, told = True, {"error": _told(error)}
        except Exception as error:  # noqa: BLE001  (of whichever kind: it is told in the line)
            failed, told = True, {"error": _told(_unforeseen(error))}
        print_json({"_id": line.id} | told)
    if failed:
        raise typer.Exit(1)


def _told(error: AssistantError) -> dict[str, str]:
    return {"problem": error.problem, "remedy": error.remedy}


def _unforeseen(error: Exception) -> AssistantError:
    return AssistantError(
        f"Answering failed: {type(error).__name__}: {error}",
        remedy="Ask it alone with `assistant ask` to see where; the other lines go on.",
    )


def _answer(
    assistant: "Assistant",
    question: str,
    earlier: Sequence[str],
    filters: "Filters",
    *,
    explain: bool,
) -> "tuple[Answer, Explanation | None]":
    from index.retrieval import Turn

    history = [Turn(asked) for asked in earlier]
    if explain:
        return assistant.explain(question, history=history, filters=filters)
    return assistant.ask(question, history=history, filters=filters), None


def _contract(answer: "Answer", explanation: "Explanation | None") -> dict[str, object]:
    from assistant.answers import as_contract
    from assistant.explaining import as_fields

    told = dict(as_contract(answer))
    return told if explanation is None else told | {"explain": as_fields(explanation)}
