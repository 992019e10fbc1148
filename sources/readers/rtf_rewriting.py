"""An RTF document written anew so that pandoc reads all of it (Rich Text Format 1.9.1).

Pandoc takes other alphabets than the Western one for Western letters, leaves out comments and
page headers, and counts lists itself although their numbers stand in the file.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace

from sources.readers.illustrations import count_picture
from sources.readers.pandoc_words import BETWEEN, CLOSE, OPEN, marked_note
from sources.readers.rtf_letters import CODECS, escaped, escaped_all, is_codec

NOTE_HERE, NOTE_BELOW = "\ufdd4", "\ufdd5"
"""Characters of no text: where the next note belongs, and what stands before each of the notes,
which follow the document in order. Pandoc puts the table that it is in, or is just behind, into a
note."""

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,40})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<hex>[0-9a-fA-F]{2})"
    r"|(?P<symbol>\\(?:[^a-zA-Z']|\Z))|(?P<brace>[{}])|(?P<text>[^\\{}]+)|(?P<other>\\')"
)
_SYMBOLS = 2
_DEEPEST = 1_000
_DROPPED = frozenset("shprslt nonshppict nonesttables atnid atnref atrfstart atrfend".split())
_PICTURES = frozenset({"pict", "objdata"})
_OF_STYLES = frozenset("s sbasedon outlinelevel".split())
"""All that is kept of a style: paragraphs repeat how they look, and pandoc takes the looks of one
style for those of another."""
_PAGE = re.compile(r"(header|footer)[lrf]?")
_COUNTED = re.compile(r"\s*(?:TOC|INDEX)\b", re.IGNORECASE)
_UNKNOWN_LEVEL = "1"
_MERGED = {"clvmrg": "above", "clmrg": "left"}
_TWIP_CM = 2.54 / 1440
_LEAST_LETTERS = 12
"""Of a page header that says something: "Page 3 of 10" does not."""


@dataclass(slots=True)
class _Group:
    """What holds within a pair of braces."""

    font: int = 0
    fallback: int = 1
    """How many characters stand for one that old programs cannot show."""
    destination: str = ""
    is_hidden: bool = False
    is_deleted: bool = False
    closing: str = ""
    """What is written before it ends."""
    target: int = 0
    """Which of the texts is written to: 0 the document, 1 a page header, 2 none, 3 a note."""


@dataclass(frozen=True, slots=True)
class RowShape:
    """A table's row: of each cell, which neighbour it is one with; whether the row is a head."""

    merged: tuple[str, ...]
    is_head: bool


