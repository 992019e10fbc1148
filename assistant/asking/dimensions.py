"""The dimension that "how big" or "how old" asks for, told by the unit a number stands with.

A number of soldiers is no size of a country. Pure reading of words.
"""

import re

from assistant.asking.counted import noun_after
from assistant.asking.questions import Question
from assistant.asking.vocabulary import stem
from assistant.speakers.people import is_people_noun

_LENGTH = (
    r"(?:kilomet(?:re|er)s?|km|met(?:re|er)s?|m|miles?|feet|foot|ft|inch(?:es)?|centimet\w+|cm|mm|"
    r"millimet\w+|light[- ]years?|yards?|leagues?)"
)
_AREA = rf"(?:square|sq\.?|hectares?|ha|acres?|km²|m²|{_LENGTH})"
_DIMENSIONS: tuple[tuple[str, str], ...] = (
    (r"\bhow old\b|\b(?:the |['’]s )age\b", r"years?|months?|year-old"),
    (r"\bhow (?:tall|deep|wide|far)\b", _LENGTH),
    (r"\bhow heavy\b|\bweigh", r"tonn?e?s?|kilograms?|kilogrammes?|kg|grams?|pounds?|lbs?|ounces?"),
    (r"(?:['’]s|\b(?:land|surface|total)|\bthe) area\b", _AREA),
)
_PATTERNS = tuple(
    (re.compile(asks, re.IGNORECASE), re.compile(rf"[\s-]*(?:{unit})\b", re.IGNORECASE))
    for asks, unit in _DIMENSIONS
)
_AGED = re.compile(r"\b(?:aged?|age of|turned|turns|born)\s(?:\w+\s){0,3}$", re.IGNORECASE)
_SIZE = re.compile(r"\bhow (?:big|large|small)\b", re.IGNORECASE)
_MEASURED = re.compile(rf"[\s-]*(?:{_AREA})\b", re.IGNORECASE)
_OF_A_SIZE = frozenset(
    map(stem, "people inhabitants residents citizens members countries states employees".split())
)


def is_of_the_dimension(question: Question, sentence: str, start: int, end: int) -> bool:
    """Whether the number at `start` to `end` may be of the dimension that is asked for."""
    for asks, unit in _PATTERNS:
        if asks.search(question.words):
            aged = "year" in unit.pattern and _AGED.search(sentence[:start]) is not None
            return aged or unit.match(sentence, end) is not None
    if _SIZE.search(question.words) and all(term.is_name for term in question.subjects):
        # The size of what has only a name is an extent, or how many belong to it.
        following = noun_after(sentence, end)
        counted = any(stem(word) in _OF_A_SIZE for word in following)
        return counted or _MEASURED.match(sentence, end) is not None
    if re.search(r"\bhow much\b", question.words, re.IGNORECASE):
        given = question.stems
        return not any(
            is_people_noun(word) and stem(word) not in given for word in noun_after(sentence, end)
        )
    return True
