"""Files of JSON lines, each line checked where it is read: a bad one is named by its number."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sources.errors import UseError


@dataclass(frozen=True, slots=True)
class Line:
    """One JSON object of a file, and where it stands."""

    file: str
    number: int
    """From 1."""
    fields: Mapping[str, object]

    def words(self, name: str, *, default: str | None = None) -> str:
        """The text in a field; `default` where it is missing or null, if there is one."""
        value = self.fields.get(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, str):
            raise self.wrong(f"has no text in {name!r}")
        return value

    def id(self) -> str:
        """What ``_id`` says, as text: numbers serve as well."""
        value = self.fields.get("_id")
        if not isinstance(value, str | int) or isinstance(value, bool) or value == "":
            raise self.wrong("has no '_id'")
        return str(value)

    def items(self, name: str) -> list[object]:
        """The list in a field, empty where it is missing or null."""
        value = self.fields.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.wrong(f"has no list in {name!r}")
        return value

    def wrong(self, problem: str) -> UseError:
        """The error to raise when this line is not as it should be."""
        return UseError(
            f"Line {self.number} of {self.file!r} {problem}.",
            remedy="Mend that line; docs/evaluation.md shows the layouts.",
        )


def read_lines(path: Path) -> Iterator[Line]:
    """The JSON objects of a file, in order, blank lines passed over.

    Raises `UseError` when the file cannot be read or a line is no JSON object.
    """
    for number, written in read_text_lines(path):
        try:
            fields = json.loads(written)
        except ValueError as error:
            raise Line(str(path), number, {}).wrong("is not JSON") from error
        if not isinstance(fields, dict):
            raise Line(str(path), number, {}).wrong("is not a JSON object")
        yield Line(str(path), number, fields)


def read_text_lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a UTF-8 file that are not blank, with their numbers from 1."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line.rstrip("\n")
    except OSError as error:
        raise UseError(
            f"{str(path)!r} cannot be read: {error.strerror}.",
            remedy="Check the path; docs/evaluation.md shows the layouts.",
        ) from error
    except UnicodeDecodeError as error:
        raise UseError(f"{str(path)!r} is not UTF-8 text.", remedy="Save it as UTF-8.") from error
