"""From a file to a source and its text.

The bytes go to a reader that runs where it can be stopped; what comes back is one
normalised text with its sentences, its locators and the card the file carries.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sources import problems
from sources.addressed import warnings_about
from sources.addresses import left_out, safe_address
from sources.errors import UnreadableFileError
from sources.language import language_of_text
from sources.readers.content import Content, normalise
from sources.readers.kinds import KINDS, kind_of, read_content
from sources.readers.ocr.recognition import is_available
from sources.sentences import find_sentences, read_credits
from sources.source import Block, Card, Locator, Sentence, Source, Text

__all__ = ["normalise"]

READERS = 2
"""The version of the readers; one that reads what is known otherwise has the next number."""
MAX_FILE_BYTES = 64 * 1024 * 1024
MAX_CARD_CHARACTERS = 1_000
"""Of each field of a card; what a file says beyond that is no title or name."""

_UNKNOWN = {"", "unknown", "none", "null", "n/a", "undated", "untitled"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: plain values, so that it can cross from one process to another."""

    body: str
    sentences: tuple[tuple[int, int], ...]
    locators: tuple[Locator, ...]
    card: Card
    problems: tuple[str, ...]
    detected_language: str | None = None
    """Where the card names none."""
    blocks: tuple[Block, ...] = ()


def readable_kinds() -> tuple[str, ...]:
    """The file name endings that can be read here, lower case with the dot.

    Those of pictures are among them where a program for text recognition is installed.
    """
    pictures = is_available()
    return tuple(sorted(ending for ending, kind in KINDS.items() if pictures or kind != "picture"))


def read_source(path: Path, *, origin: str | None = None) -> tuple[Source, Text]:
    """The source and text of the file at `path`, read in this process.

    `origin` is where the library says the text came from; by default the absolute path.
    Raises `UnreadableFileError` when the file is missing, too large, empty, or not of a kind
    that can be read. Files from elsewhere are better read with `sources.confined`.
    """
    kind_of(path.name)
    reading = read_bytes(read_file(path), path.name)
    return make_source(reading, name=path.name, origin=origin or str(path.resolve()))


def read_bytes(raw: bytes, name: str) -> Reading:
    """The text, sentences and card of a file of that name and content."""
    if len(raw) > MAX_FILE_BYTES:
        raise _too_large(name)
    content = read_content(raw, name)
    card = make_card(content, name=name)
    detected = None if card.language else language_of_text(content.body)
    sentences = find_sentences(
        content.body,
        language=card.language or detected,
        locators=content.locators,
        blocks=content.blocks,
    )
    return Reading(
        body=content.body,
        sentences=tuple((sentence.start, sentence.end) for sentence in sentences),
        locators=content.locators,
        card=card,
        problems=(
            *problems.known(content.problems),
            *_doubts_about_address(content, card),
            *warnings_about(content.body, sentences),
        ),
        detected_language=detected,
        blocks=content.blocks,
    )


def make_source(reading: Reading, *, name: str, origin: str) -> tuple[Source, Text]:
    """The source and text of what was read from a file of that name."""
    return (
        Source(
            slug=make_slug(Path(name).stem),
            card=reading.card,
            sha256=hash_text(reading.body),
            origin=origin,
            kind=kind_of(name),
            problems=reading.problems,
            detected_language=reading.detected_language,
        ),
        Text(
            content=reading.body,
            sentences=tuple(Sentence(start, end) for start, end in reading.sentences),
            locators=reading.locators,
            blocks=reading.blocks,
        ),
    )


def hash_text(content: str) -> str:
    """The SHA-256 that names a normalised text."""
    return hashlib.sha256(content.encode()).hexdigest()


def make_slug(words: str) -> str:
    """A short name of lower-case ASCII letters, digits and hyphens; never empty."""
    from slugify import slugify

    return slugify(words, max_length=60, word_boundary=True) or "text"


def read_file(path: Path) -> bytes:
    """The bytes of a file; `UnreadableFileError` when it is missing, too large or no file."""
    try:
        if path.exists() and not path.is_file():
            raise UnreadableFileError(f"{str(path)!r} is not a file.", remedy="Name a file.")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise _too_large(path.name)
        with path.open("rb") as file:
            raw = file.read(MAX_FILE_BYTES + 1)
        if len(raw) > MAX_FILE_BYTES:
            raise _too_large(path.name)
        return raw
    except FileNotFoundError as error:
        raise UnreadableFileError(
            f"There is no file {str(path)!r}.", remedy="Check the path."
        ) from error
    except OSError as error:
        raise UnreadableFileError(
            f"{str(path)!r} cannot be opened: {error.strerror or error}.",
            remedy="Check that it is a file you may read.",
        ) from error


def make_card(content: Content, *, name: str) -> Card:
    """The card a file carries; what it does not say is unknown, its title its file's name."""
    fields = content.fields
    credited_author, credited_publisher = read_credits(content.body)
    tags = fields.get("tags") or ()
    return Card(
        title=_known(fields.get("title")) or title_from(name),
        publisher=_known(fields.get("publisher")) or _clip(credited_publisher),
        author=_known(fields.get("author")) or _clip(credited_author),
        published=_as_date(fields.get("published"), name),
        url=safe_address(_known(fields.get("url"))),
        language=clean_language(_known(fields.get("language"))),
        tags=clean_tags((tags,) if isinstance(tags, str) else _as_list(tags)),
    )


def _doubts_about_address(content: Content, card: Card) -> tuple[str, ...]:
    written = _known(content.fields.get("url"))
    return (left_out(written),) if written and card.url is None else ()


def clean_language(declared: str | None) -> str | None:
    """The ISO 639 code in what a file declares: ``en`` of ``en-US``; `None` when it is none."""
    code = (declared or "").replace("_", "-").partition("-")[0].strip().lower()
    return code if 2 <= len(code) <= 3 and code.isascii() and code.isalpha() else None


def clean_tags(tags: Sequence[object]) -> tuple[str, ...]:
    """Tags in one line each, without blanks and doubles, in their order."""
    return tuple(dict.fromkeys(tag for tag in map(_known, tags) if tag))[:100]


def as_date(words: str) -> date | None:
    """A day written as YYYY-MM-DD, `None` for ``unknown``; `ValueError` for anything else."""
    known = _known(words)
    return None if known is None else date.fromisoformat(known)


def title_from(name: str) -> str:
    """What a text is called whose file of that name says nothing."""
    return Path(name).stem.replace("-", " ").replace("_", " ").strip()[:MAX_CARD_CHARACTERS] or name


def _known(value: object) -> str | None:
    if isinstance(value, Mapping | list | tuple | set):
        return None
    words = " ".join(normalise(str(value if value is not None else "")).split())
    return None if words.lower() in _UNKNOWN else words[:MAX_CARD_CHARACTERS]


def _clip(words: str | None) -> str | None:
    return None if not words else words[:MAX_CARD_CHARACTERS]


def _as_list(value: object) -> Sequence[object]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _as_date(value: object, name: str) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return as_date(str(value if value is not None else ""))
    except ValueError as error:
        raise UnreadableFileError(
            f"The card of {name!r} gives {str(value)[:100]!r} as the day of publication.",
            remedy="Write it as YYYY-MM-DD, or 'unknown'.",
        ) from error


def _too_large(name: str) -> UnreadableFileError:
    return UnreadableFileError(
        f"{name!r} is larger than {MAX_FILE_BYTES // 1024**2} MB.",
        remedy="Split it into several files.",
    )
