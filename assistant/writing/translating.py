"""Cited sentences that a chat model is to translate, and how the translation is marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers import Answer, Citation, Quote
from assistant.verifying.check import Verification
from index.passages import Passage
from sources.catalogue import Catalogue
from sources.source import Sentence

_WHICH_LANGUAGE = "Into which language? Name it, as in “Translate this into German”."


@dataclass(frozen=True, slots=True)
class Translating:
    """Sentences of sources, and the language (ISO 639-1) that they are wanted in."""

    language: str
    quotes: tuple[Quote, ...]

    @classmethod
    def of(cls, citations: Sequence[Citation], language: str) -> "Translating":
        """Those of the cited words that are not in that language already."""
        return cls(language, tuple(one.quote for one in citations if one.language != language))

    def passages(self, catalogue: Catalogue) -> tuple[Passage, ...]:
        """Each quote as a passage of its own, in whole sentences."""
        ready = catalogue.ready_among({one.source for one in self.quotes})
        found = []
        for number, quote in enumerate(self.quotes):
            if quote.source not in ready:
                continue
            text = catalogue.text(quote.source, sha256=ready[quote.source].sha256)
            own = tuple(one for one in text.sentences if quote.span.covers(one))
            whole = own or (Sentence(quote.span.start, quote.span.end),)
            words = text.content[whole[0].start : whole[-1].end]
            found.append(Passage(quote.source, number, whole, words))
        return tuple(found)


def asking_which_language(request: str) -> Answer:
    """The question back where a request names no language."""
    return Answer(request, "quotes", "not_in_sources", reason=_WHICH_LANGUAGE)


def mark_of(told: Verification) -> str | None:
    """What is said beside a translated sentence: whether its meaning was checked, and held.

    `None` for one that is supported, as what was left in its own language may be.
    """
    if told.support == "supported":
        return None
    if any(fault.kind == "uncited" for fault in told.faults):
        return "translated, meaning not checked"
    if is_borne_out_across(told):
        return f"translated, meaning checked; {told.doubt}"
    return f"translated, meaning checked and not found: {told.doubt}"


def is_borne_out_across(told: Verification) -> bool:
    """Whether all that a statement lacks is that negations are not read across languages."""
    return told.support == "partly" and all(fault.kind == "language" for fault in told.faults)
