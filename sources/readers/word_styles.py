"""What the styles of a Word document say of paragraphs and words: headings, lists, hidden text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sources.readers.word_xml import VAL, WORD, is_on, number_in, value_of

_HEADING = re.compile(r"heading ([1-9])")
_NO_HEADING = 9
"""The outline level of plain text."""
_FLAGS = ("vanish", "strike", "dstrike", "b")


@dataclass(frozen=True, slots=True)
class Look:
    """Of a style or a run, what matters to reading; `None` where it does not say."""

    flags: Mapping[str, bool] = field(default_factory=dict)
    raised: str | None = None
    """``superscript``, ``subscript``, ``baseline``."""

    def over(self, below: "Look") -> "Look":
        """This look where it says something, else the one below."""
        raised = below.raised if self.raised is None else self.raised
        return Look({**below.flags, **self.flags}, raised)

    def has(self, flag: str) -> bool:
        """Whether the flag (``vanish``, ``strike``, ``dstrike``, ``b``) is set."""
        return self.flags.get(flag, False)


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it inherits."""

    look: Look = PLAIN
    name: str = ""
    level: int | None = None
    """Of a heading, 1 to 9; 0 for a style that says it is none."""
    list_id: str | None = None
    list_level: int | None = None
    has_first_row: bool = False
    """Of a table's style: whether it sets the first row apart."""


class Styles:
    """The styles of ``styles.xml`` by their ids."""

    def __init__(self, root: Any | None) -> None:
        self._elements: dict[str, Any] = {}
        self._resolved: dict[str, Style] = {}
        self._default = ""
        self._base = Style()
        if root is None:
            return
        for element in root.iterchildren(f"{WORD}style"):
            name = element.get(f"{WORD}styleId") or ""
            self._elements[name] = element
            if element.get(f"{WORD}type") == "paragraph" and is_on(element.get(f"{WORD}default")):
                self._default = name
        defaults = root.find(f"{WORD}docDefaults/{WORD}rPrDefault/{WORD}rPr")
        self._base = Style(look_of(defaults))

    def of(self, name: str | None) -> Style:
        """The style of that id, without what all paragraphs have; an empty one if unknown."""
        return self._resolve(name or "", ())

    def of_paragraph(self, name: str | None) -> Style:
        """The style of a paragraph, which is the default one where it names none."""
        return self.of(name if name in self._elements else self._default)

    @property
    def base(self) -> Look:
        """The look of words that no style says anything of."""
        return self._base.look

    def _resolve(self, name: str, below: tuple[str, ...]) -> Style:
        if name in self._resolved:
            return self._resolved[name]
        element = self._elements.get(name)
        if element is None or name in below or len(below) > 50:
            return Style()
        parent_name = value_of(element, "basedOn") or ""
        parent = self._resolve(parent_name, (*below, name))
        shown = " ".join((value_of(element, "name") or "").lower().split())
        properties = element.find(f"{WORD}pPr")
        numbered = properties.find(f"{WORD}numPr") if properties is not None else None
        level = _own_level(shown, properties)
        style = Style(
            look=look_of(element.find(f"{WORD}rPr")).over(parent.look),
            name=shown,
            level=parent.level if level is None else level,
            list_id=(value_of(numbered, "numId") if numbered is not None else None)
            or parent.list_id,
            list_level=number_in(numbered, "ilvl") if numbered is not None else parent.list_level,
            has_first_row=parent.has_first_row
            or any(
                one.get(f"{WORD}type") == "firstRow"
                for one in element.iterchildren(f"{WORD}tblStylePr")
            ),
        )
        self._resolved[name] = style
        return style


def look_of(properties: Any | None) -> Look:
    """What run properties (``w:rPr``) say."""
    if properties is None or not len(properties):
        return PLAIN
    flags = {}
    raised = None
    for one in properties:
        if not isinstance(one.tag, str):
            continue
        name = one.tag.rpartition("}")[2]
        if name in _FLAGS:
            flags[name] = is_on(one.get(VAL), default=True)
        elif name == "vertAlign":
            raised = one.get(VAL)
    return Look(flags, raised)


def outline_level(properties: Any | None) -> int | None:
    """The heading's level that paragraph properties say, from 1; 0 for plain text."""
    level = number_in(properties, "outlineLvl") if properties is not None else None
    if level is None:
        return None
    return 0 if not 0 <= level < _NO_HEADING else level + 1


def _own_level(name: str, properties: Any | None) -> int | None:
    if name == "title":
        return 1
    heading = _HEADING.fullmatch(name)
    return int(heading[1]) if heading else outline_level(properties)
