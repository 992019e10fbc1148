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
from assistant.speaking.people import is_listed_people_noun

MAX_NAMES = 4
"""A sentence with more names than this points at none of them."""

Bounds = tuple[int, int]
"""From and to, in characters of the sentence, half open."""

_NAMED: frozenset[Kind] = frozenset({"person", "name"})
_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
    " hundred thousand million billion dozen half"
).split()
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

_NUMBER = re.compile(
    r"(?<![\w.=*/])\d[\d,.]*(?:\s(?:hundred|thousand|million|billion|trillion))?(?:\s?%|\spercent)?"
    r"(?![\w])|(?<![\w.])\d[\d,.]*(?=-\w)|\b(?:"
    + "|".join(_NUMBER_WORDS)
    + r")s?(?:[-\s](?:"
    + "|".join(_NUMBER_WORDS)
    + r")s?)*\b",
    re.IGNORECASE,
)
_LONG = re.compile(
    r"(?:[-\s–](?:more|full|whole|and a half))?[-\s–]?(?:or|to|and)?\s?(?:years?|months?|weeks?"
    r"|days?|hours?|minutes?|decades?|centur(?:y|ies)|kilomet\w+|km|miles?|met(?:er|re)s?)\b"
)
"""What follows a number that says how long: "twenty years", "a 300-kilometre front"."""
_MONEY = re.compile(
    r"[$£€¥]\s?\d[\d,.]*(?:\s(?:thousand|million|billion|trillion))?"
    r"|\b\d[\d,.]*\s(?:(?:thousand|million|billion|trillion)\s)?"
    r"(?:dollars|euros|pounds|hryvnias?|roubles|rubles|zlotys?|yen|cents|USD|EUR)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?\s)?(?:" + "|".join(_MONTHS) + r")\b"
    r"(?:\s\d{1,2}(?:st|nd|rd|th)?\b)?(?:,?\s\d{4}\b)?"
    r"|\b(?:1\d{3}|20\d{2})s?\b|\b(?:" + "|".join(_DAYS) + r")\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)[- ]century\b|\b(?:yesterday|today|tomorrow|tonight)\b"
    r"|\b(?:last|next|this)\s(?:week|month|year|spring|summer|autumn|winter)\b"
    r"|\b\d{4}-\d{2}-\d{2}\b"
)
_LABEL = re.compile(
    r"\b(?:Articles?|Art\.|Sections?|Chapters?|Annex|Appendix|Paragraphs?|Clauses?|Points?|Part"
    r"|Pages?|p\.|No\.|Number|Resolution|Figure|Table|Phase|Step)\s$"
)
"""What stands before a number that names a thing and counts nothing: "Article 5"."""
_LIST_MARK = re.compile(r"(?:^|\n)[\s#>*-]*$")
"""What stands before a number that only numbers a paragraph: "1. In the event of …"."""
_ONE_OF = re.compile(r"one\s(?:of|another|or)\b", re.IGNORECASE)
"""What singles one out and counts nothing."""
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
    return _DATE.fullmatch(words) is not None


def _candidates(question: Question, sentence: str) -> Iterator[Bounds]:
    match question.kind:
        case "count" | "quantity":
            others = [found.span() for found in _DATE.finditer(sentence)]
            if question.kind == "count" and not _CURRENCY.search(question.words):
                others += [found.span() for found in _MONEY.finditer(sentence)]
            for found in _NUMBER.finditer(sentence):
                is_other = any(start <= found.start() < end for start, end in others)
                is_other |= _LABEL.search(sentence[: found.start()]) is not None
                is_other |= _numbers_a_paragraph(sentence, found)
                is_other |= _ONE_OF.match(sentence, found.start()) is not None
                if question.kind == "count" and not _SHARE.search(question.words):
                    is_other |= _SHARE.search(found.group()) is not None
                is_long = _LONG.match(sentence, found.end()) is not None
                is_other |= question.wants_duration and not is_long
                if question.kind == "quantity":
                    is_other |= not is_of_the_dimension(question, sentence, *found.span())
                if not is_other:
                    yield _trimmed(found)
        case "money":
            yield from (_trimmed(found) for found in _MONEY.finditer(sentence))
        case "date":
            yield from (found.span() for found in _DATE.finditer(sentence))
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


def _numbers_a_paragraph(sentence: str, found: re.Match[str]) -> bool:
    opens = _LIST_MARK.search(sentence[: found.start()]) is not None
    return (
        opens
        and re.match(r"\d{1,3}\.?[.)]?\s", sentence[found.start() :]) is not None
        and (found.group().endswith(".") or sentence[found.end() : found.end() + 1] in {".", ")"})
    )


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


def _trimmed(found: re.Match[str]) -> Bounds:
    return found.start(), found.start() + len(found.group().rstrip(".,"))


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
