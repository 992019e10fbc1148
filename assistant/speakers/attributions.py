"""Within one sentence: which words are put in whose mouth.

Reads the tokens for a subject, a verb of saying and what is said, in the orders news uses:
"X said that …", "…, X said", "“…,” said X", "according to X, …", "which X views as …".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.speakers.name_words import is_stop, skip_determiners
from assistant.speakers.parties import party_named
from assistant.speakers.said_words import (
    BREAKS,
    MARKS,
    TOLD,
    clause_after,
    is_setting_only,
    trim,
    words_after,
    words_before,
)
from assistant.speakers.small_words import PREPOSITIONS, TIMES
from assistant.speakers.subjects import (
    Subject,
    first_person,
    read_left,
    read_right,
)
from assistant.speakers.tokens import Token
from assistant.speakers.verbs import CONTINUING, INVERTED, NEEDS, completes, subject_end
from sources.source import Span


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
    if tokens[verb].low not in INVERTED or verb < 2 or tokens[verb - 1].text not in MARKS:
        return None
    subject = read_right(tokens, verb + 1)
    if subject is None or not _ends_clause(tokens, subject.last + 1):
        return None
    words = words_before(tokens, verb)
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
    told_before = sum(
        token.is_word or token.quoted is not None for token in tokens[: subject.first]
    )
    trailing = (
        previous in MARKS
        and previous != ":"
        and (told_before >= 3 or any(token.quoted for token in tokens[: subject.first]))
    )
    if not completes(tokens, verb, after_clause=trailing):
        return
    if trailing and _nothing_said_after(tokens, verb):
        words = words_before(tokens, first)
    elif previous == "which":
        words = clause_after(tokens, verb + 1)
    else:
        words = words_after(tokens, verb + 1)
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
    if tokens[verb].low in TOLD:
        return is_setting_only(rest)
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
        words = None if comma is None else words_after(tokens, comma + 1)
    elif any(token.text == "," for token in tokens[subject.last + 1 :]):
        return
    else:
        words = words_before(tokens, at)
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
    words = words_after(tokens, saying + 1)
    passed_on = tokens[at + 2].text if _low(tokens, at + 1) == "by" else None
    if words is not None:
        yield Attribution(subject, words, passed_on), len(tokens)


def _after_name_and_colon(tokens: Sequence[Token], colon: int) -> Iterator[Attribution]:
    words = words_after(tokens, colon + 1)
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
            words = words_after(tokens, at + 1)
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
        if before not in BREAKS:
            return found
        ends = trim(tokens, last.words.start, tokens[new.subject.first - 1].start)
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
    return at if at and tokens[at - 1].text in MARKS else first


def _low(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].low if 0 <= at < len(tokens) else ""
