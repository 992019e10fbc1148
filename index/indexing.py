"""Making the index match the catalogue: add, skip, replace, remove, resume.

A source is entered as ``adding``, its passages go to both sides of the index, and only
then is it ``ready`` and found. What an interruption left in between is taken back when
the library is next changed, and the file is simply read again.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.embedder import embed_passages
from index.library import Library
from index.passages import Passage, cut_into_passages
from sources.errors import UnreadableFileError, UseError
from sources.reading import read_source, readable_kinds
from sources.source import Source, Text

SHIPPED_FOLDER = Path(__file__).resolve().parent.parent / "sources" / "texts"
SHIPPED_ORIGIN = "shipped"

_BATCH = 64


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work on one source is, in passages."""

    slug: str
    done: int
    total: int


ProgressReport = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that could not become a source, with the reason."""

    path: Path
    error: UnreadableFileError


@dataclass(frozen=True, slots=True)
class Changes:
    """What a change did to the library: slugs in the order they were worked on."""

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()


def sync_shipped(library: Library, *, report: ProgressReport | None = None) -> Changes:
    """Make the library hold the texts that come with the installation, as they are now."""
    return sync_folder(library, SHIPPED_FOLDER, origin=SHIPPED_ORIGIN, report=report)


def sync_folder(
    library: Library,
    folder: Path,
    *,
    origin: str | None = None,
    report: ProgressReport | None = None,
) -> Changes:
    """Make the library hold what the folder holds: add, replace, remove; skip what is the same.

    Files of other kinds and hidden ones are passed over; a file that cannot be read is
    refused and the rest goes on. Sources from elsewhere are left alone. Raises `UseError`
    when there is no such folder.
    """
    if not folder.is_dir():
        raise UseError(f"There is no folder {str(folder)!r}.", remedy="Check the path.")
    place = origin or str(folder.resolve())
    with library.catalogue.changing_alone():
        recover(library)
        before = {source.origin: source for source in library.catalogue.from_origin(place)}
        changes = Changes()
        for path in _files_in(folder):
            file_origin = f"{place}/{path.relative_to(folder).as_posix()}"
            known = before.pop(file_origin, None)
            try:
                source, text = read_source(path, origin=file_origin)
            except UnreadableFileError as error:
                changes = replace(changes, refused=(*changes.refused, Refusal(path, error)))
                continue
            changes = _bring_in(library, source, text, known, changes, report)
        for gone in before.values():
            if library.catalogue.entry(gone.slug) is not None:
                _remove(library, gone.slug)
                changes = replace(changes, removed=(*changes.removed, gone.slug))
    return changes


def reindex(library: Library, *, report: ProgressReport | None = None) -> int:
    """Index every ready source of the catalogue into `library`'s index; return how many."""
    with library.catalogue.changing_alone():
        recover(library)
        entries = library.catalogue.entries(state="ready")
        for entry in entries:
            slug = entry.source.slug
            _unindex(library, slug)
            passages = _index(library, entry.source, library.catalogue.text(slug), report)
            library.catalogue.mark_ready(slug, passages=passages)
    return len(entries)


def recover(library: Library) -> tuple[str, ...]:
    """Take back what an interruption left half added or half removed; return the slugs.

    Only to be called while holding the library's lock.
    """
    half_done = [
        entry.source.slug for entry in library.catalogue.entries() if entry.state != "ready"
    ]
    for slug in half_done:
        _remove(library, slug)
    return tuple(half_done)


def _bring_in(
    library: Library,
    source: Source,
    text: Text,
    known: Source | None,
    changes: Changes,
    report: ProgressReport | None,
) -> Changes:
    catalogue = library.catalogue
    twin = catalogue.with_sha256(source.sha256)
    if twin is not None and (twin.origin != source.origin or twin.card == source.card):
        if known is not None and known.slug != twin.slug:
            _remove(library, known.slug)
        return replace(changes, unchanged=(*changes.unchanged, twin.slug))
    if known is not None:
        _remove(library, known.slug)
    source = replace(source, slug=_free_slug(library, source.slug))
    catalogue.add(source, text)
    catalogue.mark_ready(source.slug, passages=_index(library, source, text, report))
    if known is not None:
        return replace(changes, replaced=(*changes.replaced, source.slug))
    return replace(changes, added=(*changes.added, source.slug))


def _index(library: Library, source: Source, text: Text, report: ProgressReport | None) -> int:
    embedder = library.embedder
    passages = cut_into_passages(
        text,
        source=source.slug,
        max_tokens=embedder.max_tokens,
        count_tokens=embedder.count_tokens,
    )
    done = 0
    _tell(report, source, done, passages)
    for begin in range(0, len(passages), _BATCH):
        batch = passages[begin : begin + _BATCH]
        embeddings, sentences = embed_passages(
            embedder,
            [passage.content for passage in batch],
            [passage.sentence_bounds for passage in batch],
        )
        library.sentences.add(batch, sentences)
        library.vectors.add(source, batch, embeddings)
        done += len(batch)
        _tell(report, source, done, passages)
    library.lexical.add(source, passages)
    return len(passages)


def _tell(
    report: ProgressReport | None, source: Source, done: int, passages: Sequence[Passage]
) -> None:
    if report is not None:
        report(Progress(source.slug, done, len(passages)))


def _remove(library: Library, slug: str) -> None:
    library.catalogue.mark_removing(slug)
    _unindex(library, slug)
    library.catalogue.forget(slug)


def _unindex(library: Library, slug: str) -> None:
    library.vectors.remove(slug)
    library.sentences.remove(slug)
    library.lexical.remove(slug)


def _files_in(folder: Path) -> Iterable[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and path.suffix.lower() in readable_kinds()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def _free_slug(library: Library, wanted: str) -> str:
    slug, number = wanted, 2
    while library.catalogue.entry(slug) is not None:
        slug, number = f"{wanted}-{number}", number + 1
    return slug
