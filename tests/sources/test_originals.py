"""The files behind the sources: kept once, whole, and only while a source rests on them."""

import hashlib
from pathlib import Path

import pytest

from sources.catalogue import Catalogue
from sources.entries import Arrival, Entry
from sources.errors import StateError
from sources.originals import Fault, Original, file_name_of
from sources.source import Card, Sentence, Source, Text
from tests.capabilities import rights_respected

RAW = b"%PDF-1.7 not really, but bytes \x00\xff"
HASH = hashlib.sha256(RAW).hexdigest()


def _entry(catalogue: Catalogue, origin: str, raw: bytes = RAW) -> Entry:
    source = Source("memo", Card("Memo"), sha256="a" * 64, origin=origin, kind="pdf")
    arrival = Arrival(
        source, Text("Words.", (Sentence(0, 6),)), hashlib.sha256(raw).hexdigest(), len(raw)
    )
    catalogue.register.enter([arrival])
    entry = catalogue.entry("memo")
    assert entry is not None
    return entry


def _kept(catalogue: Catalogue) -> list[bytes]:
    folder = catalogue.path.parent / "originals"
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return Catalogue(tmp_path / "home" / "library.sqlite3")


def test_the_very_bytes_come_back_under_the_name_they_were_sent_with(catalogue: Catalogue) -> None:
    entry = _entry(catalogue, "upload/Mémo final.pdf")
    assert (catalogue.originals.of(entry), catalogue.originals.has(entry)) == (None, False)
    catalogue.originals.keep(RAW, HASH)
    assert catalogue.originals.has(entry)
    assert catalogue.originals.of(entry) == Original("Mémo final.pdf", RAW)


def test_the_same_bytes_are_kept_once(catalogue: Catalogue) -> None:
    for _ in range(3):
        catalogue.originals.keep(RAW, HASH)
    assert _kept(catalogue) == [RAW]
    assert catalogue.originals.size() == len(RAW)


def test_a_file_of_ones_own_is_read_from_where_it_lies_while_it_is_the_same(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    file = tmp_path / "memo.pdf"
    file.write_bytes(RAW)
    entry = _entry(catalogue, str(file))
    assert catalogue.originals.has(entry)
    assert catalogue.originals.of(entry) == Original("memo.pdf", RAW)
    file.write_bytes(RAW[:-1] + b"!")
    assert (catalogue.originals.of(entry), catalogue.originals.has(entry)) == (None, False)
    file.unlink()
    assert (catalogue.originals.of(entry), catalogue.originals.has(entry)) == (None, False)


def test_a_kept_file_that_is_damaged_is_never_given_out(catalogue: Catalogue) -> None:
    entry = _entry(catalogue, "upload/memo.pdf")
    catalogue.originals.keep(RAW, HASH)
    (path,) = (catalogue.path.parent / "originals").rglob(HASH)
    path.write_bytes(RAW[:-1] + b"!")
    assert catalogue.originals.of(entry) is None
    assert list(catalogue.originals.faults()) == [Fault(HASH)]
    catalogue.originals.drop(HASH)
    assert _kept(catalogue) == []


def test_what_no_source_was_read_from_is_forgotten_and_half_written_files_too(
    catalogue: Catalogue,
) -> None:
    _entry(catalogue, "upload/memo.pdf")
    catalogue.originals.keep(RAW, HASH)
    other = hashlib.sha256(b"other").hexdigest()
    catalogue.originals.keep(b"other", other)
    folder = catalogue.path.parent / "originals"
    (folder / other[:2] / "tmphalf").write_bytes(b"oth")
    catalogue.originals.forget_unused([HASH])
    assert len(_kept(catalogue)) == 3
    catalogue.originals.forget_unused()
    assert _kept(catalogue) == [RAW]


def test_no_room_for_a_file_is_said_with_a_remedy(catalogue: Catalogue) -> None:
    (catalogue.path.parent / "originals").write_bytes(b"a file in the folder's place")
    with pytest.raises(StateError, match=r"cannot be kept in .*originals.*free space"):
        catalogue.originals.keep(RAW, HASH)


@pytest.mark.parametrize(
    ("origin", "name"),
    [
        ("upload/a b.pdf", "a b.pdf"),
        ("upload/a.pdf~0123abcd", "a.pdf"),
        ("https://news.example/2025/talks?id=4", "talks.pdf"),
        ("/home/me/notes/a.pdf", "a.pdf"),
        ("shipped/a.pdf", "a.pdf"),
    ],
)
def test_a_file_is_called_as_it_was(origin: str, name: str) -> None:
    source = Source("talks", Card("Talks"), sha256="a" * 64, origin=origin, kind="pdf")
    assert file_name_of(source) == name


def test_a_file_that_may_not_be_read_is_told_apart_from_a_damaged_one(
    catalogue: Catalogue,
) -> None:
    catalogue.originals.keep(RAW, HASH)
    (file,) = (catalogue.path.parent / "originals").glob("*/*")
    file.chmod(0)
    with rights_respected():
        assert list(catalogue.originals.faults()) == [Fault(HASH, unreadable="Permission denied")]
