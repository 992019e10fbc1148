"""The files behind the sources, for download. No browser ever shows one as a page from here."""

import re
from urllib.parse import quote

from fastapi import FastAPI, HTTPException, Response

from assistant.downloads import download
from sources.catalogue import Catalogue
from sources.errors import UseError

SENT_POLICY = "default-src 'none'; sandbox"
"""For every document that is sent: opened in a browser after all, it runs and loads nothing."""
_PLAIN = re.compile(r"[\w.-]+", re.ASCII)


def add_originals(app: FastAPI, catalogue: Catalogue) -> None:
    """Serve the file of each ready source, or its text, under ``/originals/SLUG``."""

    @app.get("/originals/{slug}")
    def send(slug: str) -> Response:
        try:
            file = download(catalogue, slug)
        except UseError as error:
            raise HTTPException(404, error.problem) from error
        plain = _PLAIN.fullmatch(file.name) is not None
        name = f'filename="{file.name}"' if plain else f"filename*=UTF-8''{quote(file.name, '')}"
        return Response(
            file.content,
            media_type="application/octet-stream",
            headers={
                "Content-Disposition": f"attachment; {name}",
                "X-Content-Type-Options": "nosniff",
                "Content-Security-Policy": SENT_POLICY,
                "Cache-Control": "no-store",
            },
        )
