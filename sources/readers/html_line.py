"""Blocks in one line: what a table's cell or a note holds, its parts apart."""

from collections.abc import Sequence

from sources.readers.html_notes import Reference
from sources.readers.list_marks import BULLET
from sources.readers.wrapped import paragraphs


class OneLine:
    """Takes blocks as the parts of one line: of a table's cell, or of a note."""

    reached = None

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.signs: list[Reference] = []

    @property
    def words(self) -> str:
        """All parts, by semicolons where nothing else ends them."""
        said = ""
        for part in (" ".join(part.split()) for part in self._parts):
            if said and part:
                said += " " if said[-1] in ".!?;:,–—" else "; "
            said += part
        return said

    def heading(self, words: str, level: int = 1) -> None:  # noqa: ARG002  # as `Blocks` has it
        self._parts.append(words)

    def lines(self, lines: Sequence[str]) -> None:
        for one in paragraphs([line for line in lines if line.strip()]):
            self._parts.append(f"{one.mark or ''} {one.words}")

    def paragraph(self, words: str) -> None:
        self._parts.append(words)

    def item(self, words: str, mark: str = "•", level: int = 1) -> None:  # noqa: ARG002  # as above
        self._parts.append(words if mark == BULLET else f"{mark} {words}")

    def table(self, rows: Sequence[Sequence[str]], *, header: Sequence[str] | None = None) -> None:
        for row in rows:
            labels = header if header and len(header) == len(row) else [""] * len(row)
            said = zip(labels, row, strict=True)
            cells = [f"{label}: {cell}" if label else cell for label, cell in said if cell.strip()]
            self._parts.append(", ".join(cells))

    def note(self, words: str, sign: str, *, anchor: int | None = None) -> None:  # noqa: ARG002
        self._parts.append(words)

    def enter_quote(self) -> None:
        """A quotation within one line is words of the line."""

    def leave_quote(self) -> None:
        """As above."""
