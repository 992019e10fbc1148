"""Writing a briefing to a file; its ending decides the kind."""

from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path

from assistant.briefing.briefings import Briefing
from assistant.export.bibliography import as_bibtex, as_csl_json
from assistant.export.document import Imprint, cited_sources, is_empty, make_document
from assistant.export.pages import keep_rows_whole, turn_wide
from assistant.export.pandoc import Block, write
from assistant.export.positions import WhoSaidWhat
from assistant.export.reading import lines_in
from assistant.export.record import make_record
from sources.errors import StateError, UseError
from sources.rights import share

KINDS = (".docx", ".md", ".html", ".json", ".bib")
STYLES = "styles.docx"
"""The Word document whose styles, page and footer every briefing takes on."""

_MARKDOWN = (
    "markdown-smart-fenced_divs-native_divs-bracketed_spans-native_spans-raw_html"
    "-header_attributes-raw_attribute"
)


def export(
    briefing: Briefing,
    path: Path,
    *,
    imprint: Imprint,
    styles: Path | None = None,
    shown: WhoSaidWhat | None = None,
) -> None:
    """Write the briefing to `path`: Word, Markdown or HTML, or its sources as .json or .bib.

    `styles` is a Word document to take the styles from instead of the shipped one, `shown`
    the positions to add. Raises `UseError` for another ending, a missing folder or a
    briefing without lines.
    """
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise UseError(
            f"{path.name!r} has no ending that can be written.",
            remedy=f"Kinds: {', '.join(KINDS)}.",
        )
    if not path.parent.is_dir():
        raise UseError(f"There is no folder {str(path.parent)!r}.", remedy="Check the path.")
    if is_empty(briefing) and shown is None and imprint.left_out:
        raise UseError(
            f"No line of {briefing.name!r} is supported in full by the words it cites.",
            remedy="Take them along, marked, with `assistant brief export … --unsupported`.",
        )
    if is_empty(briefing) and shown is None:
        raise UseError(
            f"The briefing {briefing.name!r} has no lines yet.",
            remedy=f"Add some with `assistant brief add {briefing.name}`.",
        )
    if kind in (".json", ".bib"):
        cited = cited_sources(briefing, shown=shown)
        write_all = as_csl_json if kind == ".json" else as_bibtex
        written = write_all(cited, accessed=briefing.created)
        _keep(path, written.encode())
        return
    blocks = make_document(briefing, imprint, shown=shown)
    _write_document(blocks, briefing.title, path, kind, styles)
    share(path)


def copy_styles(path: Path) -> None:
    """Write the shipped styles to `path`, for a person to change and pass to `export`."""
    if path.suffix.lower() != ".docx":
        raise UseError(f"{path.name!r} is not a Word document.", remedy="End the name in .docx.")
    _keep(path, files("assistant.export").joinpath(STYLES).read_bytes())


def _write_document(
    blocks: Sequence[Block], title: str, path: Path, kind: str, styles: Path | None
) -> None:
    record = make_record(lines_in(blocks, title=title))
    meta = {"title": title, "lang": "en-GB", **record}
    if kind == ".docx":
        if styles is not None and not styles.is_file():
            raise UseError(f"There is no file {str(styles)!r}.", remedy="Check the path.")
        with as_file(files("assistant.export").joinpath(STYLES)) as shipped:
            options = [f"--reference-doc={styles or shipped}"]
            write(turn_wide(blocks, styles or shipped), path, to="docx", meta=meta, options=options)
            keep_rows_whole(path)
    elif kind == ".md":
        options = ["--wrap=none", "--standalone"]
        write(blocks, path, to=_MARKDOWN, meta=meta, options=options)
    else:
        with as_file(files("assistant.export").joinpath("briefing.html")) as template:
            options = ["--standalone", f"--template={template}"]
            write(blocks, path, to="html5", meta=meta, options=options)


def _keep(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
        share(path)
    except OSError as error:
        raise StateError(
            f"{str(path)!r} could not be written: {error.strerror}.", remedy="Check the folder."
        ) from error
