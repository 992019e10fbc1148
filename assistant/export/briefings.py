"""A briefing of the desk, written to a file with the library that it was written from."""

from datetime import UTC, datetime
from pathlib import Path

from assistant.briefing.briefings import supported_alone
from assistant.briefing.editor import BriefingEditor
from assistant.briefing.states import library_state
from assistant.export.document import Imprint
from assistant.export.files import export
from assistant.export.positions import who_said_what


def export_briefing(
    editor: BriefingEditor,
    name: str,
    path: Path,
    *,
    styles: Path | None = None,
    with_positions: bool = False,
    with_unsupported: bool = False,
) -> int:
    """Write the briefing `name` to a file of the kind that its ending names.

    `with_positions` adds who said what in the library of now, and what has changed.
    `with_unsupported` takes along, marked, the statements that their evidence does not bear
    out in full; without it they are left out, and the document and the returned number say
    how many. Raises what `assistant.export.files.export` raises.
    """
    sources, _, newest = editor.catalogue.counts()
    whole = editor.store.get(name)
    briefing = whole if with_unsupported else supported_alone(whole)
    left_out = len(whole.lines) - len(briefing.lines)
    imprint = Imprint(
        written=datetime.now(UTC).date(),
        sources=sources,
        newest=newest,
        library=library_state(editor.catalogue).fingerprint,
        left_out=left_out,
    )
    shown = (
        who_said_what(editor.everything_said().said, editor.issues()) if with_positions else None
    )
    export(briefing, path, imprint=imprint, styles=styles, shown=shown)
    return left_out
