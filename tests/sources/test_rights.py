import os
import stat
from pathlib import Path

import pytest

from sources import rights
from sources.catalogue import Catalogue
from sources.rights import keep_new_files_private, make_private, share

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Only POSIX knows these rights.")


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_library_that_others_could_read_is_closed_when_it_is_opened(tmp_path: Path) -> None:
    home = tmp_path / "home"
    Catalogue(home / "library.sqlite3").close()
    for folder in (home, home / "index" / "abc", home / "originals" / "12", home / "audit"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "library.txt").write_text("words")
    everything = [home, *home.rglob("*")]
    for path in everything:
        path.chmod(0o777 if path.is_dir() else 0o666)
    catalogue = Catalogue(home / "library.sqlite3")
    assert {_mode(path) for path in everything if path.is_dir()} == {0o700}
    assert {_mode(path) for path in everything if path.is_file()} == {0o600}
    assert _mode(home / "library.sqlite3-wal") == 0o600
    catalogue.close()


def test_a_new_library_is_its_owner_s_alone(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "home" / "library.sqlite3")
    found = {path.name: _mode(path) for path in (tmp_path / "home").iterdir()}
    assert set(found.values()) == {0o600}
    assert _mode(tmp_path / "home") == 0o700
    catalogue.close()


def test_files_that_are_no_library_s_and_folders_for_everybody_stay_open(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("words")
    other.chmod(0o644)
    (tmp_path / "library.sqlite3").write_bytes(b"")
    (tmp_path / "library.sqlite3").chmod(0o644)
    tmp_path.chmod(0o1777)
    make_private(tmp_path)
    assert _mode(tmp_path) == 0o1777
    assert _mode(other) == 0o644
    assert _mode(tmp_path / "library.sqlite3") == 0o600


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("words")
    outside.chmod(0o644)
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    (home / "library.txt").symlink_to(outside)
    make_private(home)
    assert _mode(outside) == 0o644


def test_a_file_that_the_user_named_has_the_rights_their_files_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rights, "_usual_mask", None)
    before = os.umask(0o027)
    try:
        keep_new_files_private()
        kept, named = tmp_path / "kept", tmp_path / "named"
        kept.write_text("words")
        named.write_text("words")
        share(named)
    finally:
        os.umask(before)
    assert _mode(kept) == 0o600
    assert _mode(named) == 0o640
