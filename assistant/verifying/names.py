"""Names of a statement that its source must hold, and who does what to whom.

Volodymyr Zelenskyy is Zelensky, U.S. is the United States; another given name is another
person.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.asking.aliases import same_names, short_names_in
from assistant.asking.vocabulary import STOP_WORDS, WORD, is_everyday, plain_form, stem
from assistant.speakers.parties import PARTICLES, TITLES
from assistant.speakers.speakers import first_speaker
from sources.names import name_keys, place_names

_MONTHS = frozenset(
    "january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_NO_NAMES = _MONTHS | frozenset({"i", "tv", "am", "pm"})
_OPENS = re.compile(r"(?:^|[.!?:;]\s|[“\"(]\s?)$")
_PASSIVE = re.compile(r"\bby\b", re.I)
MAX_BETWEEN = 4
"""Words between two names that may say what one does to the other."""


@dataclass(frozen=True, slots=True)
class Name:
    """Capitalised words in a row, without titles: ``("Volodymyr", "Zelensky")``."""

    words: tuple[str, ...]
    start: int
    end: int

    @property
    def last(self) -> frozenset[str]:
        """All ways in which its last word may be written."""
        return _alike(self.words[-1])


def missing_names(statement: str, cited: str) -> tuple[str, ...]:
    """The names of `statement` that `cited` neither holds nor has in another spelling."""
    held = names_in(cited)
    words = {form for found in WORD.finditer(cited) for form in _alike(found.group())}
    words |= short_names_in(cited)
    return tuple(
        " ".join(name.words) for name in names_in(statement) if not _is_held(name, held, words)
    )


def missing_names_across(statement: str, cited: str) -> tuple[str, ...]:
    """The same where both are in different languages, in any scripts and endings.

    A single word at the beginning of a sentence is not looked at: it may be no name.
    """
    held = {
        key
        for found in WORD.finditer(cited)
        if found.group()[0].isupper()
        for key in _keys_across(found.group())
    }
    return tuple(
        " ".join(name.words)
        for name in names_in(statement)
        if not (len(name.words) == 1 and _OPENS.search(statement[: name.start]))
        and not _keys_across(name.words[-1]) & held
    )


@lru_cache(maxsize=16_384)
def _keys_across(word: str) -> frozenset[str]:
    return name_keys(word).union(*(name_keys(one) for one in place_names(word)))


def swapped_names(statement: str, cited: Sequence[str]) -> str | None:
    """Two names that `statement` and `cited` have on opposite sides of the same verb."""
    said = [deed for sentence in cited for deed in _deeds(sentence)]
    for who, what, whom, is_passive in _deeds(statement):
        same = [one for one in said if one[1] & what]
        if any(
            bool(one[0].last & who.last and one[2].last & whom.last) == (one[3] == is_passive)
            and (one[0].last & who.last or one[0].last & whom.last)
            for one in same
        ):
            continue
        for other, _, target, passive in same:
            crossed = other.last & whom.last and target.last & who.last
            straight = other.last & who.last and target.last & whom.last
            if (crossed and passive == is_passive) or (straight and passive != is_passive):
                return f"{' '.join(who.words)} and {' '.join(whom.words)}"
    return None


@lru_cache(maxsize=4_096)
def names_in(words: str) -> tuple[Name, ...]:
    """The names of `words`, in order; a first word counts where it can only be a name."""
    speaker = frozenset(plain_form(word) for word in (first_speaker(words) or "").split())
    run: list[re.Match[str]] = []
    found: list[Name] = []
    for match in WORD.finditer(words):
        is_name = _is_name(match, words, speaker)
        gap = words[run[-1].end() : match.start()] if run else ""
        joins = run and re.fullmatch(r"[\s.’'-]*(?:s\s)?", gap) and not gap.startswith((". ", "’s"))
        if run and not (is_name and joins):
            if match.group().lower() in PARTICLES and gap == " ":
                continue
            found.extend(_closed(run))
            run = []
        if is_name:
            run.append(match)
            if re.search(r"['’]s?$", match.group()):
                found.extend(_closed(run))
                run = []
    found.extend(_closed(run))
    return tuple(found)


def _closed(run: Sequence[re.Match[str]]) -> Iterator[Name]:
    kept = [match for match in run if plain_form(match.group()) not in TITLES]
    group: list[re.Match[str]] = []
    for match in kept:
        # A country before a name is a name of its own: "U.S. envoy", "Russian President Putin".
        if not group and len(same_names(plain_form(match.group()))) > 1:
            yield _name([match])
        else:
            group.append(match)
    if group:
        yield _name(group)


def _name(run: Sequence[re.Match[str]]) -> Name:
    words = tuple(re.sub(r"['’]s?$", "", match.group()) for match in run)
    return Name(words, run[0].start(), run[-1].end())


def _is_name(match: re.Match[str], words: str, speaker: frozenset[str]) -> bool:
    word = match.group()
    plain = plain_form(word)
    if not word[0].isupper() or plain in _NO_NAMES:
        return False
    if word.lower().replace("’", "'") in STOP_WORDS and not (word.isupper() and len(word) > 1):
        return False
    if not _OPENS.search(words[: match.start()]):
        return True
    return (
        (plain in speaker and plain not in TITLES)
        or not is_everyday(word)
        or (word.isupper() and len(plain) > 1)
    )


def _is_held(name: Name, held: Sequence[Name], words: set[str]) -> bool:
    if not name.last & words:
        return False
    given = {form for word in name.words[:-1] for form in _alike(word)}
    if not given or given & words:
        return True
    others = [one for one in held if one.last & name.last]
    return not others or any(
        len(one.words) == 1 or given & {form for word in one.words[:-1] for form in _alike(word)}
        for one in others
    )


def _deeds(words: str) -> Iterator[tuple[Name, frozenset[str], Name, bool]]:
    """Each two neighbouring names with the stems of the verb-like words between them."""
    names = names_in(words)
    for first, second in pairwise(names):
        between = [found.group() for found in WORD.finditer(words, first.end, second.start)]
        stems = frozenset(stem(word) for word in between if word.lower() not in STOP_WORDS)
        if (
            stems
            and len(between) <= MAX_BETWEEN
            and not re.search(r"[,;]|\band\b", words[first.end : second.start])
        ):
            yield first, stems, second, bool(_PASSIVE.search(words[first.end : second.start]))


@lru_cache(maxsize=16_384)
def _alike(word: str) -> frozenset[str]:
    plain = plain_form(word)
    return frozenset(same_names(plain)) | {stem(plain), plain, *plain.split("-")[-1:]}
