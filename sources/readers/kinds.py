"""Which reader reads a file: by its name, after a look at its first bytes."""

from collections.abc import Callable, Mapping

from sources.errors import UnreadableFileError
from sources.readers.archived_page import read_archived_page
from sources.readers.content import Content
from sources.readers.docx import read_docx
from sources.readers.epub import read_epub
from sources.readers.html import read_html
from sources.readers.mail import read_mail, read_mailbox
from sources.readers.markdown import read_markdown
from sources.readers.odp import read_odp
from sources.readers.odt import read_odt
from sources.readers.old_workbooks import read_xls
from sources.readers.outlook import read_outlook
from sources.readers.pdf.reading import read_pdf
from sources.readers.pictures import read_picture
from sources.readers.plain import read_plain
from sources.readers.pptx import read_pptx
from sources.readers.rtf import read_rtf
from sources.readers.spreadsheets import read_ods, read_xlsx
from sources.readers.tables import read_delimited
from sources.readers.transcripts import read_transcript

KINDS: Mapping[str, str] = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mht": "mht",
    ".mhtml": "mht",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".odt": "odt",
    ".odp": "odp",
    ".rtf": "rtf",
    ".epub": "epub",
    ".pptx": "pptx",
    ".eml": "eml",
    ".mbox": "mbox",
    ".msg": "msg",
    ".csv": "csv",
    ".tsv": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xls",
    ".ods": "ods",
    ".vtt": "vtt",
    ".srt": "vtt",
    ".png": "picture",
    ".jpg": "picture",
    ".jpeg": "picture",
    ".tif": "picture",
    ".tiff": "picture",
}
"""File name endings, lower case, and the kind each names."""

_READERS: Mapping[str, Callable[[bytes, str], Content]] = {
    "txt": read_plain,
    "md": read_markdown,
    "html": read_html,
    "pdf": read_pdf,
    "docx": read_docx,
    "odt": read_odt,
    "odp": read_odp,
    "rtf": read_rtf,
    "epub": read_epub,
    "pptx": read_pptx,
    "eml": read_mail,
    "mbox": read_mailbox,
    "msg": read_outlook,
    "mht": read_archived_page,
    "csv": read_delimited,
    "xlsx": read_xlsx,
    "xls": read_xls,
    "ods": read_ods,
    "vtt": read_transcript,
    "picture": read_picture,
}
_OLD = {".doc": ".docx", ".dot": ".docx", ".ppt": ".pptx", ".pps": ".pptx"}
_PICTURES = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"II*\0": "a TIFF picture",
    b"MM\0*": "a TIFF picture",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
}
_ZIP = b"PK"
_PDF = b"%PDF-"
_PDF_SEARCHED_BYTES = 1024
"""A PDF may begin with other bytes; readers look for its mark in the first 1,024."""


def kind_of(name: str) -> str:
    """The kind that the file's name says; `UnreadableFileError` for one that is not read."""
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    if ending in _OLD:
        raise UnreadableFileError(
            f"{name!r} is in the old format of Word or PowerPoint, which is not read.",
            remedy=f"Open it in Word, PowerPoint or LibreOffice and save it as {_OLD[ending]}.",
        )
    if ending not in KINDS:
        raise UnreadableFileError(
            f"{name!r} is not of a kind that can be read.",
            remedy=f"Kinds: {', '.join(sorted(KINDS))}.",
        )
    return KINDS[ending]


def read_content(raw: bytes, name: str) -> Content:
    """The words of a file; `UnreadableFileError` says why there are none."""
    kind = kind_of(name)
    if not raw.strip():
        raise UnreadableFileError(
            f"{name!r} is empty.", remedy="Add its words to the file, or leave it out."
        )
    _check_mark(raw, name, kind)
    content = _READERS[kind](raw, name)
    if not any(character.isalnum() for character in content.body):
        raise UnreadableFileError(
            f"{name!r} holds no words.", remedy="Add the words to the file, or leave it out."
        )
    return content


def _check_mark(raw: bytes, name: str, kind: str) -> None:
    for mark, what in _PICTURES.items() if kind != "picture" else ():
        if raw.startswith(mark):
            raise UnreadableFileError(
                f"{name!r} is {what}, whatever its name says.",
                remedy="Rename it to what it is, or leave it out.",
            )
    if kind == "pdf" and _PDF not in raw[:_PDF_SEARCHED_BYTES]:
        raise UnreadableFileError(f"{name!r} is not a PDF.", remedy="Save or download it anew.")
    if kind in ("txt", "md", "html", "mht", "eml", "mbox", "csv", "vtt") and raw.startswith(
        (_PDF, _ZIP + b"\x03\x04")
    ):
        what = "a PDF" if raw.startswith(_PDF) else "a zip archive"
        raise UnreadableFileError(
            f"{name!r} is {what}, whatever its name says.", remedy="Rename it to what it is."
        )
