"""Sources that an earlier version read are read again from their files, and nothing is lost."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from index.changes import Changes, StoppedError
from index.checking import check
from index.indexing import add, edit_card, recover
from index.inputs import bytes_input
from index.library import Library
from index.progress import Progress
from index.rereading import read_by_earlier, reread
from sources.entries import Arrival
from sources.errors import UseError
from sources.reading import READERS, hash_text
from sources.source import Card, Sentence, Source, Span, Text

RAW = b"# Depot\n\nThe depot at Zenda has 12 boats. It opens in June.\n"
OLD = "# Depot | The depot at Zenda has 12 boats."


@pytest.fixture
def read_long_ago(library: Library) -> Callable[..., None]:
    """Puts a source into the library as an earlier version read it from its file."""

    def put(
        name: str, raw: bytes, body: str, *, origin: str | None = None, kept: bool = True
    ) -> None:
        slug = Path(name).stem
        source = Source(slug, Card(slug), hash_text(body), origin or f"upload/{name}", kind="md")
        file_sha256 = hashlib.sha256(raw).hexdigest()
        if kept:
            library.catalogue.originals.keep(raw, file_sha256)
        text = Text(body, (Sentence(0, len(body)),))
        library.catalogue.register.enter([Arrival(source, text, file_sha256, len(raw))])
        recover(library)

    return put


def test_what_was_read_otherwise_is_a_new_text_and_the_old_one_a_version(
    library: Library, read_long_ago: Callable[..., None]
) -> None:
    read_long_ago("depot.md", RAW, OLD)
    old = library.catalogue.source("depot").sha256
    assert read_by_earlier(library) == ("depot",)
    assert reread(library, ["depot"]).replaced == ("depot",)
    assert read_by_earlier(library) == ()
    text = library.catalogue.text("depot")
    assert text.sentences[-1].of(text.content) == "It opens in June."
    earlier, version = library.catalogue.text_with("depot", Span(0, 7), "# Depot")
    assert version is not None or text.content.startswith("# Depot")
    assert library.catalogue.text("depot", sha256=old).content == OLD
    assert earlier.content
    assert not check(library).findings


def test_the_same_words_cut_otherwise_are_embedded_again_also_in_their_twin(
    library: Library, read_long_ago: Callable[..., None]
) -> None:
    body = "The depot has 12 boats. It opens in June."
    read_long_ago("depot.txt", body.encode(), body)
    read_long_ago("twin.txt", body.encode() + b"\n", body)
    changes = reread(library, ["depot"])
    assert changes.cut_anew == ("depot",)
    assert library.catalogue.versions("depot") == ()
    assert len(library.catalogue.text("twin").sentences) == 2
    assert not check(library).findings
    assert read_by_earlier(library) == ("twin",)
    assert reread(library, ["twin"]).edited == ("twin",)


def test_what_is_read_as_before_is_only_noted(library: Library) -> None:
    add(library, [bytes_input("a.txt", b"Nothing was signed.")])
    before = library.catalogue.entry("a")
    assert before is not None
    assert before.readers == READERS
    assert reread(library, ["a"]) == Changes(unchanged=("a",))
    assert library.catalogue.entry("a") == before


def test_edits_of_a_card_outlive_the_reading(
    library: Library, read_long_ago: Callable[..., None]
) -> None:
    read_long_ago("depot.md", RAW, OLD)
    edit_card(library, "depot", {"publisher": "The chancery"})
    reread(library, ["depot"])
    assert library.catalogue.source("depot").card.publisher == "The chancery"


def test_a_file_in_a_folder_is_read_from_its_place_as_it_is_today(
    library: Library, read_long_ago: Callable[..., None], tmp_path: Path
) -> None:
    file = tmp_path / "depot.md"
    file.write_bytes(RAW + b"\nIt closes in May.\n")
    read_long_ago("depot.md", RAW, OLD, origin=str(file), kept=False)
    assert reread(library, ["depot"]).replaced == ("depot",)
    assert "It closes in May." in library.catalogue.text("depot").content


@pytest.mark.parametrize("origin", ["upload/gone.md", "https://example.org/gone", "/none/gone.md"])
def test_one_whose_file_is_gone_is_told_and_stays(
    library: Library, read_long_ago: Callable[..., None], origin: str
) -> None:
    read_long_ago("gone.md", RAW, OLD, origin=origin, kept=False)
    read_long_ago("there.md", RAW + b"\n", OLD + ".")
    changes = reread(library, ["gone", "there"])
    assert [refusal.name for refusal in changes.refused] == ["gone"]
    assert changes.replaced == ("there",)
    assert library.catalogue.text("gone").content == OLD
    assert read_by_earlier(library) == ("gone",)
    assert library.catalogue.places.refused() == ()


def test_a_file_that_can_be_read_no_more_leaves_the_source_as_it_was(
    library: Library, read_long_ago: Callable[..., None]
) -> None:
    read_long_ago("broken.pdf", b"no PDF", OLD)
    (refusal,) = reread(library, ["broken"]).refused
    assert "broken.pdf" in refusal.error.problem
    assert library.catalogue.text("broken").content == OLD


def test_what_was_done_before_an_interruption_stays_and_the_rest_is_as_it_was(
    library: Library, read_long_ago: Callable[..., None]
) -> None:
    names = [f"text-{number}" for number in range(4)]
    for name in names:
        read_long_ago(f"{name}.md", RAW + name.encode(), f"{OLD} {name}")

    def stop(progress: Progress) -> None:
        if progress.slug == "text-2.md":
            raise KeyboardInterrupt

    with pytest.raises(StoppedError):
        reread(library, names, report=stop)
    assert not check(library).findings
    assert set(read_by_earlier(library)) >= {"text-2", "text-3"}
    changes = reread(library, read_by_earlier(library))
    assert not changes.refused
    assert read_by_earlier(library) == ()
    assert all(len(library.catalogue.versions(name)) == 1 for name in names)


def test_an_unknown_name_is_refused_before_anything_is_read(library: Library) -> None:
    with pytest.raises(UseError):
        reread(library, ["nobody"])


def test_a_file_of_the_same_words_that_is_added_keeps_how_they_were_cut(library: Library) -> None:
    add(library, [bytes_input("a.txt", b"One text. Of two.")])
    add(library, [bytes_input("b.md", b"---\ntitle: B\nlanguage: uk\n---\nOne text. Of two.")])
    assert not check(library).findings
