"""What a question asks for: the kind of answer, its words and names, its parts.

Pure reading of the question itself; nothing here has seen a source.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.asking.aliases import abbreviated, same_names
from assistant.asking.kinds import VALUE_KINDS, Kind, kind_of
from assistant.asking.vocabulary import STOP_WORDS, WORD, plain_form, rarity, stem

_EMPTY_WORDS = frozenset(
    stem(word)
    for word in """ask answer anything case detail details else example explain describe discuss
    elaborate example exactly give happen happened hear help info information know learn list
    like long many matter mean meaning mention mentioned much name named need number one ones
    people point question read really regarding related said say says something sort source
    sources sum summarise summarize summary article articles text texts story talk tell thing
    things think topic understand want way well whole kind type next new exist possible
    overview key brief briefly short quick please result outcome stance opinion attitude
    viewpoint""".split()
)
"""Words that ask but name no subject: stems."""
_EMPTY_FORMS = frozenset(
    "according held place take taken takes took occur occurs occurred anyone anybody".split()
)
"""More of them, which only in this form say nothing: "held" asks when or where, "hold" may not."""
_FULL_FORMS = frozenset({"talks"})
"""Forms that name a subject although their stem does not: "talks" are no "talk"."""
_MEASURE = re.compile(r"\bhow (\w+)", re.IGNORECASE)
"""The word after "how" says which measure is wanted: "How big is the loan?" is about a loan."""

_TIMES = frozenset(map(stem, "years months weeks decades".split()))
_GIVEN_BY = dict.fromkeys(map(stem, ("duration", "length", "timeframe")), _TIMES)
"""Measures by the units that a sentence gives them in: "ten years" is a duration."""

_COURTESY = re.compile(
    r"(?:(?:ok(?:ay)?|thanks?(?: you)?(?: (?:very|so) much)?|great|good|fine|perfect|hello|hi"
    r"|yes|no)[\s,.!]*)+",
    re.IGNORECASE,
)
_GO_ON = "That asks nothing of the sources. What would you like to know?"
_TAKES_PART = re.compile(r"\b(?:takes?|took|taken|taking) part\b", re.IGNORECASE)
_DURATION = re.compile(r"\bhow long\b|\bduration\b", re.IGNORECASE)

_PART = re.compile(
    r"(?:,\s*|;\s*|\?\s*|\s+)(?:and|or|but)\s+(?=(?:who|whom|whose|what|which|when|where|why|how|"
    r"is|are|was|were|do|does|did|can|could|will|would|has|have|should)\b)|\?\s+(?=\w)",
    re.IGNORECASE,
)
_BARE_PART = re.compile(
    r"(?P<first>(?:(?:and|but|so) )?(?:what|which \w+|who|whom|when|where|how(?: \w+)?) "
    r"(?P<rest>(?:is|are|was|were|do|does|did|can|could|will|would|has|have|had|should|must|may)\b"
    r"[^?]+?)),? and (?P<asks>why|when|where|how)\?*",
    re.IGNORECASE,
)
"""A second question of one word: "What must Congress approve, and why?"."""
_INITIALS = re.compile(r"\b(?:[A-Z]\.)+$|\b(?:Mr|Mrs|Ms|Dr|St)\.$")
_POINTING = re.compile(r"\b(?:it|this|that|they|them|these|those|he|she|him|her|there)\b", re.I)


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a question that carries meaning."""

    word: str
    """As the question writes it, without a possessive ending."""
    is_name: bool
    """Whether only the very name (or its like) will do: a proper name or a number."""
    is_idle: bool
    """Whether it asks but names no subject ("tell", "say")."""
    weight: float
    """How much it says, in [0.25, 1]."""

    @property
    def stem(self) -> str:
        return stem(self.word)

    @property
    def stems(self) -> frozenset[str]:
        """Stems of all words that stand for it."""
        if self.is_name:
            return frozenset(stem(name) for name in same_names(plain_form(self.word)))
        return _GIVEN_BY.get(self.stem, frozenset()) | {self.stem}


