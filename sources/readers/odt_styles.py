"""What the styles of an OpenDocument text say: raised, struck and hidden words, headings, lists.

The numbers of lists stand nowhere in the words: they are counted here (OpenDocument 1.3 part 3,
chapters 5.3 and 16.30 to 16.36).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sources.readers.numerals import write_number

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
TEXT = f"{{{_OASIS}:text:1.0}}"
STYLE = f"{{{_OASIS}:style:1.0}}"
OFFICE = f"{{{_OASIS}:office:1.0}}"
TABLE = f"{{{_OASIS}:table:1.0}}"
DRAW = f"{{{_OASIS}:drawing:1.0}}"
PRESENTATION = f"{{{_OASIS}:presentation:1.0}}"
_LIST_FORMATS = (
    f"{STYLE}num-list-format",
    "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}num-list-format",
)
_NUMERALS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_PLACE = re.compile(r"%(\d{1,2})%")
_KEPT_BULLETS = frozenset("-–—*")
_PERCENT = re.compile(r"(-?\d{1,3})%")
OUTLINE = "\0outline"
"""The name of the list that numbers headings."""


@dataclass(frozen=True, slots=True)
class Look:
    """Of words or a paragraph, what its style says."""

    position: str = ""
    """``Superscript`` or ``Subscript``."""
    is_struck: bool = False
    is_hidden: bool = False
    level: int | None = None
    """Of a heading."""
    list_name: str | None = None
    is_title: bool = False
    is_table_heading: bool = False


@dataclass(slots=True)
class Level:
    """How one level of a list is written."""

    numeral: str | None = None
    """`None` for a bullet, "" for no number."""
    before: str = ""
    after: str = ""
    shown_levels: int = 1
    start: int = 1
    pattern: str = ""
    bullet: str = "•"


@dataclass(slots=True)
class Count:
    """How far a list is counted."""

    reached: dict[int, int] = field(default_factory=dict)

    def mark(self, levels: Mapping[int, Level], at: int, start: int | None) -> str | None:
        """What is written before the next item on the level `at`, counted from 1."""
        level = levels.get(at)
        for deeper in [step for step in self.reached if step > at]:
            del self.reached[deeper]
        if level is None or level.numeral is None:
            return None if level is None else level.bullet
        if start is None:
            start = self.reached[at] + 1 if at in self.reached else level.start
        self.reached[at] = start
        if not level.numeral:
            return f"{level.before}{level.after}".strip() or None
        if level.pattern:
            return _PLACE.sub(lambda one: self._number(levels, int(one[1])), level.pattern).strip()
        steps = range(max(1, at - level.shown_levels + 1), at + 1)
        numbers = [number for step in steps if (number := self._number(levels, step))]
        return f"{level.before}{'.'.join(numbers)}{level.after}".strip()

    def _number(self, levels: Mapping[int, Level], at: int) -> str:
        level = levels.get(at)
        if level is None or not level.numeral:
            return ""
        return write_number(self.reached.get(at, level.start), level.numeral)


class OdtStyles:
    """The styles of an OpenDocument text by their names."""

    def __init__(self, roots: Iterable[Any]) -> None:
        self._elements: dict[tuple[str, str], Any] = {}
        self._looks: dict[tuple[str, str], Look] = {}
        self.lists: dict[str, Mapping[int, Level]] = {}
        for root in roots:
            for element in root.iter(f"{STYLE}style"):
                key = (element.get(f"{STYLE}family") or "", element.get(f"{STYLE}name") or "")
                self._elements[key] = element
            for element in root.iter(f"{TEXT}list-style"):
                self.lists[element.get(f"{STYLE}name") or ""] = dict(_levels(element))
            for element in root.iter(f"{TEXT}outline-style"):
                self.lists[OUTLINE] = dict(_levels(element))

    def look(self, family: str, name: str | None) -> Look:
        """The look of a style of the family ``text`` or ``paragraph``, with what it inherits."""
        return self._look((family, name or ""), 0)

    def _look(self, key: tuple[str, str], depth: int) -> Look:
        if key in self._looks:
            return self._looks[key]
        element = self._elements.get(key)
        family, name = key
        if element is None or depth > 30:
            return Look(is_title=key == ("paragraph", "Title"))
        parent = self._look((family, element.get(f"{STYLE}parent-style-name") or ""), depth + 1)
        said = element.find(f"{STYLE}text-properties")
        attributes: Mapping[str, str] = said.attrib if said is not None else {}
        level = element.get(f"{STYLE}default-outline-level")
        self._looks[key] = look = Look(
            position=_position(attributes.get(f"{STYLE}text-position"), parent.position),
            is_struck=_is_struck(attributes, parent.is_struck),
            is_hidden=attributes.get(f"{TEXT}display", "none" if parent.is_hidden else "")
            == "none",
            level=int(level) if level and level.isascii() and level.isdigit() else parent.level,
            list_name=element.get(f"{STYLE}list-style-name", parent.list_name),
            is_title=key == ("paragraph", "Title") or parent.is_title,
            is_table_heading=name == "Table_20_Heading" or parent.is_table_heading,
        )
        return look


def _position(written: str | None, inherited: str) -> str:
    """``super 58%``, ``-33% 58%``: what it says; else what is inherited."""
    if written is None:
        return inherited
    place = written.split(" ")[0]
    percent = _PERCENT.fullmatch(place)
    if percent:
        place = "super" if int(percent[1]) > 0 else "sub" if int(percent[1]) < 0 else ""
    return {"super": "Superscript", "sub": "Subscript"}.get(place, "")


def _is_struck(attributes: Mapping[str, str], inherited: bool) -> bool:
    said = [
        attributes[f"{STYLE}text-line-through-{name}"]
        for name in ("style", "type")
        if f"{STYLE}text-line-through-{name}" in attributes
    ]
    return "none" not in said if said else inherited


def _levels(element: Any) -> Iterator[tuple[int, Level]]:
    for one in element:
        at = _number(one.get(f"{TEXT}level"), 0)
        if not 1 <= at <= 10:
            continue
        if one.tag == f"{TEXT}list-level-style-bullet":
            bullet = one.get(f"{TEXT}bullet-char") or ""
            yield at, Level(bullet=bullet if bullet in _KEPT_BULLETS else "•")
        elif one.tag == f"{TEXT}list-level-style-image":
            yield at, Level()
        else:
            written = one.get(f"{STYLE}num-format") or ""
            numeral = _NUMERALS.get(written, "decimal" if written else "")
            if written[:1] in ("а", "А"):  # Cyrillic: LibreOffice writes the alphabet's begin
                numeral = "russianLower" if written[0] == "а" else "russianUpper"
            yield (
                at,
                Level(
                    numeral=numeral,
                    before=(one.get(f"{STYLE}num-prefix") or "")[:100],
                    after=(one.get(f"{STYLE}num-suffix") or "")[:100],
                    shown_levels=_number(one.get(f"{TEXT}display-levels"), 1),
                    start=_number(one.get(f"{TEXT}start-value"), 1),
                    pattern=next((one.get(name) for name in _LIST_FORMATS if one.get(name)), "")[
                        :200
                    ],
                ),
            )


def _number(written: str | None, otherwise: int) -> int:
    """A whole number as it is written, within bounds; `otherwise` where it is none."""
    is_one = written is not None and written.isascii() and written.isdigit()
    return min(int((written or "")[:9]), 1_000_000) if is_one else otherwise


number_in = _number
