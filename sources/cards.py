"""Cards as JSON, and a person's edits laid over what the file says."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import date, timedelta

from sources.addresses import check_address
from sources.errors import UseError
from sources.reading import MAX_CARD_CHARACTERS, as_date, clean_language, clean_tags
from sources.source import Card

FIELDS = tuple(field.name for field in fields(Card))


def card_to_json(card: Card) -> str:
    """The card as one JSON object; the day as YYYY-MM-DD."""
    return json.dumps(_plain(card), ensure_ascii=False)


def card_from_json(written: str) -> Card:
    """The card that `card_to_json` wrote."""
    return with_edits(Card(title="?"), json.loads(written))


def with_edits(card: Card, edits: Mapping[str, object]) -> Card:
    """The card with the edited fields in place of its own; edits as in `check_edits`."""
    changes: dict[str, object] = {}
    for name, value in edits.items():
        match name:
            case "published":
                changes[name] = date.fromisoformat(str(value)) if value else None
            case "tags":
                changes[name] = tuple(value) if isinstance(value, list | tuple) else ()
            case _:
                changes[name] = value
    return replace(card, **changes)  # type: ignore[arg-type]  # names checked by check_edits


def differences(card: Card, file_card: Card) -> dict[str, object]:
    """What was edited on the card, judged by what its file says; fit for `check_edits`.

    Tags are left out: the index, from which such a card comes, has none.
    """
    of_file = _plain(file_card)
    return {
        name: value
        for name, value in _plain(card).items()
        if name != "tags" and value != of_file[name]
    }


def check_edits(edits: Mapping[str, object]) -> dict[str, object]:
    """Edits by field name, cleaned and fit for JSON. Blank or "unknown" makes a field unknown.

    Raises `UseError` for a field that cards do not have, a title made empty, a day or
    language that is none, and an address that must not be linked to.
    """
    clean: dict[str, object] = {}
    for name, value in edits.items():
        if name not in FIELDS:
            raise UseError(f"A card has no field {name!r}.", remedy=f"Fields: {', '.join(FIELDS)}.")
        match name:
            case "tags":
                tags = value if isinstance(value, list | tuple) else str(value or "").split(",")
                clean[name] = list(clean_tags(tags))
            case "published":
                clean[name] = _day(value)
            case "language":
                clean[name] = _language(value)
            case "url":
                clean[name] = _address(value)
            case _:
                words = " ".join(str(value or "").split())[:MAX_CARD_CHARACTERS]
                clean[name] = None if words.lower() in ("", "unknown") else words
    if "title" in clean and not clean["title"]:
        raise UseError("A source needs a title.", remedy="Give it one in your own words.")
    return clean


def doubts_about(card: Card, *, today: date) -> tuple[str, ...]:
    """What a card says that cannot be so: a day of publication that is still to come."""
    if card.published is None or card.published <= today + timedelta(days=1):
        return ()
    return (f"Its card says that it was published on {card.published}, a day still to come.",)


def _plain(card: Card) -> dict[str, object]:
    return asdict(card) | {"published": card.published.isoformat() if card.published else None}


def _day(value: object) -> str | None:
    try:
        day = value if isinstance(value, date) else as_date(str(value or ""))
    except ValueError as error:
        raise UseError(
            f"{str(value)!r} is not a day.", remedy="Write it as YYYY-MM-DD, or 'unknown'."
        ) from error
    return day.isoformat() if day else None


def _address(value: object) -> str | None:
    words = str(value or "").strip()[:MAX_CARD_CHARACTERS]
    return None if words.lower() in ("", "unknown") else check_address(words)


def _language(value: object) -> str | None:
    words = str(value or "").strip()
    if words.lower() in ("", "unknown"):
        return None
    code = clean_language(words)
    if code is None:
        raise UseError(
            f"{words!r} is not a language code.", remedy="Write it as in ISO 639: en, uk, pl."
        )
    return code
