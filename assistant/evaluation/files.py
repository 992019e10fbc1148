"""Writing what was measured to a file that was asked for."""

from pathlib import Path

from sources.errors import UseError
from sources.rights import share


def write_file(file: Path, content: str) -> None:
    """Write a text file; `UseError` says why it could not be."""
    try:
        file.write_text(content, encoding="utf-8")
        share(file)
    except OSError as error:
        raise UseError(
            f"{str(file)!r} cannot be written: {error.strerror}.", remedy="Check the path."
        ) from error
