"""Words as the word index keeps them, for every language but English: small, stemmed, plain.

English is analysed by tantivy itself. Words of another script than the language's own, names
most of all, are kept whole, so that "NATO" is one word in every language.
"""

import re
import threading
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from index import ukrainian
from sources.language import COMMON

LANGUAGES = ("uk", "ru", "pl", "de", "fr")
"""ISO 639-1 codes of the languages that have a word field of their own, beside English."""

MAX_LETTERS = 80
"""Longer ones are no words; the same holds for English."""

_WORD = re.compile(r"[^\W_]+(?:(?<=[а-яіїєґ])['’ʼ](?=[а-яіїєґ])[^\W_]+)*", re.IGNORECASE)
"""The apostrophe is a letter within Cyrillic words alone: "п'ять", but "l'accord"."""
_CYRILLIC = re.compile("[\u0400-\u052f]")
_SNOWBALL = {"ru": "russian", "pl": "polish", "de": "german", "fr": "french"}
_ONE_LETTER = str.maketrans({"ё": "е", "ʼ": "'", "’": "'"})
_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d"})
_THREAD = threading.local()


def stems_in(words: str, language: str) -> tuple[str, ...]:
    """The stems of all words in order, without accents. `language` is one of `LANGUAGES`."""
    return tuple(
        _stem(word, language)
        for word in _WORD.findall(unicodedata.normalize("NFC", words).casefold())
        if len(word) <= MAX_LETTERS
    )


def telling_stems_in(words: str, language: str) -> tuple[str, ...]:
    """The same without the language's commonest words, which are rare in a mixed library."""
    common = _common_stems(language)
    return tuple(stem for stem in stems_in(words, language) if stem not in common)


@lru_cache(1 << 16)
def _stem(word: str, language: str) -> str:
    word = word.translate(_ONE_LETTER)
    is_cyrillic = _CYRILLIC.match(word) is not None
    if language in _SNOWBALL and is_cyrillic == (language == "ru"):
        word = _snowball(language)(word)
    elif language == "uk" and is_cyrillic:
        word = ukrainian.stem(word)
    return word if is_cyrillic else _without_accents(word)


@lru_cache
def _common_stems(language: str) -> frozenset[str]:
    return frozenset(_stem(word, language) for word in COMMON[language])


def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFD", word.translate(_STROKES))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _snowball(language: str) -> Callable[[str], str]:
    """This thread's own: a stemmer keeps the word it is at work on."""
    kept: dict[str, Any] | None = getattr(_THREAD, "stemmers", None)
    if kept is None:
        kept = _THREAD.stemmers = {}
    if language not in kept:
        import snowballstemmer

        kept[language] = snowballstemmer.stemmer(_SNOWBALL[language])  # PyStemmer, in C
    stem: Callable[[str], str] = kept[language].stemWord
    return stem
