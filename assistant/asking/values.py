"""The value a question asks for, found in a sentence: a number, a day, a person, a place.

Pure reading of words; the spans it returns are what a quote marks.
"""

import re
from collections.abc import Iterator

from assistant.asking.alike import alike
from assistant.asking.bearers import bearers_in, role_in
from assistant.asking.counted import Counted, counted_in, counts, names_counted
from assistant.asking.dimensions import is_of_the_dimension
from assistant.asking.doers import deed_in, done_in, first_named
from assistant.asking.kinds import Kind
from assistant.asking.questions import Question
from assistant.asking.vocabulary import STOP_WORDS, WORD, is_everyday, plain_form, stem
from assistant.polarity import MODAL
from assistant.speakers.people import is_listed_people_noun
from sources.quantities.quantity import Amount, Date, Duration, Money, Percent, Quantity, Range
from sources.quantities.reading import read_quantities

MAX_NAMES = 4
"""A sentence with more names than this points at none of them."""

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
_PART_OF = re.compile(r"\s(?:out\s)?of\s(?:(?:the|its|their)\s)?")
"""What stands between the two numbers of "16 of the 24 launchers"."""
_SHARE = re.compile(r"%|\bper\s?cent|\b(?:share|proportion|fraction)\b")
_CURRENCY = re.compile(r"[$£€¥]|\b(?:dollar|euro|pound|hryvnia|rouble|ruble|zloty|yen|cent)s?\b")
_CONDITION = re.compile(r"\b(?:before|until|once|as soon as|only after)\s[^,.;]+")
"""When something is to happen, where no day is named: "not before it has seen the annexes"."""
_CAPITALS = re.compile(
    r"(?:(?:[A-Z]\.)+[A-Z]?|[A-Z][\w’'-]+)(?:\s(?:(?:of|de|von|van|der|den|la|al)\s){0,2}"
    r"(?:(?:[A-Z]\.)+|[A-Z][\w’'-]+))*"
)
_RELATIVE_DAY = re.compile(
    r"\bon the (?:date|day)(?: (?:of|on which|when|that))\s[^,.;]+"
    r"|\bwithin (?:\d+|an?|one|two|three|six|ten|thirty|sixty|ninety)"
    r" (?:hours?|days?|weeks?|months?|years?) (?:of|after|from)\s[^,.;”\"]+"
)
"""A day that is told by another event: "on the date of the last notification"."""
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


def find_values(question: Question, sentence: str, *, before: str = "") -> tuple[Bounds, ...]:
    """Where `sentence` holds what `question` asks for and does not itself already say.

    `before` is what it points back to. Empty for kinds of question that ask for no value
    (reasons, lists, yes or no).
    """
    given = question.stems
    found = tuple(
        (start, end)
        for start, end in _candidates(question, sentence)
        if not all(stem(word) in given for word in _words(sentence[start:end]))
    )
    asked = counted_in(question.words) if question.kind == "count" else None
    if asked is not None and found and not _CURRENCY.search(question.words):
        found = _counting(asked, sentence, found, before)
    if question.kind == "count" and len(found) > 1:
        found = _beside_the_deed(question, asked, sentence, found)
    return () if question.kind in _NAMED and len(found) > MAX_NAMES else found


def find_values_before(question: Question, sentence: str, before: str) -> tuple[Bounds, ...]:
    """Where `before` names who is "he" in `sentence`, if it is asked who did what he did."""
    deed = deed_in(question.words) if before and question.kind == "person" else None
    if deed is None or not any(done.is_before for done in done_in(deed, sentence)):
        return ()
    named = first_named(before)
    return () if named is None else (named,)


