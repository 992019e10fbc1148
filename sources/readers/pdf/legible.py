"""Whether the letters that a PDF's fonts claim are those that a reader sees.

Fonts carry their own map from glyphs to letters, and some maps are wrong or private: the page
looks right and its text is noise. Noise has no common words, and its letters are not
distributed as in any language; tables, names and languages that are not known here pass.
"""

import re
from collections.abc import Sequence

from sources.language import COMMON

_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"\S+")
_ODD = re.compile(r"[^\W\d_][{|}~^\\`¦¬]|[{|}~^\\`¦¬][^\W\d_]|[^\W\d_][\[\]<>=?;#$%*+\"][^\W\d_]")
"""Letters beside signs that words have neither within nor around them."""
_VOWELS = frozenset(
    "aeiouyàáâãäåāăąæèéêëēėęěìíîïīįıòóôõöøōőœùúûüūůűųýÿаеёиоуыэюяіїєѣαεηιουωάέήίόύώϊϋ"
    "ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹơư"
)
_SCRIPTS = re.compile(r"[a-zà-ɏḀ-ỿа-ӿά-ώ]")
_FEWEST_LETTERS = 60
_MOST_UNMAPPED = 0.2
_LEAST_COMMON = 0.08
_VOWEL_SHARES = (0.3, 0.62)
_MOST_WITHOUT_VOWEL = 0.06
_LEAST_COHERENT = 0.5
_MOST_MESS = 0.4
_MOST_MESS_OF_SIGNS = 1.0
_MOST_ODD = 0.15
_LONGER_THAN_CODES = 5
_FEWEST_LARGE = 8
_COMMON = [frozenset(word for word in words if len(word) > 1) for words in COMMON.values()]


def is_noise(lines: Sequence[str], unmapped: int) -> bool:
    """Whether the page's text is none that anybody wrote; `unmapped` of its letters are unknown."""
    text = " ".join(lines)
    letters = sum(map(str.isalpha, text))
    if unmapped > _MOST_UNMAPPED * max(letters + unmapped, 1):
        return True
    if letters < _FEWEST_LETTERS:
        return len(text) >= _FEWEST_LETTERS and _mess(text) >= _MOST_MESS_OF_SIGNS
    tokens = _TOKEN.findall(text)
    words = _words(text)
    if not words:
        return False
    small = [word.casefold() for word in words]
    common = max(sum(word in words for word in small) for words in _COMMON)
    if common >= _LEAST_COMMON * len(small):
        return False
    odd = sum(bool(_ODD.search(token)) for token in tokens)
    if odd > _MOST_ODD * len(tokens):
        return True
    return _mess(text) >= _MOST_MESS or _doubts(small, text) >= 2


def _words(text: str) -> list[str]:
    """The words by which a page is judged.

    Abbreviations and codes, which tables are full of, have neither vowels nor common words.
    """
    words = _WORD.findall(text)
    small = [word for word in words if not word.isupper()]
    large = [word for word in words if word.isupper() and len(word) >= _LONGER_THAN_CODES]
    return large if len(large) > max(len(small), _FEWEST_LARGE) else small


def _mess(text: str) -> float:
    from charset_normalizer.md import mess_ratio

    return mess_ratio(text[:4_000])


def _doubts(words: Sequence[str], text: str) -> int:
    """How many of three habits of languages with vowels the words go against."""
    from charset_normalizer.cd import coherence_ratio

    letters = "".join(words)
    known = len(_SCRIPTS.findall(letters))
    if known < 0.9 * len(letters):
        return 0
    share = sum(letter in _VOWELS for letter in letters) / len(letters)
    longer = [word for word in words if len(word) >= 4]
    bare = sum(not _VOWELS & set(word) for word in longer)
    found = coherence_ratio(text[:4_000].lower(), 0.1, None)
    return sum(
        (
            not _VOWEL_SHARES[0] <= share <= _VOWEL_SHARES[1],
            bare >= 2 and bare > _MOST_WITHOUT_VOWEL * len(longer),
            not found or found[0][1] < _LEAST_COHERENT,
        )
    )
