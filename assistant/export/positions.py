"""Who said what as part of a document: the table, and what has changed over time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answers import Quote
from assistant.briefing.briefings import Evidence
from assistant.briefing.issues import Issue
from assistant.briefing.over_time import Step, steps
from assistant.briefing.positions import Position, Positions, find_positions
from assistant.export.citing import cited
from assistant.export.pandoc import (
    Block,
    Inline,
    bullets,
    heading,
    in_language,
    paragraph,
    strong,
    table,
    wide,
    words,
)
from assistant.formatting import quotation, within_marks, written_day
from assistant.speakers.utterances import Said

MAX_PARTIES = 5
"""Columns that a page on its side has room for."""
CELL = "Table Words"
"""The paragraph style of a cell."""
FIRST = 0.12
"""The share of the width that the names of the issues take."""


@dataclass(frozen=True, slots=True)
class WhoSaidWhat:
    """The table of a library, and each party's words on an issue that have changed."""

    table: Positions
    changing: tuple[tuple[Position, tuple[Step, ...]], ...] = ()


def who_said_what(said: Sequence[Said], issues: Sequence[Issue]) -> WhoSaidWhat:
    """The positions of the parties that speak most, and those that change from day to day."""
    found = find_positions(said, issues, max_parties=MAX_PARTIES)
    by_name = {issue.name: issue for issue in issues}
    paths = ((cell, steps(said, by_name[cell.issue], cell.party)) for cell in found.cells)
    return WhoSaidWhat(
        found, tuple((cell, path) for cell, path in paths if any(one.differences for one in path))
    )


def evidence_in(shown: WhoSaidWhat) -> tuple[Evidence, ...]:
    """What each footnote of the table and of the changes rests on, in their order."""
    cells = (cell.newest for cell in shown.table.cells)
    changed = (step.said for _, path in shown.changing for step in path)
    return tuple(_evidence(one) for one in (*cells, *changed))


def positions(shown: WhoSaidWhat) -> Iterator[Block]:
    """The blocks; where nobody says anything on any issue, one sentence that says so."""
    if not shown.table.cells:
        yield heading(1, "Who said what")
        yield paragraph(words("No words of any party on any of the issues were found."))
        return
    filled = {cell.issue for cell in shown.table.cells}
    rows = [
        [[strong(issue)], *(_cell(shown.table.cell(issue, party)) for party in shown.table.parties)]
        for issue in shown.table.issues
        if issue in filled
    ]
    head: list[list[Inline]] = [[], *([strong(party)] for party in shown.table.parties)]
    on_its_side = [heading(1, "Who said what"), table(head, rows, style=CELL, first=FIRST)]
    silent = [issue for issue in shown.table.issues if issue not in filled]
    if silent:
        found_nothing = f"No words of these parties were found on: {', '.join(silent)}."
        on_its_side.append(paragraph(words(found_nothing)))
    yield wide(on_its_side)
    if shown.changing:
        yield heading(1, "Changed over time")
        yield paragraph(
            words("Numbers, modal verbs and negations that the words before do not have are bold.")
        )
    for cell, path in shown.changing:
        yield heading(2, f"{cell.party} on {cell.issue}")
        yield bullets([[paragraph(_step(step))] for step in path])


def _cell(position: Position | None) -> list[Inline]:
    if position is None:
        return []
    evidence = _evidence(position.newest)
    day = written_day(evidence.published)
    quoted = in_language(words(quotation(evidence.quote.words)), evidence.language)
    return [*quoted, *words(f" ({day})"), cited(evidence)]


def _step(step: Step) -> list[Inline]:
    evidence = _evidence(step.said)
    sentence = within_marks(step.said.sentence.replace("\n", " "))
    inlines: list[Inline] = [*words("“")]
    at = 0
    for span in step.changed:
        inlines += [*words(sentence[at : span.start]), strong(span.of(sentence))]
        at = span.end
    quoted = in_language([*inlines, *words(f"{sentence[at:]}”")], evidence.language)
    return [*words(f"{written_day(step.said.published)}: "), *quoted, cited(evidence)]


def _evidence(said: Said) -> Evidence:
    span = said.utterance.sentence
    return Evidence.of(
        said.source,
        Quote(said.source.slug, span, said.sentence),
        speaker=said.speaker,
        manner=said.utterance.manner,
        quoted_from=said.utterance.quoted_from,
    )
