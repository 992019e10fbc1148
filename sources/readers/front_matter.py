"""The card on top of a text file: YAML between ``---`` lines or TOML between ``+++`` lines.

Hand-written cards use the names of `Card`; crawlers, blogs and note programs have their own
names for the same things, which are understood as well.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import fields as fields_of
from datetime import date, datetime
from difflib import get_close_matches

from sources.errors import UnreadableFileError
from sources.source import Card

_YAML = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_MAX_CHARACTERS = 20_000
_FIELDS = tuple(field.name for field in fields_of(Card))
_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "headline", "og_title"),
    "publisher": (
        "publisher", "site", "sitename", "site_name", "og_site_name", "outlet", "publication",
        "newspaper", "journal", "media", "website", "provider", "source", "hostname",
    ),
    "author": ("author", "authors", "byline", "by", "creator", "creators", "writer"),
    "published": (
        "published", "published_at", "date_published", "datepublished", "published_date",
        "publication_date", "published_time", "pubdate", "pub_date", "publish_date",
        "publishdate", "published_on", "issued", "date",
    ),
    "url": (
        "url", "source_url", "sourceurl", "original_url", "canonical", "canonical_url",
        "canonicalurl", "web_url", "page_url", "link", "permalink", "href", "source", "original",
        "og_url", "website", "site",
    ),
    "language": ("language", "lang", "locale"),
    "tags": ("tags", "keywords", "categories", "category", "topics", "subjects", "tag"),
}  # fmt: skip
"""Of each field the names it may have, the surest first; one with a value is taken."""
_ADDRESS = re.compile(r"\s*(?:https?://|www\.)\S+\s*", re.IGNORECASE)
_LINKED = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]")
"""A link as note programs write it: ``[[Name]]``."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a text file says on top of its words."""

    fields: Mapping[str, object]
    """By the names of `Card`; empty without any."""
    body: str
    """The words below it, lines ending with ``\\n``."""
    problems: tuple[str, ...] = ()


def split_front_matter(content: str, name: str) -> FrontMatter:
    """The card and the words of a file called `name`.

    Raises `UnreadableFileError` for a card that is not valid.
    """
    content = content.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    head = content[:_MAX_CHARACTERS]
    found = _YAML.match(head) or _TOML.match(head)
    if found is None:
        return FrontMatter({}, content)
    said = _yaml(found[1], name) if head.startswith("---") else _toml(found[1], name)
    if not isinstance(said, dict):
        return FrontMatter({}, content)
    fields, problems = _as_fields({_key(key): value for key, value in said.items()}, said)
    return FrontMatter(fields, content[found.end() :], problems)


def _yaml(written: str, name: str) -> object:
    import yaml

    try:
        return yaml.safe_load(written)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UnreadableFileError(
            f"The card on top of {name!r} is not valid YAML.",
            remedy="Mend the lines between the two '---' lines, or remove them.",
        ) from error


def _toml(written: str, name: str) -> object:
    import tomllib

    try:
        return tomllib.loads(written)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        raise UnreadableFileError(
            f"The card on top of {name!r} is not valid TOML.",
            remedy="Mend the lines between the two '+++' lines, or remove them.",
        ) from error


def _key(name: object) -> str:
    return re.sub(r"[\s:.-]+", "_", str(name).strip().casefold())


def _as_fields(
    said: Mapping[str, object], written: Mapping[object, object]
) -> tuple[dict[str, object], tuple[str, ...]]:
    fields: dict[str, object] = {}
    problems: list[str] = []
    for field, names in _NAMES.items():
        for name in names:
            value = said.get(name)
            if value in (None, "", []) or not _fits(field, name, value):
                continue
            if field == "published" and name != "published" and not _is_day(value):
                problems.append(f"Its day of publication is not understood: {str(value)[:100]!r}")
                continue
            fields[field] = _cleaned(field, value)
            break
    known = {name for names in _NAMES.values() for name in names}
    problems += _unknown_in([key for key in written if _key(key) not in known])
    return fields, tuple(problems)


def _fits(field: str, name: str, value: object) -> bool:
    """Whether the value can be meant for the field: "source" names a publisher or an address."""
    is_address = isinstance(value, str) and _ADDRESS.fullmatch(value) is not None
    if field == "url":
        return name in ("url", "source_url") or is_address
    return not (field == "publisher" and (is_address or not isinstance(value, str)))


def _cleaned(field: str, value: object) -> object:
    match field:
        case "author":
            return _named(value)
        case "tags" if isinstance(value, str):
            return [tag.strip() for tag in re.split(r"[,;]", value) if tag.strip()]
        case "published":
            return value if isinstance(value, date) else read_day(str(value)) or value
        case _:
            return value


def _named(value: object) -> str:
    """Names as a card keeps several: with a semicolon between."""
    parts = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    names = (part.get("name", "") if isinstance(part, Mapping) else part for part in parts)
    return "; ".join(
        _LINKED.sub(r"\1", str(name)).strip() for name in names if str(name or "").strip()
    )


def _is_day(value: object) -> bool:
    return isinstance(value, date) or read_day(str(value)) is not None


def read_day(words: str) -> date | None:
    """The one day that `words` give: ISO 8601 with or without a time, or in words of the
    languages of the subject; `None` where they give none, or may mean two."""
    words = words.strip()
    try:
        return datetime.fromisoformat(words).date()
    except ValueError:
        pass
    from sources.quantities.quantity import Date
    from sources.quantities.reading import read_quantities

    if begins := re.match(r"\d{4}-\d{2}-\d{2}(?=[T ]|$)", words):
        words = begins.group()
    dates = [one for one in read_quantities(words[:200]) if isinstance(one, Date)]
    if len(dates) != 1 or dates[0].day is None or dates[0].may_be_swapped:
        return None
    return dates[0].first_day


def _unknown_in(names: Sequence[object]) -> list[str]:
    """What is to be said of names on a card that no card has."""
    told = []
    for name in names:
        near = get_close_matches(str(name).lower(), _FIELDS, n=1)
        told.append(f"{str(name)[:40]!r}" + (f" (is {near[0]!r} meant?)" if near else ""))
    if not told:
        return []
    shown = ", ".join(told[:5]) + (", …" if len(told) > 5 else "")
    return [f"Its card says things that no card has a place for, passed over: {shown}."]
