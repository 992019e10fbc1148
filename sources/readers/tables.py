"""Rows of tables as readable text."""

from collections.abc import Sequence


def table_in_words(rows: Sequence[Sequence[str]], *, has_header: bool) -> str:
    """A table as text: the header's words stand in each row, since a row is quoted alone.

    ``Year: 2026 | Drones: 2,500``, each row a paragraph. Where the table marks no header, or a
    row has other cells than it, the cells stand as they are, a row a line. Blank rows go.
    """
    filled = [row for row in rows if any(row)]
    header, body = (filled[0], filled[1:]) if filled else ((), ())
    if has_header and body and all(len(row) == len(header) for row in body):
        return "\n\n".join(_labelled(header, row) for row in body)
    return "\n".join(" | ".join(row) for row in filled)


def _labelled(header: Sequence[str], row: Sequence[str]) -> str:
    return " | ".join(
        f"{label.rstrip(':')}: {cell}" if label else cell
        for label, cell in zip(header, row, strict=True)
        if cell
    )
