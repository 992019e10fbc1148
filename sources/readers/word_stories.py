"""A Word document written anew with all that it shows, for pandoc to read.

What Word keeps apart from the words is put among them: the numbers of lists, text boxes, comments,
page headers and endnotes (as footnotes), chosen entries of forms. What it hides is left out:
deleted and hidden words, instructions of fields, content that only waits to be filled in. The
new document has no styles but headings and no parts but its words, so nothing else reaches pandoc.
"""

from collections import Counter
from typing import Any

from sources.readers.numerals import write_number
from sources.readers.packages import Package
from sources.readers.pandoc_words import marked_note
from sources.readers.word_numbers import Numbering
from sources.readers.word_story import Story
from sources.readers.word_styles import Styles
from sources.readers.word_xml import (
    WORD,
    add,
    children,
    is_on,
    name_of,
    new,
    number_in,
    text_run,
    value_of,
    words_of,
)

_DEEPEST = 4
"""Notes within notes; a file may say that one is within itself."""
_NOTE_KINDS = ("footnote", "endnote")
_LEAST_LETTERS = 12
"""Of a page header that says something: "Page 3 of 10" does not."""


class WordStories:
    """The texts of a Word document: `rewritten` gives them as a document for pandoc."""

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        parts: dict[str, list[str]] = {}
        for kind, part in package.relations(main).values():
            parts.setdefault(kind, []).append(part)
        self._parts = parts
        root = package.xml(main)
        self._body: Any = root.find(f"{WORD}body") if root is not None else None
        if self._body is None:
            raise package.damaged()
        self.styles = Styles(self._first("styles"))
        self.numbering = Numbering(self._first("numbering"), self.styles)
        settings = self._first("settings")
        self._notes = {
            kind: {
                one.get(f"{WORD}id"): one
                for one in children(root, kind)
                if one.get(f"{WORD}type") in (None, "normal")
            }
            for kind in _NOTE_KINDS
            if (root := self._first(f"{kind}s")) is not None
        }
        self._comments = {
            one.get(f"{WORD}id"): one
            for root in [self._first("comments")]
            if root is not None
            for one in children(root, "comment")
        }
        self._signs = {kind: _note_signs(kind, settings, self._body) for kind in _NOTE_KINDS}
        self._new_notes: list[Any] = []
        self._sign_run: Any = None
        self._depth = 0
        self._was_hidden = False
        self.told: Counter[str] = Counter()
        self.title = ""
        """The words of the first paragraph in the style of titles."""

    def rewritten(self) -> tuple[Any, Any]:
        """The new document and its footnotes, as elements."""
        document, notes = new("document"), new("footnotes")
        body = add(document, "body")
        story = Story(self, counting=self.numbering.counting())
        story.write(list(self._body), body)
        self.told["contents"] += story.fields.contents
        self._headers(body)
        for note in self._new_notes:
            notes.append(note)
        self.told["numerals"] = len(self.numbering.in_figures)
        return document, notes

    def note(self, kind: str, reference: Any) -> str | None:
        """The new note for a reference to a footnote or endnote; `None` where it leads nowhere."""
        note = self._notes.get(kind, {}).get(reference.get(f"{WORD}id"))
        if note is None or self._depth >= _DEEPEST:
            return None
        if is_on(reference.get(f"{WORD}customMarkFollows")):
            self._sign_run = reference.getparent()
            sign = words_of(self._sign_run).strip() or "*"
        else:
            numeral, number = self._signs[kind]
            self._signs[kind] = (numeral, number + 1)
            sign = write_number(number, numeral)
        return self.new_note(sign, note)

    def takes_as_sign(self, text: Any) -> bool:
        """Whether these words are the sign of the note before them."""
        return self._sign_run is not None and text.getparent() is self._sign_run

    def comment(self, reference: Any) -> str | None:
        """The new note for a comment; `None` where it leads nowhere."""
        comment = self._comments.get(reference.get(f"{WORD}id"))
        if comment is None or self._depth >= _DEEPEST:
            return None
        self.told["comments"] += 1
        author = " ".join((comment.get(f"{WORD}author") or "").split())[:100]
        return self.new_note(f"comment, {author}" if author else "comment", comment)

    def new_note(self, sign: str, content: Any) -> str:
        """A footnote of the new document with that sign; returns its id."""
        note = new("footnote")
        number = str(len(self._new_notes) + 1)
        note.set(f"{WORD}id", number)
        self._new_notes.append(note)
        story = Story(self, counting=self.numbering.counting())
        self._depth += 1
        story.write(content, note)
        self._depth -= 1
        first = next(note.iter(f"{WORD}p"), None)
        if first is None:
            first = add(note, "p")
        first.insert(
            1 if len(first) and name_of(first[0]) == "pPr" else 0, text_run(marked_note(sign))
        )
        return number

    def hide(self, is_hidden: bool) -> None:
        """Count a stretch of hidden words: runs that follow one another are one."""
        self.told["hidden"] += is_hidden and not self._was_hidden
        self._was_hidden = is_hidden

    def _first(self, kind: str) -> Any | None:
        parts = self._parts.get(kind)
        return self._package.xml(parts[0]) if parts else None

    def _headers(self, body: Any) -> None:
        """Page headers and footers that say something, each once, as notes at the end."""
        said: set[str] = set()
        for kind in ("header", "footer"):
            for part in self._parts.get(kind, ()):
                root = self._package.xml(part)
                words = " ".join(words_of(root).split()) if root is not None else ""
                if words in said or root is None:
                    continue
                said.add(words)
                before = Counter(self.told)
                number = self.new_note(f"page {kind}", root)
                shown = words_of(self._new_notes[int(number) - 1])
                shown = shown.removeprefix(marked_note(f"page {kind}"))
                if sum(map(str.isalpha, shown)) < _LEAST_LETTERS:
                    self.told = before
                    continue
                add(add(add(body, "p"), "r"), "footnoteReference").set(f"{WORD}id", number)


def _note_signs(kind: str, settings: Any | None, body: Any) -> tuple[str, int]:
    """How notes of the kind are numbered, and from where on."""
    numeral, start = ("decimal" if kind == "footnote" else "lowerRoman"), 1
    section = body.find(f"{WORD}sectPr")
    for place in (settings, section):
        said = place.find(f"{WORD}{kind}Pr") if place is not None else None
        if said is not None:
            numeral = value_of(said, "numFmt") or numeral
            start = number_in(said, "numStart") or start
    return numeral, start
