"""Which words of a sentence are said: after a verb of saying, before it, without what belongs
to the verb."""

from collections.abc import Sequence

from assistant.speakers.small_words import PREPOSITIONS, TIMES
from assistant.speakers.tokens import Token
from assistant.speakers.verbs import NEEDS
from sources.source import Span

BREAKS = frozenset("while but and whereas although though ; yet".split())
MARKS = frozenset(', “ ” " : ; . ! ? – —'.split())


def words_after(tokens: Sequence[Token], first: int) -> Span | None:
    """From `first` to the end, without what belongs to the verb: hearers, "that", marks."""
    at = _skip_hearer(tokens, first)
    while at < len(tokens) - 1 and _only_dates(tokens, at):
        at += 1
    while at < len(tokens) and (tokens[at].text in MARKS or tokens[at].low == "that"):
        at += 1
    return None if at >= len(tokens) else trim(tokens, tokens[at].start, tokens[-1].end)


def _only_dates(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word tells when it was said: "on Monday", "last week", not "this is"."""
    if tokens[at].low in {"this", "last", "late", "earlier", "later"}:
        return tokens[at + 1].low in TIMES
    return tokens[at].low in TIMES | {"out"}


def clause_after(tokens: Sequence[Token], first: int) -> Span | None:
    """From `first` to the next comma."""
    end = next((n for n in range(first, len(tokens)) if tokens[n].text == ","), len(tokens))
    return None if end == first else trim(tokens, tokens[first].start, tokens[end - 1].end)


def words_before(tokens: Sequence[Token], end: int) -> Span | None:
    """From the start to `end`; with a quotation there, the quotations of the sentence."""
    quotations = [token.quoted for token in tokens if token.quoted is not None]
    if quotations and quotations[0].start < tokens[end].start:
        first, last = quotations[0], quotations[-1]
        return trim(tokens, first.start, last.end)
    return trim(tokens, tokens[0].start, tokens[end].start) if end else None


def _skip_hearer(tokens: Sequence[Token], first: int) -> int:
    """After "told reporters in Kyiv on Tuesday that" comes what was told."""
    at = first
    verb = tokens[first - 1].low if first else ""
    limit = min(len(tokens), first + 14)
    that = next((n for n in range(first, limit) if tokens[n].low == "that"), None)
    if that is None or verb not in _HEARD or not is_setting_only(tokens[first:that]):
        return at
    if verb in TOLD or tokens[first].low in PREPOSITIONS | TIMES or that == first:
        return that + 1
    return at


TOLD = frozenset({"told", "tell", "tells"})
_HEARD = frozenset(
    "told tell tells said says wrote added confirmed announced stated warned argued".split()
)
_VERBS_OF_CLAUSES = frozenset("is are was were has have had will would can could must".split())


def is_setting_only(tokens: Sequence[Token]) -> bool:
    return not any(
        token.low in _VERBS_OF_CLAUSES or token.low in NEEDS or token.quoted for token in tokens
    )


def trim(tokens: Sequence[Token], start: int, end: int) -> Span | None:
    """The span from `start` to `end` without marks and connecting words at its end."""
    inside = [token for token in tokens if token.start >= start and token.end <= end]
    while inside and (inside[-1].text in MARKS or inside[-1].low in BREAKS):
        inside.pop()
    while inside and inside[0].text in MARKS:
        inside.pop(0)
    return Span(inside[0].start, inside[-1].end) if inside else None
