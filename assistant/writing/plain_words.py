"""A cited sentence in plain words, checked against its own citations and nothing else."""

from collections.abc import Sequence

from assistant.answers import Quote
from assistant.writing.composing import Writer
from assistant.writing.grounding import Grounded
from index.passages import Passage
from sources.catalogue import Catalogue
from sources.errors import StateError
from sources.sentences import find_sentences
from sources.source import Sentence


def in_plain_words(
    words: str, quotes: Sequence[Quote], *, writer: Writer, catalogue: Catalogue
) -> tuple[Grounded, ...]:
    """What the chat model makes of `words`, each sentence supported by `quotes`, at least in part.

    Raises `StateError`, with why, where there is none.
    """
    sources = catalogue.ready_among({quote.source for quote in quotes})
    passages = tuple(
        _passage(number, quote) for number, quote in enumerate(quotes) if quote.source in sources
    )
    if not passages:
        raise StateError(
            "The sources that the line cites are no longer in the library.",
            remedy="Add them again with `assistant sources add`.",
        )
    *_, draft = writer.write(words, passages, sources=sources, wanted="plain words")
    borne_out = tuple(
        one for one in draft.statements if one.verification.support != "not_supported"
    )
    if not borne_out:
        doubts = (f"{one.verification.doubt}." for one in draft.statements)
        why = draft.trouble or next(doubts, "The model found no plain words for it.")
        raise StateError(
            f"The line was not rewritten: {why}",
            remedy="Try again, or write a sentence of your own with `assistant brief add --own`.",
        )
    return borne_out


def _passage(number: int, quote: Quote) -> Passage:
    """The quoted words as they were when they were cited, whatever became of their source."""
    start = quote.span.start
    found = find_sentences(quote.words)
    own = tuple(Sentence(start + one.start, start + one.end) for one in found)
    if not own or (own[0].start, own[-1].end) != (start, quote.span.end):
        own = (Sentence(start, quote.span.end),)
    return Passage(quote.source, number, own, quote.words)
