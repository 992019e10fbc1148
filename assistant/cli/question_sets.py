"""The texts of a set of questions, opened as a library with its progress shown."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from assistant.cli.console import err

if TYPE_CHECKING:
    from assistant.evaluation.set_library import SetLibrary
    from assistant.settings import Settings
    from index.library import Library
    from index.progress import Progress, ProgressReport

Value = TypeVar("Value")


@contextmanager
def open_folder(folder: Path, settings: "Settings", cache: Path | None) -> Iterator["Library"]:
    """The files of a folder as a library that is kept in `cache`, else beside the user's."""
    from assistant.evaluation.set_library import folder_library
    from assistant.wiring import make_embedder

    kept = cache or settings.home / "evaluation"
    with (
        _adding() as report,
        folder_library(folder, cache=kept, embedder=make_embedder(settings), report=report) as (
            library,
            changes,
        ),
    ):
        for refusal in changes.refused:
            err().print(f"{refusal.name} is left out: {refusal.error.problem}")
        yield library


@contextmanager
def open_texts(
    texts: Mapping[str, str], settings: "Settings", cache: Path | None
) -> Iterator["Library"]:
    """Texts by name, read as plain text, as a library kept as by `open_folder`."""
    from assistant.evaluation.set_library import text_library
    from assistant.wiring import make_embedder

    kept = cache or settings.home / "evaluation"
    with (
        _adding() as report,
        text_library(texts, cache=kept, embedder=make_embedder(settings), report=report) as library,
    ):
        yield library


@contextmanager
def open_set(folder: Path, settings: "Settings", cache: Path | None) -> Iterator["SetLibrary"]:
    """The documents of a set in BEIR's layout as a library, kept as by `open_folder`."""
    from assistant.evaluation.beir import hash_of_corpus, read_documents
    from assistant.evaluation.set_library import set_library
    from assistant.wiring import make_embedder

    documents = read_documents(folder)
    kept = cache or settings.home / "evaluation"
    with (
        _adding() as report,
        set_library(
            documents,
            name=hash_of_corpus(folder),
            cache=kept,
            embedder=make_embedder(settings),
            report=report,
        ) as own,
    ):
        if own.refused:
            names = ", ".join(own.refused[:5])
            err().print(f"{len(own.refused):,} documents hold no text and are left out: {names}")
        yield own


@contextmanager
def _adding() -> Iterator["ProgressReport"]:
    """One bar on standard error for the texts of a set, which are many and short."""
    from rich.progress import Progress as Bars

    with Bars(console=err(), transient=True) as bars:
        task = bars.add_task("Adding texts", total=1.0, visible=False)

        def report(step: "Progress") -> None:
            bars.update(task, completed=step.share, visible=True)

        yield report


def following(items: Sequence[Value], doing: str) -> Iterable[Value]:
    """The items one by one, with a bar on standard error that goes away when all are done."""
    from rich.progress import track

    return track(items, description=doing, console=err(), transient=True)
