"""Within one sentence: which words are put in whose mouth.

Reads the tokens for a subject, a verb of saying and what is said, in the orders news uses:
"X said that …", "…, X said", "“…,” said X", "according to X, …", "which X views as …".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.speaking.name_words import is_stop, skip_determiners
from assistant.speaking.parties import party_named
from assistant.speaking.small_words import PREPOSITIONS, TIMES
from assistant.speaking.subjects import (
    Subject,
    first_person,
    read_left,
    read_right,
)
from assistant.speaking.tokens import Token
from assistant.speaking.verbs import CONTINUING, INVERTED, NEEDS, completes, subject_end
from sources.source import Span

_BREAKS = frozenset("while but and whereas although though ; yet".split())
_MARKS = frozenset(', “ ” " : ; . ! ? – —'.split())


@dataclass(frozen=True, slots=True)
class Attribution:
    """A subject and the words it is said to have said."""

    subject: Subject
    words: Span
    via: str | None = None
    """The publisher that it was told to or that passes it on."""


def find_attributions(tokens: Sequence[Token]) -> tuple[Attribution, ...]:
    """The attributions of one sentence in order; what one speaker says another said is left in
    the first one's words."""
    found: list[Attribution] = []
    taken = 0
    for at, token in enumerate(tokens):
        if at < taken or not token.is_word:
            if token.text == ":" and not found:
                found.extend(_after_name_and_colon(tokens, at))
            continue
        for attribution, used in _read_at(tokens, at):
            found = _put(found, attribution, tokens)
            taken = max(taken, used)
    if not found:
        found.extend(_after_participle(tokens))
    return tuple(found)


def _read_at(tokens: Sequence[Token], at: int) -> Iterator[tuple[Attribution, int]]:
    low = tokens[at].low
    if low == "according" and _low(tokens, at + 1) == "to":
        yield from _according(tokens, at)
    elif low == "quoted" and "as" in (_low(tokens, at + 1), _low(tokens, at + 3)):
        yield from _quoted_as_saying(tokens, at)
    elif low in NEEDS and tokens[at].text == low:
        inverted = _inverted(tokens, at)
        if inverted is not None:
            yield inverted
        else:
            yield from _plain(tokens, at)


def _inverted(tokens: Sequence[Token], verb: int) -> tuple[Attribution, int] | None:
    if tokens[verb].low not in INVERTED or verb < 2 or tokens[verb - 1].text not in _MARKS:
        return None
    subject = read_right(tokens, verb + 1)
    if subject is None or not _ends_clause(tokens, subject.last + 1):
        return None
    words = _before(tokens, verb)
    if words is None:
        return None
    return Attribution(subject, words), subject.last + 1


def _plain(tokens: Sequence[Token], verb: int) -> Iterator[tuple[Attribution, int]]:
    end = subject_end(tokens, verb)
    subject = None if end is None else read_left(tokens, end)
    if subject is None:
        return
    first = _start_of_phrase(tokens, subject.first)
    previous = _low(tokens, first - 1)
    words_before = sum(
        token.is_word or token.quoted is not None for token in tokens[: subject.first]
    )
    trailing = (
        previous in _MARKS
        and previous != ":"
        and (words_before >= 3 or any(token.quoted for token in tokens[: subject.first]))
    )
    if not completes(tokens, verb, after_clause=trailing):
        return
    if trailing and _nothing_said_after(tokens, verb):
        words = _before(tokens, first)
    elif previous == "which":
        words = _clause(tokens, verb + 1)
    else:
        words = _after(tokens, verb + 1)
    if words is not None:
        yield Attribution(subject, words, _hearer(tokens, verb)), verb + 1


def _nothing_said_after(tokens: Sequence[Token], verb: int) -> bool:
    """Whether what the verb reports stands before it: nothing but a setting follows."""
    rest = tokens[verb + 1 :]
    if any(token.low in {"that", "whether"} or token.text == ":" for token in rest):
        return False
    if any(token.quoted for token in tokens[:verb]):
        return True
    if rest and not rest[0].is_word and any(token.quoted for token in rest[:3]):
        return False
    if tokens[verb].low in _TOLD:
        return _is_setting_only(rest)
    return completes(tokens, verb, after_clause=True) and (
        not rest
        or not rest[0].is_word
        or not completes(tokens, verb, after_clause=False)
        or tokens[verb].low in INVERTED | {"told", "reported", "reports"}
    )


