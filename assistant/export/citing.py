"""A piece of evidence as a footnote of a document."""

from assistant.briefing.briefings import Evidence
from assistant.export import footnotes
from assistant.export.pandoc import Inline, emphasised, in_language, note, styled, words
from assistant.formatting import quotation

PLACE = "Place"
"""The character style of where the words are."""


def cited(evidence: Evidence) -> Inline:
    """The footnote: the words, who says them, the card, and the place."""
    said = footnotes.attribution(evidence)
    publisher, title, published = footnotes.card(evidence)
    return note(
        [
            *in_language(words(quotation(evidence.quote.words)), evidence.language),
            *words(f" — {said + '. ' if said else ''}{publisher}, "),
            emphasised(title),
            *words(f", {published}. "),
            styled(footnotes.place(evidence), PLACE),
        ]
    )
