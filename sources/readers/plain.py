"""Plain text and Markdown, with or without a YAML card between ``---`` lines on top.

The words stay as they are written, Markdown's marks included: what a reader cites is what
the author typed. Headings become locators.
"""

import re
from collections.abc import Mapping
from dataclasses import fields as fields_of
from difflib import get_close_matches
from itertools import pairwise

from sources.errors import UnreadableFileError
from sources.readers.content import Content, line_starts, normalise
from sources.readers.decoding import decode
from sources.source import Card, Locator

_CARD = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_FIELDS = tuple(field.name for field in fields_of(Card))
_MAX_CARD_CHARACTERS = 20_000
_MAX_MARKDOWN_CHARACTERS = 2_000_000
"""Headings of longer texts are not looked for; their words are read all the same."""


def read_plain(raw: bytes, name: str) -> Content:
    """A text file: every character of it, below its card."""
    fields, body = _split_card(decode(raw, name=name), name)
    return Content(body=normalise(body), fields=fields, problems=_unknown_in(fields))


def read_markdown(raw: bytes, name: str) -> Content:
    """A Markdown file: as plain text, with its headings as locators."""
    fields, body = _split_card(decode(raw, name=name), name)
    body = normalise(body)
    return Content(body=body, locators=_headings(body), fields=fields, problems=_unknown_in(fields))


def _split_card(content: str, name: str) -> tuple[Mapping[str, object], str]:
    content = content.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    found = _CARD.match(content[:_MAX_CARD_CHARACTERS])
    if found is None:
        return {}, content
    import yaml

    try:
        fields = yaml.safe_load(found.group(1))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UnreadableFileError(
            f"The card on top of {name!r} is not valid YAML.",
            remedy="Mend the lines between the two '---' lines, or remove them.",
        ) from error
    if not isinstance(fields, dict):
        return {}, content
    return fields, content[found.end() :]


def _unknown_in(card: Mapping[str, object]) -> tuple[str, ...]:
    """What is to be said of names on a card that no card has."""
    told = []
    for name in card:
        if name not in _FIELDS:
            near = get_close_matches(str(name).lower(), _FIELDS, n=1)
            told.append(f"{str(name)[:40]!r}" + (f" (is {near[0]!r} meant?)" if near else ""))
    if not told:
        return ()
    shown = ", ".join(told[:5]) + (", …" if len(told) > 5 else "")
    return (f"Its card says things that no card has a place for, passed over: {shown}.",)


def _headings(body: str) -> tuple[Locator, ...]:
    if len(body) > _MAX_MARKDOWN_CHARACTERS:
        return ()
    from markdown_it import MarkdownIt

    starts = line_starts(body)
    tokens = MarkdownIt("commonmark").parse(body)
    return tuple(
        Locator(starts[token.map[0]], "heading", " ".join(inline.content.split()))
        for token, inline in pairwise(tokens)
        if token.type == "heading_open" and token.map and inline.content.strip()
    )
