"""Pictures of pages (PNG, JPEG, TIFF): their words, where a program for OCR is installed."""

import io
from collections.abc import Iterator
from typing import Any

from sources.errors import UnreadableFileError
from sources.problems import Unread
from sources.readers.content import Content
from sources.readers.ocr.recognised import Picture, page_of
from sources.readers.ocr.recognition import MAX_PAGES, REMEDY, Recogniser, is_available
from sources.readers.pdf.page import Page
from sources.readers.pdf.reading import read_recognised

_MAX_PIXELS = 100_000_000
_LONGEST_PX = 3_000
_USUAL_PIXELS_PER_POINT = 200 / 72


def read_picture(raw: bytes, name: str) -> Content:
    """The words of a scan or photograph of text, page by page; each page says that it is OCR.

    Raises `UnreadableFileError` where nothing reads pictures here, and for a picture without words.
    """
    if not is_available():
        raise UnreadableFileError(
            f"{name!r} is a picture: its words are not read without text recognition (OCR).",
            remedy=REMEDY,
        )
    recogniser = Recogniser()
    pages: list[Page] = []
    lost = unread = 0
    for picture in _frames(raw, name):
        found = recogniser.read(picture)
        if found is None:
            unread += 1
            continue
        lost += found.lost
        height = picture.shape[0]
        pages.append(page_of(found, height=height, pixels_per_point=_USUAL_PIXELS_PER_POINT))
    if not any(page.letters for page in pages):
        if lost or unread:
            raise UnreadableFileError(
                f"{name!r} is a picture with words that could not be made out.",
                remedy=f"Scan it anew at 300 dots per inch; or, for other languages: {REMEDY}",
            )
        raise UnreadableFileError(f"{name!r} is a picture without words.", remedy="Leave it out.")
    content = read_recognised(pages, name)
    told = []
    if lost:
        told.append(Unread(f"{lost} line{'s' * (lost > 1)} of the picture could not be read"))
    if unread:
        told.append(Unread(f"{unread} of its pages could not be read"))
    return Content(
        content.body, content.locators, content.fields, (*content.problems, *told), content.blocks
    )


def _frames(raw: bytes, name: str) -> Iterator[Picture]:
    """The pictures of the file, upright, of a size for recognition."""
    import numpy as np
    from PIL import Image, ImageOps, ImageSequence

    try:
        with Image.open(io.BytesIO(raw), formats=("PNG", "JPEG", "TIFF")) as file:
            for number, frame in enumerate(ImageSequence.Iterator(file)):
                if frame.width * frame.height > _MAX_PIXELS or number > MAX_PAGES:
                    raise UnreadableFileError(
                        f"{name!r} has more than {_MAX_PIXELS // 1_000_000} million pixels, or"
                        f" {MAX_PAGES} pages.",
                        remedy="Save it smaller, or split it.",
                    )
                upright = _on_white(ImageOps.exif_transpose(frame))
                upright.thumbnail((_LONGEST_PX, _LONGEST_PX))
                yield np.asarray(upright)
    except UnreadableFileError:
        raise
    except Exception as error:  # Pillow raises whatever a damaged file brings about
        if isinstance(error, MemoryError | RecursionError):
            raise
        raise UnreadableFileError(
            f"{name!r} is not a PNG, JPEG or TIFF picture, or is damaged.",
            remedy="Save it anew.",
        ) from error


def _on_white(picture: Any) -> Any:
    from PIL import Image

    if picture.mode in ("I;16", "I", "F"):
        picture = picture.convert("L")
    layered = picture.convert("RGBA")
    white = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(white, layered).convert("RGB")
