"""ODT: the text's own XML as LibreOffice and others write it."""

from sources.errors import UnreadableFileError
from sources.readers.content import Builder, Content
from sources.readers.odt_styles import OFFICE, OdtStyles
from sources.readers.odt_text import OdtText
from sources.readers.packages import Package
from sources.readers.pandoc_blocks import Walk
from sources.readers.told import problems_of

_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"


def read_odt(raw: bytes, name: str) -> Content:
    """The words of an OpenDocument text: headings, lists with their numbers, tables, notes.

    Tracked changes are taken as accepted; text boxes, comments and page headers are notes.
    """
    package = opened_odt(raw, name, what="an OpenDocument text")
    root, styles = package.xml("content.xml"), package.xml("styles.xml")
    body = root.find(f"{OFFICE}body/{OFFICE}text") if root is not None else None
    if root is None or body is None:
        raise package.damaged()
    text = OdtText(OdtStyles(one for one in (styles, root) if one is not None))
    blocks = text.blocks(body)
    if styles is not None:
        blocks += text.page_notes(styles)
    builder = Builder()
    walk = Walk(builder, blocks)
    fields = odt_fields(package)
    if not fields.get("title"):
        fields["title"] = text.title
    return builder.content(fields, (*problems_of(text.told + walk.told), *walk.problems()))


def opened_odt(raw: bytes, name: str, *, what: str) -> Package:
    """The package of an OpenDocument file; `UnreadableFileError` for a locked one too."""
    package = Package(raw, name=name, what=what)
    if b"encryption-data" in (package.read("META-INF/manifest.xml") or b""):
        raise UnreadableFileError(
            f"{name!r} is locked with a password.", remedy="Save a copy without the password."
        )
    return package


def odt_fields(package: Package) -> dict[str, object]:
    """The card; the days there are those of saving and printing, not of publication."""
    root = package.xml("meta.xml")
    meta = root.find(f"{OFFICE}meta") if root is not None else None
    if meta is None:
        return {}
    author = meta.findtext(f"{_META}initial-creator") or meta.findtext(f"{_DUBLIN_CORE}creator")
    return {
        "title": meta.findtext(f"{_DUBLIN_CORE}title"),
        "author": author,
        "language": meta.findtext(f"{_DUBLIN_CORE}language"),
        "tags": [one.text or "" for one in meta.iterchildren(f"{_META}keyword")],
    }
