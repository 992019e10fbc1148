"""ODP: the slides of LibreOffice Impress and others, from their own XML."""

from collections.abc import Iterator
from typing import Any

from sources.readers.content import Builder, Content
from sources.readers.odt import odt_fields, opened_odt
from sources.readers.odt_styles import DRAW, OFFICE, PRESENTATION, STYLE, TABLE, OdtStyles
from sources.readers.odt_text import OdtText
from sources.readers.pandoc import Node
from sources.readers.pandoc_blocks import Walk
from sources.readers.pandoc_nodes import heading, note, paragraph, words
from sources.readers.told import problems_of

_TITLES = ("title",)
_FURNITURE = ("header", "footer", "date-time", "page-number", "page")


def read_odp(raw: bytes, name: str) -> Content:
    """The words of a presentation: each slide under its title, speaker's notes as notes."""
    package = opened_odt(raw, name, what="an OpenDocument presentation")
    root, styles = package.xml("content.xml"), package.xml("styles.xml")
    body = root.find(f"{OFFICE}body/{OFFICE}presentation") if root is not None else None
    if root is None or body is None:
        raise package.damaged()
    text = OdtText(OdtStyles(one for one in (styles, root) if one is not None))
    hidden = _hidden(root)
    blocks: list[Node] = []
    for number, page in enumerate(body.iterchildren(f"{DRAW}page"), start=1):
        if page.get(f"{DRAW}style-name") in hidden:
            text.told["hidden slides"] += 1
        else:
            blocks += _slide(page, number, text)
    builder = Builder()
    walk = Walk(builder, blocks)
    return builder.content(
        odt_fields(package), (*problems_of(text.told + walk.told), *walk.problems())
    )


def _slide(page: Any, number: int, text: OdtText) -> list[Node]:
    title = ""
    body: list[Node] = []
    for shape in _shapes(page):
        kind = shape.get(f"{PRESENTATION}class")
        if kind in _FURNITURE or shape.get(f"{PRESENTATION}placeholder") == "true":
            continue
        if kind in _TITLES and not title:
            title = " ".join("".join(shape.itertext()).split())
        else:
            body += _words_of(shape, text)
    notes = page.find(f"{PRESENTATION}notes")
    said = [
        block
        for shape in (_shapes(notes) if notes is not None else ())
        if shape.get(f"{PRESENTATION}class") == "notes"
        for block in _words_of(shape, text)
    ]
    spoken = [paragraph([note("speaker's notes", said)])] if said else []
    remarks = text.blocks(page.iterchildren(f"{OFFICE}annotation"))
    return [heading(1, [words(title or f"Slide {number}")]), *body, *spoken, *remarks]


def _shapes(page: Any) -> Iterator[Any]:
    for element in page:
        if element.tag == f"{DRAW}g":
            yield from _shapes(element)
        elif isinstance(element.tag, str) and element.tag.startswith(DRAW):
            yield element


def _words_of(shape: Any, text: OdtText) -> list[Node]:
    """What a shape says, in place: a frame holds the same thing in several forms."""
    if shape.tag != f"{DRAW}frame":
        return text.blocks(shape)
    for inner in shape:
        if inner.tag == f"{DRAW}text-box":
            return text.blocks(inner)
        if inner.tag == f"{TABLE}table":
            return text.blocks([inner])
    return text.blocks([shape])


def _hidden(root: Any) -> set[str]:
    """The styles of slides that are not shown."""
    return {
        style.get(f"{STYLE}name")
        for style in root.iter(f"{STYLE}style")
        for one in style.iterchildren(f"{STYLE}drawing-page-properties")
        if one.get(f"{PRESENTATION}visibility") == "hidden"
    }
