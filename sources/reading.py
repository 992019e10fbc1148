"""From a file to a source and its text.

One small reader per kind of file. A reader decodes, separates the card from the words and
normalises; it changes no word. What cannot be read is refused with the reason.
"""

import hashlib
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

from sources.errors import UnreadableFileError
from sources.sentences import find_sentences, read_credits
from sources.source import Card, Source, Text

MAX_FILE_BYTES = 64 * 1024 * 1024

_UNKNOWN = {"", "unknown", "none", "null", "n/a", "undated"}


def readable_kinds() -> tuple[str, ...]:
    """The file name endings that can be read, lower case with the dot."""
    return tuple(sorted(_READERS))


def read_source(path: Path, *, origin: str | None = None) -> tuple[Source, Text]:
    """The source and text of the file at `path`.

    `origin` is where the library says the text came from; by default the absolute path.
    Raises `UnreadableFileError` when the file is missing, too large, empty, or not of a kind
    that can be read.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFileError(
            f"{path.name!r} is not of a kind that can be read.",
            remedy=f"Kinds: {', '.join(readable_kinds())}.",
        )
    raw = _read_bytes(path)
    card_fields, body = reader(raw, path)
    content = normalise(body)
    if not any(character.isalnum() for character in content):
        raise UnreadableFileError(
            f"{path.name!r} holds no words.", remedy="Add the words to the file, or leave it out."
        )
    card = _make_card(card_fields, content, fallback_title=path.stem, file_name=path.name)
    return (
        Source(
            slug=make_slug(path.stem),
            card=card,
            sha256=hashlib.sha256(content.encode()).hexdigest(),
            origin=origin or str(path.resolve()),
        ),
        Text(content=content, sentences=find_sentences(content, language=card.language)),
    )


def make_slug(words: str) -> str:
    """A short name of lower-case ASCII letters, digits and hyphens; never empty."""
    from slugify import slugify

    return slugify(words, max_length=60, word_boundary=True) or "text"


def normalise(body: str) -> str:
    """NFC, ``\\n`` line ends, no byte order mark, no white space around the whole."""
    unified = body.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    return unicodedata.normalize("NFC", unified).strip()


def _read_bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UnreadableFileError(
                f"{path.name!r} is larger than {MAX_FILE_BYTES // 1024**2} MB.",
                remedy="Split it into several files.",
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFileError(
            f"There is no file {str(path)!r}.", remedy="Check the path."
        ) from error
    except OSError as error:
        raise UnreadableFileError(
            f"{str(path)!r} cannot be opened: {error.strerror or error}.",
            remedy="Check that it is a file you may read.",
        ) from error


def _read_text(raw: bytes, path: Path) -> tuple[Mapping[str, object], str]:
    """Plain text or Markdown, with or without a YAML card between ``---`` lines on top."""
    import frontmatter
    import yaml

    content = _decode(raw, path)
    try:
        parsed = frontmatter.parse(content)
    except yaml.YAMLError as error:
        raise UnreadableFileError(
            f"The card on top of {path.name!r} is not valid YAML.",
            remedy="Mend the lines between the two '---' lines, or remove them.",
        ) from error
    return parsed


def _decode(raw: bytes, path: Path) -> str:
    try:
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(raw).best()
        if best is None:
            raise UnreadableFileError(
                f"{path.name!r} is not text in any known encoding.",
                remedy="Save it as UTF-8 text.",
            ) from None
        content = str(best)
    if "\0" in content:
        raise UnreadableFileError(
            f"{path.name!r} is not a text file.", remedy="Save its words as UTF-8 text."
        )
    return content


_READERS: Mapping[str, Callable[[bytes, Path], tuple[Mapping[str, object], str]]] = {
    ".txt": _read_text,
    ".md": _read_text,
    ".markdown": _read_text,
}


def _make_card(
    fields: Mapping[str, object], content: str, *, fallback_title: str, file_name: str
) -> Card:
    credited_author, credited_publisher = read_credits(content)
    tags = fields.get("tags") or ()
    return Card(
        title=_known(fields.get("title")) or fallback_title.replace("-", " ").replace("_", " "),
        publisher=_known(fields.get("publisher")) or credited_publisher,
        author=_known(fields.get("author")) or credited_author,
        published=_as_date(fields.get("published"), file_name),
        url=_known(fields.get("url")),
        language=_known(fields.get("language")),
        tags=(tags,) if isinstance(tags, str) else tuple(str(tag) for tag in _as_list(tags)),
    )


def _known(value: object) -> str | None:
    words = " ".join(str(value if value is not None else "").split())
    return None if words.lower() in _UNKNOWN else words


def _as_list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _as_date(value: object, file_name: str) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    words = _known(value)
    if words is None:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise UnreadableFileError(
            f"The card of {file_name!r} gives {words!r} as the day of publication.",
            remedy="Write it as YYYY-MM-DD, or 'unknown'.",
        ) from error
