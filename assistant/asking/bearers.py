"""Who holds a role: "Who is the president of Ukraine?", "What is her wife's name?".

The answer stands beside the very role, and the role beside what it belongs to: the vice
president of one country is no president of another. Pure reading of words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.asking.aliases import abbreviated, same_names, short_names_in
from assistant.asking.alike import alike, base_of
from assistant.asking.vocabulary import STOP_WORDS, WORD, plain_form, stem
from assistant.speakers.parties import TITLES
from assistant.speakers.people import is_people_noun

Bounds = tuple[int, int]

_ASKS = re.compile(
    r"(?:and |but |so |then )?(?:who(?:['’]s| is| was| are| were)|what(?:['’]s| is| was| are| were)"
    r"(?= .*\bnames?\b))(?: currently| now| then)? (?P<what>[^?!]+)",
    re.IGNORECASE,
)
_NOW = re.compile(r"(?:and |but |so |then )?who(?:['’]s| is| are)\b", re.IGNORECASE)
_HELD_BEFORE = re.compile(r"\b(?:was|were|served as|became|had been)\s(?:[\w’'.-]+\s){0,4}$")
_NAME_OF = re.compile(r"(?:the )?(?:\w+ )?names? of |['’]s? (?:\w+ )?names?$", re.IGNORECASE)
_OF = re.compile(r" (?:of|for|in|to|at|from) (?!(?:State|Staff)\b)(?:the )?", re.IGNORECASE)
_RELATIVES = frozenset(
    "wife husband spouse partner son daughter brother sister mother father parent child".split()
)
_PART_OF_ROLE = frozenset({"of", "state", "staff"})
_LESSER = r"(?:vice|deputy|assistant|under|acting|interim|former|ex|then|late)"
_IS_LESSER = re.compile(rf"\b{_LESSER}[\s-]$", re.IGNORECASE)
_NAME = (
    r"(?:(?:[A-Z]\.)+|[A-Z][\w’'-]*[^\W\d_])(?:\s(?:(?:de|von|van|der|den|la|al)\s){0,2}"
    r"(?:(?:[A-Z]\.)+|[A-Z][\w’'-]*[^\W\d_]))*"
)
_AFTER = re.compile(rf",?\s(?P<name>{_NAME})")
_BEFORE = re.compile(
    rf"(?P<name>{_NAME})(?:,? (?:who )?(?:is|was|became|served as|remains|as)|,|\s\([^()]*)\s?"
    r"(?:(?:the|a|an|its|their|his|her)\s)?(?:[\w’'.-]+\s){0,4}$"
)
_MAX_BEFORE = 5


@dataclass(frozen=True, slots=True)
class Role:
    """A role whose bearer is asked for."""

    words: tuple[str, ...]
    """As the question writes it, in lower case: "foreign", "minister"."""
    owner: tuple[str, ...]
    """Words of what it belongs to: "Ukraine"; empty where any will do."""
    is_held_now: bool = False
    """Whether it is asked who holds it, and not who did."""

    @property
    def head(self) -> str:
        """The noun of the role; "secretary" of "secretary of state"."""
        return self.words[0] if "of" in self.words else self.words[-1]


@lru_cache(256)
def role_in(question: str) -> Role | None:
    """The role whose bearer `question` asks for; `None` where it asks for none."""
    asked = _ASKS.match(abbreviated(question).strip())
    if asked is None:
        return None
    what = asked["what"].strip(" .")
    what = _NAME_OF.sub("", what)
    owner = ""
    if (of := _OF.search(what)) is not None:
        what, owner = what[: of.start()], what[of.end() :]
    elif (belongs := re.match(r"(?P<owner>.+?)['’]s? (?P<role>.+)", what)) is not None:
        what, owner = belongs["role"], belongs["owner"]
    words = re.findall(r"[\w.’'-]+", what)
    role: list[str] = []
    while words and _is_of_a_role(words[-1], role):
        role.insert(0, words.pop().lower())
    owner_words = [*words, *re.findall(r"[\w.’'-]+", owner)]
    if not role or not _is_role(role[0] if "of" in role else role[-1]):
        return None
    return Role(
        tuple(role),
        tuple(w for w in owner_words if w.lower() not in STOP_WORDS or w.isupper()),
        is_held_now=_NOW.match(question.strip()) is not None,
    )


def is_of_role(role: Role, sentence: str) -> bool:
    """Whether a sentence speaks of the role, and of one who holds it of that owner."""
    if any(True for _ in _held_in(role, sentence)):
        return True
    deeds = alike(role.head) - {stem(role.head)}
    stems = {stem(base_of(word)) for word in WORD.findall(sentence)} | short_names_in(sentence)
    return bool(deeds & stems) and _owns(role, sentence)


def bearers_in(role: Role, sentence: str) -> Iterator[Bounds]:
    """Where the sentence names those who hold the role."""
    for start, end in _held_in(role, sentence):
        after = _AFTER.match(sentence, end)
        if after is not None and not _owns_by(role, after["name"]):
            yield after.span("name")
            continue
        before = _BEFORE.search(sentence[:start])
        if before is not None:
            yield before.span("name")


def _held_in(role: Role, sentence: str) -> Iterator[Bounds]:
    """Where a role of that owner stands, with the owner where it follows."""
    words = r"[\s-]".join(re.escape(word) for word in role.words)
    for found in re.finditer(rf"\b{words}\b", sentence, re.IGNORECASE):
        if _IS_LESSER.search(sentence[: found.start()]):
            continue
        if role.is_held_now and _HELD_BEFORE.search(sentence[: found.start()]):
            continue
        after = re.match(
            r"\s(?:of|for|in|to|at)\s(?:the\s)?((?:[\w.’'-]+\s?){1,4})", sentence[found.end() :]
        )
        if after is not None and role.owner and (taken := _owner_at(role, after[1])):
            yield found.start(), found.end() + after.start(1) + taken
        else:
            beside = (_words_before(sentence, found.start()), _in_brackets(sentence, found))
            if not role.owner or any(_owns(role, words) for words in beside):
                yield found.start(), found.end()


def _in_brackets(sentence: str, found: re.Match[str]) -> str:
    """What stands before a role between the same brackets: "Ms Halvorsen (Norlund, chair)"."""
    closes = re.match(r"[^()]*\)", sentence[found.end() :])
    return sentence[sentence.rfind("(", 0, found.start()) + 1 : found.start()] if closes else ""


def _words_before(sentence: str, start: int) -> str:
    """What describes a role before it: "Italian Prime Minister", "Norlund’s prime minister"."""
    run: list[str] = []
    for word in reversed(sentence[:start].split()):
        if len(run) == _MAX_BEFORE or word.endswith((",", ";", ":", ".”")) or word == "—":
            break
        if word.lower() in STOP_WORDS and not word.isupper():
            break
        run.insert(0, word)
    return " ".join(run)


def _owner_at(role: Role, words: str) -> int:
    """How far into `words` the owner reaches; 0 where they name another."""
    for place in re.finditer(r"[\w.’'-]+", words):
        if _owns(role, words[: place.end()]):
            return place.end()
    return 0


def _owns(role: Role, words: str) -> bool:
    stems = {stem(word) for word in WORD.findall(words)} | short_names_in(words)
    return all(_stems_of(word) & stems for word in role.owner)


def _owns_by(role: Role, name: str) -> bool:
    stems = {stem(word) for word in WORD.findall(name)}
    return any(_stems_of(word) & stems for word in role.owner)


def _stems_of(word: str) -> frozenset[str]:
    names = same_names(plain_form(word)) if word[0].isupper() else {word}
    return frozenset(stem(name) for name in names)


def _is_of_a_role(word: str, role: list[str]) -> bool:
    low = word.lower()
    if low in _PART_OF_ROLE:
        return True
    if role and role[0] == "of":
        return _is_role(low)
    return _is_role(low) or (bool(role) and low in TITLES)


def _is_role(word: str) -> bool:
    low = word.lower()
    return low in TITLES or low in _RELATIVES or is_people_noun(low)
