"""Markdown by markdown-it: its words in blocks, and none of its marks.

Pictures' descriptions, comments, tags and struck words are no text. What the parser cannot be
asked in bounded time is read as plain text, and that is told.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sources.readers.content import Content, normalise
from sources.readers.decoding import decode_and_tell
from sources.readers.front_matter import split_front_matter
from sources.readers.furniture import headline_of, without_furniture
from sources.readers.inline import InlineReader
from sources.readers.lines import Unwrapper
from sources.readers.pieces import Piece, PieceKind, Words, build
from sources.readers.plain import paragraphs_of
from sources.readers.tagged import pieces_of_html

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_MAX_CHARACTERS = 2_000_000
"""Longer texts, some ten seconds of parsing, are read as plain text."""
_MAX_MARKS = 4_000
"""So many in one paragraph are no Markdown; each may be looked at again for each."""
_MAX_NESTING = 60
_MARK = re.compile(r"[\[\]*_`<~!^&]")
_LONGEST_UNDERLINED = 150
"""Characters of a heading that only a line of ``---`` below makes one. Longer ones are prose with
a rule after it."""
_TASK = re.compile(r"\[([ xX])\]\s+")
_NOT_CLOSED = re.compile(
    r"<!--(?!.*-->)|<(script|style|pre|textarea)\b(?!.*</\1)", re.DOTALL | re.I
)
_PIPED = re.compile(r"\|.*\|")


def read_markdown(raw: bytes, name: str) -> Content:
    """A Markdown file in blocks, without the menus and buttons of the page it was taken from."""
    decoded, problems = decode_and_tell(raw, name=name)
    front = split_front_matter(decoded, name)
    problems = (*problems, *front.problems)
    pieces, told = pieces_of(normalise(front.body))
    kept = without_furniture(pieces)
    left_out = sum(piece.kind != "picture" for piece in pieces) - len(kept)
    if left_out:
        lines = "1 line" if left_out == 1 else f"{left_out} lines"
        told += (f"{lines} of menus, buttons, picture credits and the like were left out.",)
    fields, from_text = headline_of(kept, front.fields, name)
    return build(kept).content(fields, (*problems, *told, *from_text))


def pieces_of(body: str) -> tuple[list[Piece], tuple[str, ...]]:
    """The pieces of a Markdown text in order, and what is to be told of them."""
    reader = None if len(body) > _MAX_CHARACTERS else _Reader(body)
    try:
        pieces = reader.pieces() if reader else None
    except RecursionError:
        pieces = None
    if reader is None or pieces is None:
        whole = [Piece("paragraph", Words(one)) for one in paragraphs_of(body)]
        return whole, ("Its Markdown is too long or too deep: it is read as plain text.",)
    return pieces, reader.problems()


@dataclass(slots=True)
class _Place:
    """Where in lists and quotations the next words stand."""

    lists: list["_List"] = field(default_factory=list)
    quotations: int = 0


@dataclass(slots=True)
class _List:
    is_numbered: bool
    next: int
    mark: str = "•"
    is_new: bool = False
    """Whether an item has begun and has no words yet."""


class _Reader:
    """Reads the tokens of one text."""

    def __init__(self, body: str) -> None:
        self._body = body
        self._lines = body.split("\n")
        self._unwrapper = Unwrapper(body)
        self._unread = 0
        self._parser = self._make_parser()
        self._inline = InlineReader()

    def pieces(self) -> list[Piece] | None:
        """All of them; `None` where the text is nested deeper than is read."""
        env: MutableMapping[str, Any] = {}
        tokens = self._parser.parse(self._body, env)
        if any(token.level >= _MAX_NESTING - 1 for token in tokens):
            return None
        self._inline.notes = dict(self._notes_in(tokens, env))
        return list(self._walk(_without_notes(tokens)))

    def problems(self) -> tuple[str, ...]:
        """What was left out or not understood."""
        told = []
        if self._inline.struck:
            told.append(f"Struck words were left out: {self._inline.struck}.")
        if self._unread:
            told.append(f"Paragraphs full of signs were read as plain text: {self._unread}.")
        unused = len(self._inline.notes) - len(self._inline.used)
        if unused:
            told.append(f"Notes that nothing refers to stand at the end: {unused}.")
        return tuple(told)

    def _make_parser(self) -> "MarkdownIt":
        from markdown_it import MarkdownIt
        from mdit_py_plugins.footnote import footnote_plugin

        parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING})
        parser.enable(["table", "strikethrough"]).disable("code").use(footnote_plugin)
        parser.core.ruler.disable("footnote_tail")
        parser.core.ruler.at("inline", self._parse_inline)
        return parser

    def _parse_inline(self, state: "StateCore") -> None:
        from markdown_it.token import Token

        for token in state.tokens:
            if token.type != "inline":
                continue
            token.children = []
            if len(_MARK.findall(token.content)) > _MAX_MARKS:
                self._unread += 1
                token.children.append(Token("text", "", 0, content=token.content))
            else:
                state.md.inline.parse(token.content, state.md, state.env, token.children)

    def _notes_in(
        self, tokens: Sequence["Token"], env: Mapping[str, Any]
    ) -> Iterator[tuple[str, str]]:
        label = ""
        words: list[str] = []
        for token in tokens:
            if token.type == "footnote_reference_open":
                label, words = str(token.meta["label"]), []
            elif token.type == "footnote_reference_close":
                yield label, " ".join(words)
                label = ""
            elif label and token.type == "inline":
                words.append(self._words(token).said)
        for number, one in env.get("footnotes", {}).get("list", {}).items():
            if one.get("tokens"):
                yield f"^{number}", self._inline.read(one["tokens"]).said

    def _walk(self, tokens: Iterable["Token"]) -> Iterator[Piece]:
        place = _Place()
        stream = iter(tokens)
        kind: PieceKind = "paragraph"
        level = 1
        for token in stream:
            match token.type:
                case "heading_open":
                    kind, level = "heading", int(token.tag[1])
                    is_underlined = token.markup in ("=", "-")
                case "inline" if kind == "heading":
                    words = self._words(token)
                    is_prose = is_underlined and len(words.said) > _LONGEST_UNDERLINED
                    kind = "paragraph"
                    yield Piece("paragraph" if is_prose else "heading", words, level)
                case "inline":
                    yield from self._paragraph(token, place)
                case "fence" | "code_block":
                    yield Piece("paragraph", Words(token.content))
                case "html_block":
                    yield from self._html(token.content)
                case "table_open":
                    yield self._table(stream)
                case "blockquote_open":
                    place.quotations += 1
                case "blockquote_close":
                    place.quotations -= 1
                case "bullet_list_open" | "ordered_list_open":
                    start = int(token.attrs.get("start", 1)) if token.attrs else 1
                    place.lists.append(_List(token.type.startswith("ordered"), start))
                case "bullet_list_close" | "ordered_list_close":
                    place.lists.pop()
                case "list_item_open":
                    _begin_item(place.lists[-1], token)
        for label, note in self._inline.notes.items():
            if label not in self._inline.used and note.strip():
                yield Piece("paragraph", Words("", notes=((label, note),)))

    def _words(self, token: "Token") -> Words:
        read = self._inline.read(token.children or [])
        said = self._unwrapper.join(read.said)
        return replace(read, said=said)

    def _paragraph(self, token: "Token", place: _Place) -> Iterator[Piece]:
        lines = token.content.split("\n")
        if len(lines) > 1 and all(_PIPED.fullmatch(line.strip()) for line in lines):
            yield Piece("table", Words(""), rows=tuple(map(self._cells, lines)))
            return
        words = self._words(token)
        if not words.said.strip():
            if words.pictures:
                yield Piece("picture", words)
            elif words.notes:
                yield Piece("paragraph", words)
            return
        current = place.lists[-1] if place.lists else None
        if current is not None and current.is_new:
            current.is_new = False
            mark = current.mark
            if task := _TASK.match(words.said):
                mark = "☐" if task[1] == " " else "☑"
                words = replace(words, said=words.said[task.end() :])
            yield Piece("item", words, len(place.lists), mark)
        elif place.quotations:
            yield Piece("quoted", words, place.quotations)
        else:
            yield Piece("paragraph", words)

    def _table(self, stream: Iterator["Token"]) -> Piece:
        header: tuple[Words, ...] = ()
        rows: list[tuple[Words, ...]] = []
        cells: list[Words] = []
        line = 0
        for token in stream:
            match token.type:
                case "tr_open":
                    cells, line = [], token.map[0] if token.map else -1
                case "inline":
                    cells.append(self._words(token))
                case "tr_close" if not header:
                    header = tuple(cells)
                case "tr_close":
                    written = _cells_of(self._lines[line]) if line >= 0 else []
                    # The parser passes over cells that have no column.
                    beyond = [self._read(cell) for cell in written[len(cells) :]]
                    rows.append(
                        (*cells, *beyond) if any(one.said for one in beyond) else tuple(cells)
                    )
                case "table_close":
                    break
        if rows and not any(cell.said.strip() for cell in header):
            header = ()
        return Piece("table", Words(""), rows=tuple(rows), header=header)

    def _cells(self, line: str) -> tuple[Words, ...]:
        return tuple(map(self._read, _cells_of(line)))

    def _read(self, words: str) -> Words:
        return self._words(self._parser.parseInline(words)[0])

    def _html(self, written: str) -> Iterator[Piece]:
        if _NOT_CLOSED.match(written.lstrip()):
            # An open comment or script would take all that follows with it.
            words = re.sub(r"^\s*<(?:!--|\w+[^>]*>?)", "", written)
            yield from (Piece("paragraph", Words(one)) for one in paragraphs_of(words))
            return
        yield from pieces_of_html(written)


def _begin_item(current: _List, token: "Token") -> None:
    current.is_new = True
    if current.is_numbered:
        written = int(token.info) if token.info.isdigit() else current.next
        number = max(written, current.next)
        current.mark, current.next = f"{number}{token.markup}", number + 1


def _without_notes(tokens: Iterable["Token"]) -> Iterator["Token"]:
    inside = False
    for token in tokens:
        inside = inside or token.type == "footnote_reference_open"
        if not inside:
            yield token
        inside = inside and token.type != "footnote_reference_close"


def _cells_of(line: str) -> list[str]:
    """The cells of a row as it is written, in which ``\\|`` is no border."""
    bare = re.sub(r"(?<!\\)\|$", "", line.strip().removeprefix("|"))
    return [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", bare)]