class Rewriting:
    """Writes the document anew; `told` counts what was left out, `rows` are its tables' rows."""

    def __init__(self, written: str) -> None:
        self.told: Counter[str] = Counter()
        self.rows: list[RowShape] = []
        self._has_marks = "\\listtext" in written or "\\pntext" in written
        self._charsets: dict[int, int] = {}
        self._codec = "cp1252"
        self._group = _Group()
        self._stack: list[_Group] = []
        self._out: list[str] = []
        self._page: list[str] = []
        self._pages: dict[str, str] = {}
        self._noted: list[list[str]] = []
        self._bytes = bytearray()
        self._skip = self._high = 0
        self._level: int | None = None
        self._open_mark: int | None = None
        self._author: list[str] = []
        self._field: list[str] = []
        self._drops_result = False
        self._shape: list[str] = []
        self._merge = ""
        self._is_head = False
        self._sizes: dict[str, float] = {}
        self._was_hidden = self._was_deleted = self._was_new = False
        self._between = False
        self._begins = False
        at = 0
        while at < len(written) and (found := _TOKEN.match(written, at)):
            at = found.end()
            if found["word"] == "bin":
                at += max(0, int(found["number"] or 0))
            else:
                self._take(found)
        self._flush()
        while self._stack:
            self._close()

    def written(self) -> str:
        """The document, in ASCII, with page headers as notes at its end."""
        body = "".join(self._out).rstrip()
        below = "".join(
            f"\\pard\\plain {escaped(NOTE_BELOW)}{''.join(one)}\\par" for one in ([], *self._noted)
        )
        return body.removesuffix("}") + below + "".join(self._pages.values()) + "}"

    def _take(self, found: re.Match[str]) -> None:
        if found["hex"]:
            if self._skip:
                self._skip -= 1
            else:
                self._bytes.append(int(found["hex"], 16))
            return
        text = found["text"]
        if text is not None:
            self._text(text.replace("\r", "").replace("\n", ""))
            return
        self._flush()
        if found["brace"] == "{":
            self._open()
        elif found["brace"] == "}":
            self._close()
        elif found["word"]:
            number = found["number"]
            # The space ends the word where the line that ended it in the file is gone.
            whole = found[0] if found[0].endswith(" ") else f"{found[0]} "
            self._word(found["word"], int(number) if number else None, whole)
        elif found["symbol"] == "\\*":
            self._write("\\*")
        elif found["symbol"] in ("\\\n", "\\\r"):
            self._write("\\par ")
        elif found["symbol"]:
            self._begins = False
            if self._skip:
                self._skip -= 1
            else:
                self._write(found["symbol"])

    def _text(self, text: str) -> None:
        cut = min(self._skip, len(text))
        self._skip -= cut
        text = text[cut:]
        if not text:
            return
        high = [character for character in text if character > "\x7f"]
        if high:  # bytes of the font's alphabet, which some programs write as they are
            for character in text:
                if character > "\x7f":
                    self._bytes.append(ord(character))
                else:
                    self._flush()
                    self._say(character)
            return
        self._flush()
        self._say(text)

    def _say(self, text: str) -> None:
        """Write words, all of them printable as they are in RTF."""
        self._begins = False
        group = self._group
        match group.destination:
            case "atnauthor":
                self._author.append(text)
            case "fldinst":
                self._field.append(text)
        if group.target == 2:
            return
        if text.strip() and not group.destination:
            self.told["hidden"] += group.is_hidden and not self._was_hidden
            self.told["changes"] += group.is_deleted and not self._was_deleted
            self._was_hidden, self._was_deleted = group.is_hidden, group.is_deleted
        if self._between and text.strip():
            self._between = False
            self._write(", ")
        self._write(text)

    def _say_unit(self, unit: int) -> None:
        """Say a UTF-16 unit: two of them may be one character."""
        if 0xD800 <= unit < 0xDC00:
            self._high = unit
        elif 0xDC00 <= unit < 0xE000:
            if self._high:
                self._say(escaped(chr(0x10000 + ((self._high & 0x3FF) << 10) + (unit & 0x3FF))))
            self._high = 0
        else:
            self._say(escaped(chr(unit)))

    def _flush(self) -> None:
        """Say the bytes that wait, as letters of the font's alphabet."""
        if not self._bytes:
            return
        charset = self._charsets.get(self._group.font, 0)
        raw = bytes(self._bytes)
        self._bytes.clear()
        codec = CODECS.get(charset, self._codec)
        letters = raw.decode(codec, "replace")
        if charset == _SYMBOLS:
            letters = "•" * len(raw)
        self._say(escaped_all(letters))

    def _open(self) -> None:
        if len(self._stack) < _DEEPEST:
            self._write("{")
            self._stack.append(self._group)
            self._group = replace(self._group, closing="")
            self._begins = True
            self._skip = 0

    def _close(self) -> None:
        if not self._stack:
            return
        group = self._group
        self._write(group.closing)
        self._group = self._stack.pop()
        if group.target == 3 and self._group.target == 0:
            self._noted[-1].append("}")
        else:
            self._write("}")  # where the brace that begins the group was written
        self._skip = 0
        if group.destination == "pict" and self._group.destination != "pict":
            wide, high = (self._sizes.get(one) for one in ("picwgoal", "pichgoal"))
            count_picture(self.told, wide, high, None)
        if group.destination == "fldinst" and self._group.destination != "fldinst":
            instruction = "".join(self._field)
            self._field.clear()
            self._drops_result = bool(_COUNTED.match(instruction))
            self.told["contents"] += self._drops_result
        if group.target == 1 and self._group.target == 0:
            self._end_page(group.destination)

    def _end_page(self, kind: str) -> None:
        content = "".join(self._page)
        self._page.clear()
        words = re.sub(r"\\[a-z]+-?\d* ?|[{}]", "", content)
        if sum(map(str.isalpha, words)) >= _LEAST_LETTERS or content.count("\\u") >= _LEAST_LETTERS:
            sign = "".join(map(escaped, marked_note(f"page {kind}")))
            self._pages[words] = f"\\pard\\plain {{\\footnote \\pard\\plain {sign}{content}}}\\par"

    def _word(self, word: str, number: int | None, whole: str) -> None:
        begins, self._begins = self._begins, False
        group = self._group
        if begins and self._destination(word):
            return
        if group.destination == "stylesheet" and word not in ("u", "uc", "f"):
            self._write(whole if word in _OF_STYLES else "")
            return
        match word:
            case "u":
                self._skip = 0
                self._say_unit((number or 0) % 0x10000)
                self._skip = group.fallback
            case "uc":
                group.fallback = max(0, min(number or 0, 10))
            case "ansicpg":
                self._codec = f"cp{number}" if is_codec(f"cp{number}") else "cp1252"
            case "f" if group.destination != "fonttbl":
                group.font = number or 0
                self._write(whole)
            case "f" | "deff":
                group.font = number or 0
                self._write(whole)
            case "fcharset":
                self._charsets[group.font] = number or 0
                self._write(whole)
            case "ls" if self._has_marks:
                return
            case "ilvl":
                self._level = (number or 0) + 1
                self._place_level()
                self._write("" if self._has_marks else whole)
            case "pard":
                if group.destination not in ("listtext", "pntext"):
                    self._level = None
                    self._write(whole)
            case "picwgoal" | "pichgoal":
                self._sizes[word] = (number or 0) * _TWIP_CM
            case "par":
                self._open_mark = None
                self._write(whole)
            case "deleted":
                group.is_deleted = number != 0
                self._write("\\v " if number != 0 else "\\v0 ")
            case "revised":
                self.told["changes"] += number != 0 and not self._was_new
                self._was_new = number != 0
            case "v":
                group.is_hidden = number != 0
                self._write(whole)
            case "plain":
                group.is_hidden = group.is_deleted = self._was_new = False
                self._write(whole)
            case "tab" if group.destination in ("listtext", "pntext"):
                return
            case "nestcell":
                self._between = True
            case "nestrow":
                self._between = False
                self._write("\\par ")
            case _:
                self._row(word, group)
                self._write(whole)

    def _row(self, word: str, group: _Group) -> None:
        if group.destination == "nesttableprops":
            return
        match word:
            case "trowd":
                self._shape.clear()
                self._is_head, self._merge = False, ""
            case "trhdr":
                self._is_head = True
            case "clvmrg" | "clmrg":
                self._merge = _MERGED[word]
            case "cellx":
                self._shape.append(self._merge)
                self._merge = ""
            case "row":
                self.rows.append(RowShape(tuple(self._shape), self._is_head))

    def _destination(self, word: str) -> bool:
        """Begin a group that is read in a way of its own; `False` for any other."""
        group = self._group
        page = _PAGE.fullmatch(word)
        if word in ("listtext", "pntext"):
            group.destination = word
            group.closing = escaped(CLOSE)
            self._write(escaped(OPEN))
            self._open_mark = len(self._out) if group.target == 0 else None
            self._write(_UNKNOWN_LEVEL)
            self._write(escaped(BETWEEN))
            self._place_level()
        elif word in ("annotation", "shptxt"):
            sign = "text box"
            if word == "annotation":
                self.told["comments"] += 1
                author = "".join(self._author).strip()[:200]
                sign = f"comment, {author}" if author else "comment"
                self._author.clear()
            self._unstar()
            self._begin_note(group)
            self._write(f"\\footnote {escaped(OPEN)}n{escaped(BETWEEN)}{sign}{escaped(CLOSE)}")
        elif word == "footnote":
            self._unstar()
            self._begin_note(group)
            self._write("\\footnote ")
        elif page:
            group.destination, group.target = page[1], 1
        elif word in _DROPPED or (word == "fldrslt" and self._drops_result):
            self._unstar()
            group.target = 2
            self._drops_result = False
        elif word in _PICTURES:
            self._unstar()
            if word == "pict" and group.target != 2:
                group.destination = word
                self._sizes = {}
            group.target = 2
        elif word in ("atnauthor", "fldinst"):
            group.destination = word
            if word == "atnauthor":
                self._author.clear()
                group.target = 2
            else:
                self._write("\\fldinst ")
        elif word in ("fonttbl", "stylesheet", "info", "listtable", "nesttableprops", "colortbl"):
            group.destination = word
            self._write(f"\\{word} ")
        else:
            return False
        return True

    def _begin_note(self, group: _Group) -> None:
        """Write a note below the document, and in its place that it belongs there."""
        if group.target == 0:
            self._write(f"{escaped(NOTE_HERE)}}}")
            group.target = 3
            self._noted.append(["{"])

    def _unstar(self) -> None:
        """What only programs that know it are to read, is for all."""
        if self._out and self._out[-1] == "\\*":
            self._out.pop()

    def _place_level(self) -> None:
        """Write the level of the paragraph's list where its mark begins, once both are known."""
        if self._open_mark is not None and self._level is not None:
            self._out[self._open_mark] = str(min(self._level, 9))

    def _write(self, rtf: str) -> None:
        if rtf and self._group.target == 0:
            self._out.append(rtf)
        elif rtf and self._group.target == 1:
            self._page.append(rtf)
        elif rtf and self._group.target == 3:
            self._noted[-1].append(rtf)
