"""A catalogue that is lost or damaged, made again from what is left of the library.

For each source the best that is left is taken: the damaged file's own row, the file it was
read from, or the words that Chroma keeps of its passages. Whether a text is the one it was,
its hash tells. Nothing that is left is changed or taken away; the damaged file is kept aside
under another name, and the new one takes its place in one step, when it is whole.
"""

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from index.backing_up import sync
from index.damage import lost_catalogue
from index.files_left import FileLeft, files_left
from index.library import IN_USE, index_folder, names_in_words
from index.mending import texts_again
from index.passages_left import SourceLeft, sources_left
from sources.cards import differences
from sources.catalogue import Catalogue
from sources.database import FILE_NAME, read_only
from sources.entries import Arrival
from sources.errors import StateError
from sources.lock import alone
from sources.places import REBUILT
from sources.problems import Unread
from sources.reading import hash_text, make_slug
from sources.salvage import Salvage, salvage
from sources.source import Source, Text
from sources.writable import may_be_written

LookReport = Callable[[int, int], None]
"""Told how many files of how many have been read."""


@dataclass(frozen=True, slots=True)
class Partly:
    """A source of which not all is back."""

    slug: str
    missing: str
    """In plain words."""


@dataclass(slots=True)
class Rebuilt:
    """What a rebuilding brought back."""

    salvaged: Salvage
    """What was read of the damaged file: with it come conversations and briefings."""
    kept_aside: Path | None = None
    """The damaged file under its new name; `None` where there was none."""
    whole: list[str] = field(default_factory=list)
    """Sources whose text has the hash that it had, by slug."""
    partly: list[Partly] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    """Sources that the index did not hold any more: `assistant sources restore` takes them back."""
    lost: list[str] = field(default_factory=list)
    """What cannot be had back, in plain words."""

    @property
    def is_nothing(self) -> bool:
        """Whether there was nothing to be brought back."""
        return not (self.whole or self.partly or self.removed or self.lost or self.kept_aside)


def is_to_be_rebuilt(home: Path) -> bool:
    """Whether the library in the folder has no catalogue that can be used."""
    if lost_catalogue(home) is not None:
        return True
    file = home / FILE_NAME
    return file.is_file() and file.stat().st_size > 0 and not _is_usable(file)


def rebuild(
    home: Path,
    *,
    fingerprint: str,
    look_in: Sequence[Path] = (),
    report: LookReport | None = None,
) -> Rebuilt:
    """Make the catalogue of the library in `home` whole again, as far as that can be.

    `fingerprint` names the index that the settings ask for; `look_in` are files and folders
    in which texts may lie that the library had. A catalogue that can be used stays, and gets
    what the index holds beside it. Sources whose index is not whole are left ``adding``: who
    opens the library next embeds them. Raises `LibraryBusyError` while another process changes
    the library, and `ReadOnlyError` where it may not be written.
    """
    file = home / FILE_NAME
    if not may_be_written(file):
        raise read_only(home)
    with alone(file.with_suffix(".lock")):
        if not is_to_be_rebuilt(home):
            with closing(Catalogue(file)) as catalogue:
                done = Rebuilt("whole")
                _bring_back(home, catalogue, done, fingerprint, look_in, report, is_new=False)
            return done
        new = home / f"{FILE_NAME}.rebuilt"
        _remove(new)
        done = Rebuilt(_salvaged(file, new))
        with closing(Catalogue(new)) as catalogue:
            _bring_back(home, catalogue, done, fingerprint, look_in, report, is_new=True)
            catalogue.settle()
        done.kept_aside = _put_in_place(new, file)
    return done


def _bring_back(
    home: Path,
    catalogue: Catalogue,
    done: Rebuilt,
    fingerprint: str,
    look_in: Sequence[Path],
    report: LookReport | None,
    *,
    is_new: bool,
) -> None:
    """Enter what is left; `is_new` where the catalogue is made anew, perhaps from a damaged one."""
    in_use = catalogue.note(IN_USE) or fingerprint
    if catalogue.note(IN_USE) is None:
        catalogue.keep_note(IN_USE, fingerprint)
    here = index_folder(home, in_use)
    others = sorted(one for one in (home / "index").glob("*") if one.is_dir() and one != here)
    indexed = {one.slug: one for one in sources_left(here / "vectors")}
    left = indexed or {
        one.slug: one for folder in others for one in sources_left(folder / "vectors")
    }
    if is_new and done.salvaged != "nothing":
        _take_texts(home, catalogue, left, done)
    wanted = {slug: one for slug, one in left.items() if catalogue.entry(slug) is None}
    files, unread = files_left(
        home,
        catalogue,
        look_in=look_in,
        wanted={one.sha256 for one in wanted.values()},
        report=report,
    )
    done.lost += unread
    ready: dict[str, int] = {}
    for slug, one in wanted.items():
        _take_back(catalogue, one, files.get(one.sha256), done)
        entry = catalogue.entry(slug)
        is_same = entry is not None and entry.source.sha256 == one.sha256
        if is_same and one.is_complete and slug in indexed:
            ready[slug] = len(one.passages)
    catalogue.register.mark_ready(ready, fingerprint=in_use)
    _take_files(catalogue, files, done, were_removed=bool(left))
    done.lost += [
        f"{slug}: only the word index knows its name"
        for slug in sorted(names_in_words(here))
        if catalogue.entry(slug) is None
    ]


