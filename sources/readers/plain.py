"""Plain text, with or without a card on top: every word of it as it is written.

Lines that a margin broke are joined, and tables drawn with signs become rows; all else is kept.
"""

import re
from collections.abc import Iterator

from sources.readers.content import Builder, Content, normalise
from sources.readers.decoding import decode_and_tell
from sources.readers.front_matter import split_front_matter
from sources.readers.lines import Unwrapper
from sources.readers.tables import rows_of_lines, write_rows

_BLANK = re.compile(r"(\n(?:[ \t]*\n)+)")

_MARK = re.compile(r"(?P<mark>[-*•–·▪◦‣]|\(?(?:\d{1,3}|[a-z])[.)])[ \t]+(?=\S)")


def read_plain(raw: bytes, name: str) -> Content:
    """A text file: every word of it, below its card."""
    decoded, problems = decode_and_tell(raw, name=name)
    front = split_front_matter(decoded, name)
    body = normalise(front.body)
    problems += front.problems
    paragraphs = _split(body)
    unwrapper = Unwrapper(body)
    tables = {at: rows for at, one in enumerate(paragraphs) if (rows := rows_of_lines(one))}
    lists = {at: parts for at, one in enumerate(paragraphs) if (parts := _list_in(one))}
    if not tables and not lists:
        # Paragraphs stay as far apart as they are.
        whole = "".join(map(unwrapper.join, _BLANK.split(body)))
        return Content(normalise(whole), fields=front.fields, problems=problems)
    builder = Builder()
    for at, paragraph in enumerate(paragraphs):
        if at in tables:
            write_rows(tables[at], builder)
        elif at in lists:
            _write_list(lists[at], unwrapper, builder)
        else:
            builder.paragraph(unwrapper.join(paragraph))
    return builder.content(front.fields, problems)


def _list_in(paragraph: str) -> list[str]:
    """What stands above a list, and each item with its mark; empty where there is no list.

    The lines of an item that have no mark stand further in than its mark.
    """
    parts: list[str] = []
    lead: list[str] = []
    depth = 0
    for line in paragraph.split("\n"):
        indent = len(line) - len(line.lstrip())
        if _MARK.match(line.strip()):
            parts.append(line.strip())
            depth = indent
        elif not parts:
            lead.append(line)
        elif indent > depth:
            parts[-1] += f"\n{line.strip()}"
        else:
            return []
    return ["\n".join(lead), *parts] if len(parts) > 1 else []


def _write_list(parts: list[str], unwrapper: Unwrapper, builder: Builder) -> None:
    lead, *items = parts
    builder.paragraph(unwrapper.join(lead))
    for item in items:
        found = _MARK.match(item)
        assert found is not None
        mark = found["mark"] if found["mark"][-1:] in ".)" else "•"
        builder.item(unwrapper.join(item[found.end() :]), mark)


def paragraphs_of(body: str) -> Iterator[str]:
    """The paragraphs of a normalised text, their lines joined."""
    unwrapper = Unwrapper(body)
    return (unwrapper.join(one) for one in _split(body) if one.strip())


def _split(body: str) -> list[str]:
    return _BLANK.split(body)[::2]
