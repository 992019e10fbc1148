"""EPUB: its chapters in the order of reading, by pandoc; the card from the book's own metadata."""

import posixpath
import re
from typing import Any

from sources.errors import UnreadableFileError
from sources.readers.content import Builder, Content
from sources.readers.epub_styles import dressed, looks_of
from sources.readers.packages import Package
from sources.readers.pandoc import read_tree
from sources.readers.pandoc_blocks import Walk
from sources.readers.told import problems_of

_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_OPF = "{http://www.idpf.org/2007/opf}"
_ROOT_FILE = "{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"
_METHOD = "{http://www.w3.org/2001/04/xmlenc#}EncryptionMethod"
_OF_FONTS = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PUBLICATION = (None, "publication", "original-publication")


def read_epub(raw: bytes, name: str) -> Content:
    """The words of a book: chapters in order, headings, lists, tables, notes."""
    package = Package(raw, name=name, what="an EPUB")
    locked = package.xml("META-INF/encryption.xml")
    methods = [] if locked is None else [one.get("Algorithm") for one in locked.iter(_METHOD)]
    if any(method not in _OF_FONTS for method in methods):
        raise UnreadableFileError(
            f"{name!r} is locked by its bookshop (DRM).", remedy="Ask for a copy without the lock."
        )
    fields = _fields(package)
    tree = read_tree(raw, source_format="epub", name=name)
    blocks, hidden = dressed(tree.blocks, looks_of(package))
    builder = Builder()
    walk = Walk(builder, blocks)
    walk.told["hidden"] += hidden
    return builder.content(fields, (*problems_of(walk.told), *walk.problems()))


def _fields(package: Package) -> dict[str, object]:
    container = package.xml("META-INF/container.xml")
    file = next(container.iter(_ROOT_FILE), None) if container is not None else None
    place = posixpath.normpath(file.get("full-path") or "") if file is not None else ""
    root = package.xml(place)
    meta = root.find(f"{_OPF}metadata") if root is not None else None
    if meta is None:
        raise package.damaged()
    authors = [one for one in meta.iter(f"{_DUBLIN_CORE}creator") if _is_author(one, meta)]
    return {
        "title": meta.findtext(f".//{_DUBLIN_CORE}title"),
        "author": "; ".join(" ".join("".join(one.itertext()).split()) for one in authors),
        "publisher": meta.findtext(f".//{_DUBLIN_CORE}publisher"),
        "language": meta.findtext(f".//{_DUBLIN_CORE}language"),
        "published": _published(meta),
        "tags": [one.text or "" for one in meta.iter(f"{_DUBLIN_CORE}subject")],
    }


def _is_author(creator: Any, meta: Any) -> bool:
    """Whether a creator is an author, and not, say, an illustrator, as far as is said."""
    said = creator.get(f"{_OPF}role")
    own = f"#{creator.get('id')}"
    for one in meta.iter(f"{_OPF}meta"):
        if one.get("property") == "role" and one.get("refines") == own:
            said = (one.text or "").strip()
    return said in (None, "", "aut")


def _published(meta: Any) -> str | None:
    """The day of publication, where a whole day is given as such."""
    for one in meta.iter(f"{_DUBLIN_CORE}date"):
        if one.get(f"{_OPF}event") in _PUBLICATION:
            day = _DAY.match((one.text or "").strip())
            if day and _is_day(day[0]):
                return day[0]
    return None


def _is_day(written: str) -> bool:
    from datetime import date

    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True
