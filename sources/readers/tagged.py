"""Pieces of HTML that stand in a text of another kind, as a table does in Markdown."""

from collections.abc import Iterator

from sources.readers.pieces import Piece, PieceKind, Words, count_letters

_UNSEEN = frozenset(
    {"script", "style", "template", "noscript", "svg", "head", "title", "s", "del", "strike"}
)
_BLOCKS = frozenset(
    """address article aside blockquote body center dd details div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table
    ul""".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def pieces_of_html(written: str) -> Iterator[Piece]:
    """The words of a piece of HTML: no tags, comments, scripts or struck words."""
    from lxml import etree, html

    try:
        root = html.fragment_fromstring(written, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return
    yield from _Walk().pieces(root)


class _Walk:
    def __init__(self) -> None:
        self._words: list[str] = []
        self._linked = self._links_in_all = self._links = self._hidden = self._lists = (
            self._pictures
        ) = 0
        self._kind: PieceKind = "paragraph"
        self._level = 1
        self._rows: list[list[Words]] | None = None
        self._heads: list[bool] = []

    def pieces(self, root: object) -> Iterator[Piece]:
        from lxml import etree

        for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            tag = str(element.tag).lower()
            if event in ("comment", "pi"):
                self._add(element.tail)
            elif event == "start":
                yield from self._opened(tag)
                if self._rows is not None and tag in ("td", "th"):
                    self._heads[-1] = self._heads[-1] and tag == "th"
                self._add(element.text)
            else:
                yield from self._closed(tag)
                self._add(element.tail)
        yield from self._flush()

    def _opened(self, tag: str) -> Iterator[Piece]:
        if tag in _UNSEEN:
            self._hidden += 1
        elif tag == "a":
            self._links += 1
            self._links_in_all += 1
        elif tag == "br":
            self._words.append("\n")
        elif tag == "img":
            self._pictures += 1
        elif self._rows is not None:
            if tag == "tr":
                self._rows.append([])
                self._heads.append(True)
        elif tag in _BLOCKS:
            yield from self._flush()
            self._lists += tag in ("ul", "ol")
            if tag == "table":
                self._rows, self._heads = [], []
            elif tag == "li":
                self._kind, self._level = "item", max(1, self._lists)
            elif tag in _HEADINGS:
                self._kind, self._level = "heading", _HEADINGS[tag]

    def _closed(self, tag: str) -> Iterator[Piece]:
        if tag in _UNSEEN:
            self._hidden -= 1
        elif tag == "a":
            self._links -= 1
        elif self._rows is not None and tag in ("td", "th"):
            if self._rows:
                self._rows[-1].append(self._taken())
        elif self._rows is not None and tag == "table":
            yield from self._table()
        elif self._rows is None and tag in _BLOCKS:
            yield from self._flush()
            self._lists -= tag in ("ul", "ol")

    def _add(self, words: str | None) -> None:
        if words and not self._hidden:
            self._words.append(words)
            if self._links:
                self._linked += count_letters(words)

    def _taken(self) -> Words:
        said = " ".join("".join(self._words).split())
        words = Words(said, self._linked, pictures=self._pictures, links=self._links_in_all)
        self._words, self._linked, self._pictures, self._links_in_all = [], 0, 0, 0
        return words

    def _table(self) -> Iterator[Piece]:
        rows, self._rows = self._rows or [], None
        if rest := self._taken().said:
            yield Piece("paragraph", Words(rest))
        has_header = len(rows) > 1 and bool(rows[0]) and self._heads[0]
        header = tuple(rows[0]) if has_header else ()
        yield Piece("table", Words(""), rows=tuple(map(tuple, rows[has_header:])), header=header)

    def _flush(self) -> Iterator[Piece]:
        words = self._taken()
        if words.said:
            yield Piece(self._kind, words, self._level)
            self._kind, self._level = "paragraph", 1
        elif words.pictures:
            yield Piece("picture", words)
