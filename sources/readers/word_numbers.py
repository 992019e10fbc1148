"""The numbers that Word writes before paragraphs: "Article 2", "2.1", "(a)", "Chapter I", "§ 1".

They stand nowhere in the words: lists are defined in ``numbering.xml``, and counted as Word
counts (ECMA-376 part 1, 17.9).
"""

import re
from dataclasses import dataclass, replace
from typing import Any

from sources.readers.numerals import NUMERALS, write_number
from sources.readers.word_styles import Styles
from sources.readers.word_xml import VAL, WORD, children, is_on, number_in, value_of

_PLACE = re.compile(r"%([1-9])")
_SYMBOL_FONTS = ("symbol", "wingdings", "webdings", "zapf", "monotype sorts")
_KEPT_BULLETS = frozenset("-–—*§")
_MOST_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """How paragraphs of one level are numbered."""

    start: int = 1
    numeral: str = "decimal"
    written: str = ""
    """With ``%1`` for the number of the first level, and so on."""
    restarts_after: int | None = None
    """The level, from 1, after which counting begins anew; 0 for never, `None` for any above."""
    is_legal: bool = False
    """Whether all numbers are written in plain figures."""
    style: str | None = None


@dataclass(slots=True)
class _List:
    """A ``w:num``: which definition it uses, and what it changes."""

    definition: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Numbering:
    """The definitions of lists; `counting` begins a count of a text's paragraphs."""

    def __init__(self, root: Any | None, styles: Styles) -> None:
        self._lists: dict[str, _List] = {}
        self.in_figures: set[str] = set()
        """Kinds of numerals that were written in plain figures, since they are not known."""
        if root is None:
            return
        definitions = {
            one.get(f"{WORD}abstractNumId") or "": one for one in children(root, "abstractNum")
        }
        used = {
            one.get(f"{WORD}numId") or "": value_of(one, "abstractNumId") or ""
            for one in children(root, "num")
        }
        levels: dict[str, dict[int, Level]] = {}
        for one in children(root, "num"):
            number = one.get(f"{WORD}numId") or ""
            definition = _linked(used[number], definitions, used, styles)
            if definition not in levels:
                levels[definition] = _levels_in(definitions.get(definition))
            self._lists[number] = _overridden(one, definition, levels[definition])

    def counting(self) -> "Counting":
        """A count that begins at the beginning."""
        return Counting(self._lists, self.in_figures)

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """The level of a list that is linked to a paragraph style."""
        found = self._lists.get(list_id)
        for at, level in found.levels.items() if found else ():
            if level.style == style:
                return at
        return None


class Counting:
    """Counts paragraphs in the order in which they stand."""

    def __init__(self, lists: dict[str, _List], in_figures: set[str]) -> None:
        self._lists = lists
        self._in_figures = in_figures
        self._reached: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def mark(self, list_id: str, at: int) -> str | None:
        """What is written before the next paragraph on the level `at`, counted from 0.

        `None` for a list that is not defined, or a level that writes nothing.
        """
        one = self._lists.get(list_id)
        level = one.levels.get(at) if one else None
        if one is None or level is None:
            return None
        reached = self._reached.setdefault(one.definition, {})
        self._count(list_id, one, at, level, reached)
        if level.numeral == "bullet":
            return level.written
        values = {
            step: reached.get(step, one.starts.get(step, above.start))
            for step, above in one.levels.items()
        }

        def number(place: re.Match[str]) -> str:
            step = int(place[1]) - 1
            numeral = one.levels[step].numeral if step in one.levels else "decimal"
            if numeral in ("none", "bullet"):
                return ""
            if level.is_legal and numeral != "decimalZero":
                numeral = "decimal"
            if numeral not in NUMERALS:
                self._in_figures.add(numeral)
            return write_number(values.get(step, 1), numeral)

        return _PLACE.sub(number, level.written).strip() or None

    def _count(
        self, list_id: str, one: _List, at: int, level: Level, reached: dict[int, int]
    ) -> None:
        if at in one.starts and (list_id, at) not in self._begun:
            self._begun.add((list_id, at))
            reached[at] = one.starts[at]
        else:
            reached[at] = reached[at] + 1 if at in reached else level.start
        for deeper in [step for step in reached if step > at]:
            after = one.levels[deeper].restarts_after if deeper in one.levels else None
            if after is None or (after and at < after):
                del reached[deeper]


def _linked(name: str, definitions: Any, used: dict[str, str], styles: Styles) -> str:
    """The definition itself where one only names a style of lists that defines it."""
    for _ in range(5):
        element = definitions.get(name)
        link = value_of(element, "numStyleLink") if element is not None else None
        if not link:
            break
        list_id = styles.of(link).list_id
        found = used.get(list_id or "") or next(
            (key for key, one in definitions.items() if value_of(one, "styleLink") == link), None
        )
        if not found or found == name:
            break
        name = found
    return name


def _levels_in(definition: Any | None) -> dict[int, Level]:
    found = {}
    for one in children(definition, "lvl") if definition is not None else ():
        at = _index(one)
        if at is not None:
            found[at] = _level(one)
    return found


def _overridden(element: Any, definition: str, levels: dict[int, Level]) -> _List:
    one = _List(definition, dict(levels), {})
    for change in children(element, "lvlOverride"):
        at = _index(change)
        if at is None:
            continue
        for level in children(change, "lvl"):
            one.levels[at] = _level(level)
        start = number_in(change, "startOverride")
        if start is not None:
            one.starts[at] = start
            if at in one.levels:
                one.levels[at] = replace(one.levels[at], start=start)
    return one


def _index(element: Any) -> int | None:
    written = element.get(f"{WORD}ilvl") or ""
    return int(written) if written in {str(at) for at in range(_MOST_LEVELS)} else None


def _level(element: Any) -> Level:
    format_ = element.find(f"{WORD}numFmt")
    if format_ is None:  # Word writes kinds that are newer than the first edition in two ways
        format_ = next(element.iter(f"{WORD}numFmt"), None)
    numeral = format_.get(VAL) if format_ is not None else "decimal"
    written = value_of(element, "lvlText") or ""
    if numeral == "custom":
        numeral = "decimalZero" if "01" in (format_.get(f"{WORD}format") or "") else "decimal"
    if numeral == "bullet":
        written = _bullet(element, written)
    start, legal = number_in(element, "start"), element.find(f"{WORD}isLgl")
    return Level(
        start=0 if start is None else start,
        numeral=numeral or "decimal",
        written=written[:200],
        restarts_after=number_in(element, "lvlRestart"),
        is_legal=legal is not None and is_on(legal.get(VAL), default=True),
        style=value_of(element, "pStyle"),
    )


def _bullet(element: Any, written: str) -> str:
    """A dash or an asterisk as it is written, any other sign as "•"."""
    font = element.find(f"{WORD}rPr/{WORD}rFonts")
    names = " ".join(font.attrib.values()).lower() if font is not None else ""
    is_symbol = any(one in names for one in _SYMBOL_FONTS)
    return written if written in _KEPT_BULLETS and not is_symbol else "•"
