import io
from contextlib import suppress
from pathlib import Path

import pytest

from assistant.ui.door.rules import MIB, Limits
from assistant.ui.door.uploads import TooMuchError, Uploads

ANNA, BORIS = "a" * 32, "b" * 32
SMALL = Limits(
    upload_bytes=3 * MIB,
    visitor_upload_bytes=4 * MIB,
    all_upload_bytes=6 * MIB,
    visitor_uploads=3,
    unclaimed_s=600,
)


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def uploads(tmp_path: Path, clock: Clock) -> Uploads:
    return Uploads(tmp_path / "uploads", SMALL, clock=clock)


def _send(uploads: Uploads, visitor: str, mebibytes: float, name: str = "a.md") -> str:
    size = int(mebibytes * MIB)
    with uploads.receiving(visitor) as count:
        count(size)
        return uploads.keep(visitor, name, io.BytesIO(b"x" * size))


def test_a_file_is_had_by_its_secret_name_and_by_its_visitor_alone(uploads: Uploads) -> None:
    token = _send(uploads, ANNA, 0.1)
    path = uploads.path_of(token, ANNA)
    assert path is not None
    assert path.name == "a.md"
    assert uploads.path_of(token, BORIS) is None
    assert uploads.path_of(str(path), ANNA) is None
    assert uploads.path_of(["a"], ANNA) is None
    assert uploads.claim(token, BORIS) is None
    claimed = uploads.claim(token, ANNA)
    assert claimed is not None
    assert claimed.stat().st_size == int(0.1 * MIB)
    assert uploads.claim(token, ANNA) is None
    claimed.unlink()
    assert list(uploads.folder.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\a\\b.docx", "b.docx"),
        ("..", "file"),
        ("", "file"),
        ("a\0b\n<c>.md", "a_b_c_.md"),
        ("Звіт про гарантії.md", "Звіт про гарантії.md"),
        ("x" * 300 + ".docx", "x" * 55 + ".docx"),
    ],
)
def test_a_name_is_kept_without_what_leads_elsewhere(
    uploads: Uploads, name: str, kept: str
) -> None:
    path = uploads.path_of(uploads.keep(ANNA, name, io.BytesIO(b"x")), ANNA)
    assert path is not None
    assert path.name == kept
    assert path.parent.parent == uploads.folder


def test_one_upload_one_visitor_and_all_together_have_their_limits(uploads: Uploads) -> None:
    with pytest.raises(TooMuchError) as refused:
        _send(uploads, ANNA, 3.1)
    assert refused.value.status == 413
    _send(uploads, ANNA, 2.5)
    with pytest.raises(TooMuchError) as refused:
        _send(uploads, ANNA, 2.5)
    assert refused.value.status == 429
    _send(uploads, BORIS, 2.5)
    with pytest.raises(TooMuchError):
        _send(uploads, "c" * 32, 2.5)


def test_many_small_files_are_too_many_as_well(uploads: Uploads) -> None:
    for _ in range(3):
        _send(uploads, ANNA, 0)
    with pytest.raises(TooMuchError):
        _send(uploads, ANNA, 0)


def test_what_is_taken_in_counts_until_it_is_off_the_disk(uploads: Uploads) -> None:
    claimed = uploads.claim(_send(uploads, ANNA, 2.5), ANNA)
    assert claimed is not None
    with pytest.raises(TooMuchError):
        _send(uploads, ANNA, 2.5)
    claimed.unlink()
    _send(uploads, ANNA, 2.5)


def test_what_breaks_off_gives_its_room_back(uploads: Uploads) -> None:
    for _ in range(5):
        with suppress(ConnectionError), uploads.receiving(ANNA) as count:
            count(2 * MIB)
            raise ConnectionError
    _send(uploads, ANNA, 2.5)


def test_what_nobody_takes_in_goes_after_minutes_and_not_while_more_comes(
    uploads: Uploads, clock: Clock
) -> None:
    first, other = _send(uploads, ANNA, 0.1), _send(uploads, BORIS, 0.1)
    clock.now += 400
    second = _send(uploads, ANNA, 0.1)
    clock.now += 300
    uploads.sweep()
    assert uploads.path_of(other, BORIS) is None
    assert uploads.path_of(first, ANNA)
    with uploads.receiving(ANNA):
        clock.now += 3_000
        uploads.sweep()
        assert uploads.path_of(second, ANNA)
    clock.now += 601
    uploads.sweep()
    assert uploads.path_of(second, ANNA) is None
    assert not uploads.folder.exists()


def test_a_file_that_was_used_is_discarded_and_no_other(uploads: Uploads, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text("words")
    token, stays = _send(uploads, ANNA, 0.1), _send(uploads, ANNA, 0.1)
    path = uploads.path_of(token, ANNA)
    assert path is not None
    uploads.discard(path)
    uploads.discard(other)
    assert not path.exists()
    assert other.exists()
    assert uploads.path_of(stays, ANNA)
