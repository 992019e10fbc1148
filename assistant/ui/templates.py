"""Values to safe HTML: templates that escape everything by default.

No template marks anything as safe, so the words of a source or a question can only ever
become text: `tests/assistant/ui/test_rendering.py` tries to break that.
"""

import hashlib
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.formatting import language_in_words, quotation, written_day
from sources.addressed import warning_on

if TYPE_CHECKING:
    from jinja2 import Environment

ASSETS = Path(__file__).parent / "assets"


def fill_in(name: str, **values: object) -> str:
    """The template `name` with these values; one that it names and lacks is an error."""
    return _environment().get_template(name).render(**values)


def shown_origin(origin: str) -> str:
    """Where a source came from, for whoever reaches the page: of a file on this machine its name
    and that of its folder, never the way there.
    """
    path = Path(origin)
    return "/".join(path.parts[-2:]) if path.is_absolute() else origin


def day_of(moment: str) -> str:
    """The day of an ISO 8601 moment, as every day of the page is written."""
    return written_day(date.fromisoformat(moment[:10]))


def origin_key(origin: str) -> str:
    """What an origin is called by on the page, where it must be told from all others."""
    return hashlib.sha256(origin.encode()).hexdigest()


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=False,
    )
    environment.filters |= {
        "language_in_words": language_in_words,
        "written_day": written_day,
        "day_of": day_of,
        "quotation": quotation,
        "warning_on": warning_on,
        "shown_origin": shown_origin,
        "origin_key": origin_key,
    }
    return environment
