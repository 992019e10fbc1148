"""Where sentences end in English, Ukrainian, Russian, Polish, German and French.

The segmenter proposes, and this room decides at each full stop that may belong to an
abbreviation, an initial or an ordinal, and at marks that a small letter follows.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from sources.abbreviations import CLOSING, LEADING, MONTHS, REFERENCES
from sources.language import COMMON

LANGUAGES = frozenset(LEADING)

_CLASSES = {"closing": CLOSING, "leading": LEADING, "month": MONTHS, "reference": REFERENCES}
_LARGE = "A-ZÀ-ÖØ-ÞŁŚŻŹĆŃÓĄĘА-ЯЁІЇЄҐ"
_POSSIBLE = re.compile(rf"[.…][»”\"“’)\]]*(?=\s+(?:[—–-]\s*)?[«„“”\"‘(\[]?\s*[{_LARGE}])")
"""Where the segmenter may have missed an end: a full stop, and a large letter after it."""
_AFTER = re.compile(r"(?P<gap>\s*)(?P<dash>[—–-]\s*)?[«„“”\"‘(\[]*\s?(?P<next>[^\W_][\w'’ʼ]*)?")
_CLOSERS = '»”"“’)]'
_NUMBER = r"(?:\d[\d.,\u00a0\u202f ]*|\b(?-i:[IVXLC]+)e?)[ \u00a0\u202f]?"
_INITIAL = re.compile(rf"(?:^|[\s.«„“\"(-])(?<!\s-)(?<!^-)[{_LARGE}]\.$")
_LONG_WORD = re.compile(r"[^\W\d_]{9}\.$")
"""No abbreviation is so long."""
_WORD = re.compile(r"\S")
_CITED = re.compile(r"\[\d+\]\s?\.$")
"""Behind the number of a citation a sentence is over, however the next begins."""
_INITIALS = re.compile(rf"[{_LARGE}]\.[ -]?[{_LARGE}]\.$")
_ORDINAL = re.compile(r"(?<![\w.,])(?<!Artikel )(?<!Kapitel )(?<!Absatz )\d{1,2}\.$")
_AFTER_A_REFERENCE = re.compile(r"[^\W\d_]\.\s?\d+\.$")
_NO = re.compile(r"(?<![\w.])no\.$")
"""The answer; a number's "No." is written large or has the number after it."""
_LETTERED = re.compile(r"[A-Z]|[IVXLC]{1,7}")
_DOLLARS = re.compile(r"дол{1,2}\.$", re.I)
_YEAR = re.compile(r"\d{4}[ \u00a0]?[^\W\d_]{1,2}\.$")
_GERMAN_OPENING = frozenset(
    "alle alles beide bisher dabei dafür daher damals damit danach dann darum davon dazu deshalb"
    " dies diese dieser dieses doch dort ebenso erst etwa heute hier jede jeder jedes jedoch jetzt"
    " meine niemand seine seither selbst später trotzdem unser viele weder weil zudem".split()
)
_MOST_BEFORE = 60
"""Characters before a full stop that are looked at."""
_OPENING_WORDS = 3
"""A sentence this short before "year" has only begun: "In 2022 р. …"."""


def corrected_ends(
    content: str, found: Iterable[tuple[int, int]], language: str
) -> Iterator[tuple[int, int]]:
    """The spans `found` in `content`, joined and cut where the language asks for it.

    In order; together they cover what `found` covers. `language` is one of `LANGUAGES`.
    """
    start: int | None = None
    reached = 0
    for first, reached in found:
        start = first if start is None else start
        for possible in _POSSIBLE.finditer(content, first, reached):
            end = possible.end()
            if _WORD.search(content, end, reached) and _ends(content, start, end, language):
                yield start, end
                start = end
        if _ends(content, start, reached, language) is not False:
            yield start, reached
            start = None
    if start is not None:
        yield start, reached