@dataclass(frozen=True)
class Question:
    """A question, read."""

    words: str
    earlier: tuple[Term, ...] = ()
    """What it is about where it names nothing itself ("When?"): the subjects before it."""

    def after(self, earlier: Sequence[str]) -> "Question":
        """The same, asked after earlier questions (oldest first)."""
        if self.subjects:
            return self
        found = (Question(asked).subjects for asked in reversed(earlier))
        return replace(self, earlier=next(filter(None, found), ()))

    @cached_property
    def kind(self) -> Kind:
        """The kind of answer asked for."""
        return kind_of(self.words)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The words that carry meaning, each once, in order."""
        found: dict[str, Term] = {}
        idle = {measure.lower() for measure in _MEASURE.findall(self.words)}
        if _TAKES_PART.search(self.words):
            idle.add("part")
        for word, is_name in _words_of(abbreviated(self.words)):
            is_idle = _is_empty(word) or word.lower() in idle
            term = Term(word, is_name, is_idle, rarity(word))
            found.setdefault(term.stem, term)
        return tuple(found.values())

    @cached_property
    def names(self) -> tuple[Term, ...]:
        """The proper names and numbers among the terms."""
        return tuple(term for term in self.terms if term.is_name)

    @cached_property
    def names_side_by_side(self) -> tuple[tuple[Term, ...], ...]:
        """The names among the subjects, those that follow one another together."""
        groups: list[list[Term]] = []
        last = ""
        for term in self.subjects:
            if term.is_name and last and f"{last} {term.word}" in self.words:
                groups[-1].append(term)
            elif term.is_name:
                groups.append([term])
            last = term.word if term.is_name else ""
        return tuple(map(tuple, groups))

    @cached_property
    def subjects(self) -> tuple[Term, ...]:
        """The terms that say what the question is about."""
        return tuple(term for term in self.terms if not term.is_idle) or self.earlier

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of every word, stop words too."""
        return frozenset(stem(found.group()) for found in WORD.finditer(self.words))

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Stems of terms that follow one another, to find the same phrase in a source."""
        return frozenset(
            (first.stem, second.stem)
            for first, second in zip(self.terms, self.terms[1:], strict=False)
        )

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The questions it is made of: "Who pays, and when does it end?" has two."""
        bare = _BARE_PART.fullmatch(self.words)
        if bare is not None:
            return f"{bare['first']}?", f"{bare['asks'].capitalize()} {bare['rest']}?"
        parts = [part.strip(" ,;") for part in _PART.split(self.words) if part and part.strip(" ?")]
        if len(parts) < 2 or any(len(WORD.findall(part)) < 2 for part in parts):
            return (self.words,)
        return tuple(part if part.endswith("?") else f"{part}?" for part in parts)

    @property
    def takes_over(self) -> bool:
        """Whether it names nothing itself and is about what was asked before ("How long?")."""
        return bool(self.earlier) and self.subjects is self.earlier

    @property
    def points_back(self) -> bool:
        """Whether a word stands for something said before: "it", "he", "there"."""
        return _POINTING.search(self.words) is not None

    @property
    def wants_duration(self) -> bool:
        """Whether a length of time is asked for."""
        return self.kind == "quantity" and _DURATION.search(self.words) is not None

    @property
    def wants_value(self) -> bool:
        """Whether a number, an amount or a day is asked for."""
        return self.kind in VALUE_KINDS

    @property
    def wants_several(self) -> bool:
        """Whether several sentences together make the answer."""
        return self.kind in ("several", "summary")


def ask_back(words: str) -> str | None:
    """What to ask when a first question names no subject ("What about it?"), else `None`."""
    if is_courtesy(words):
        return _GO_ON
    if Question(words).subjects:
        return None
    pointing = _POINTING.search(words)
    if pointing:
        return (
            f"What does “{pointing.group().lower()}” stand for? "
            "Please name the person, document or event."
        )
    return "What would you like to know about? Please name the person, document or event."


def is_courtesy(words: str) -> bool:
    """Whether it is a word of thanks or agreement and asks nothing."""
    return _COURTESY.fullmatch(words.strip()) is not None


def _words_of(question: str) -> Iterator[tuple[str, bool]]:
    """Each word that is no stop word, and whether it is a proper name or a number."""
    found = list(WORD.finditer(question))
    shouted = _all_capitals([match.group() for match in found])
    all_large = question.isupper()
    for place, match in enumerate(found):
        word = match.group()
        if word.lower().replace("’", "'") in STOP_WORDS and not _is_initials(word):
            continue
        if len(plain_form(word)) < 2 and not word.isdigit():
            continue
        before = question[: match.start()].rstrip()
        opens = place == 0 or (before[-1:] in {".", "?", "!", ":"} and not _INITIALS.search(before))
        is_known = plain_form(word) in _known_names(word)
        is_name = word[0].isdigit() or (
            word[0].isupper()
            and (is_known or (not opens and not shouted) or (not all_large and _is_initials(word)))
        )
        yield re.sub(r"['’]s$", "", word), is_name


def _is_empty(word: str) -> bool:
    plain = word.lower()
    return plain in _EMPTY_FORMS or (stem(word) in _EMPTY_WORDS and plain not in _FULL_FORMS)


def _known_names(word: str) -> frozenset[str]:
    same = same_names(plain_form(word))
    return same if len(same) > 1 else frozenset()


def _is_initials(word: str) -> bool:
    return len(word) > 1 and word.replace(".", "").isupper()


_SMALL = frozenset("a an and as at but by for from if in of on or the to vs with".split())
"""Words that a headline writes small."""


def _all_capitals(words: Sequence[str]) -> bool:
    """Whether a line is written in capitals, or as a headline, so that they say nothing.

    "Who is Steve Witkoff?" is no headline: one would write "Is" large.
    """
    rest = [word for word in words[1:] if word.lower() not in _SMALL]
    return len(words) > 3 and bool(rest) and all(word[0].isupper() for word in rest)
