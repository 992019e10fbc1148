"""Lines to paragraphs: which line ends are a writer's, and which only the width of a page made.

For e-mail wrapped at 72 characters, and for what a page breaks by ``<br>``.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sources.readers.list_marks import written_mark

_TERMINAL = re.compile(r"[.!?…:;][”\"'’»)\]]*$")
_COLUMNS = re.compile(r"\S(?:\t| {3,})\S")
_HYPHENED = re.compile(r"[^\W\d_]-$")
_FIRST_WORD = re.compile(r"\S+")
_TOKEN = re.compile(r"\w+(?:-\w+)*")
_WIDE = 100
"""Lines longer than this are not wrapped at a width: each is a paragraph."""
_NARROW = 60
_SEVERAL = 3
"""Lines that all begin anew are a list, an address, a poem: below this width, or so many."""
_WOULD_FIT = 0.75
"""A line end is the writer's where the next word would have fitted into this part of the width."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A paragraph, or an item with its written mark, which is not in its words."""

    words: str
    mark: str | None = None


def words_known(text: str) -> Mapping[str, int]:
    """How often each word stands in a text: what tells a hyphen from one that a line end made."""
    return Counter(found.group() for found in _TOKEN.finditer(text.casefold()))


def paragraphs(lines: Sequence[str], known: Mapping[str, int] | None = None) -> Iterator[Joined]:
    """The paragraphs and items that a run of lines without a blank one is."""
    width = max(map(len, lines), default=0)
    goes_on = any(_begins_low(line) for line in lines[1:])
    current: list[str] = []
    mark: str | None = None
    for line in lines:
        found = written_mark(line.lstrip())
        if current and found and not _may_begin_item(current[-1], found, mark):
            found = None
        if found or (
            current and not _is_soft(current[-1], line, width, len(lines), goes_on=goes_on)
        ):
            yield from _joined(current, mark, known or {})
            current, mark = [], found
            line = line.lstrip()[len(found) :] if found else line
        current.append(line.strip())
    yield from _joined(current, mark, known or {})


def _joined(lines: Sequence[str], mark: str | None, known: Mapping[str, int]) -> Iterator[Joined]:
    if not lines:
        return
    words = lines[0]
    for line in lines[1:]:
        if _HYPHENED.search(words) and _begins_low(line):
            words = words[:-1] + line if _only_by_line_end(words, line, known) else words + line
        else:
            words = f"{words} {line}"
    if words:
        yield Joined(words, mark)


def _only_by_line_end(words: str, line: str, known: Mapping[str, int]) -> bool:
    head, tail = _TOKEN.findall(words[:-1].casefold()), _TOKEN.findall(line.casefold())
    if not head or not tail:
        return False
    return known.get(f"{head[-1]}-{tail[0]}", 0) <= known.get(f"{head[-1]}{tail[0]}", 0)


def _may_begin_item(before: str, found: str, mark: str | None) -> bool:
    """ "… signed on\\n12. Juni" is no item: a number needs a line before it that has ended."""
    return not found[0].isdigit() or mark is not None or _TERMINAL.search(before) is not None


def _is_soft(before: str, line: str, width: int, count: int, *, goes_on: bool) -> bool:
    if _COLUMNS.search(line) or _COLUMNS.search(before):
        return False
    if _begins_low(line):
        return True
    if width > _WIDE or (not goes_on and (width < _NARROW or count >= _SEVERAL)):
        return False
    first = _FIRST_WORD.search(line)
    return len(before) + 1 + len(first.group() if first else "") > _WOULD_FIT * width


def _begins_low(line: str) -> bool:
    first = line.lstrip()[:1]
    return first.islower()