def _ends(content: str, start: int, end: int, language: str) -> bool | None:
    """Whether a sentence that began at `start` ends at `end`; `None` where nothing tells."""
    near = max(start, end - _MOST_BEFORE)
    sentence = content[near:end].rstrip()
    after = _AFTER.match(content, near + len(sentence))
    assert after is not None
    if not after["next"] or after["gap"].count("\n") > 1:
        return None
    tail = sentence.rstrip(_CLOSERS)
    is_quoted = sentence[-1:] in _CLOSERS
    is_small = after["next"][0].islower()
    is_on_a_new_line = "\n" in after["gap"]
    if tail[-1:] in "!?…":
        if is_small:
            return None if is_on_a_new_line else False
        return True if tail[-1:] == "…" and language != "en" else None
    if tail[-1:] != "." or (is_on_a_new_line and after["next"][0].isdigit()):
        return None
    if is_small and not is_on_a_new_line:
        return None if _CITED.search(tail) else False
    if not after["gap"] and after["dash"]:
        return False
    return None if is_quoted else _ends_after(tail, sentence, after["next"], language)


def _ends_after(tail: str, sentence: str, following: str, language: str) -> bool | None:
    """The same where `tail` has a full stop and a number or a large letter follows."""
    is_number = following[0].isdigit()
    if _LONG_WORD.search(tail):
        return None
    if following == "США" and _DOLLARS.search(tail):
        return False
    if _last("closing", tail, language, after_number=True):
        if is_number or (_YEAR.search(tail) and len(sentence.split()) <= _OPENING_WORDS):
            return False
        return language != "de" or _opens(following)
    if _last("month", tail, language, after_number=True):
        return False if is_number or language != "en" else None
    if (reference := _last("reference", tail, language)) and is_number:
        return False
    if language == "en":
        return _ends_in_english(tail, following, reference)
    if _INITIAL.search(tail):
        opens = len(following) > 1 and following.casefold() in COMMON[language]
        return None if is_number or (opens and not _INITIALS.search(tail)) else False
    leading, closing = (_last(kind, tail, language) for kind in ("leading", "closing"))
    if leading or closing:
        return closing > leading and not is_number
    if _AFTER_A_REFERENCE.search(tail):
        return True
    if language == "de" and _ORDINAL.search(tail):
        return _opens(following)
    return None


def _ends_in_english(tail: str, following: str, reference: int) -> bool | None:
    """The same in English, where initials and names of states are left to the segmenter.

    Names are written large, so that a common word written large has begun a sentence.
    """
    if reference and _NO.search(tail):
        return True
    if reference and _LETTERED.fullmatch(following):
        return False
    if following.casefold() in COMMON["en"] and following != "I":
        return True if _last("closing", tail, "en") else None
    if _last("leading", tail, "en"):
        return False
    return True if _last("closing", tail, "en") or _AFTER_A_REFERENCE.search(tail) else None


def _opens(following: str) -> bool:
    """Whether the German word begins a sentence; any noun is written large."""
    low = following.casefold()
    return low in COMMON["de"] or low in _GERMAN_OPENING


def _last(kind: str, tail: str, language: str, *, after_number: bool = False) -> int:
    """How many characters the abbreviation of that class at the end of `tail` has; 0 for none."""
    found = _pattern(kind, language, after_number).search(tail)
    return len(found["short"]) if found else 0


@cache
def _pattern(kind: str, language: str, after_number: bool) -> re.Pattern[str]:
    """An abbreviation of that class with its full stop at the end of what is read."""
    written = sorted(_CLASSES[kind][language], key=len, reverse=True)
    parts = "|".join(r"\.[ \u00a0\u202f]?".join(map(re.escape, one.split(". "))) for one in written)
    before = _NUMBER if after_number else r"(?<![\w.])"
    if language == "de" and kind == "reference":
        before = r"(?:(?<![\w.])|(?<=[a-zäöüß])(?=str\.$))"
    return re.compile(rf"{before}(?P<short>{parts})\.$", re.IGNORECASE)
