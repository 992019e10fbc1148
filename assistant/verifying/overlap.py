"""Which words of a statement stand in what it cites, in any form: what a model must beat."""

from collections.abc import Sequence

from assistant.asking.aliases import same_names
from assistant.asking.vocabulary import STOP_WORDS, WORD, plain_form, stem
from assistant.verifying.amounts import with_plain_numbers


def word_overlap(statement: str, cited: Sequence[str]) -> float:
    """The share of the statement's words that occur in `cited`, in [0, 1]; 0 without any."""
    held = {form for sentence in cited for form in _forms(sentence)}
    forms = _forms(statement)
    return sum(form in held for form in forms) / len(forms) if forms else 0.0


def telling_forms(words: str) -> frozenset[str]:
    """The forms of the words that say more than stop words do."""
    return frozenset(_forms(words, telling=True))


def _forms(words: str, *, telling: bool = False) -> list[str]:
    return [
        _form(match.group())
        for match in WORD.finditer(with_plain_numbers(words))
        if not telling or match.group().lower().replace("’", "'") not in STOP_WORDS
    ]


def _form(word: str) -> str:
    plain = plain_form(word)
    same = same_names(plain)
    if len(same) > 1 and (plain != "us" or word.isupper() or "." in word):
        return min(same)
    return plain.replace(",", "") if plain[:1].isdigit() else stem(word)
