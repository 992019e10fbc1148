"""Words that single one out of many: "the first", "largest", "northernmost".

A sentence that lacks the superlative of a question rarely answers it: what was built is not
what was built first. Pure reading of words.
"""

import re

from assistant.asking.vocabulary import WORD, is_known, stem

_AFTER_WHAT_IT_SINGLES_OUT = re.compile(
    r"\b(?:the|a|an|his|her|its|their|our|your|my|whose|which|what|\w+['’]s|\w+s['’])"
    r"\s(first|last|only|most|least)\b",
    re.IGNORECASE,
)
"""After anything else these may be no superlatives: "How long do the guarantees last?"."""
_ORDINALS = frozenset({"first", "last"})
_POSSESSIVE = re.compile(r"(?:\b(?:his|her|its|their|our|my|your)|['’]s|s['’])\s$", re.IGNORECASE)
_BY_THEMSELVES = frozenset({"best", "worst"})
_NO_SUPERLATIVES = frozenset({"conquest", "latest"})
"""The latest asks for news, which no text calls so."""
_SHORTEST = len("oldest")
_MOST = len("topmost")


def superlatives_in(words: str) -> frozenset[str]:
    """Their stems; empty where there is none. A capitalised one is part of a name."""
    found = {match.group(1) for match in _AFTER_WHAT_IT_SINGLES_OUT.finditer(words)}
    found |= {match.group() for match in WORD.finditer(words) if _is_superlative(match.group())}
    return frozenset(stem(word) for word in found if word == word.lower())


def singles_out(question: str, words: str) -> bool:
    """Whether `words` hold each superlative of `question`.

    Somebody's own first is not the first of all: "their first Cup" does not answer for "the".
    """
    held = stems_of(words)
    for found in superlatives_in(question):
        if found not in held:
            return False
        of_all = re.search(rf"\bthe (?:very )?{found}\b", question, re.IGNORECASE) is not None
        if of_all and found in _ORDINALS and not _of_all(found, words):
            return False
    return True


def _of_all(found: str, words: str) -> bool:
    return any(
        _POSSESSIVE.search(words[: match.start()]) is None
        for match in re.finditer(rf"\b{found}\b", words, re.IGNORECASE)
    )


def stems_of(words: str) -> frozenset[str]:
    """The stems of all words."""
    return frozenset(stem(match.group()) for match in WORD.finditer(words))


def _is_superlative(word: str) -> bool:
    if word in _BY_THEMSELVES:
        return True
    if word in _NO_SUPERLATIVES:
        return False
    if word.endswith("est"):
        return len(word) >= _SHORTEST and is_known(f"{word.removesuffix('est')}er")
    return word.endswith("most") and len(word) >= _MOST
