"""The value a question asks for, found in a sentence: a number, a day, a person, a place.

Pure reading of words; the spans it returns are what a quote marks.
"""

import re
from collections.abc import Iterator

from assistant.asking.kinds import Kind
from assistant.asking.questions import Question
from assistant.asking.vocabulary import STOP_WORDS, is_everyday, plain_form, stem
from sources.quantities.quantity import Amount, Date, Duration, Money, Percent, Quantity, Range
from sources.quantities.reading import read_quantities

MAX_NAMES = 1
"""A sentence with more names than this points at none of them: all but one are bystanders."""

Bounds = tuple[int, int]
"""From and to, in characters of the sentence, half open."""

_NAMED: frozenset[Kind] = frozenset({"person", "name"})
_LONG = re.compile(
    r"(?:[-\s–](?:more|full|whole|and a half))?[-\s–]?(?:or|to|and)?\s?(?:years?|months?|weeks?"
    r"|days?|hours?|minutes?|decades?|centur(?:y|ies)|kilomet\w+|km|miles?|met(?:er|re)s?)\b"
)
"""What follows a number that says how long: "twenty years", "a 300-kilometre front"."""
_WHEN = re.compile(
    r"\b(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)[- ]century\b|\b(?:yesterday|today|tomorrow|tonight)\b"
    r"|\b(?:last|next|this)\s(?:week|month|year|spring|summer|autumn|winter)\b"
    r"|\b(?:Q[1-4]|[1-4]Q|H[12])[\s/-]?\d{4}\b"
)
"""Times that are no date of the calendar."""
_SHARE = re.compile(r"%|\bper\s?cent|\b(?:share|proportion|fraction)\b")
_CURRENCY = re.compile(r"[$£€¥]|\b(?:dollar|euro|pound|hryvnia|rouble|ruble|zloty|yen|cent)s?\b")
_CAPITALS = re.compile(
    r"(?:(?:[A-Z]\.)+[A-Z]?|[A-Z][\w’'-]+)(?:\s(?:(?:of|de|von|van|der|den|la|al)\s){0,2}"
    r"(?:(?:[A-Z]\.)+|[A-Z][\w’'-]+))*"
)
_BEFORE_A_PLACE = re.compile(
    r"\b(in|at|near|around|outside|from|to|on|between)\s(?:the\s)?"
    r"((?:(?:north|south)?(?:east|west|north|south)ern|central)\s)?$"
)
_STAYS = frozenset({"in", "at", "near", "around", "outside"})
"""What stands before a place where something is; other ways have to be asked for."""
_PLACE = re.compile(
    r"\b(?:in|at|on|by|along|near)\s(?:the\s)?"
    r"(?:air|land|sea|ground|border|coast|capital|front(?:\sline)?"
    r"|(?:north|south)-?(?:east|west)?|east|west|interior|(?:cent(?:re|er)|middle)(?=\sof\b))\b"
    r"(?:\sof\s(?:the\s)?[\w’'-]+)?"
)


def find_values(question: Question, sentence: str) -> tuple[Bounds, ...]:
    """Where `sentence` holds what `question` asks for and does not itself already say.

    Empty for kinds of question that ask for no value (reasons, lists, yes or no).
    """
    given = question.stems
    found = tuple(
        (start, end)
        for start, end in _candidates(question, sentence)
        if not all(stem(word) in given for word in re.findall(r"[\w.’'-]+", sentence[start:end]))
    )
    return () if question.kind in _NAMED and len(found) > MAX_NAMES else found


def is_date(words: str) -> bool:
    """Whether `words` are a day, a month or a year and nothing else."""
    if _WHEN.fullmatch(words):
        return True
    # A month alone is read as one where the words before it say so.
    found = read_quantities(f"in {words}")
    return (
        len(found) == 1
        and isinstance(found[0], Date)
        and (found[0].span.start, found[0].span.end) == (len("in "), len("in ") + len(words))
    )


def _candidates(question: Question, sentence: str) -> Iterator[Bounds]:
    match question.kind:
        case "count" | "quantity":
            for found in read_quantities(sentence):
                if not _is_date(found) and _may_be_asked(question, sentence, found):
                    yield _number_bounds(found)
        case "money":
            for found in read_quantities(sentence):
                if isinstance(_last(found), Money):
                    yield found.span.start, found.span.end
        case "date":
            dates = [
                (found.span.start, found.span.end)
                for found in read_quantities(sentence)
                if _is_date(found)
            ]
            yield from sorted([*dates, *(found.span() for found in _WHEN.finditer(sentence))])
        case "person" | "name":
            for start, end in _names(sentence):
                if not is_date(sentence[start:end]):
                    yield start, end
        case "place":
            yield from (found.span() for found in _PLACE.finditer(sentence))
            for start, end in _names(sentence):
                before = _BEFORE_A_PLACE.search(sentence[:start])
                if before is None or is_date(sentence[start:end]):
                    continue
                if before.group(1) in _STAYS or before.group(1) in question.stems:
                    yield start - len(before.group(2) or ""), end
        case _:
            return


def _last(found: Quantity) -> Amount | Date:
    """What tells of a range what it is of."""
    return found.high if isinstance(found, Range) else found


def _is_date(found: Quantity) -> bool:
    return isinstance(_last(found), Date)


def _number_bounds(found: Quantity) -> Bounds:
    """A number without the words for what it counts: "40 percent", "$5bn", "8 billion" of euros."""
    last = _last(found)
    end = last.span.end
    if isinstance(last, Money | Duration):
        end = last.number.span.end
    return found.span.start, end


def _may_be_asked(question: Question, sentence: str, found: Quantity) -> bool:
    """Whether a number may be of the sort that is asked for."""
    last = _last(found)
    if question.kind == "count":
        if isinstance(last, Money) and not _CURRENCY.search(question.words):
            return False
        if isinstance(last, Percent) and not _SHARE.search(question.words):
            return False
    if question.wants_duration:
        _, end = _number_bounds(found)
        return isinstance(last, Duration) or _LONG.match(sentence, end) is not None
    return True


def _names(sentence: str) -> Iterator[Bounds]:
    for found in _CAPITALS.finditer(sentence):
        first, _, rest = found.group().partition(" ")
        start = found.start()
        if plain_form(first) in STOP_WORDS and not first.isupper():
            if not rest:
                continue
            start += len(first) + 1
        elif start == 0 and not rest and is_everyday(first):
            continue
        name = re.sub(r"[’']s?$", "", sentence[start : found.end()])
        yield start, start + len(name)