def _take_texts(
    home: Path, catalogue: Catalogue, left: dict[str, SourceLeft], done: Rebuilt
) -> None:
    """Give the sources of a damaged file their texts again; of what the index alone has, its words.

    A source whose text is nowhere stays, and is told as lost.
    """
    entries = {one.source.slug: one for one in catalogue.entries() if one.state != "removing"}
    damaged = [slug for slug in entries if not catalogue.has_text(slug)]
    tuple(texts_again(catalogue, home, damaged))
    for slug, entry in entries.items():
        if catalogue.has_text(slug):
            done.whole.append(slug)
        elif slug in left:
            catalogue.register.forget([slug])
            left[slug] = replace(left[slug], card=entry.source.card)
        else:
            done.lost.append(f"{slug}: its card is there, its text is nowhere")


def _take_back(
    catalogue: Catalogue, left: SourceLeft, file: FileLeft | None, done: Rebuilt
) -> None:
    """Enter one source that the index holds passages of, from the best that is left of it."""
    if file is not None:
        source = file.as_source(left.slug, title=left.card.title)
        catalogue.register.enter((file.as_arrival(source),))
        edits = differences(left.card, source.card)
        if edits:
            catalogue.register.edit_card(left.slug, edits)
        done.whole.append(left.slug)
        return
    content = left.text()
    if content is not None:
        problems = ("Its file is gone; where its pages and headings begin is not known any more.",)
        sentences = left.sentences_of(content)
        done.whole.append(left.slug)
    else:
        content, sentences = left.words_left(), left.pieces
        missing = _missing(left)
        problems = (Unread(f"Brought back from the index alone; {missing}."),)
        done.partly.append(Partly(left.slug, missing))
    source = Source(
        left.slug, left.card, hash_text(content), f"{REBUILT}/{left.sha256}", problems=problems
    )
    catalogue.register.enter((Arrival(source, Text(content, sentences), "", 0),))


def _take_files(
    catalogue: Catalogue, files: Mapping[str, FileLeft], done: Rebuilt, *, were_removed: bool
) -> None:
    """Enter kept files that no source names; those that the index had let go of, as removed."""
    entries = (*catalogue.entries(), *catalogue.entries(state="removed"))
    texts = {one.source.sha256 for one in entries}
    for file in files.values():
        if file.source.sha256 in texts or not file.is_kept_here:
            continue
        slug = _free_slug(catalogue, make_slug(file.source.card.title))
        source = file.as_source(slug, title=file.source.card.title)
        catalogue.register.enter((file.as_arrival(source),))
        if were_removed:
            catalogue.register.mark_removing([slug])
            catalogue.register.finish_removing([slug])
            done.removed.append(slug)
        else:
            done.whole.append(slug)


def _missing(left: SourceLeft) -> str:
    if left.is_complete:
        return "what stood between its passages or after them may be missing"
    numbers = {one.number for one in left.passages}
    gone = [str(number) for number in range(max(numbers) + 1) if number not in numbers]
    return (
        f"of its passages {len(gone)} are missing ({', '.join(gone[:5])}{', …' * (len(gone) > 5)})"
    )


def _free_slug(catalogue: Catalogue, wanted: str) -> str:
    slug, number = wanted, 2
    while catalogue.entry(slug) is not None:
        slug, number = f"{wanted}-{number}", number + 1
    return slug


def _salvaged(file: Path, new: Path) -> Salvage:
    """What could be read of the damaged file, now in `new`: a catalogue, or nothing."""
    read = salvage(file, new)
    if read != "nothing" and _is_usable(new):
        return read
    _remove(new)
    return "nothing"


def _is_usable(file: Path) -> bool:
    """Whether the file holds a catalogue in which SQLite finds nothing wrong."""
    try:
        with closing(Catalogue(file)) as catalogue:
            return catalogue.check() is None and catalogue.entries() is not None
    except StateError:
        return False


def _put_in_place(new: Path, file: Path) -> Path | None:
    """Keep the damaged file aside, with its log, and put the new one in its place: one step."""
    sync(new)
    aside: Path | None = None
    if file.exists():
        stamp = f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
        aside = file.with_name(f"{file.stem}-damaged-{stamp}{file.suffix}")
        shutil.copyfile(file, aside)
        sync(aside)
    log = file.with_name(f"{file.name}-wal")
    if log.exists() and aside is not None:
        kept = aside.with_name(f"{aside.name}-wal")
        shutil.copyfile(log, kept)
        sync(kept)
    # The old log would be taken for the new file's; all of it lies aside by now.
    log.unlink(missing_ok=True)
    file.with_name(f"{file.name}-shm").unlink(missing_ok=True)
    new.replace(file)
    sync(file.parent)
    return aside


def _remove(file: Path) -> None:
    for left in file.parent.glob(f"{file.name}*"):
        left.unlink()