def _according(tokens: Sequence[Token], at: int) -> Iterator[tuple[Attribution, int]]:
    subject = read_right(tokens, at + 2)
    if subject is None:
        return
    if at == 0:
        comma = next((n for n in range(subject.last, len(tokens)) if tokens[n].text == ","), None)
        words = None if comma is None else _after(tokens, comma + 1)
    elif any(token.text == "," for token in tokens[subject.last + 1 :]):
        return
    else:
        words = _before(tokens, at)
    if words is not None:
        yield Attribution(subject, words), subject.last + 1


def _quoted_as_saying(tokens: Sequence[Token], at: int) -> Iterator[tuple[Attribution, int]]:
    end = at - 1
    while end >= 0 and tokens[end].low in {"was", "were", "been", "has", "have", "also"}:
        end -= 1
    subject = read_left(tokens, end)
    saying = next(
        (n for n in range(at, min(at + 6, len(tokens))) if tokens[n].low == "saying"), None
    )
    if subject is None or saying is None:
        return
    words = _after(tokens, saying + 1)
    passed_on = tokens[at + 2].text if _low(tokens, at + 1) == "by" else None
    if words is not None:
        yield Attribution(subject, words, passed_on), len(tokens)


def _after_name_and_colon(tokens: Sequence[Token], colon: int) -> Iterator[Attribution]:
    words = _after(tokens, colon + 1)
    opens = any(token.quoted for token in tokens[colon + 1 : colon + 3])
    if words is None or not opens:
        return
    subject = _stands_by_words(tokens, colon) or read_left(tokens, colon - 1)
    if subject is not None and subject.first == 0:
        yield Attribution(subject, words)


def _stands_by_words(tokens: Sequence[Token], colon: int) -> Subject | None:
    """Who does something that the quotation after the colon bears out: "Brandt ruled out …: “…”".

    Only with a verb of saying or judging right after them: who "got a letter: “…”" wrote none.
    """
    for verb in range(1, colon):
        low = tokens[verb].low
        if tokens[verb].text == low and (low in _JUDGING or low in NEEDS):
            end = subject_end(tokens, verb)
            return None if end is None else read_left(tokens, end)
    return None


_JUDGING = frozenset(
    "asked rejects rejected rules ruled dismisses dismissed defends defended thanked backs backed"
    " repeats repeated promises promised refuses refused opposes opposed excludes excluded"
    " criticised criticized attacked blamed blames appealed supports supported answered".split()
)


def _after_participle(tokens: Sequence[Token]) -> Iterator[Attribution]:
    for at in range(1, len(tokens) - 1):
        if tokens[at].low in CONTINUING and tokens[at - 1].text == ",":
            subject = first_person(tokens[:at])
            words = _after(tokens, at + 1)
            if subject is not None and words is not None:
                yield Attribution(subject, words)
            return


def _put(found: list[Attribution], new: Attribution, tokens: Sequence[Token]) -> list[Attribution]:
    """`found` with `new`: nested ones are left out, a contrasting one ends the one before."""
    if not found:
        return [new]
    last = found[-1]
    subject_starts = tokens[new.subject.first].start
    if last.words.start <= subject_starts < last.words.end:
        before = _low(tokens, new.subject.first - 1)
        if before not in _BREAKS:
            return found
        ends = _trim(tokens, last.words.start, tokens[new.subject.first - 1].start)
        if ends is None or len(ends) < 3:
            return found
        return [*found[:-1], replace(last, words=ends), new]
    if new.words.covers(last.words):
        if party_named(new.subject.words).kind == "publisher":
            return [*found[:-1], replace(last, via=new.subject.words)]
        return found
    return [*found, new]


