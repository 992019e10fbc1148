"""What is offered is what was named, and nothing that a name or a link points at elsewhere."""

from pathlib import Path

import pytest

from index.indexing import add, add_places, sync_folder
from index.inputs import bytes_input
from index.library import Library


@pytest.mark.parametrize("name", ["../../etc/a.txt", "..\\..\\a.txt", "/etc/a.txt", "x/../a.txt"])
def test_a_name_that_climbs_counts_by_its_last_part(library: Library, name: str) -> None:
    add(library, [bytes_input(name, b"Words.")])
    assert library.catalogue.source("a").origin == "upload/a.txt"


def test_a_link_out_of_the_folder_is_refused_and_the_rest_goes_on(
    library: Library, tmp_path: Path
) -> None:
    outside, folder = tmp_path / "outside.txt", tmp_path / "texts"
    outside.write_text("The secret.")
    folder.mkdir()
    (folder / "a.txt").write_text("Words.")
    (folder / "link.txt").symlink_to(outside)
    (folder / "round").symlink_to(folder)
    changes = sync_folder(library, folder)
    assert changes.added == ("a",)
    assert "outside the folder" in changes.refused[0].error.problem


def test_each_file_of_a_batch_is_refused_with_its_own_reason(
    library: Library, tmp_path: Path
) -> None:
    from tests.sources.readers.test_pdf import make_pdf
    from tests.sources.test_hostile_files import make_locked_pdf

    for name, raw in {
        "broken.docx": b"PK\x03\x04broken",
        "empty.txt": b"",
        "good.txt": b"Words.",
        "locked.pdf": make_locked_pdf(),
        "picture.pdf": b"\x89PNG\r\n",
        "scan.pdf": make_pdf([[]]),
    }.items():
        (tmp_path / name).write_bytes(raw)
    changes = add_places(library, [tmp_path])
    assert changes.added == ("good",)
    reasons = {refusal.name: refusal.error.problem for refusal in changes.refused}
    for name, reason in {
        "broken.docx": "damaged",
        "empty.txt": "empty",
        "locked.pdf": "password",
        "picture.pdf": "PNG picture",
        "scan.pdf": "blank",
    }.items():
        assert reason in reasons[name]
    assert {one.origin for one in library.catalogue.places.refused()} == {
        str(tmp_path / name) for name in reasons
    }
