"""A question that sets two parties side by side, as a question about each.

"How do Washington and Kyiv differ on the duration?" is answered by what each says of it.
"""

import re
from dataclasses import dataclass

_NAME = r"(?:the )?[A-Z][\w’'.-]*?(?: [A-Z][\w’'.-]*?)*"
_POSITIONS = (
    r"(?:positions?|views?|stances?|opinions?|attitudes?|figures|numbers|demands?|statements?"
    r"|responses?)"
)
_TWO = rf"(?P<one>{_NAME})(?:['’]s)?(?: {_POSITIONS})?,? {{joint}} (?P<other>{_NAME})"
_REST = (
    rf"(?:['’]s)?(?: {_POSITIONS})?(?: differ| disagree| say)?(?: on[?.!]*$)?"
    r"(?: (?:on|about|over|regarding|concerning|in|as to) (?P<topic>.+?))?[?.!]*$"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^(?:[Pp]lease )?[Cc]ompare (?:the )?(?:{_POSITIONS} of )?"
        + _TWO.format(joint="(?:and|with|to|against|vs\\.?|versus)")
        + _REST,
        r"^(?:[Hh]ow|[Ww]here|On what|[Ww]hat) (?:do|does|did) "
        + _TWO.format(joint="(?:and|differ from|disagree with)")
        + _REST,
        rf"\b[Dd]ifferences? between (?:the )?(?:{_POSITIONS} of )?"
        + _TWO.format(joint="and")
        + _REST,
        r"^" + _TWO.format(joint="(?:vs\\.?|versus)") + _REST,
    )
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two parties, and what they are compared on."""

    one: str
    other: str
    topic: str | None

    @property
    def questions(self) -> tuple[str, str]:
        """What each of them says of it, as two questions."""
        about = f" about {self.topic}" if self.topic else ""
        return f"What does {self.one} say{about}?", f"What does {self.other} say{about}?"


def read_comparison(question: str) -> Comparison | None:
    """The comparison that `question` asks for; `None` where it sets no two names apart."""
    if not re.search(r"\b(?:compare|differ\w*|disagree|vs|versus)\b", question, re.IGNORECASE):
        return None
    for pattern in _PATTERNS:
        found = pattern.search(question)
        if found:
            return Comparison(found["one"], found["other"], found["topic"])
    return None
