"""DOCX: the document's own XML, with all that Word shows written into it, read by pandoc."""

import io
import zipfile
from typing import Any

from sources.readers.content import Builder, Content
from sources.readers.packages import Package
from sources.readers.pandoc import read_tree
from sources.readers.pandoc_blocks import Walk
from sources.readers.told import problems_of
from sources.readers.word_stories import WordStories

_KIND = "a Word document"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_TOOLS = frozenset({"python-docx", "python-pptx", "microsoft office user", "user", "author"})
"""What programs write where an author should stand."""
_PACKAGE = "application/vnd.openxmlformats-package"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Default Extension="rels" ContentType="{_PACKAGE}.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_OFFICE}.styles+xml"/>'
    f'<Override PartName="/word/footnotes.xml" ContentType="{_OFFICE}.footnotes+xml"/></Types>'
)


def read_docx(raw: bytes, name: str) -> Content:
    """The words of a Word document in reading order: headings, lists with their numbers, tables.

    Notes, text boxes, comments and page headers are notes; tracked changes are taken as accepted.
    """
    package = Package(raw, name=name, what=_KIND)
    main = next(
        (part for kind, part in package.relations("").values() if kind == "officeDocument"),
        "word/document.xml",
    )
    stories = WordStories(package, main)
    document, notes = stories.rewritten()
    tree = read_tree(_packed(document, notes), source_format="docx", name=name)
    builder = Builder()
    walk = Walk(builder, tree.blocks)
    fields = core_fields(package)
    if not fields.get("title"):
        fields["title"] = stories.title
    return builder.content(fields, (*problems_of(stories.told + walk.told), *walk.problems()))


def core_fields(package: Package) -> dict[str, object]:
    """The card of an Office Open XML package, from its core properties.

    The days there are those of saving and printing, not of publication.
    """
    place = next(
        (part for kind, part in package.relations("").values() if kind == "core-properties"),
        "docProps/core.xml",
    )
    root = package.xml(place)
    if root is None:
        return {}
    author = (root.findtext(f"{_DUBLIN_CORE}creator") or "").strip()
    return {
        "title": root.findtext(f"{_DUBLIN_CORE}title"),
        "author": None if author.lower() in _TOOLS else author,
        "language": root.findtext(f"{_DUBLIN_CORE}language"),
        "tags": split_keywords(root.findtext(f"{_CORE}keywords")),
    }


def split_keywords(written: str | None) -> list[str]:
    """Keywords that are written in one line, with commas or semicolons between them."""
    return [word.strip() for word in (written or "").replace(";", ",").split(",") if word.strip()]


def _packed(document: Any, notes: Any) -> bytes:
    """A Word document of these words alone, fit for pandoc."""
    from lxml import etree

    space = f'xmlns:w="{document.nsmap["w"]}"'
    headings = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}">'
        f'<w:name w:val="heading {level}"/></w:style>'
        for level in range(1, 7)
    )
    styles = (
        f'<w:styles {space}><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        f'<w:name w:val="Normal"/></w:style>{headings}</w:styles>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    )
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'{relations}<Relationship Id="r1" Type="{_RELATIONS}/officeDocument"'
        ' Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": relations
        + "".join(
            f'<Relationship Id="r{kind}" Type="{_RELATIONS}/{kind}" Target="{kind}.xml"/>'
            for kind in ("styles", "footnotes")
        )
        + "</Relationships>",
        "word/styles.xml": styles,
        "word/document.xml": etree.tostring(document, encoding="UTF-8"),
        "word/footnotes.xml": etree.tostring(notes, encoding="UTF-8"),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return file.getvalue()
