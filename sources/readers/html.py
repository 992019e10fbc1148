"""HTML: the article without the page around it, by trafilatura.

Scripts and styles are never run and never part of the text; nothing is fetched.
"""

from typing import Any

from sources.errors import UnreadableFileError
from sources.readers.content import Builder, Content


def read_html(raw: bytes, name: str) -> Content:
    """The article of a page, with title, author, site, date, address and language as it says."""
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    tree = load_html(raw)
    if tree is None:
        raise UnreadableFileError(f"{name!r} is not an HTML page.", remedy="Save the page anew.")
    language = _language(tree)
    found = bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    fields: dict[str, object] = {"language": language}
    builder = Builder()
    if found is not None:
        page: Any = found  # a Document; a dict only for callers that ask for one
        fields |= {
            "title": page.title,
            "author": page.author,
            "publisher": page.sitename,
            "published": page.date,
            "url": page.url,
        }
        for block in page.body.iterchildren() if page.body is not None else ():
            _write(block, builder)
    return builder.content(fields)


def _write(element: Any, builder: Builder) -> None:
    match element.tag:
        case "head":
            builder.heading(_words(element))
        case "list":
            for item in element.iterchildren("item"):
                builder.item(_words(item))
        case "table":
            _write_table(element, builder)
        case _:
            builder.paragraph(_words(element))


def _write_table(table: Any, builder: Builder) -> None:
    rows = [row for row in (list(row.iter("cell")) for row in table.iter("row")) if row]
    has_header = bool(rows) and all(cell.get("role") == "head" for cell in rows[0])
    header, *body = [[_words(cell) for cell in row] for row in rows] or [[]]
    builder.table(body if has_header else [header, *body], header=header if has_header else None)


def _words(element: Any) -> str:
    for line_break in element.iter("lb"):
        line_break.tail = "\n" + (line_break.tail or "")
    lines = "".join(element.itertext()).split("\n")
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def _language(tree: Any) -> str | None:
    declared = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    return str(declared) if declared else None
