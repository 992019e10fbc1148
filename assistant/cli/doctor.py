"""``assistant doctor``: is the library whole? And mending it where it is not."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from assistant.cli.console import AsJson, Home, err, out, print_json, progress
from assistant.cli.rebuilding import as_fields, rebuild_library, tell
from assistant.cli.turns import await_turn
from assistant.formatting import read_by_earlier, size_in_words
from sources.errors import (
    DamagedLibraryError,
    IndexMismatchError,
    LibraryBusyError,
    StateError,
    UseError,
)
from sources.sqlite_errors import REBUILD

if TYPE_CHECKING:
    from assistant.settings import Settings
    from index.checking import CheckReport, Finding, Report

MAX_SHOWN = 20
OLLAMA = "http://127.0.0.1:11434"
"""Where Ollama serves unless its settings say otherwise."""


def add_to(app: typer.Typer) -> None:
    """Put the command of this file on the main command."""
    app.command()(doctor)


def doctor(
    *,
    repair: Annotated[bool, typer.Option("--repair", help="Mend what is found wrong.")] = False,
    rebuild: Annotated[
        bool,
        typer.Option(
            "--rebuild",
            help="Make a lost or damaged catalogue again from what is left of the library.",
        ),
    ] = False,
    look_in: Annotated[
        list[Path] | None,
        typer.Option(help="With --rebuild: a file or folder of texts that the library had."),
    ] = None,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Check the whole library: catalogue, texts, vectors, words and model against each other.

    Exit code 1 when something is wrong (with --repair: still wrong afterwards).
    """
    from assistant.settings import read_settings
    from index.library import weigh

    if look_in and not rebuild:
        raise UseError("--look-in goes with --rebuild.", remedy="Add --rebuild.")
    settings = read_settings(home=home)
    rebuilt = rebuild_library(settings, look_in or ()) if rebuild else None
    report = _examined(settings)
    done: tuple[str, ...] = ()
    if (repair or rebuilt) and report.findings:
        done = _repaired(settings, report)
        report = _examined(settings)
    doubts, earlier = _doubts(settings)
    on_disk, of_files = _sizes(settings)
    parts = weigh(settings.home)
    model = _model(settings)
    if as_json:
        print_json(
            {
                "whole": not report.findings,
                "sources": report.sources,
                "passages": report.passages,
                "bytes": on_disk,
                "bytes_of_files": of_files,
                "bytes_of_parts": parts,
                "findings": [
                    {"room": found.room, "source": found.source, "problem": found.problem}
                    for found in report.findings
                ],
                "repaired": list(done),
                "rebuilt": rebuilt and as_fields(rebuilt),
                "doubts": [{"source": slug, "problem": doubt} for slug, doubt in doubts],
                "read_by_earlier": earlier,
                "model": model and model._asdict(),
            }
        )
    else:
        if rebuilt is not None:
            tell(rebuilt)
        _tell(report, done, repair=repair or rebuild)
        for slug, doubt in doubts:
            err().print(f"note              {slug}: {doubt}", markup=False)
        if earlier:
            err().print(f"note              {read_by_earlier(earlier)}", markup=False)
        out().print(
            f"On disk: {size_in_words(on_disk)}, {size_in_words(of_files)} of it files that were"
            " sent or fetched, "
            + ", ".join(f"{size_in_words(size)} {name}" for name, size in parts.items())
            + "."
        )
        if model is not None:
            out().print(f"Chat model: {_told_of(model)}", markup=False)
    raise typer.Exit(1 if report.findings else 0)


class _Model(NamedTuple):
    """The chat model of the settings, looked at from outside."""

    name: str
    address: str | None
    """`None` for the provider's own, which is not tried."""
    answers: bool | None
    """Whether a server answers at the address; `None` where it was not tried."""


def _model(settings: "Settings") -> _Model | None:
    """The model that writes answers, if one is set; no key and no text is sent to look."""
    from assistant.writing.hosts import is_answering, shown

    if settings.model is None:
        return None
    address = settings.model_url
    if address is None and settings.model.startswith("ollama:"):
        address = OLLAMA
    if address is None:
        return _Model(settings.model, None, None)
    return _Model(settings.model, shown(address), is_answering(address))


def _told_of(model: _Model) -> str:
    from assistant.writing.local_model import LocalModel, file_of

    file = file_of(model.name)
    if file is not None:
        try:
            LocalModel(file)
        except (UseError, StateError) as error:
            return f"{model.name}. {error}"
        return f"{model.name}, which can be run in this process."
    if model.address is None:
        return f"{model.name} at its provider's own address, which was not tried."
    said = "answers" if model.answers else "does not answer; check ASSISTANT_MODEL_URL"
    return f"{model.name} at {model.address}: the server {said}."


