"""Words that a statement puts between quotation marks: are they the source's own?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Fate = Literal["verbatim", "altered", "stitched"]

_QUOTED = re.compile(r"“([^“”]+)”|(?<![\w”])\"([^\"]+)\"")
_GAP = re.compile(r"\s*(?:\[?…\]?|\[?\.\s?\.\s?\.\]?)\s*")
_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
MIN_RUN = 2
"""Words in a row that count as a piece taken from somewhere."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words between quotation marks and what became of them."""

    words: str
    fate: Fate


def quotations_in(statement: str) -> tuple[str, ...]:
    """The words between each pair of double quotation marks, in order."""
    return tuple((found[1] or found[2]).strip() for found in _QUOTED.finditer(statement))


def check_quotations(statement: str, cited: Sequence[str]) -> tuple[Quoted, ...]:
    """Each quotation of `statement`, compared with the spans it cites.

    Verbatim: in one span, but for the case of its first letter, kinds of quotation marks and
    the full stop or comma before the closing mark; where the quotation has an ellipsis, its
    parts in that order in one span. Stitched: put together from two or more places.
    """
    spans = [_plain(words) for words in cited]
    return tuple(Quoted(words, _fate(words, spans)) for words in quotations_in(statement))


def _fate(quoted: str, spans: Sequence[str]) -> Fate:
    parts = [part for part in (_bare(part) for part in _GAP.split(_plain(quoted))) if part]
    if any(_in_order(parts, span) for span in spans):
        return "verbatim"
    if len(parts) == 1 and not any(_runs(parts[0].split(), span) for span in spans):
        pieces = _runs(parts[0].split(), " | ".join(spans))
        return "stitched" if pieces else "altered"
    if len(parts) > 1 and all(any(_holds(span, part) >= 0 for span in spans) for part in parts):
        return "stitched"
    return "stitched" if any(_runs(" ".join(parts).split(), span) for span in spans) else "altered"


def _in_order(parts: Sequence[str], span: str) -> bool:
    at = 0
    for part in parts:
        found = _holds(span[at:], part)
        if found < 0:
            return False
        at += found + len(part)
    return bool(parts)


def _holds(span: str, part: str) -> int:
    """Where `part` begins in `span` as whole words, or -1."""
    found = re.search(rf"(?<!\w){re.escape(part)}(?!\w)", span)
    return found.start() if found else -1


def _runs(words: Sequence[str], span: str) -> bool:
    """Whether all `words` come from `span` in runs of at least `MIN_RUN`, more than one."""
    at, runs = 0, 0
    while at < len(words):
        length = next(
            (
                size
                for size in range(len(words) - at, MIN_RUN - 1, -1)
                if _holds(span, " ".join(words[at : at + size])) >= 0
            ),
            0,
        )
        if not length:
            return False
        at, runs = at + length, runs + 1
    return runs > 1


def _plain(words: str) -> str:
    return " ".join(words.translate(_MARKS).casefold().split())


def _bare(words: str) -> str:
    return words.strip(" .,;:!?'\"[]")
