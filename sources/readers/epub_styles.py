"""What a book's style sheets do to words: strike them out, raise them, hide them.

Pandoc's tree keeps the classes of spans, and not what they look like.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sources.readers.packages import Package
from sources.readers.pandoc import Node

_RULE = re.compile(r"([^{}]{1,1000})\{([^{}]{0,10000})\}")
_CLASS = re.compile(r"(?:span)?\.([\w-]{1,100})")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LOOKS = (
    ("Hidden", re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)),
    ("Strikeout", re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)),
    (
        "Superscript",
        re.compile(r"vertical-align\s*:\s*super|[;\s]top\s*:\s*-\s*[\d.]", re.IGNORECASE),
    ),
)
_MAX_SHEET_BYTES = 2_000_000


def looks_of(package: Package) -> Mapping[str, str]:
    """Of each class whose words are struck, raised or hidden: which of these."""
    found: dict[str, str] = {}
    for part in sorted(one for one in package.names if one.lower().endswith(".css")):
        sheet = (package.read(part) or b"")[:_MAX_SHEET_BYTES].decode("utf-8", "replace")
        for rule in _RULE.finditer(_COMMENT.sub(" ", sheet)):
            look = _look(rule[2])
            names = [_CLASS.fullmatch(one.strip()) for one in rule[1].split(",")] if look else []
            found.update({name[1]: look for name in names if name and look})
    return found


def dressed(blocks: Sequence[Any], looks: Mapping[str, str]) -> tuple[list[Any], int]:
    """The blocks, with their spans read as they look, and how many hidden stretches are gone."""
    hidden = 0

    def walk(content: Any) -> Any:
        nonlocal hidden
        if isinstance(content, dict):
            return content if "c" not in content else content | {"c": walk(content["c"])}
        if not isinstance(content, list):
            return content
        kept = []
        for one in content:
            worn = _worn(one, looks)
            if worn == "Hidden":
                hidden += 1
            elif worn:
                kept.append({"t": worn, "c": walk(one["c"][1])})
            else:
                kept.append(walk(one))
        return kept

    return walk(list(blocks)), hidden


def _worn(node: Any, looks: Mapping[str, str]) -> str | None:
    if not isinstance(node, dict) or node.get("t") != "Span":
        return None
    return next(_looks_on(node, looks), None)


def _looks_on(span: Node, looks: Mapping[str, str]) -> Iterator[str]:
    _, classes, attributes = span["c"][0]
    for name in classes:
        if name in looks:
            yield looks[name]
    for key, value in attributes:
        if key == "style" and (look := _look(value)):
            yield look


def _look(declarations: str) -> str | None:
    return next((look for look, said in _LOOKS if said.search(f" {declarations}")), None)
