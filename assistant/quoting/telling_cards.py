"""Who wrote or published a text, and when, as its card says.

A card is no text, so that nothing is quoted: the reason for silence says what the card says.
"""

from dataclasses import replace

from assistant.asking.about_cards import AskedCard, asked_card
from assistant.asking.questions import Question
from assistant.judging.evidence import Evidence, held
from assistant.judging.judgement import Judgement, silence
from assistant.quoting.summing_up import in_reach, which_source
from index.filters import Filters
from index.library import Library
from sources.entries import Entry

MAX_CARDS = 3
_UNMENTIONED = "No source mentions"
"""How the reason begins that a card may add to."""


def tell_card(
    library: Library, question: Question, *, filters: Filters | None
) -> tuple[tuple[Evidence, ...], Judgement] | None:
    """What the cards of the texts that are meant say; `None` where no card is asked for."""
    asked = asked_card(question.words)
    if asked is None:
        return None
    entries = in_reach(library.catalogue, filters)
    if asked.kind is not None:
        kind = set(library.catalogue.titled([asked.kind]))
        entries = tuple(entry for entry in entries if entry.source.slug in kind)
    topic = Question(f"what is said {asked.about} then").subjects
    if topic:
        entries = tuple(
            entry for entry in entries if held(topic, entry.source.card.title).min() >= 1.0
        )
    if not entries:
        return None
    if len(entries) > MAX_CARDS:
        return (), Judgement("not_in_sources", reason=which_source(entries))
    return (), silence(" ".join(in_words(asked, entry) for entry in entries))


def told_by_cards(library: Library, question: Question, judgement: Judgement) -> Judgement:
    """The same, but of a name that no text mentions and a card has it says on which it stands."""
    if not judgement.unmentioned or not (judgement.reason or "").startswith(_UNMENTIONED):
        return judgement
    told = []
    for group in question.names_side_by_side:
        words = [term.word for term in group]
        slugs = library.catalogue.signed(words)
        if slugs and set(words) & set(judgement.unmentioned):
            card = library.catalogue.source(slugs[0]).card
            more = f" and {len(slugs) - 1} more" if len(slugs) > 1 else ""
            name = " ".join(words)
            is_author = card.author is not None and words[-1].casefold() in card.author.casefold()
            what = "author" if is_author else "publisher"
            told.append(f"{name} is the {what} of “{card.title}”{more}, by its card.")
    if not told:
        return judgement
    reason = str(judgement.reason).replace(_UNMENTIONED, "No text mentions", 1)
    return replace(judgement, reason=" ".join((reason, *told)))


def in_words(asked: AskedCard, entry: Entry) -> str:
    """What the card of `entry` says, as a sentence."""
    card = entry.source.card
    begins = f"By its card, “{card.title}” "
    match asked.field:
        case "author":
            by = f"was written by {card.author}" if card.author else "names no author"
            return f"{begins}{by}{f' ({card.publisher})' if card.publisher else ''}."
        case "publisher":
            by = f"was published by {card.publisher}" if card.publisher else "has no publisher"
            return f"{begins}{by}."
        case "published":
            day = card.published
            by = f"is of {day.day} {day:%B %Y}" if day else "has no known date"
            return f"{begins}{by}."
