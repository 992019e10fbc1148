"""Who says it, in the words of the text: "Zelensky said …", "NBC News reported …"."""

import re

_SAYS = (
    "said|says|told|reported|reports|added|stressed|warned|announced|declared|noted|argued"
    "|claimed|claims|wrote|stated|insisted|confirmed|denied|called|cited|explained"
)
_NAME = r"(?:(?:[A-Z]\.)+[A-Z]?\.?|[A-Z][\w’'-]*\w)"
_SPEAKER = re.compile(rf"({_NAME}(?:\s{_NAME})*)\s(?:has\s|had\s|also\s)?(?:{_SAYS})\b")
_NOBODY = frozenset("He She It They We I You This That These Those There Who".split())


def find_speaker(words: str) -> str | None:
    """The first speaker that the words name before a verb of saying, as they name them."""
    for found in _SPEAKER.finditer(words):
        if found.group(1) not in _NOBODY:
            return found.group(1)
    return None
