"""How the command line tells why an answer is what it is."""

from typing import TYPE_CHECKING

from assistant.cli.console import out
from assistant.formatting import quotation

if TYPE_CHECKING:
    from assistant.explaining import Explanation


def print_explanation(explanation: "Explanation") -> None:
    """The steps in their order, then what was found and what was scored."""
    from rich.text import Text

    console = out()
    console.print(Text("\nWhy this answer", "bold"))
    for number, step in enumerate(explanation.steps, start=1):
        console.print(Text.assemble(f"  {number}. ", (f"{step.room}: ", "cyan"), step.words))
    if explanation.passages:
        console.print(Text("\nPassages found (relevance; rank by words, by vectors)", "bold"))
    for found in explanation.passages:
        ranks = f"{_rank(found.rank_by_words)}, {_rank(found.rank_by_vectors)}"
        place = f"{found.source} {found.start}:{found.end}"
        console.print(Text.assemble(f"  {found.relevance:.2f}; {ranks}  ", (place, "dim")))
    if explanation.sentences:
        heading = "\nSentences (reader; nearness, words held, order)"
        console.print(Text(heading, "bold"))
    for one in explanation.sentences:
        read = "  – " if one.read is None else f"{one.read:.2f}"
        scores = f"  {read}; {one.nearness:.2f}, {one.words_held:.2f}, {one.judged:.2f}  "
        place = f" {one.source} {one.start}:{one.end}"
        console.print(Text.assemble(scores, quotation(one.words), (place, "dim")))


def _rank(rank: int | None) -> str:
    return "–" if rank is None else str(rank)
