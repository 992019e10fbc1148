"""What a PDF carries beside its drawing, by pypdf: labels, card, form fields, annotations."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sources.readers.pdf.page import Row

_MOST_FIELDS = 2_000
_MOST_ANNOTATIONS = 2_000
_DEEPEST_FIELD = 30
_NOTES = ("/Text", "/FreeText", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Caret",
          "/Square", "/Circle", "/Polygon", "/Line", "/Ink", "/Stamp")  # fmt: skip
_WIDEST_LABEL_GAP = 160.0
_CHOICE, _BUTTON, _SIGNATURE = "/Ch", "/Btn", "/Sig"
_PUSH_BUTTON = 1 << 16
_PASSWORD = 1 << 13


@dataclass(frozen=True, slots=True)
class FormField:
    """A filled field and where it stands; the name is what its file calls it."""

    name: str
    value: str
    box: tuple[float, float, float, float]
    is_named_for_readers: bool
    """Whether the name is one that a reader is shown."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """What somebody wrote onto a page, and who."""

    words: str
    author: str


def labels_of(reader: Any, count: int) -> Sequence[str]:
    """The numbers that the pages bear, as far as the file gives them; else 1, 2, …"""
    try:
        labels = [str(label).strip() for label in reader.page_labels]
    except Exception:  # noqa: BLE001  # a broken label tree must not cost the text
        labels = []
    if len(labels) != count or not all(0 < len(label) <= 20 for label in labels):
        return [str(number) for number in range(1, count + 1)]
    return labels


def card_of(reader: Any) -> dict[str, object]:
    """The fields of the card that the file's own properties give."""
    said = reader.metadata or {}
    language = reader.root_object.get("/Lang")
    return {
        "title": text_of(said.get("/Title")),
        "author": text_of(said.get("/Author")),
        "language": text_of(language),
        "tags": [
            tag.strip() for tag in re.split("[,;]", text_of(said.get("/Keywords")) or "") if tag
        ],
    }


def text_of(value: object) -> str | None:
    """A string of the file, or `None` where it is none."""
    return value.replace("\0", "") if isinstance(value, str) else None


def annotated(page: Any) -> tuple[list[FormField], list[Annotation]]:
    """The filled fields and the written annotations of a page, from top to bottom."""
    fields: list[FormField] = []
    notes: list[Annotation] = []
    for entry in _listed(page.get("/Annots"))[:_MOST_ANNOTATIONS]:
        made = entry.get_object() if hasattr(entry, "get_object") else entry
        if not isinstance(made, Mapping):
            continue
        kind = made.get("/Subtype")
        if kind == "/Widget" and len(fields) < _MOST_FIELDS:
            field = _field(made)
            if field is not None:
                fields.append(field)
        elif kind in _NOTES:
            words = text_of(_resolved(made.get("/Contents"))) or ""
            if words.strip():
                notes.append(Annotation(words.strip(), text_of(_resolved(made.get("/T"))) or ""))
    fields.sort(key=lambda field: (-round(field.box[1]), field.box[0]))
    return fields, notes


def label_beside(field: FormField, rows: Sequence[Row]) -> str:
    """What stands to the left of the field, or else close above it; nothing where neither."""
    x0, y0, x1, y1 = field.box
    middle = (y0 + y1) / 2
    for row in rows:
        if abs(row.y + 0.35 * row.size - middle) > max(0.7 * row.size, 0.5 * (y1 - y0)):
            continue
        words = [word for word in row.words if word.x1 <= x0 + 4]
        if words and x0 - words[-1].x1 <= _WIDEST_LABEL_GAP:
            return Row(_last_run(words)).text
    for row in reversed(rows):
        words = [word for word in row.words if word.x1 > x0 - 4 and word.x0 < x1]
        if words and y1 - 4 <= row.y <= y1 + 1.2 * row.size:
            return Row(words).text
    return ""


def _last_run(words: Sequence[Any]) -> list[Any]:
    """The words up to the last wide gap."""
    at = len(words) - 1
    while at and words[at].x0 - words[at - 1].x1 < 2.5 * words[at].size:
        at -= 1
    return list(words[at:])


def _field(widget: Mapping[str, Any]) -> FormField | None:
    kind = str(_inherited(widget, "/FT") or "")
    flags = _inherited(widget, "/Ff")
    flags = int(flags) if isinstance(flags, int) else 0
    if kind == _SIGNATURE or (kind == _BUTTON and flags & _PUSH_BUTTON) or flags & _PASSWORD:
        return None
    value = _value(widget, kind)
    if not value:
        return None
    shown = text_of(_resolved(_inherited(widget, "/TU")))
    name = shown or text_of(_resolved(_inherited(widget, "/T"))) or ""
    numbers = [float(one) for one in _listed(widget.get("/Rect")) if isinstance(one, int | float)]
    if len(numbers) != 4:
        numbers = [0.0] * 4
    x0, y0, x1, y1 = numbers
    box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return FormField(name, value, box, bool(shown and shown != text_of(_inherited(widget, "/T"))))


def _value(widget: Mapping[str, Any], kind: str) -> str:
    value = _resolved(_inherited(widget, "/V"))
    if kind == _BUTTON:
        # Of several buttons with one name, each widget knows by itself whether it is the one.
        state = str(_resolved(widget.get("/AS")) or value or "").removeprefix("/")
        if state in ("", "Off"):
            return ""
        return "☒" if state in ("Yes", "On", "1") else f"☒ {state}"
    if kind == _CHOICE and isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(filter(None, (text_of(_resolved(one)) for one in value)))
    return (text_of(value) or "").strip()


def _inherited(widget: Mapping[str, Any], key: str) -> Any:
    """The value that the field or one of those above it gives."""
    node: Any = widget
    for _ in range(_DEEPEST_FIELD):
        if not isinstance(node, Mapping):
            return None
        if key in node:
            return _resolved(node[key])
        node = _resolved(node.get("/Parent"))
    return None


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def _listed(value: Any) -> list[Any]:
    value = _resolved(value)
    return [_resolved(one) for one in value] if isinstance(value, list) else []
