"""Fields of a Word document: what they show is words, what they are told to do is none."""

import re
from dataclasses import dataclass
from typing import Any

from sources.readers.word_xml import WORD, is_on, number_in, value_of

_DROPPED = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "TOC", "INDEX", "TC", "XE"})
"""Their words are no words of the text: numbers of pages, and lists of what is said elsewhere."""
_UNCOUNTED = frozenset({"LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT"})
"""Word counts these as it shows them, and keeps no result."""
_NAME = re.compile(r"\s*([A-Za-z]+)")
_NO_BOX = ("☐", "☒")


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    shows: bool = False
    form: Any = None

    @property
    def name(self) -> str:
        found = _NAME.match(self.instruction)
        return found[1].upper() if found else ""


class Fields:
    """The fields that are open where a text is being read; they may reach over paragraphs."""

    def __init__(self) -> None:
        self._open: list[_Field] = []
        self.contents = 0
        """How many tables of contents there were."""
        self._uncounted = 0
        self._written = ""

    @property
    def is_dropped(self) -> bool:
        """Whether words here are an instruction, or a result that is not read."""
        return any(not one.shows or one.name in _DROPPED for one in self._open)

    def takes(self, name: str, element: Any) -> bool:
        """Whether the piece of a run belongs to a field rather than to the words."""
        if name == "fldChar":
            match element.get(f"{WORD}fldCharType"):
                case "begin":
                    self.begin(element.find(f"{WORD}ffData"))
                case "separate":
                    self.show()
                case "end":
                    self.end()
            return True
        if name in ("instrText", "delInstrText"):
            self.instruct(element.text or "")
            return True
        return False

    def begin(self, form: Any = None) -> None:
        """A field begins, with its instruction; `form` is what it is filled in with."""
        self._open.append(_Field(form=form))

    def instruct(self, words: str) -> None:
        """Its instruction goes on."""
        if self._open and not self._open[-1].shows:
            self._open[-1].instruction += words

    def show(self) -> None:
        """Its result begins."""
        if self._open:
            self._open[-1].shows = True
            self.contents += self._open[-1].name == "TOC"

    def end(self) -> None:
        """It ends."""
        if not self._open:
            return
        field = self._open.pop()
        self._uncounted += field.name in _UNCOUNTED
        if field.form is not None and not self.is_dropped:
            self._written += _chosen_in(field.form)

    def take_uncounted(self) -> int:
        """How many numbers were shown since, of which no result is kept."""
        number, self._uncounted = self._uncounted, 0
        return number

    def take_written(self) -> str:
        """What boxes and lists of a form that ended since are set to."""
        words, self._written = self._written, ""
        return words


def _chosen_in(form: Any) -> str:
    box = form.find(f"{WORD}checkBox")
    if box is not None:
        mark = box.find(f"{WORD}checked")
        if mark is None:
            mark = box.find(f"{WORD}default")
        return _NO_BOX[mark is not None and is_on(mark.get(f"{WORD}val"), default=True)]
    choices = form.find(f"{WORD}ddList")
    if choices is None:
        return ""
    entries = [one.get(f"{WORD}val") or "" for one in choices.iterchildren(f"{WORD}listEntry")]
    at = number_in(choices, "result")
    if at is None:
        at = number_in(choices, "default") or 0
    return entries[at] if 0 <= at < len(entries) else value_of(choices, "default") or ""
