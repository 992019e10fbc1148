"""The words of one paragraph of Markdown: without marks, pictures, tags, struck words and signs
of notes."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sources.readers.pieces import Note, Words, count_letters

if TYPE_CHECKING:
    from markdown_it.token import Token

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)")
_UNSEEN = frozenset({"script", "style", "template", "noscript", "svg"})
_STRUCK = frozenset({"s", "del", "strike"})
_SIGN = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§]|(?<=[\[(])[a-z])[\])]?(?:\s?[,;–-]\s?\d{1,3})*")
_MEASURED = re.compile(r"(?:(?<![^\W\d_])(?:[kcdm]?m|ft|yd|mi)|(?<!\d)10)$")
"""What a small number above the line belongs to: "m²", "10⁶"."""
_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_STRAY = re.compile(r"\*\*+|!?\[([^\[\]\n]{0,300})\]\((?:https?:|/|#|mailto:)[^()\n]{0,500}\)")
"""Marks that the parser took for words: ``** bold**``, an address with a space in it."""


class InlineReader:
    """Reads the parsed inline tokens of one text, whose notes it knows."""

    def __init__(self) -> None:
        self.notes: dict[str, str] = {}
        """By label; set before reading."""
        self.used: set[str] = set()
        self.struck = 0

    def read(self, tokens: Sequence["Token"]) -> Words:
        """What is said in them."""
        state = _State()
        for token in tokens:
            match token.type:
                case "text" | "text_special":
                    state.add(_STRAY.sub(r"\1", token.content))
                case "code_inline":
                    state.add(token.content)
                case "softbreak" | "hardbreak":
                    state.add("\n")
                case "image":
                    state.pictures += 1
                case "link_open":
                    state.open_link()
                case "link_close":
                    state.links -= 1
                case "s_open":
                    self.struck += state.hidden == 0
                    state.hidden += 1
                case "s_close":
                    state.hidden -= 1
                case "footnote_ref":
                    state.notes += self._note(token)
                case "html_inline":
                    self._read_tag(token.content, state)
        return state.words()

    def _note(self, token: "Token") -> list[Note]:
        label = str(token.meta.get("label") or "")
        if label not in self.notes:
            label = f"^{token.meta.get('id')}"
        words = self.notes.get(label, "")
        if label in self.used or not words:
            return []
        self.used.add(label)
        sign = str(int(token.meta["id"]) + 1) if label.startswith("^") else label
        return [(sign, words)]

    def _read_tag(self, written: str, state: "_State") -> None:
        found = _TAG.match(written)
        if found is None:
            return
        name, step = found["name"].lower(), -1 if found["end"] else 1
        if name == "br":
            state.add("\n")
        elif name in _UNSEEN or name in _STRUCK:
            self.struck += name in _STRUCK and step > 0 and state.hidden == 0
            state.hidden = max(0, state.hidden + step)
        elif name == "a":
            if step > 0:
                state.open_link()
            else:
                state.links = max(0, state.links - 1)
        elif name == "sup":
            state.raise_words(is_open=step > 0)


class _State:
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.notes: list[Note] = []
        self.linked = self.pictures = self.links = self.hidden = 0
        self.opened = 0
        self._raised_from: int | None = None

    def add(self, words: str) -> None:
        if self.hidden:
            return
        self.pieces.append(words)
        if self.links:
            self.linked += count_letters(words)

    def open_link(self) -> None:
        """What is added from now on is a link's."""
        self.links += 1
        self.opened += 1

    def raise_words(self, *, is_open: bool) -> None:
        """The words between ``<sup>`` and ``</sup>`` are a note's sign, a power, or as they are."""
        if is_open:
            self._raised_from = len(self.pieces)
            return
        begin, self._raised_from = self._raised_from, None
        if begin is None:
            return
        raised = "".join(self.pieces[begin:]).strip()
        before = "".join(self.pieces[max(0, begin - 3) : begin])
        if re.fullmatch(r"-?\d", raised) and _MEASURED.search(before):
            self.pieces[begin:] = [raised.translate(_RAISED)]
        elif _SIGN.fullmatch(raised):
            del self.pieces[begin:]

    def words(self) -> Words:
        # What was left out leaves the spaces on both sides of it.
        said = re.sub(r"(?<=\S)  +(?=\S)", " ", "".join(self.pieces))
        said = re.sub(r" +(?=[,.;:!?](?:\s|$))", "", said)
        return Words(said, self.linked, tuple(self.notes), self.pictures, self.opened)
