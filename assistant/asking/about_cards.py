"""Questions that cards answer and texts seldom do: who wrote it, who published it, and when.

Pure reading of the question.
"""

import re
from dataclasses import dataclass
from typing import Literal

Field = Literal["author", "publisher", "published"]

_ANY = "article|text|source|story|piece|document"
_SOME = (
    "memo|memorandum|treaty|agreement|accord|minutes|interview|statement|letter|e-?mail|transcript"
    "|speech|report|draft|paper|study|briefing|analysis"
)
_WHAT = rf"(?:the|this|that) (?P<what>(?P<noun>{_ANY}|{_SOME})\b[^?]*?)"
_ASKS: tuple[tuple[Field, str], ...] = (
    ("author", rf"who (?:wrote|authored|is the (?:author|writer) of) {_WHAT}"),
    ("publisher", rf"(?:who|which \w+) (?:published|issued|is the publisher of) {_WHAT}"),
    ("publisher", rf"where was {_WHAT} published"),
    ("published", rf"(?:when was|what is the date of|from when is|how old is) {_WHAT}"
     r"(?: (?:published|written|issued|dated))?"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AskedCard:
    """A field of a card that a question asks for."""

    field: Field
    kind: str | None
    """The kind of text as a title may name it ("memo"); `None` for any text."""
    about: str
    """What else is said of the text ("about Zelenivka"); empty for nothing."""


def asked_card(question: str) -> AskedCard | None:
    """The field of a card that `question` asks for; `None` where it asks for none."""
    words = question.strip().rstrip("?. ")
    for field, asks in _ASKS:
        found = re.fullmatch(rf"(?:and |but )?{asks}", words, re.IGNORECASE)
        if found is not None:
            noun = found["noun"].lower()
            kind = None if re.fullmatch(_ANY, noun) else noun
            return AskedCard(field, kind, found["what"][len(noun) :].strip())
    return None
