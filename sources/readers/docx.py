"""DOCX by python-docx: headings, lists and tables as readable text.

The package is a zip that is read in memory and never unpacked to disk, so no name in it
can climb anywhere; its XML parser resolves no external entities.
"""

import io
import zipfile
from typing import Any

from sources.errors import UnreadableFileError
from sources.readers.content import Builder, Content

MAX_UNPACKED_BYTES = 512 * 1024 * 1024
MAX_PARTS = 20_000


def read_docx(raw: bytes, name: str) -> Content:
    """The words of a Word document in reading order, with its headings as locators."""
    _check_zip(raw, name)
    import docx
    from lxml.etree import XMLSyntaxError

    try:
        document = docx.Document(io.BytesIO(raw))
        builder = Builder()
        for block in document.iter_inner_content():
            _write(block, builder)
        return builder.content(_fields(document))
    except UnreadableFileError:
        raise
    except (zipfile.BadZipFile, XMLSyntaxError, KeyError, ValueError, AttributeError) as error:
        raise _damaged(name) from error


def _check_zip(raw: bytes, name: str) -> None:
    """Refuse what is no zip, is locked, or would unpack to more than the limit."""
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFileError(
            f"{name!r} is locked with a password, or in Word's old format.",
            remedy="Save it in Word as .docx without a password.",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
        raise _damaged(name) from error
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise UnreadableFileError(
            f"{name!r} would unpack to more than {MAX_UNPACKED_BYTES // 1024**2} MB.",
            remedy="Save it without its pictures, or split it.",
        )


def _write(block: Any, builder: Builder) -> None:
    from docx.table import Table

    if isinstance(block, Table):
        _write_table(block, builder)
        return
    style = str(getattr(block.style, "name", "") or "").lower()
    if style.startswith(("heading", "title")):
        builder.heading(block.text)
    elif style.startswith("list") or _is_numbered(block):
        builder.item(block.text)
    else:
        builder.paragraph(block.text)


def _is_numbered(paragraph: Any) -> bool:
    properties = paragraph._p.pPr  # python-docx has no public name for list numbering
    return properties is not None and properties.numPr is not None


def _write_table(table: Any, builder: Builder) -> None:
    rows: list[list[str]] = []
    for row in table.rows:
        cells: list[str] = []
        seen: set[int] = set()
        for cell in row.cells:
            if id(cell._tc) not in seen:  # a merged cell is listed once for each column
                seen.add(id(cell._tc))
                cells.append(" ".join(cell.text.split()))
        rows.append(cells)
    has_header = bool(rows) and _is_header(table.rows[0])
    builder.table(rows[1:] if has_header else rows, header=rows[0] if has_header else None)


def _is_header(row: Any) -> bool:
    """Whether Word repeats the row on top of each page."""
    properties = row._tr.trPr  # python-docx has no public name for it
    if properties is None:
        return False
    marks = [one for one in properties if one.tag.endswith("}tblHeader")]
    return bool(marks) and not any(
        value in ("0", "false", "off") for mark in marks for value in mark.attrib.values()
    )


def _fields(document: Any) -> dict[str, object]:
    said = document.core_properties
    return {
        "title": said.title,
        "author": said.author if said.author != "python-docx" else None,
        "language": said.language,
        "tags": [tag.strip() for tag in (said.keywords or "").split(",") if tag.strip()],
    }


def _damaged(name: str) -> UnreadableFileError:
    return UnreadableFileError(
        f"{name!r} is not a Word document, or is damaged.", remedy="Open and save it in Word anew."
    )