def _examined(settings: "Settings") -> "Report":
    """What is found wrong; also an index that does not even open is a finding."""
    from assistant.wiring import make_catalogue, make_library_as_it_is
    from index.checking import Finding, Report, check

    damage = _damage(settings)
    if damage is not None:
        return Report(0, 0, (Finding("catalogue", damage),))
    with closing(make_catalogue(settings)) as catalogue:
        broken = catalogue.check()
        sources, passages, _ = catalogue.counts()
        if broken is not None:
            return Report(sources, passages, (Finding("catalogue", broken),))
        await_turn(catalogue)
        try:
            library = make_library_as_it_is(settings, is_to_be_checked=True)
        except (IndexMismatchError, LibraryBusyError) as error:
            return Report(sources, passages, (Finding("model", str(error)),))
        except StateError as error:
            return Report(sources, passages, (Finding("vectors", error.problem),))
        alone = nullcontext() if catalogue.is_read_only else catalogue.changing_alone()
        with closing(library), alone, _counting() as report:
            return check(library, report=report)


def _damage(settings: "Settings") -> str | None:
    """Why the catalogue cannot be used at all; `None` where it can."""
    from assistant.wiring import make_catalogue

    try:
        with closing(make_catalogue(settings)) as catalogue:
            catalogue.check()
            catalogue.counts()
    except DamagedLibraryError as error:
        return error.problem
    return None


def _doubts(settings: "Settings") -> tuple[tuple[tuple[str, str], ...], int]:
    """What cards say that cannot be so, by slug: for a person to look at, nothing to mend.

    With it, how many sources an earlier version of the readers read.
    """
    from datetime import datetime

    from assistant.wiring import make_catalogue
    from sources.cards import doubts_about
    from sources.reading import READERS

    today = datetime.now().astimezone().date()
    if _damage(settings) is not None:
        return (), 0
    with closing(make_catalogue(settings)) as catalogue:
        if catalogue.check() is not None:
            return (), 0
        earlier = len(catalogue.read_before(READERS))
        cards = [(one.source.slug, one.source.card) for one in catalogue.entries(state="ready")]
    doubts = ((slug, doubt) for slug, card in cards for doubt in doubts_about(card, today=today))
    return tuple(doubts), earlier


def _sizes(settings: "Settings") -> tuple[int, int]:
    """Bytes of the library's folder, and those of the files kept in it."""
    from index.library import bytes_of

    everything = sum(map(bytes_of, settings.home.rglob("*")))
    return everything, sum(map(bytes_of, settings.home.glob("originals/*/*")))


def _repaired(settings: "Settings", report: "Report") -> tuple[str, ...]:
    from assistant.wiring import make_catalogue, make_library, make_library_as_it_is
    from index.checking import INDEX_ROOMS
    from index.mending import mend, throw_index_away
    from sources.database import read_only

    if any(found.room == "catalogue" for found in report.findings):
        return ()
    with closing(make_catalogue(settings)) as catalogue:
        if catalogue.is_read_only:
            raise read_only(settings.home)
    try:
        library = make_library_as_it_is(settings, is_to_be_checked=True)
        usable = all(found.source or found.room not in INDEX_ROOMS for found in report.findings)
        if not usable:
            library.close()
    except IndexMismatchError:
        return ()
    except StateError:
        usable = False
    if not usable:
        with closing(make_catalogue(settings)) as catalogue:
            throw_index_away(catalogue, settings.home)
        make_library(settings).close()
        return ("the index was built anew from the catalogue's texts",)
    with closing(library), progress() as told:
        return mend(library, report.findings, report=told)


def _tell(report: "Report", done: tuple[str, ...], *, repair: bool) -> None:
    from rich.text import Text

    for line in done:
        out().print(Text(f"mended   {line}"))
    for found in report.findings[:MAX_SHOWN]:
        err().print(Text.assemble((f"{found.room:<18}", "yellow"), _line(found)))
    if len(report.findings) > MAX_SHOWN:
        err().print(f"and {len(report.findings) - MAX_SHOWN:,} more; --json lists them all")
    if not report.findings:
        sources = f"{report.sources:,} source{'s' * (report.sources != 1)}"
        passages = f"{report.passages:,} passage{'s' * (report.passages != 1)}"
        out().print(f"Everything agrees: {sources}, {passages}.")
    elif any(found.room == "catalogue" for found in report.findings):
        err().print(REBUILD, markup=False)
    elif repair:
        err().print("This cannot be mended from here; see each line.")
    else:
        err().print("Run `assistant doctor --repair` to mend this.")


def _line(found: "Finding") -> str:
    return f"{found.source}: {found.problem}" if found.source else found.problem


@contextmanager
def _counting() -> Iterator["CheckReport"]:
    """A bar on standard error, where a person watches."""
    from rich.progress import Progress

    with Progress(console=err(), transient=True) as bar:
        task = bar.add_task("Checking", total=None)

        def report(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield report
