"""The files behind the sources, for download: only of ready sources, only unchanged bytes.

A file is served when it still has exactly the bytes that were read into the library; what
an origin points at by now can be anything, so the hash decides. Else the text is served.
"""

from hashlib import sha256
from pathlib import Path

from fastapi import FastAPI, HTTPException, Response

from sources.catalogue import Catalogue
from sources.entries import Entry
from sources.errors import UseError

_SHIPPED = Path(__file__).resolve().parents[2] / "sources" / "texts"


def add_originals(app: FastAPI, catalogue: Catalogue) -> None:
    """Serve the file of each ready source, or its text, under ``/originals/SLUG``."""

    @app.get("/originals/{slug}")
    def download(slug: str) -> Response:
        try:
            catalogue.source(slug)
            entry = catalogue.entry(slug)
            content = original_of(entry) if entry else None
            ending = entry.source.kind if entry and content is not None else "txt"
            if content is None:
                content = catalogue.text(slug).content.encode()
        except UseError as error:
            raise HTTPException(404, error.problem) from error
        return Response(
            content,
            media_type="application/octet-stream",
            headers={"Content-Disposition": f'attachment; filename="{slug}.{ending}"'},
        )


def original_of(entry: Entry) -> bytes | None:
    """The bytes that the source was read from; `None` where they are no longer there."""
    origin = entry.source.origin
    path = _SHIPPED / Path(origin).name if origin.startswith("shipped/") else Path(origin)
    try:
        if not path.is_file() or path.stat().st_size != entry.file_bytes:
            return None
        content = path.read_bytes()
    except OSError:
        return None
    return content if sha256(content).hexdigest() == entry.file_sha256 else None
