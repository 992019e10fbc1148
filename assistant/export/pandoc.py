"""The only room that knows pandoc: its document tree, and its converters.

The tree is pandoc's JSON form (https://hackage.haskell.org/package/pandoc-types); words are
put into it as they are, so nothing in a source can be taken for markup.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sources.errors import StateError, UseError

Inline = Mapping[str, Any]
Block = Mapping[str, Any]

WIDE = "wide"
"""The class of what lies on its side."""
_VERSION = [1, 23, 1]


def words(text: str) -> list[Inline]:
    """The text as inlines: spaces may break a line, everything else stays as it is."""
    inlines: list[Inline] = []
    for number, word in enumerate(text.split(" ")):
        if number:
            inlines.append({"t": "Space"})
        if word:
            inlines.append({"t": "Str", "c": word})
    return inlines


def strong(text: str) -> Inline:
    return {"t": "Strong", "c": words(text)}


def emphasised(text: str) -> Inline:
    return {"t": "Emph", "c": words(text)}


def styled(text: str, style: str) -> Inline:
    """Words in a character style of the reference document."""
    return {"t": "Span", "c": [["", [_css(style)], [["custom-style", style]]], words(text)]}


def in_language(inlines: Sequence[Inline], language: str | None) -> list[Inline]:
    """The inlines, said to be in that language (ISO 639-1); as they are where it is unknown."""
    if language is None:
        return list(inlines)
    return [{"t": "Span", "c": [["", [], [["lang", language]]], list(inlines)]}]


def link(text: str, address: str) -> Inline:
    return {"t": "Link", "c": [["", [], []], words(text), [address, ""]]}


def note(inlines: Sequence[Inline]) -> Inline:
    """A footnote."""
    return {"t": "Note", "c": [paragraph(inlines)]}


def paragraph(inlines: Sequence[Inline]) -> Block:
    return {"t": "Para", "c": list(inlines)}


def heading(level: int, text: str) -> Block:
    return {"t": "Header", "c": [level, ["", [], []], words(text)]}


def bullets(items: Sequence[Sequence[Block]]) -> Block:
    return {"t": "BulletList", "c": [list(item) for item in items]}


def table(
    head: Sequence[Sequence[Inline]],
    rows: Sequence[Sequence[Sequence[Inline]]],
    *,
    style: str,
    first: float,
) -> Block:
    """A table with a row of headings, its paragraphs in `style`.

    The first column takes the share `first` of the width, the others are equally wide.
    """
    widths = [first, *([(1 - first) / (len(head) - 1)] * (len(head) - 1))]
    plain = ["", [], []]

    def row(cells: Sequence[Sequence[Inline]]) -> list[Any]:
        blocks = [[in_style(style, [paragraph(cell)])] if cell else [] for cell in cells]
        return [plain, [[plain, {"t": "AlignDefault"}, 1, 1, content] for content in blocks]]

    columns = [[{"t": "AlignLeft"}, {"t": "ColWidth", "c": width}] for width in widths]
    body = [plain, 0, [], [row(cells) for cells in rows]]
    parts = [plain, [None, []], columns, [plain, [row(head)]], [body], [plain, []]]
    return {"t": "Table", "c": parts}


def in_style(style: str, blocks: Sequence[Block]) -> Block:
    """Blocks in a paragraph style of the reference document."""
    return {"t": "Div", "c": [["", [_css(style)], [["custom-style", style]]], list(blocks)]}


def wide(blocks: Sequence[Block]) -> Block:
    """Blocks that want pages lying on their side, where a kind of document has pages."""
    return {"t": "Div", "c": [["", [WIDE], []], list(blocks)]}


def wide_blocks(block: Block) -> Sequence[Block] | None:
    """What `wide` was given, or `None` for another block."""
    found = block["c"] if block["t"] == "Div" and block["c"][0][1] == [WIDE] else None
    return None if found is None else list(found[1])


def raw_word(xml: str) -> Block:
    """A piece of a Word document as it is; other kinds leave it out."""
    return {"t": "RawBlock", "c": ["openxml", xml]}


def write(
    blocks: Sequence[Block],
    path: Path,
    *,
    to: str,
    meta: Mapping[str, str],
    options: Sequence[str] = (),
) -> None:
    """Write the blocks to `path` in pandoc's format `to`; `StateError` when that fails."""
    import pypandoc

    tree = {
        "pandoc-api-version": _VERSION,
        "meta": {name: {"t": "MetaInlines", "c": words(value)} for name, value in meta.items()},
        "blocks": list(blocks),
    }
    try:
        pypandoc.convert_text(
            json.dumps(tree), to, format="json", outputfile=str(path), extra_args=list(options)
        )
    except (RuntimeError, OSError) as error:
        raise StateError(
            f"{path.name!r} could not be written: {_last_line(error)}.",
            remedy="Check the folder, and the file given with --styles if there is one.",
        ) from error


def convert(content: str, *, source_format: str, to: str) -> str:
    """Text in one of pandoc's formats, in another; `StateError` when that fails."""
    import pypandoc

    try:
        return str(pypandoc.convert_text(content, to, format=source_format))
    except (RuntimeError, OSError) as error:
        raise StateError(
            f"Pandoc could not make {to!r} of {source_format!r}: {_last_line(error)}.",
            remedy="Run `pip install --force-reinstall pypandoc_binary`, then try again.",
        ) from error


def read_tree(path: Path) -> tuple[Sequence[Block], Mapping[str, Any]]:
    """The blocks and the metadata of a document (.docx, .odt, .md); `UseError` when unreadable."""
    import pypandoc

    formats = {
        ".docx": "docx+styles",
        ".odt": "odt",
        ".md": "markdown-smart",
        ".markdown": "markdown-smart",
    }
    kind = formats.get(path.suffix.lower())
    if kind is None:
        raise UseError(
            f"{path.name!r} is not a document that can be verified.",
            remedy=f"Kinds: {', '.join(formats)}.",
        )
    if not path.is_file():
        raise UseError(f"There is no file {str(path)!r}.", remedy="Check the path.")
    try:
        tree = json.loads(pypandoc.convert_file(str(path), "json", format=kind))
    except (RuntimeError, OSError, ValueError) as error:
        raise UseError(
            f"{path.name!r} cannot be read: it is damaged, or not what its ending says.",
            remedy="Save it again as a Word document or as Markdown.",
        ) from error
    return tree["blocks"], tree["meta"]


def _css(style: str) -> str:
    return style.lower().replace(" ", "-").replace("'", "")


def _last_line(error: Exception) -> str:
    lines = str(error).strip().splitlines() or ["unknown reason"]
    return lines[-1].rstrip(".")
