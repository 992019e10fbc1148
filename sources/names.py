"""Names across scripts and spellings: "Зеленського", "Selenskyj" and "Zełenski" are one name.

A name is told by keys: the consonants that every spelling of it has, as classes of like
sounds, so that neither vowels, the script, nor the habits of one language count. Countries
and large cities, whose names are words of their own in each language, come from CLDR.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import product

from sources.language import OF_THE_SUBJECT

_LEAST_CONSONANTS = 3
"""Names with fewer sound like too many others: these are told by their vowels too."""
_MOST_KEYS = 8
_NAME = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "h", "д": "d", "е": "e", "є": "e", "ё": "e",
    "ж": "x", "з": "s", "и": "e", "і": "e", "ї": "e", "й": "", "к": "k", "л": "l", "м": "m",
    "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "v", "ф": "f",
    "х": "h", "ц": "s", "ч": "x", "ш": "x", "щ": "x", "ъ": "", "ы": "e", "ь": "", "э": "e",
    "ю": "u", "я": "a",
}  # fmt: skip
_LATIN: tuple[tuple[str, tuple[str, ...]], ...] = (
    # The longest first. Where languages differ (English "ch" is ч, German х, French ш), all.
    ("schtsch", ("x",)), ("szcz", ("x",)), ("shch", ("x",)), ("chtch", ("x",)),
    ("tsch", ("x",)), ("sch", ("x",)), ("tch", ("x",)), ("dzh", ("x",)), ("dsch", ("x",)),
    ("dż", ("x",)), ("dj", ("x",)), ("cz", ("x",)), ("sz", ("x",)), ("rz", ("x", "rs")),
    ("sh", ("x",)), ("zh", ("x",)), ("ch", ("x", "h")), ("kh", ("h",)), ("gh", ("h",)),
    ("th", ("t",)), ("ph", ("f",)), ("ts", ("s",)), ("tz", ("s",)), ("cs", ("x", "s")),
    ("ck", ("k", "sk")), ("qu", ("kv",)), ("ou", ("u",)),
    ("ż", ("x",)), ("ž", ("x",)), ("š", ("x",)), ("č", ("x",)), ("ź", ("s",)), ("ś", ("s",)),
    ("ć", ("s",)), ("ł", ("l",)), ("ç", ("s",)), ("ß", ("s",)), ("x", ("ks",)), ("q", ("k",)),
    ("w", ("v",)), ("z", ("s",)), ("g", ("h",)), ("j", ("", "x")), ("y", ("e",)), ("i", ("e",)),
)  # fmt: skip
_LATIN_PARTS = dict(_LATIN)
_LATIN_PART = re.compile("|".join(part for part, _ in _LATIN) + "|c(?=[eiy])|c|.", re.DOTALL)
_C_BEFORE_LIGHT, _C = ("s",), ("k", "s")
_INITIALS = (
    ("us", "usa", "сша", "united states"),
    ("eu", "єс", "ес", "ue", "european union"),
    ("un", "оон", "onz", "onu", "united nations"),
    ("nato", "нато", "otan", "north atlantic treaty organization"),
    ("osce", "обсє", "обсе", "obwe", "osze"),
)
"""States and unions by their initials, and how the place names above have them in full."""
_ENDINGS: Mapping[str, re.Pattern[str]] = {
    "cyrillic": re.compile(
        r"(?:ого|ому|ого|его|ему|ього|ьому|им|ім|ым|їм|ом|ем|єм|ою|ами|ями|ам|ям|ах|ях|ові|еві|єві)$"
    ),
    "pl": re.compile(r"(?:iego|iemu|ego|emu|owi|iem|em|ym|im|ami|ach|om)$"),
    "de": re.compile(r"(?<!s)s$"),
    "en": re.compile(r"['’]s$"),
}
_VOWELS = "aeou"


def name_keys(name: str, language: str | None = None) -> frozenset[str]:
    """Keys of a single word of a name; two words of which one is shared may be the same name.

    `language` is that of the text it stands in, whose case endings are taken off; `None`
    tries those of all. Empty for what holds no letters of a script that is read here.
    """
    return _keys(unicodedata.normalize("NFC", name).casefold(), language)[0]


def spelling_keys(name: str, language: str | None = None) -> frozenset[str]:
    """The same with the vowels, for spellings within one language: "Zelenskyy", "Zelensky"."""
    return _keys(unicodedata.normalize("NFC", name).casefold(), language)[1]


def names_in(words: str) -> Iterator[str]:
    """The words of a text that are written with a large letter, each once."""
    for word in dict.fromkeys(_NAME.findall(words)):
        if word[0].isupper() and len(word) > 2:
            yield word


def is_same_name(one: str, other: str) -> bool:
    """Whether both words may be the same name, each in any script, spelling and case."""
    return not _all_keys(one).isdisjoint(_all_keys(other))


def _all_keys(name: str) -> frozenset[str]:
    of_place = place_names(name)
    return name_keys(name) if not of_place else frozenset(f"={word}" for word in of_place)


@lru_cache(1 << 16)
def _keys(word: str, language: str | None) -> tuple[frozenset[str], frozenset[str]]:
    forms = {_ENDINGS["en"].sub("", word).strip("'’ʼ")}
    script = "cyrillic" if "\u0400" <= word[:1] <= "\u052f" else "latin"
    for kind, ending in _ENDINGS.items():
        if kind in (script, language) or (language is None and script == "latin" != kind):
            if script == "latin" and kind == "cyrillic":
                continue
            forms |= {ending.sub("", form) for form in forms}
    sounds = [
        re.sub(r"(.)\1+", r"\1", one.strip("'"))
        for form in sorted(forms)
        for one in (_of_cyrillic(form) if script == "cyrillic" else _of_latin(form))
    ]
    keys = sorted({key for one in sounds if (key := _key(one))})[:_MOST_KEYS]
    spelled = sorted({_with_vowels(one) for one in sounds if len(one) > 2 and one.isalpha()})
    return frozenset(keys), frozenset(spelled[:_MOST_KEYS])


def _of_cyrillic(form: str) -> list[str]:
    form = form.replace("дж", "ж").replace("тс", "ц")
    sounds = "".join(_CYRILLIC.get(letter, "") for letter in form)
    initial_w = form[:1] == "у" and form[1:2] in "аеиіоэ" and len(form) > 1
    return [sounds, *(["v" + sounds[1:]] if initial_w else [])]


def _of_latin(form: str) -> list[str]:
    parts: list[tuple[str, ...]] = []
    for found in _LATIN_PART.finditer(form):
        part = found.group()
        if part == "c":
            light = form[found.end() : found.end() + 1] in ("e", "i", "y")
            parts.append(_C_BEFORE_LIGHT if light else _C)
        elif part in _LATIN_PARTS:
            parts.append(_LATIN_PARTS[part])
        else:
            plain = unicodedata.normalize("NFD", part)[0]
            parts.append(_LATIN_PARTS.get(plain, (plain,)) if plain.isascii() else ("",))
    return ["".join(one) for one, _ in zip(product(*parts), range(_MOST_KEYS), strict=False)]


def _key(sounds: str) -> str | None:
    """The consonants of `sounds`, doubles once; with vowels where they are few."""
    vowel_first = sounds[:1] in _VOWELS
    consonants = re.sub(r"(.)\1+", r"\1", re.sub(rf"[{_VOWELS}]", "", sounds))
    if not consonants.isalpha():
        return None
    if len(consonants) < _LEAST_CONSONANTS:
        return "." + _with_vowels(sounds) if len(sounds) > 2 else None
    return ("a" if vowel_first else "") + consonants


def _with_vowels(sounds: str) -> str:
    """One vowel of each run, the fullest, and none at the end, where cases change it."""
    runs = re.sub(
        r"[aeou]+", lambda run: min(run.group().replace("u", "o"), key="aoe".find), sounds
    )
    return runs.rstrip("aeo") or runs


def place_names(word: str) -> frozenset[str]:
    """How the languages of the subject call the country or large city that `word` names.

    In small letters, the forms of the dictionary; empty for what is no such name.
    """
    return _places().get(word.casefold(), frozenset())


@cache
def _places() -> dict[str, frozenset[str]]:
    from babel import Locale

    locales = [Locale.parse(code) for code in OF_THE_SUBJECT]
    groups = [{name.upper() for name in group} for group in _INITIALS]
    for code in map(str, locales[0].territories):
        if len(code) == 2:
            groups.append({str(one.territories.get(code, "")) for one in locales})
    for zone in map(str, locales[1].time_zones):
        own = zone.rpartition("/")[2].replace("_", " ")
        cities = {str(one.time_zones.get(zone, {}).get("city", own)) for one in locales}
        groups.append(cities)
    found: dict[str, frozenset[str]] = {}
    for group in groups:
        names = frozenset(name.casefold() for name in group if name[:1].isupper())
        if len(names) == 1 and len(min(names)) < _LEAST_CONSONANTS:
            continue
        for name in names:
            found[name] = found.get(name, frozenset()) | names
    return found
