"""What is known of single words: how rare they are and which are near in meaning.

The table comes with the installation and was made with the bundled embedding model
(`python -m assistant.evaluation.make_vocabulary` makes it again): the whole words of its
vocabulary, most frequent first, each with its vector, cut to its main directions.
"""

import math
import re
import threading
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.asking.aliases import same_names

Places = NDArray[np.intp]

TABLE = Path(__file__).with_name("vocabulary.npz")
FAR, NEAR = 0.55, 0.90
"""Cosines of two words at which they mean nothing to each other, and the same."""

WORD = re.compile(r"(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?|\d[\d,.]*\d|\d|[^\W\d_]+(?:['’][^\W\d_]+)?")

_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")
_LATIN_ENDS = "\u0250"
_THREAD = threading.local()
_REMEMBERED = 1 << 16
"""So many words are remembered in plain form, by their stem and by their place in the table."""

STOP_WORDS = frozenset(
    """a about above after again against all also am an and any are aren't as at be because been
    before being below between both but by can can't cannot could couldn't did didn't do does
    doesn't doing don't down during each few for from further had hadn't has hasn't have haven't
    having he he'd he'll he's her here here's hers herself him himself his how how's i i'd i'll
    i'm i've if in into is isn't it it's its itself let's may me might mine more most must my
    myself no nor not of off on once only or other ought our ours ourselves out over own please
    same shall she she'd she'll she's should shouldn't so some such than that that's the their
    theirs them themselves then there there's these they they'd they'll they're they've this
    those through to too under until up upon us very was wasn't we we'd we'll we're we've were
    weren't what what's when when's where where's which while who who's whom whose why why's
    will with within without won't would wouldn't yet you you'd you'll you're you've your yours
    yourself yourselves""".split()
)


@lru_cache(_REMEMBERED)
def stem(word: str) -> str:
    """The English stem of a word in lower case: "Troops'" and "troop" have the same."""
    plain = plain_form(word)
    return str(_stemmer().stemWord(plain))


@lru_cache(_REMEMBERED)
def plain_form(word: str) -> str:
    """Lower case, without the possessive ending and the dots of initials ("U.S." is "us").

    A number is without the commas between its thousands, a Latin letter without its accent.
    """
    word = word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    if not word.isascii() and word[:1] < _LATIN_ENDS:
        parts = unicodedata.normalize("NFD", word)
        word = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return word.replace(".", "") if word[:1].isalpha() else _THOUSANDS.sub("", word)


def rarity(word: str) -> float:
    """How much a word says, in [0.25, 1]: 1 for words the table does not have."""
    place = _place_of(word)
    if place is None:
        return 1.0
    return min(1.0, max(0.25, math.log(place + 10) / math.log(22_000)))


def is_known(word: str) -> bool:
    """Whether the table has the word."""
    return _place_of(word) is not None


def known_words() -> Iterable[str]:
    """All words of the table, the most frequent first."""
    return _places().keys()


def is_everyday(word: str) -> bool:
    """Whether the word, written small, is a common one and no name of the news."""
    plain = plain_form(word)
    return plain in _places() and len(same_names(plain)) == 1


def places_of(words: Iterable[str]) -> Places:
    """Where the table has these words, each once, in no order; those it has not are left out."""
    return np.array([*{place for place in map(_place_of, words) if place is not None}], np.intp)


def nearness(words: Sequence[str], groups: Sequence[Places]) -> NDArray[np.float64]:
    """``(len(words), len(groups))``: how near in meaning the nearest word of a group is, in [0, 1].

    0 where the table does not have the word, or the group is empty.
    """
    near = np.zeros((len(words), len(groups)))
    places = {
        row: place for row, word in enumerate(words) if (place := _place_of(word)) is not None
    }
    filled = [column for column, group in enumerate(groups) if len(group)]
    if not places or not filled:
        return near
    lengths = [len(groups[column]) for column in filled]
    vectors = _vectors()
    # Not by BLAS: its threads wait for each other, which on a busy machine takes longer.
    cosines = np.einsum(
        "ij,kj->ik",
        vectors[[*places.values()]],
        vectors.take(np.concatenate([groups[column] for column in filled]), axis=0),
    )
    nearest = np.maximum.reduceat(cosines, np.cumsum([0, *lengths[:-1]]), axis=1)
    near[np.ix_([*places], filled)] = ((nearest - FAR) / (NEAR - FAR)).clip(0.0, 1.0)
    return near


@lru_cache(_REMEMBERED)
def _place_of(word: str) -> int | None:
    return _places().get(plain_form(word))


def _stemmer() -> Any:
    """This thread's own: a stemmer keeps the word it is at work on."""
    found = getattr(_THREAD, "stemmer", None)
    if found is None:
        import snowballstemmer

        found = _THREAD.stemmer = snowballstemmer.stemmer("english")  # PyStemmer, in C
    return found


@cache
def _places() -> dict[str, int]:
    with np.load(TABLE) as table:
        return {word: place for place, word in enumerate(str(table["words"]).split())}


@cache
def _vectors() -> NDArray[np.float32]:
    with np.load(TABLE) as table:
        vectors = table["vectors"].astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)
