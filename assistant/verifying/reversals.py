"""Is a statement turned round, in Ukrainian, Russian, Polish, German or French?

Where a clause of the statement has the words of a clause of its source, both must deny, or
neither. Across languages nothing is read: then it can be said only that it was not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.polarity import DENYING_BEGINNINGS, NEGATIONS, REFUSALS
from index.stemming import telling_stems_in
from sources.language import is_foreign, language_of_question, name_of

READ = frozenset(NEGATIONS) | {"en"}
"""ISO 639-1 codes of the languages whose negations are read."""

_SHARE = 0.6
"""Of the words of the statement's clause, from which on a clause speaks of the same."""
_LEAST_ALIKE = 4
"""Letters that a word and the same with a denying beginning must share."""
_CLAUSE_END = re.compile(
    r"[,;:()—–]|\s-\s|\b(?:але|однак|хоча|проте|но|однако|хотя|ale|lecz|jednak|choć|aber|sondern"
    r"|jedoch|obwohl|doch|mais|cependant|quoique|і|та|й|и|oraz|i|und|et)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Clause:
    """The stems of a clause's content words, and whether it denies what they say."""

    stems: frozenset[str]
    denies: bool
    turn: str
    """The word that denies; empty without one."""


def language_of(words: str) -> str | None:
    """The language of a sentence, `None` where it is not known; bare words count as English."""
    return language_of_question(words) if is_foreign(words) else "en"


def language_of_both(statement: str, languages: Sequence[str | None]) -> str | None:
    """The language of a statement whose cited sentences are in `languages`.

    One that could be of several is taken to be in theirs.
    """
    own = language_of(statement)
    return own if own is not None or len(set(languages)) != 1 else languages[0]


def unread(statement: str, languages: Sequence[str | None]) -> str | None:
    """Why it was not read whether sentences in `languages` deny `statement`; `None` if it was."""
    own = language_of_both(statement, languages)
    others = set(languages)
    if own in READ and others <= {own}:
        return None
    if own is None or None in others:
        return "whether they deny it was not read: their language is not known"
    if own not in READ:
        return f"whether they deny it was not read, which is not done in {name_of(own)}"
    strange = sorted(name_of(code) for code in others if code not in (own, None))
    return (
        f"the statement is in {name_of(own)} and the cited words in {' and '.join(strange)}:"
        " whether they deny it was not read"
    )


def reversed_negation(statement: str, cited: Sequence[str], language: str) -> str | None:
    """The word that denies in one of both alone; `None` where they agree, or share too little.

    `language` is that of both, and has its words in `NEGATIONS`.
    """
    theirs = [clause for words in cited for clause in _clauses(words, language)]
    for clause in _clauses(statement, language):
        alike = [(one, _turned_words(clause, one, language)) for one in theirs]
        same = [
            (one, turned)
            for one, turned in alike
            if len(clause.stems & one.stems) + len(turned) >= _SHARE * len(clause.stems)
        ]
        if not clause.stems or not same:
            continue
        if any((clause.denies == one.denies) == (len(turned) % 2 == 0) for one, turned in same):
            continue
        one, turned = same[0]
        return clause.turn or one.turn or turned[0]
    return None


def _clauses(words: str, language: str) -> Iterator[_Clause]:
    for clause in _CLAUSE_END.split(words):
        negation = NEGATIONS[language].search(clause)
        refusal = REFUSALS[language].search(clause)
        bare = NEGATIONS[language].sub(" ", clause)
        found = negation or refusal
        yield _Clause(
            stems=frozenset(telling_stems_in(bare, language)),
            denies=(negation is None) != (refusal is None),
            turn=found.group() if found else "",
        )


def _turned_words(one: _Clause, other: _Clause, language: str) -> tuple[str, ...]:
    """The words that one clause has with a denying beginning and the other without."""
    return tuple(
        turned
        for beginning in DENYING_BEGINNINGS[language]
        for has, lacks in ((one, other), (other, one))
        for turned in sorted(has.stems - lacks.stems)
        for stem in lacks.stems - has.stems
        if turned.startswith(f"{beginning}{stem[:_LEAST_ALIKE]}") and len(stem) >= _LEAST_ALIKE
    )
