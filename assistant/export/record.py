"""What a document remembers of its own lines: a short hash of each, and its footnotes.

The record is kept in the document's properties, which Word and LibreOffice keep when a
person edits and saves, and in the metadata on top of a Markdown file. It finds edits, not
forgers: who changes a line can change the record too, and is then found by the library alone.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Literal

from assistant.export.document import AUTHOR, OWN
from assistant.export.footnotes import comparable
from assistant.export.reading import RECORD, Written, WrittenLine

LineStanding = Literal[
    "altered", "added", "missing", "footnote missing", "record gone", "author's own"
]

_VERSION = "v1"
_ENTRY = re.compile(r"\b(?P<hash>[0-9a-f]{8})(?:\.(?P<notes>\d+))?(?P<own>o)?\b")
_MOST_CHARS = 240
"""Of one property: Word shows and keeps at most 255."""
_COUNTS = re.compile(r"^Check\s+(?P<lines>[\d,]+) lines? and (?P<notes>[\d,]+) footnotes?,")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Recorded:
    """One line at the export."""

    hash: str
    notes: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class LineFinding:
    """A line that is not what it was at the export, or that nothing of the library is behind."""

    standing: LineStanding
    words: str
    """As the document has them; empty for one that is gone."""
    detail: str
    place: int | None = None
    """Which of the document's lines it is, from 0; `None` for one that is gone."""

    @property
    def contradicts(self) -> bool:
        """Whether it speaks against the document; a person's own words do not."""
        return self.standing != "author's own"


def is_own(line: WrittenLine) -> bool:
    """Whether a line is marked as the author's: by its style, or ``(author)`` at its end."""
    return line.style == OWN or line.words.rstrip().endswith(AUTHOR)


def make_record(lines: Sequence[WrittenLine]) -> Mapping[str, str]:
    """The properties that remember `lines`: name and value, none longer than Word keeps."""
    parts: list[str] = [_VERSION]
    for one in map(_recorded, lines):
        entry = f"{one.hash}{f'.{one.notes}' if one.notes else ''}{'o' if one.is_own else ''}"
        if len(parts[-1]) + 1 + len(entry) > _MOST_CHARS:
            parts.append(_VERSION)
        parts[-1] += f" {entry}"
    return {f"{RECORD}-{number}": part for number, part in enumerate(parts, start=1)}


def hold_against_record(document: Written) -> tuple[LineFinding, ...]:
    """What differs between the document's lines and its record, and the author's own lines.

    Where the first page counts lines and the record is gone, that is a finding too; where
    neither is there, only the author's own lines are listed.
    """
    before = tuple(_recorded_in(document.record))
    own = tuple(
        LineFinding("author's own", _shown(line), "Not checked: the author's own words.", place)
        for place, line in enumerate(document.lines)
        if is_own(line)
    )
    if not before:
        return (*_without_record(document), *own)
    return (*_changes(before, document.lines), *own)


def _changes(before: Sequence[Recorded], lines: Sequence[WrittenLine]) -> Iterator[LineFinding]:
    """A line that only stands elsewhere is no change: what is compared is which lines there are."""
    after = tuple(map(_recorded, lines))
    was, now = [one.hash for one in before], [one.hash for one in after]
    surplus = Counter(now)
    surplus.subtract(was)
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    for _, start, end, first, last in matcher.get_opcodes():
        gone = _taken(surplus, before[start:end], sign=-1)
        come = [first + at for at in _taken(surplus, after[first:last], sign=1)]
        for _, place in zip(gone, come, strict=False):
            detail = "It is not as it was exported."
            yield LineFinding("altered", _shown(lines[place]), detail, place)
        for place in come[len(gone) :]:
            yield _added(lines[place], place)
        for _ in gone[len(come) :]:
            after_what = f"after “{_shown(lines[first - 1])}”" if first else "at the beginning"
            yield LineFinding("missing", "", f"A line {after_what} is gone.")
    yield from _fewer_notes(before, after, lines)


def _taken(surplus: Counter[str], run: Sequence[Recorded], *, sign: int) -> list[int]:
    """The places in `run` of lines of which there are too few (`sign` -1) or too many (1).

    Each is taken from the `surplus`; the author's own may come and go.
    """
    taken = []
    for at, one in enumerate(run):
        if surplus[one.hash] * sign > 0:
            surplus[one.hash] -= sign
            if not one.is_own:
                taken.append(at)
    return taken


def _fewer_notes(
    before: Sequence[Recorded], after: Sequence[Recorded], lines: Sequence[WrittenLine]
) -> Iterator[LineFinding]:
    had: dict[str, list[int]] = defaultdict(list)
    for one in before:
        had[one.hash].append(one.notes)
    for place, one in sorted(enumerate(after), key=lambda each: -each[1].notes):
        if had[one.hash]:
            most = max(had[one.hash])
            had[one.hash].remove(most)
            if one.notes < most:
                yield _without_note(lines[place], most - one.notes, place)


def _added(line: WrittenLine, place: int) -> LineFinding:
    behind = "Only its footnote was checked" if line.notes else "It carries no footnote"
    detail = f"{behind} and it was not there at the export; end it with {AUTHOR} if it is yours."
    return LineFinding("added", _shown(line), detail, place)


def _without_note(line: WrittenLine, count: int, place: int) -> LineFinding:
    detail = "1 footnote is" if count == 1 else f"{count} footnotes are"
    return LineFinding("footnote missing", _shown(line), f"{detail} gone from this line.", place)


def _without_record(document: Written) -> Iterator[LineFinding]:
    counted = next(
        (found for line in document.lines if (found := _COUNTS.match(line.words.strip()))), None
    )
    if counted is None:
        return
    detail = "The record of the lines is no longer in the document, so they cannot be compared."
    yield LineFinding("record gone", "", detail)
    there = sum(len(line.notes) for line in document.lines)
    noted = int(counted["notes"].replace(",", ""))
    if there < noted:
        yield LineFinding("footnote missing", "", f"{there} of {noted} footnotes are there.")


def _recorded(line: WrittenLine) -> Recorded:
    words = comparable(line.words)
    return Recorded(sha256(words.encode()).hexdigest()[:8], len(line.notes), is_own(line))


def _recorded_in(record: str) -> Iterator[Recorded]:
    for found in _ENTRY.finditer(record):
        yield Recorded(found["hash"], int(found["notes"] or 0), bool(found["own"]))


def _shown(line: WrittenLine) -> str:
    words = " ".join(line.words.split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rstrip()}…"
