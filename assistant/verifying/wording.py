"""A statement as its source would word it: what is the same by exact reading is made to look so.

A network sees that "Zelenskyy" is not "Zelensky", and 800 thousand not 800,000; code knows better.
"""

import re

from assistant.verifying.names import names_in
from sources.quantities.quantity import is_given_by, single
from sources.quantities.reading import read_quantities

_CONDITIONS = frozenset(
    "after assuming before except if once only or pending provided providing should subject till"
    " unless until when whether without".split()
)
"""Words whose part of a sentence may not be left away."""


def worded_as(statement: str, cited: str) -> str:
    """`statement` with the names and numbers that `cited` has in another form written as there."""
    changes: list[tuple[int, int, str]] = []
    there = [name for name in names_in(cited) if name.last]
    for name in names_in(statement):
        words = " ".join(name.words)
        same = next((one for one in there if one.last & name.last), None)
        if words not in cited and same is not None:
            changes.append((name.start, name.end, " ".join(same.words)))
    given = tuple(single(read_quantities(cited)))
    for figure in single(read_quantities(statement)):
        is_there = figure.span.of(statement) in cited
        other = next((one for one in given if is_given_by(figure, (one,))), None)
        if not is_there and other is not None and is_given_by(other, (figure,)):
            changes.append((figure.span.start, figure.span.end, other.span.of(cited)))
    for start, end, words in sorted(changes, reverse=True):
        statement = statement[:start] + words + statement[end:]
    return statement


def begins(statement: str, cited: str) -> bool:
    """Whether `cited` begins with the very words of `statement` and what follows sets no
    condition; also where both are the same."""
    own, there = (re.findall(r"\w+", words.casefold()) for words in (statement, cited))
    return bool(own) and there[: len(own)] == own and not _CONDITIONS & set(there[len(own) :])
