"""Draws PDFs letter by letter, for tests: where each line stands is up to the test."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Sheet:
    """A page of 600 × 800 points on the way; y grows upwards."""

    drawn: list[str] = field(default_factory=list)
    rotation: int = 0
    maps: str = ""
    """The font of plain words: "" for upright, "slanted"; or with "wrong", "private" letters."""

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 11,
        bold: bool = False,
        matrix: str = "1 0 0 1",
    ) -> "Sheet":
        """Draw a line; what stands between two ``^`` is raised and small, as a note's sign."""
        font = _FONTS.get(self.maps, "/F2" if bold else "/F1")
        shown = ""
        for number, part in enumerate(words.split("^")):
            raised = number % 2
            scale = 0.6 if raised else 1.0
            for piece in re.findall(r"[\x20-\x7e]+|[^\x20-\x7e]+", part):
                name = font if piece.isascii() else "/F3"
                codes = (piece if piece.isascii() else "".join(map(_code_of, piece))).encode(
                    "latin-1"
                )
                rise = 0.35 * size if raised else 0
                shown += f"{rise:.2f} Ts {name} {size * scale:.2f} Tf <{codes.hex()}> Tj "
        self.drawn.append(f"BT {matrix} {x} {y} Tm {shown}ET")
        return self

    def lines(
        self, x: float, y: float, lines: Sequence[str], *, size: float = 11, pitch: float = 14
    ) -> "Sheet":
        """Draw lines below each other."""
        for number, line in enumerate(lines):
            self.text(x, y - pitch * number, line, size=size)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> "Sheet":
        """Draw a line."""
        self.drawn.append(f"0.5 w {x0} {y0} m {x1} {y1} l S")
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> "Sheet":
        """Draw the lines of a table."""
        for x in xs:
            self.rule(x, min(ys), x, max(ys))
        for y in ys:
            self.rule(min(xs), y, max(xs), y)
        return self


_FONTS = {"wrong": "/F4", "private": "/F5", "slanted": "/F6"}
_letters: list[str] = []


def _code_of(character: str) -> str:
    if character not in _letters:
        _letters.append(character)
    return chr(0x21 + _letters.index(character))


def draw(sheets: Sequence[Sheet]) -> bytes:
    """A PDF of these pages."""
    assert len(_letters) < 0xDE, "too many letters beyond ASCII for one font"
    base = "/Type /Font /Subtype /Type1 /Encoding /WinAnsiEncoding /BaseFont /Helvetica"
    widths = " ".join(["600"] * 0xDF)
    wide = f"/FirstChar 33 /LastChar 255 /Widths [{widths}]"
    own = "".join(
        f"<{0x21 + index:02x}> <{letter.encode('utf-16-be').hex()}>\n"
        for index, letter in enumerate(_letters)
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        f"<< {base} >>",
        f"<< {base}-Bold >>",
        f"<< /Type /Font /Subtype /Type1 /BaseFont /Courier {wide} /ToUnicode 8 0 R >>",
        f"<< {base} /ToUnicode 9 0 R >>",
        f"<< {base} /ToUnicode 10 0 R >>",
        _stream(_to_unicode(f"{len(_letters)} beginbfchar\n{own}endbfchar")),
        _stream(_to_unicode("1 beginbfrange <21> <7e> <002e> endbfrange")),
        _stream(_to_unicode("1 beginbfrange <21> <7e> <e021> endbfrange")),
        f"<< {base}-Oblique >>",
    ]
    kids = []
    for sheet in sheets:
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Rotate {sheet.rotation}"
            " /Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R /F4 6 0 R /F5 7 0 R"
            " /F6 11 0 R >> >>"
            f" /Contents {number + 1} 0 R >>"
        )
        objects.append(_stream("\n".join(sheet.drawn)))
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    written, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    start, size = len(written), len(objects) + 1
    written += f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    written += f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF"
    return written.encode("latin-1")


def _to_unicode(mapping: str) -> str:
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def"
        f" 1 begincodespacerange <00> <ff> endcodespacerange {mapping} endcmap end end"
    )


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"
