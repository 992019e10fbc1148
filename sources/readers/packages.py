"""Office files are zip packages of XML: opened in memory, within limits, nothing unpacked to disk.

No name in a package can climb anywhere, and its XML brings no entities and no other file in.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from sources.errors import UnreadableFileError

MAX_UNPACKED_BYTES = 512 * 1024 * 1024
MAX_PARTS = 20_000

_KINDS = (
    ("word/", "a Word document"),
    ("ppt/", "a PowerPoint presentation"),
    ("xl/", "an Excel workbook"),
)
_MIME_TYPES = {
    "application/epub+zip": "an EPUB",
    "application/vnd.oasis.opendocument.text": "an OpenDocument text",
    "application/vnd.oasis.opendocument.text-template": "an OpenDocument text",
    "application/vnd.oasis.opendocument.spreadsheet": "an OpenDocument spreadsheet",
    "application/vnd.oasis.opendocument.presentation": "an OpenDocument presentation",
}
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/officeDocument", b"http://schemas.openxmlformats.org/officeDocument/2006"),
    (b"http://purl.oclc.org/ooxml/wordprocessingml", b"http://schemas.openxmlformats.org/wordprocessingml/2006"),
    (b"http://purl.oclc.org/ooxml/drawingml", b"http://schemas.openxmlformats.org/drawingml/2006"),
    (b"http://purl.oclc.org/ooxml/presentationml", b"http://schemas.openxmlformats.org/presentationml/2006"),
)  # fmt: skip
"""Names of "Strict Open XML", and what everybody else writes for them."""


class Package:
    """The parts of a zip package, by their names.

    `what` is what the file has to be, as in "a Word document". Raises `UnreadableFileError`
    for what is no package, is locked, is something else, or would unpack to more than the limit.
    """

    def __init__(self, raw: bytes, *, name: str, what: str) -> None:
        self.name, self._what = name, what
        if raw.startswith(b"\xd0\xcf\x11\xe0"):
            raise UnreadableFileError(
                f"{name!r} is locked with a password, or in the old format of 1997.",
                remedy="Save it without a password, in the format that its name says.",
            )
        if raw.lstrip()[:5] == b"{\\rtf":
            raise self.is_something_else("an RTF document")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
            raise self.damaged() from error
        parts = self._zip.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
            raise UnreadableFileError(
                f"{name!r} would unpack to more than {MAX_UNPACKED_BYTES // 1024**2} MB.",
                remedy="Save it without its pictures, or split it.",
            )
        self.names = frozenset(part.filename for part in parts)
        found = self._found()
        if found and found != what:
            raise self.is_something_else(found)

    def read(self, part: str) -> bytes | None:
        """The bytes of a part; `None` where there is none of that name."""
        if part not in self.names:
            return None
        try:
            return self._zip.read(part)
        except RuntimeError as error:  # what zipfile raises for a locked part
            raise UnreadableFileError(
                f"{self.name!r} is locked with a password.",
                remedy="Save a copy without the password.",
            ) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
            raise self.damaged() from error

    def xml(self, part: str) -> Any | None:
        """The root element of a part, as lxml has it; `None` where there is none of that name."""
        content = self.read(part)
        if content is None:
            return None
        for strict, usual in _STRICT if b"http://purl.oclc.org/ooxml" in content else ():
            content = content.replace(strict, usual)
        return self._parsed(content)

    def relations(self, part: str) -> Mapping[str, tuple[str, str]]:
        """Of a part of an Office Open XML package: by id, what a part is to it, and its name.

        What it is, is the last word of its type: ``styles``, ``footnotes``. The package's own
        relations are those of ``""``. What lies outside the package is left out.
        """
        folder, _, file = part.rpartition("/")
        root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for one in root.iter(_RELATIONS) if root is not None else ():
            target = one.get("Target") or ""
            if one.get("TargetMode") != "External" and one.get("Id"):
                place = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found[one.get("Id")] = ((one.get("Type") or "").rpartition("/")[2], place)
        return found

    def damaged(self) -> UnreadableFileError:
        """The refusal of a file that is not what it should be."""
        return UnreadableFileError(
            f"{self.name!r} is not {self._what}, or is damaged.",
            remedy="Open it in the program that made it, and save it anew.",
        )

    def is_something_else(self, what: str) -> UnreadableFileError:
        """The refusal of a file of another kind than its name says."""
        return UnreadableFileError(
            f"{self.name!r} is {what}, whatever its name says.",
            remedy="Rename it to what it is.",
        )

    def _found(self) -> str | None:
        """What the package is, where it says so."""
        if "mimetype" in self.names:
            said = (self.read("mimetype") or b"")[:200].decode("latin-1").strip()
            return _MIME_TYPES.get(said)
        if "[Content_Types].xml" in self.names:
            for folder, what in _KINDS:
                if any(part.startswith(folder) for part in self.names):
                    return what
        return None

    def _parsed(self, content: bytes) -> Any:
        from lxml import etree

        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self.damaged() from error
        definitions = root.getroottree().docinfo.internalDTD
        if definitions is not None and any(definitions.iterentities()):
            raise self.damaged()  # no office program writes any
        return root
