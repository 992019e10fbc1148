"""Words that turn a statement round or weaken it: negations and modal verbs."""

import re

MODAL = re.compile(r"\b(?:will|would|could|can|may|might|must|shall|should|cannot)\b", re.I)
NEGATION = re.compile(r"\b(?:not|never|no|nor|none|without|cannot)\b|n[’']t\b", re.I)


def modals_in(words: str) -> frozenset[str]:
    """The modal verbs of `words`, in lower case."""
    return frozenset(found.group().casefold() for found in MODAL.finditer(words))


def is_negated(words: str) -> bool:
    """Whether `words` hold a negation anywhere."""
    return NEGATION.search(words) is not None
