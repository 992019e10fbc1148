"""Questions as lines of JSON, from a file or standard input; a wrong line is no end."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from sources.errors import UseError


@dataclass(frozen=True, slots=True)
class Line:
    """A question with the earlier ones of its conversation, and the name that it came under."""

    id: object
    question: str
    history: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line that is no question, and why; `id` is `None` where it cannot be told."""

    id: object
    error: UseError


def read_lines(name: str) -> tuple[Line | BrokenLine, ...]:
    """The lines of the file of that name, "-" for standard input, blank ones left out.

    Raises `UseError` for a file that cannot be read as text.
    """
    if name == "-":
        return tuple(_lines_of(sys.stdin, "standard input"))
    try:
        with open(name, encoding="utf-8") as file:
            return tuple(_lines_of(file, name))
    except OSError as error:
        raise UseError(
            f"{name!r} cannot be read: {error.strerror}.", remedy="Check the path."
        ) from error
    except UnicodeDecodeError as error:
        raise UseError(f"{name!r} is not UTF-8 text.", remedy="Save it as UTF-8.") from error


def _lines_of(file: TextIO, name: str) -> Iterator[Line | BrokenLine]:
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        fields: object = None
        try:
            fields = json.loads(line)
            yield _line_of(fields)
        except (ValueError, RecursionError):
            error = UseError(
                f"Line {number} of {name} is not a question.",
                remedy='Each line is {"_id": …, "question": "…", "history": ["…"]}.',
            )
            yield BrokenLine(fields.get("_id") if isinstance(fields, dict) else None, error)


def _line_of(fields: object) -> Line:
    if not isinstance(fields, dict):
        raise ValueError("no object")
    question, history = fields.get("question"), fields.get("history") or []
    if not isinstance(question, str) or not question.strip():
        raise ValueError("no question")
    if not isinstance(history, list) or not all(isinstance(one, str) for one in history):
        raise ValueError("no history")
    return Line(fields.get("_id"), question, tuple(history))
