"""How the command line shows what somebody said: in a cell, side by side, and as fields."""

from typing import TYPE_CHECKING

from sources.errors import UseError

if TYPE_CHECKING:
    from rich.text import Text

    from assistant.briefing.issues import Issue
    from assistant.speaking.hearing import Said
    from sources.source import Source


def issues_named(known: "tuple[Issue, ...]", wanted: str | None) -> "tuple[Issue, ...]":
    if wanted is None:
        return known
    found = tuple(one for one in known if one.name.casefold() == wanted.casefold())
    if not found:
        raise UseError(f"There is no issue {wanted!r}.", remedy="See `assistant brief issues`.")
    return found


def in_cell(said: "Said") -> str:
    return f"“{said.sentence}” ({source_words(said.source)})"


def source_words(source: "Source") -> str:
    published = source.card.published
    return f"{source.card.publisher or 'unknown'}, {published or 'undated'}"


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
