"""A briefing as the terminal shows it, each line with its number."""

from typing import TYPE_CHECKING

from assistant.cli.console import out
from assistant.formatting import quotation, short_day

if TYPE_CHECKING:
    from rich.text import Text

    from assistant.briefing.briefings import Briefing, Line


def print_briefing(briefing: "Briefing") -> None:
    """The briefing for a reader, each line with its number."""
    from rich.text import Text

    out().print(Text(briefing.title, "bold"))
    for line in briefing.lines:
        out().print(_printed(line))
    if not briefing.lines:
        out().print("It has no lines yet.")


def _printed(line: "Line") -> "Text":
    from rich.text import Text

    number = (f"{line.number:>4}  ", "cyan")
    match line.kind:
        case "section":
            return Text.assemble("\n", number, (line.text, "bold"))
        case "subsection":
            return Text.assemble(number, (line.text, "underline"))
        case "quote" | "statement":
            lead = ", ".join(
                words for words in (line.label, line.evidence[0].speaker) if words is not None
            )
            words = quotation(line.text) if line.kind == "quote" else line.text
            return Text.assemble(number, (f"{lead}: " if lead else "", "bold"), words,
                                 (_cited(line), "dim"), (_doubt(line), "yellow"))  # fmt: skip
        case "not_found":
            if not line.evidence:
                return Text.assemble(number, ("Not in the sources: ", "yellow"), line.text)
            nearest = f"{line.text} Nearest: {quotation(line.evidence[0].quote.words)}"
            return Text.assemble(number, ("No clear answer was found to: ", "yellow"), nearest,
                                 (_cited(line), "dim"))  # fmt: skip
        case "own":
            return Text.assemble(number, line.text, (" (author)", "dim"))
        case _:
            return Text.assemble(number, (f"{line.kind}: {line.text}", "italic"))


def _cited(line: "Line") -> str:
    cited = "; ".join(
        f"{one.publisher or 'publisher unknown'}, "
        f"{short_day(one.published)}, "
        f"{one.quote.source} {one.quote.span.start}:{one.quote.span.end}"
        f"{f' (take care: {one.warning})' if one.warning else ''}"
        for one in line.evidence
    )
    return f"  [{cited}]"


def _doubt(line: "Line") -> str:
    from assistant.export.document import UNSUPPORTED

    said = UNSUPPORTED.get(line.support)
    return f"  ({said})" if said else ""
