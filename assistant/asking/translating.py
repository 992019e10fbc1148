"""Requests to translate what was answered before, and the language that they name.

That it is a request at all is told by its meaning (`intents.py`); which of the requests that need a
chat model it is, and which language is meant, by the words for it in the languages of the subject.
"""

import re
from functools import cache

from assistant.asking.vocabulary import WORD
from sources.language import OF_THE_SUBJECT

_TRANSLATES = re.compile(
    r"\b(?:translat|übersetz|перекла|перевед|перевод|przetłumacz|tłumacz|przekład|przełóż|tradui"
    r"|traduc|version|wersj|верси|версі)",
    re.IGNORECASE,
)
_LEAST_STEM = 4
"""Letters of a language's name that no ending takes away: "po polsku", "auf Polnisch"."""
_MOST_ENDING = 3
"""Letters by which a name may be longer or shorter: "українська", "українською"."""


def language_wanted(request: str) -> str | None:
    """The ISO 639-1 code of the language that is to be translated into.

    Empty where it is a translation into a language that is not named; `None` for another request.
    """
    if _TRANSLATES.search(request) is None:
        return None
    words = [match.group().casefold() for match in WORD.finditer(request)]
    for word in reversed(words):
        for name, code in _names().items():
            if _is_form(word, name):
                return code
    return ""


def _is_form(word: str, name: str) -> bool:
    """Whether `word` is `name` in any ending."""
    if word == name:
        return True
    shared = next(
        (at for at, (one, other) in enumerate(zip(word, name, strict=False)) if one != other),
        min(len(word), len(name)),
    )
    longest = max(len(word), len(name)) - shared
    return shared >= _LEAST_STEM and longest <= _MOST_ENDING


@cache
def _names() -> dict[str, str]:
    """What the languages of the subject are called in each of them, with their codes."""
    from babel import Locale

    return {
        name.casefold(): code
        for spoken in OF_THE_SUBJECT
        for code in OF_THE_SUBJECT
        if (name := Locale(spoken).languages.get(code))
    }