def _hearer(tokens: Sequence[Token], verb: int) -> str | None:
    """The publisher that was told, or that the interview was with."""
    for at in range(verb, len(tokens) - 1):
        told = at == verb and tokens[verb].low in {"told", "tells", "tell"}
        interview = tokens[at].low == "with" and _low(tokens, at - 1) == "interview"
        if told or interview:
            start = at + 1 + (_low(tokens, at + 1) == "the")
            for last in range(min(start + 3, len(tokens) - 1), start - 1, -1):
                name = " ".join(token.text for token in tokens[start : last + 1])
                if name and party_named(name).kind == "publisher" and tokens[start].is_capitalised:
                    return party_named(name).name
    return None


def _ends_clause(tokens: Sequence[Token], at: int) -> bool:
    """Whether the words before `at` can be a subject after its verb: no verb of its own follows."""
    if at >= len(tokens) or not tokens[at].is_word:
        return True
    return tokens[at].low in PREPOSITIONS | TIMES | {"who", "whose", "as", "when", "while"}


def _start_of_phrase(tokens: Sequence[Token], first: int) -> int:
    """Where the words that describe a subject begin: "Democratic nominee Joe Biden"."""
    at = first
    while at > 0 and first - at < 5 and tokens[at - 1].is_word and not is_stop(tokens[at - 1]):
        at -= 1
    at = skip_determiners(tokens, at)
    return at if at and tokens[at - 1].text in _MARKS else first


def _after(tokens: Sequence[Token], first: int) -> Span | None:
    """From `first` to the end, without what belongs to the verb: hearers, "that", marks."""
    at = _skip_hearer(tokens, first)
    while at < len(tokens) - 1 and _only_dates(tokens, at):
        at += 1
    while at < len(tokens) and (tokens[at].text in _MARKS or tokens[at].low == "that"):
        at += 1
    return None if at >= len(tokens) else _trim(tokens, tokens[at].start, tokens[-1].end)


def _only_dates(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word tells when it was said: "on Monday", "last week", not "this is"."""
    if tokens[at].low in {"this", "last", "late", "earlier", "later"}:
        return tokens[at + 1].low in TIMES
    return tokens[at].low in TIMES | {"out"}


def _clause(tokens: Sequence[Token], first: int) -> Span | None:
    """From `first` to the next comma."""
    end = next((n for n in range(first, len(tokens)) if tokens[n].text == ","), len(tokens))
    return None if end == first else _trim(tokens, tokens[first].start, tokens[end - 1].end)


def _before(tokens: Sequence[Token], end: int) -> Span | None:
    """From the start to `end`; with a quotation there, the quotations of the sentence."""
    quotations = [token.quoted for token in tokens if token.quoted is not None]
    if quotations and quotations[0].start < tokens[end].start:
        first, last = quotations[0], quotations[-1]
        return _trim(tokens, first.start, last.end)
    return _trim(tokens, tokens[0].start, tokens[end].start) if end else None


def _skip_hearer(tokens: Sequence[Token], first: int) -> int:
    """After "told reporters in Kyiv on Tuesday that" comes what was told."""
    at = first
    verb = tokens[first - 1].low if first else ""
    limit = min(len(tokens), first + 14)
    that = next((n for n in range(first, limit) if tokens[n].low == "that"), None)
    if that is None or verb not in _HEARD or not _is_setting_only(tokens[first:that]):
        return at
    if verb in _TOLD or tokens[first].low in PREPOSITIONS | TIMES or that == first:
        return that + 1
    return at


_TOLD = frozenset({"told", "tell", "tells"})
_HEARD = frozenset(
    "told tell tells said says wrote added confirmed announced stated warned argued".split()
)
_VERBS_OF_CLAUSES = frozenset("is are was were has have had will would can could must".split())


def _is_setting_only(tokens: Sequence[Token]) -> bool:
    return not any(
        token.low in _VERBS_OF_CLAUSES or token.low in NEEDS or token.quoted for token in tokens
    )


def _trim(tokens: Sequence[Token], start: int, end: int) -> Span | None:
    """The span from `start` to `end` without marks and connecting words at its end."""
    inside = [token for token in tokens if token.start >= start and token.end <= end]
    while inside and (inside[-1].text in _MARKS or inside[-1].low in _BREAKS):
        inside.pop()
    while inside and inside[0].text in _MARKS:
        inside.pop(0)
    return Span(inside[0].start, inside[-1].end) if inside else None


def _low(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].low if 0 <= at < len(tokens) else ""