def names_anybody(question: Question, sentence: str) -> bool:
    """Whether `sentence` has a name that the question does not give, or a noun for people."""
    given = question.stems
    named = any(
        not is_date(sentence[start:end])
        and not all(stem(word) in given for word in _words(sentence[start:end]))
        for start, end in _names(sentence)
    )
    return named or any(is_listed_people_noun(word) for word in WORD.findall(sentence))


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
            if _holds_half(question, sentence):
                yield from (found.span() for found in _RELATIVE_DAY.finditer(sentence))
            if MODAL.search(question.words) and _holds_all(question, sentence):
                yield from (found.span() for found in _CONDITION.finditer(sentence))
        case "person" | "name":
            if (role := role_in(question.words)) is not None:
                yield from bearers_in(role, sentence)
                return
            if (deed := deed_in(question.words)) is not None:
                for done in done_in(deed, sentence):
                    yield from done.doers
                return
            for start, end in _names(sentence):
                if not is_date(sentence[start:end]):
                    yield start, end
        case "place" if not _is_part_of_a_name(question, sentence):
            yield from (found.span() for found in _PLACE.finditer(sentence))
            for start, end in _names(sentence):
                before = _BEFORE_A_PLACE.search(sentence[:start])
                if before is None or is_date(sentence[start:end]):
                    continue
                if before.group(1) in _STAYS or before.group(1) in question.stems:
                    yield start - len(before.group(2) or ""), end
        case _:
            return


def _is_part_of_a_name(question: Question, sentence: str) -> bool:
    """Whether what is looked for, a mere name, only lends its name: "the Oslund Group"."""
    if not question.subjects or not all(term.is_name for term in question.subjects):
        return False
    name = re.escape(question.subjects[-1].word)
    longer = re.findall(rf"\b{name}\b(\s[A-Z]\w)?", sentence)
    return bool(longer) and all(longer)


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
    start, end = _number_bounds(found)
    if question.kind == "count":
        if isinstance(last, Money) and not _CURRENCY.search(question.words):
            return False
        if isinstance(last, Percent) and not _SHARE.search(question.words):
            return False
    if question.wants_duration:
        is_long = isinstance(last, Duration) or _LONG.match(sentence, end) is not None
        if not is_long:
            return False
    return question.kind != "quantity" or is_of_the_dimension(question, sentence, start, end)


def _counting(
    asked: Counted, sentence: str, found: tuple[Bounds, ...], before: str
) -> tuple[Bounds, ...]:
    """Of the numbers found those that count what is asked.

    A number that no noun follows counts what its sentence speaks of, where none says so.
    """
    counted = [(bounds, counts(asked, sentence, bounds[1])) for bounds in found]
    own = tuple(bounds for bounds, is_own in counted if is_own)
    bare = tuple(bounds for bounds, is_own in counted if is_own is None)
    if own:
        return own
    return bare if bare and names_counted(asked, f"{before} {sentence}") else ()


def _beside_the_deed(
    question: Question, asked: Counted | None, sentence: str, found: tuple[Bounds, ...]
) -> tuple[Bounds, ...]:
    """Of several numbers the nearest to what was done: "killed 14 people and wounded 37"."""
    given = {stem(word) for word in ((asked.noun, *asked.other) if asked else ())}
    deeds = frozenset[str]().union(
        *(
            alike(term.word)
            for term in question.subjects
            if not term.is_name and term.stem not in given
        )
    )
    places = [
        (match.start() + match.end()) / 2
        for match in WORD.finditer(sentence)
        if stem(match.group()) in deeds
    ]
    if not places:
        return found
    far = [min(abs(place - (start + end) / 2) for place in places) for start, end in found]
    nearest = found[far.index(min(far))]
    return tuple(
        bounds
        for bounds, distance in zip(found, far, strict=True)
        if distance <= min(far) or _PART_OF.fullmatch(sentence, bounds[1], nearest[0])
    )


def _holds_all(question: Question, sentence: str) -> bool:
    said = {stem(word) for word in WORD.findall(sentence)}
    return all(term.stems & said for term in question.subjects)


def _holds_half(question: Question, sentence: str) -> bool:
    said = {stem(word) for word in WORD.findall(sentence)}
    held = sum(bool(term.stems & said) for term in question.subjects)
    return 0 < len(question.subjects) <= 2 * held


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


def _words(words: str) -> list[str]:
    return re.findall(r"[\w.’'-]+", words)
