"""Word documents written as raw XML, part by part, for what no library writes."""

import io
import zipfile
from collections.abc import Mapping

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = (
    f'xmlns:w="{WORD}" xmlns:r="{_OFFICE}"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_ROOTS = {
    "header1": "hdr",
    "footer1": "ftr",
}


def run(words: str, properties: str = "") -> str:
    """A run with these words."""
    shown = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{shown}<w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(*content: str, properties: str = "") -> str:
    """A paragraph of runs; plain words become a run."""
    runs = "".join(one if one.startswith("<") else run(one) for one in content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def numbered(words: str, list_id: int, level: int = 0, more: str = "") -> str:
    """A paragraph that is numbered by itself."""
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return paragraph(words, properties=more + number)


def styled(words: str, style: str) -> str:
    """A paragraph in a style."""
    return paragraph(words, properties=f'<w:pStyle w:val="{style}"/>')


def level(
    at: int, text: str, numeral: str = "decimal", start: int | None = 1, more: str = ""
) -> str:
    """A level of a list's definition."""
    begin = "" if start is None else f'<w:start w:val="{start}"/>'
    return (
        f'<w:lvl w:ilvl="{at}">{begin}<w:numFmt w:val="{numeral}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(definitions: Mapping[int, str], lists: Mapping[int, str | int]) -> str:
    """``numbering.xml``: definitions by id; lists by id, each a definition's id or raw XML."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{at}">{levels}</w:abstractNum>'
        for at, levels in definitions.items()
    )
    nums = "".join(
        f'<w:num w:numId="{at}">'
        + (one if isinstance(one, str) else f'<w:abstractNumId w:val="{one}"/>')
        + "</w:num>"
        for at, one in lists.items()
    )
    return abstract + nums


def cell(*content: str, properties: str = "") -> str:
    """A table's cell."""
    blocks = "".join(one if one.startswith("<") else paragraph(one) for one in content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{blocks}</w:tc>"


def table(*rows: str, columns: int = 2) -> str:
    """A table of rows, each the XML of its cells."""
    grid = '<w:gridCol w:w="1000"/>' * columns
    lines = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"


def word_file(body: str, **parts: str) -> bytes:
    """A Word document; `parts` are the contents of ``numbering``, ``styles``, ``footnotes``, …"""
    relations = "".join(
        f'<Relationship Id="r{name}" Type="{_OFFICE}/{name.rstrip("0123456789")}"'
        f' Target="{name}.xml"/>'
        for name in parts
    )
    kind = "http://schemas.openxmlformats.org/package/2006/relationships"
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{kind}"><Relationship Id="r1"'
        f' Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{kind}">{relations}'
        "</Relationships>",
        "word/document.xml": f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>",
    }
    for name, content in parts.items():
        root = _ROOTS.get(name, name)
        files[f"word/{name}.xml"] = f"<w:{root} {_NAMES}>{content}</w:{root}>"
    return zipped(files)


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A zip package of these parts, in their order."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()
