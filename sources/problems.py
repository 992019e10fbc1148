"""What a reader could not do with a file, in plain words; apart from it, what it did not read.

A reader that leaves words of a file out says so by an `Unread` among its problems: then nothing
may claim that the source does not have a word. Other problems are remarks.
"""

import json
import re
from collections.abc import Iterable, Sequence

_SAYS_SO = re.compile(
    r"\b(?:not|never|cannot) (?:be )?(?:read|decoded|recogni[sz]ed)\b|\bunread(?:able)?\b"
    r"|\bhold no text\b|\bholds no text\b",
    re.IGNORECASE,
)


class Unread(str):
    """A problem that tells of words in the file that are not in its text."""

    __slots__ = ()


def known(problems: Iterable[str]) -> tuple[str, ...]:
    """The problems, those in plain words that say that something is not read as `Unread`."""
    return tuple(
        Unread(one) if not isinstance(one, Unread) and _SAYS_SO.search(one) else one
        for one in problems
    )


def unread(problems: Iterable[str]) -> tuple[Unread, ...]:
    """Those of the problems that tell of unread words."""
    return tuple(one for one in problems if isinstance(one, Unread))


def to_json(problems: Sequence[str]) -> str:
    """The problems as they are kept, and as they cross from one process to another."""
    written = [{"unread": str(one)} if isinstance(one, Unread) else one for one in problems]
    return json.dumps(written, ensure_ascii=False)


def from_json(written: str) -> tuple[str, ...]:
    """The problems in what `to_json`, or an earlier version of this program, wrote."""
    found = json.loads(written)
    return known(Unread(one["unread"]) if isinstance(one, dict) else one for one in found)
