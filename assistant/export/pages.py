"""The pages of a Word document: some lie on their side, and no row of a table is cut in two.

Word ends a run of pages with a paragraph that says how they were: size, margins, footer. The
document that the styles come from says it once, for all; here it is said again around
what is to be turned, with height and width exchanged.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from assistant.export.pandoc import Block, raw_word, wide_blocks

_SECTION = re.compile(r"<w:sectPr\b.*?</w:sectPr>", re.DOTALL)
_SIZE = re.compile(r"<w:pgSz\b[^>]*/>")
_SIDE = re.compile(r'\bw:(?P<side>[wh])="(?P<length>\d+)"')


def turn_wide(blocks: Sequence[Block], styles: Path) -> tuple[Block, ...]:
    """The blocks, those marked as wide on pages of their own that lie on their side.

    The pages are those of the Word document `styles`; where it says nothing about them, or
    cannot be read, nothing is turned.
    """
    upright = _section_of(styles)
    turned = _turned(upright) if upright else None
    if upright is None or turned is None:
        return tuple(blocks)
    return tuple(_around(blocks, upright, turned))


def keep_rows_whole(document: Path) -> None:
    """Let no row of a table in the Word document go on over the page."""
    with ZipFile(document) as written:
        parts = [(one, written.read(one)) for one in written.infolist()]
    with ZipFile(document, "w", ZIP_DEFLATED) as kept:
        for one, content in parts:
            is_body = one.filename == "word/document.xml"
            kept.writestr(one, _with_whole_rows(content) if is_body else content)


def _with_whole_rows(content: bytes) -> bytes:
    plain = content.decode("utf-8").replace("<w:tr><w:trPr>", "<w:tr><w:trPr><w:cantSplit/>")
    return re.sub(r"<w:tr>(?!<w:trPr>)", "<w:tr><w:trPr><w:cantSplit/></w:trPr>", plain).encode()


def _around(blocks: Sequence[Block], upright: str, turned: str) -> Iterator[Block]:
    for block in blocks:
        inside = wide_blocks(block)
        if inside is None:
            yield block
        else:
            yield raw_word(_ending(upright))
            yield from inside
            yield raw_word(_ending(turned))


def _section_of(styles: Path) -> str | None:
    try:
        with ZipFile(styles) as parts:
            content = parts.read("word/document.xml").decode("utf-8")
    except (OSError, KeyError, BadZipFile, UnicodeDecodeError):
        return None
    found = _SECTION.findall(content)
    return found[-1] if found else None


def _turned(section: str) -> str | None:
    size = _SIZE.search(section)
    sides = {one["side"]: one["length"] for one in _SIDE.finditer(size.group())} if size else {}
    if size is None or sides.keys() != {"w", "h"}:
        return None
    turned = f'<w:pgSz w:w="{sides["h"]}" w:h="{sides["w"]}" w:orient="landscape"/>'
    return section.replace(size.group(), turned)


def _ending(section: str) -> str:
    spacing = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return f"<w:p><w:pPr>{spacing}{section}</w:pPr></w:p>"
