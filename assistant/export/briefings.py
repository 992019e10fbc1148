"""A briefing of the desk, written to a file with the library that it was written from."""

from datetime import UTC, datetime
from pathlib import Path

from assistant.briefing.desk import Desk
from assistant.briefing.states import library_state
from assistant.export.document import Imprint
from assistant.export.files import export
from assistant.export.positions import who_said_what


def export_briefing(
    desk: Desk,
    name: str,
    path: Path,
    *,
    styles: Path | None = None,
    with_positions: bool = False,
) -> None:
    """Write the briefing `name` to a file of the kind that its ending names.

    `with_positions` adds who said what in the library of now, and what has changed.
    Raises what `assistant.export.files.export` raises.
    """
    sources, _, newest = desk.catalogue.counts()
    imprint = Imprint(
        written=datetime.now(UTC).date(),
        sources=sources,
        newest=newest,
        library=library_state(desk.catalogue).fingerprint,
    )
    shown = who_said_what(desk.hear().said, desk.issues()) if with_positions else None
    export(desk.store.get(name), path, imprint=imprint, styles=styles, shown=shown)
