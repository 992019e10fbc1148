"""Questions of a few bare words: "troops?", "frozen assets", "coalition size".

They ask for what is said of that, or how much, many or when it is. Pure reading of words.
"""

import re

from assistant.asking.kinds import Kind, kind_of
from assistant.asking.vocabulary import STOP_WORDS, WORD

MAX_WORDS = 5
_SMALL = frozenset("a an the of on for in and about to with".split())
_MEASURES: dict[str, Kind] = {
    "size": "quantity",
    "strength": "quantity",
    "duration": "quantity",
    "number": "count",
    "numbers": "count",
    "price": "money",
    "cost": "money",
    "costs": "money",
    "date": "date",
    "deadline": "date",
}
_WORDS = "|".join(_MEASURES)
_OF_SOMETHING = re.compile(
    rf"(?:the )?(?P<first>{_WORDS}) (?:of|for) .+|.+ (?P<last>{_WORDS})|(?P<only>deadline) .+"
)


def is_bare_topic(words: str) -> bool:
    """Whether it names a thing and asks nothing about it in so many words."""
    found = [word.lower() for word in WORD.findall(words)]
    if not 0 < len(found) <= MAX_WORDS or (set(found) & STOP_WORDS) - _SMALL:
        return False
    return measure_asked(words) is not None or kind_of(words) == "other"


def measure_asked(words: str) -> tuple[str, Kind] | None:
    """The measure that a bare topic asks for, and the kind of value it has: "coalition size"."""
    found = [word.lower() for word in WORD.findall(words)]
    if len(found) > MAX_WORDS or (set(found) & STOP_WORDS) - _SMALL:
        return None
    read = _OF_SOMETHING.fullmatch(" ".join(found))
    if read is None:
        return None
    word = read["first"] or read["last"] or read["only"]
    return word, _MEASURES[word]
