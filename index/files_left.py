"""The files that a library was read from, read again to see which of its texts they hold.

Under what name a kept file came is known to the catalogue alone. Where that is lost, a file is
read as each kind that its first bytes allow, until its text is one that is wanted.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

from index.inputs import UPLOADS, given
from sources.catalogue import Catalogue
from sources.confined import ConfinedReader
from sources.entries import Arrival
from sources.errors import AssistantError
from sources.originals import SHIPPED_FOLDER, SHIPPED_ORIGIN
from sources.reading import READERS, make_source
from sources.source import Source, Text

_HEADERS = re.compile(rb"(?:[A-Za-z-]+: .*\r?\n(?:[ \t].*\r?\n)*){2}")
_TAGS = re.compile(rb"<(?:!doctype html|html|head|body|p|div)\b", re.IGNORECASE)
_SEARCHED_BYTES = 4096


@dataclass(frozen=True, slots=True)
class FileLeft:
    """A file, read: its text may be that of a source which the catalogue has lost."""

    source: Source
    text: Text
    file_sha256: str
    file_bytes: int
    is_kept_here: bool
    """Whether it lies in the library's own folder, where nothing else may name it."""
    has_title: bool
    """Whether the file says how its text is called; else its name did, which may be lost."""

    def as_source(self, slug: str, *, title: str) -> Source:
        """The source of that slug that is read from it, called `title` where it has no title."""
        kind = self.source.kind
        return replace(
            self.source,
            slug=slug,
            card=self.source.card if self.has_title else replace(self.source.card, title=title),
            origin=f"{UPLOADS}/{slug}.{kind}" if self.is_kept_here else self.source.origin,
        )

    def as_arrival(self, source: Source) -> Arrival:
        """The source on its way into the catalogue."""
        return Arrival(source, self.text, self.file_sha256, self.file_bytes, READERS)


@dataclass(frozen=True, slots=True)
class _Candidate:
    content: bytes
    names: tuple[str, ...]
    """Under which it may be read, the likeliest first."""
    origin: str | None
    """`None` for a file that is kept here."""


def files_left(
    home: Path,
    catalogue: Catalogue,
    *,
    look_in: Sequence[Path],
    wanted: Set[str],
    report: Callable[[int, int], None] | None = None,
) -> tuple[dict[str, FileLeft], tuple[str, ...]]:
    """The files by the hash of their text, and those that cannot be read, in words.

    Kept files that a source of the catalogue names are left out; so is what is found elsewhere
    and has no text of a `wanted` hash. A kept file goes before one that lies elsewhere.
    """
    kept = sorted(path for path in (home / "originals").glob("*/*") if path.is_file())
    places = [*kept, *(SHIPPED_FOLDER.iterdir() if wanted else ()), *look_in]
    found: dict[str, FileLeft] = {}
    unread: list[str] = []
    with ConfinedReader() as reader:
        for done, place in enumerate(places, start=1):
            if place not in kept or catalogue.with_file(place.name) is None:
                for candidate in _candidates(place, is_kept=place in kept):
                    file = _read(reader, candidate, wanted)
                    if file is None and candidate.origin is None:
                        unread.append(f"the kept file {place.name[:12]}…: it cannot be read")
                    if file is not None:
                        found.setdefault(file.source.sha256, file)
            if report is not None:
                report(done, len(places))
    return found, tuple(unread)


def _candidates(place: Path, *, is_kept: bool) -> Iterator[_Candidate]:
    if is_kept:
        try:
            content = place.read_bytes()
        except OSError:
            content = b""
        if hashlib.sha256(content).hexdigest() != place.name:
            content = b""
        stem = f"file-{place.name[:8]}"
        yield _Candidate(content, tuple(f"{stem}{kind}" for kind in _kinds(content)), None)
        return
    for offered in given(place):
        try:
            content, name = offered.load()
        except AssistantError:
            continue
        is_shipped = place.parent == SHIPPED_FOLDER
        yield _Candidate(
            content, (name,), f"{SHIPPED_ORIGIN}/{name}" if is_shipped else offered.origin
        )


def _read(reader: ConfinedReader, candidate: _Candidate, wanted: Set[str]) -> FileLeft | None:
    """The file read as the kind whose text is wanted; a kept one as the first that can be read."""
    first: FileLeft | None = None
    for name in candidate.names:
        try:
            reading = reader.read(candidate.content, name)
        except AssistantError:
            continue
        source, text = make_source(reading, name=name, origin=candidate.origin or f"upload/{name}")
        file = FileLeft(
            source,
            text,
            hashlib.sha256(candidate.content).hexdigest(),
            len(candidate.content),
            candidate.origin is None,
            source.card.title != Path(name).stem.replace("-", " "),
        )
        if source.sha256 in wanted:
            return file
        first = first or file
    return first if candidate.origin is None else None


def _kinds(content: bytes) -> tuple[str, ...]:
    """The endings of the kinds that the file may be of, the likeliest first."""
    begin = content[:_SEARCHED_BYTES]
    if b"%PDF-" in begin:
        return (".pdf",)
    if begin.startswith(b"PK"):
        return (".docx", ".odt", ".epub", ".pptx", ".xlsx", ".ods", ".odp")
    if begin.startswith(b"\xd0\xcf\x11\xe0"):
        return (".msg", ".xls")
    if begin.lstrip().startswith(b"{\\rtf"):
        return (".rtf",)
    texts = [".txt", ".md", ".html", ".eml"]
    likely = ".txt"
    if begin.startswith(b"---") or re.search(rb"^#{1,6} ", begin, re.MULTILINE):
        likely = ".md"
    elif _TAGS.search(begin):
        likely = ".html"
    elif _HEADERS.match(begin):
        likely = ".eml"
    return (likely, *(kind for kind in texts if kind != likely))
