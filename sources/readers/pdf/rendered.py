"""Pages of a PDF as pictures, by PDFium, for text recognition."""

import ctypes
import math
from typing import Any

from sources.readers.ocr.recognised import Picture

PIXELS_PER_POINT = 200 / 72
_LONGEST_PX = 3_000
_FEWEST_PX = 50
_IMAGE_COVERS = 0.6
"""Of a page: a picture so large is the page itself, as a scanner saves it."""
_DEEPEST_FORM = 3
_MOST_OBJECTS = 2_000


def scale_of(page: Any) -> float:
    """How many pixels a point of the page is drawn with."""
    import pypdfium2.raw as pdfium

    longest = max(pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page), 1.0)
    return float(min(PIXELS_PER_POINT, _LONGEST_PX / longest))


def picture_of(page: Any) -> Picture | None:
    """The page as it is shown; `None` for one that is too small to hold words."""
    import numpy as np
    import pypdfium2.raw as pdfium

    scale = scale_of(page)
    width = math.ceil(pdfium.FPDF_GetPageWidthF(page) * scale)
    height = math.ceil(pdfium.FPDF_GetPageHeightF(page) * scale)
    if min(width, height) < _FEWEST_PX:
        return None
    bitmap = pdfium.FPDFBitmap_Create(width, height, 0)
    if not bitmap:
        return None
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        start = pdfium.FPDFBitmap_GetBuffer(bitmap)
        raw = ctypes.string_at(start, stride * height)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    rows = np.frombuffer(raw, np.uint8).reshape(height, stride)[:, : 4 * width]
    return np.ascontiguousarray(rows.reshape(height, width, 4)[:, :, 2::-1])


def is_blank(page: Any) -> bool:
    """Whether nothing at all is drawn on the page."""
    import pypdfium2.raw as pdfium

    return int(pdfium.FPDFPage_CountObjects(page)) == 0


def is_one_picture(page: Any) -> bool:
    """Whether pictures fill the page, each or in strips, as those of a scan do."""
    import pypdfium2.raw as pdfium

    whole = pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page)
    covered = 0.0
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    waiting = [
        (pdfium.FPDFPage_GetObject(page, at), 0)
        for at in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS))
    ]
    while waiting:
        drawn, depth = waiting.pop()
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            count = min(pdfium.FPDFFormObj_CountObjects(drawn), _MOST_OBJECTS)
            waiting += [(pdfium.FPDFFormObj_GetObject(drawn, at), depth + 1) for at in range(count)]
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE and pdfium.FPDFPageObj_GetBounds(
            drawn, left, bottom, right, top
        ):
            covered += max(0.0, right.value - left.value) * max(0.0, top.value - bottom.value)
    return bool(covered >= _IMAGE_COVERS * whole)
