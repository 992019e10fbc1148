"""A backup is whole or absent, holds all of a library at one moment, and comes back as it was."""

import hashlib
import json
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant.conversing.conversation import Conversation
from assistant.conversing.store import ConversationStore
from index.backing_up import back_up
from index.backup_file import MANIFEST
from index.checking import check
from index.indexing import add, remove, resume
from index.inputs import bytes_input
from index.library import Library, open_library
from index.restoring import restore, what_is_in
from index.retrieval import Retriever
from sources.database import FILE_NAME
from sources.errors import DamagedLibraryError, LibraryBusyError, StateError, UseError
from tests.capabilities import fill, small_disk
from tests.conftest import WordEmbedder
from tests.index.never_half import words_of

SENT = "The envoys met in Miami. They spoke of guarantees. Nothing was signed that day."


def _open(home: Path) -> Library:
    library = open_library(home, embedder=WordEmbedder())
    resume(library)
    return library


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A library of two sources, a removed one, a conversation and settings; closed."""
    home = tmp_path / "library"
    with closing(_open(home)) as library:
        add(
            library,
            [bytes_input(f"{name}.txt", words.encode()) for name, words in _TEXTS.items()],
        )
        remove(library, ["gone"])
        with closing(ConversationStore(library.catalogue.path)) as store:
            store.keep("ann", Conversation().asking("Where did they meet?"))
    (home / "settings.toml").write_text('model_key = "secret"\n')
    (home / "audit").mkdir()
    (home / "audit" / "2026-11.jsonl").write_text("{}\n")
    return home


_TEXTS = {"sent": SENT, "other": "Another text. Of two.", "gone": "Taken out. Long ago."}


@pytest.fixture
def file(home: Path, tmp_path: Path) -> Path:
    back_up(home, tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


def _assert_same(home: Path) -> None:
    with closing(_open(home)) as library:
        assert check(library).findings == ()
        assert library.catalogue.text("sent").content == SENT
        (match, *_) = Retriever(library).find("envoys in Miami", limit=1)
        assert match.passage.content == SENT
        assert [one.source.slug for one in library.catalogue.entries(state="removed")] == ["gone"]
        entry = library.catalogue.entry("sent")
        assert entry is not None
        original = library.catalogue.originals.of(entry)
        assert original is not None
        assert original.content == SENT.encode()
        with closing(ConversationStore(library.catalogue.path)) as store:
            (talk,) = store.listed("ann")
            assert talk.title == "Where did they meet?"


def test_a_backup_put_into_a_new_folder_is_the_library(file: Path, tmp_path: Path) -> None:
    restored = restore(tmp_path / "new" / "home", file)
    assert (restored.manifest.sources, restored.put_aside) == (2, None)
    _assert_same(tmp_path / "new" / "home")
    assert (tmp_path / "new" / "home" / "audit" / "2026-11.jsonl").read_text() == "{}\n"
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["home"]


def test_a_backup_is_for_its_owner_alone_and_holds_no_settings(file: Path, tmp_path: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        manifest = json.loads(archive.read(MANIFEST))
        for one in manifest["files"]:
            content = archive.read(one["name"])
            assert (len(content), hashlib.sha256(content).hexdigest()) == (
                one["size"],
                one["sha256"],
            )
    assert not any("settings" in name or name.endswith((".lock", "-wal")) for name in names)
    assert sorted(names) == sorted([*(one["name"] for one in manifest["files"]), MANIFEST])
    restore(tmp_path / "home", file)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "home").rglob("*")}
    assert modes <= {0o600, 0o700}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.zip", "home", "library"]


def test_no_file_is_written_over_unless_that_is_meant(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "notes"
    file.write_text("My notes.")
    with pytest.raises(UseError, match="already"):
        back_up(home, file)
    assert file.read_text() == "My notes."
    back_up(home, file, force=True)
    assert zipfile.is_zipfile(file)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["library", "notes"]


def test_no_library_is_restored_over_another_unless_that_is_meant(
    home: Path, file: Path, tmp_path: Path
) -> None:
    with pytest.raises(UseError, match=r"holds 'audit' already.*--force"):
        restore(home, file)
    other = tmp_path / "other"
    with closing(_open(other)) as library:
        add(library, [bytes_input("mine.txt", b"My own text.")])
    with pytest.raises(UseError, match="holds a library already"):
        restore(other, file)
    restored = restore(other, file, force=True)
    _assert_same(other)
    assert restored.put_aside is not None
    with closing(_open(restored.put_aside)) as library:
        assert library.catalogue.text("mine").content == "My own text."


def test_an_empty_library_gives_way_and_settings_stay(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    _open(other).close()
    (other / "settings.toml").write_text("strict = true\n")
    assert what_is_in(other) is None
    assert restore(other, file).put_aside is None
    _assert_same(other)
    assert (other / "settings.toml").read_text() == "strict = true\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.zip", "library", "other"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda home: (home / FILE_NAME).unlink(),
        lambda home: (home / FILE_NAME).write_bytes(b""),
        lambda home: shutil.rmtree(home / "originals"),
    ],
)
def test_a_folder_with_something_left_of_a_library_is_not_empty(
    home: Path, file: Path, damage: Callable[[Path], object]
) -> None:
    shutil.rmtree(home / "audit")
    damage(home)
    with pytest.raises(UseError, match="already"):
        restore(home, file)


def _rewritten(file: Path, change: Callable[[dict[str, bytes]], object]) -> None:
    """The archive with other contents, as a stranger may send it."""
    with zipfile.ZipFile(file) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    change(contents)
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)


def _listed(name: str) -> Callable[[dict[str, bytes]], None]:
    """Puts a file of that name into the archive and its list, with a hash that is right."""

    def change(contents: dict[str, bytes]) -> None:
        manifest = json.loads(contents[MANIFEST])
        sha256 = hashlib.sha256(b"evil").hexdigest()
        manifest["files"].append({"name": name, "size": 4, "sha256": sha256})
        contents[MANIFEST] = json.dumps(manifest).encode()
        contents[name] = b"evil"

    return change


def _manifest(**fields: object) -> Callable[[dict[str, bytes]], None]:
    def change(contents: dict[str, bytes]) -> None:
        contents[MANIFEST] = json.dumps(json.loads(contents[MANIFEST]) | fields).encode()

    return change


def _swollen(contents: dict[str, bytes]) -> None:
    contents[FILE_NAME] += bytes(50_000_000)


@pytest.mark.parametrize(
    "name",
    [
        "../evil", "/etc/evil", "index/../../evil", "originals/./evil", "evil", "settings.toml",
        "index\\evil", "originals//evil", "C:/evil", "index/a:b", "library.sqlite3-wal", "index/",
        "originals/\x00", "index/..",
    ],
)  # fmt: skip
def test_a_file_for_another_place_is_refused(file: Path, tmp_path: Path, name: str) -> None:
    _rewritten(file, _listed(name))
    _assert_refused(file, tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        lambda contents: contents.pop(MANIFEST),
        lambda contents: contents.pop(FILE_NAME),
        lambda contents: contents.update({"originals/aa/more": b"more"}),
        lambda contents: contents.update({FILE_NAME: contents[FILE_NAME][:-1] + b"x"}),
        lambda contents: contents.update({MANIFEST: b"[]"}),
        lambda contents: contents.update({MANIFEST: b"{"}),
        _swollen,
        _manifest(version=2),
        _manifest(format="other"),
        _manifest(files=[]),
        _manifest(files=[{"name": FILE_NAME, "size": -1, "sha256": ""}]),
        _manifest(sources=None),
    ],
)
def test_what_is_not_just_what_was_put_in_is_refused(
    file: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], object]
) -> None:
    _rewritten(file, change)
    _assert_refused(file, tmp_path)


@pytest.mark.parametrize("share", [0.0, 0.2, 0.9, 0.999])
def test_a_backup_that_was_cut_off_is_refused(file: Path, tmp_path: Path, share: float) -> None:
    raw = file.read_bytes()
    file.write_bytes(raw[: int(len(raw) * share)])
    _assert_refused(file, tmp_path)


def test_a_single_flipped_byte_is_found_wherever_it_is(file: Path, tmp_path: Path) -> None:
    raw = file.read_bytes()
    for at in range(100, len(raw), max(1, len(raw) // 40)):
        file.write_bytes(raw[:at] + bytes([raw[at] ^ 0x55]) + raw[at + 1 :])
        try:
            restore(tmp_path / "home", file)
        except UseError:
            assert not (tmp_path / "home").exists()
        else:  # a byte that means nothing, such as a date
            _assert_same(tmp_path / "home")
            shutil.rmtree(tmp_path / "home")


def test_a_library_of_a_later_version_is_refused(home: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(home / FILE_NAME)) as connection:
        connection.execute("UPDATE room SET version = 99 WHERE name = 'conversations'")
        connection.commit()
    back_up(home, tmp_path / "b.zip")
    restore(tmp_path / "fine", tmp_path / "b.zip")  # another room's is found when it is opened
    with closing(sqlite3.connect(home / FILE_NAME)) as connection:
        connection.execute("UPDATE room SET version = 99 WHERE name = 'catalogue'")
        connection.commit()
    with pytest.raises(StateError, match="newer version"):
        back_up(home, tmp_path / "c.zip")


def _assert_refused(file: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UseError) as raised:
        restore(tmp_path / "home", file)
    assert raised.value.remedy
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["nothing.zip", "folder"])
def test_what_is_no_file_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(UseError):
        restore(tmp_path / "home", tmp_path / name)


def test_a_library_that_is_not_whole_is_not_backed_up(home: Path, tmp_path: Path) -> None:
    for damage in ("index", FILE_NAME):
        shutil.rmtree(home / "index", ignore_errors=True)
        if damage == FILE_NAME:
            (home / FILE_NAME).write_bytes(b"garbage" * 999)
        with pytest.raises(DamagedLibraryError):
            back_up(home, tmp_path / "backup.zip")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["library"]


def test_a_folder_without_a_library_is_told(tmp_path: Path) -> None:
    with pytest.raises(UseError, match="no library"):
        back_up(tmp_path / "nothing", tmp_path / "backup.zip")
    assert list(tmp_path.iterdir()) == []


def test_while_another_process_changes_the_library_a_backup_waits_its_turn(
    home: Path, tmp_path: Path
) -> None:
    with closing(_open(home)) as library:
        with library.catalogue.changing_alone(), pytest.raises(LibraryBusyError):
            back_up(home, tmp_path / "backup.zip")
        assert not (tmp_path / "backup.zip").exists()
        back_up(home, tmp_path / "backup.zip")


def test_conversations_go_on_while_a_backup_is_made(home: Path, tmp_path: Path) -> None:
    over = threading.Event()
    asked: list[str] = []
    failed: list[Exception] = []

    def talk() -> None:
        with closing(ConversationStore(home / FILE_NAME)) as store:
            while not over.is_set():
                one = Conversation().asking(f"Question {len(asked)}? " * 300)
                try:
                    store.keep("ben", one)
                except Exception as error:  # noqa: BLE001 - told below
                    failed.append(error)
                    return
                asked.append(one.id)

    thread = threading.Thread(target=talk)
    thread.start()
    try:
        for number in range(5):
            began = len(asked)
            back_up(home, tmp_path / f"{number}.zip")
            restore(tmp_path / f"home-{number}", tmp_path / f"{number}.zip")
            with closing(ConversationStore(tmp_path / f"home-{number}" / FILE_NAME)) as store:
                kept = {one.id for one in store.listed("ben")}
            assert set(asked[:began]) <= kept <= set(asked) | {*kept}
            assert len(kept) <= len(asked) + 1
            _assert_same(tmp_path / f"home-{number}")
    finally:
        over.set()
        thread.join()
    assert failed == []
    assert asked


@pytest.mark.long
def test_no_room_for_a_backup_leaves_nothing_behind(home: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with small_disk(disk, megabytes=1):
        filling = fill(disk)
        with pytest.raises(StateError):
            back_up(home, disk / "backup.zip")
        assert list(disk.iterdir()) == [filling]
        filling.write_bytes(bytes(700_000))
        back_up(home, tmp_path / "backup.zip")
        with pytest.raises(StateError, match="free"):
            restore(disk / "home", tmp_path / "backup.zip")
        assert list(disk.iterdir()) == [filling]


def _run(what: str, *places: Path) -> "subprocess.Popen[bytes]":
    script = (
        "import sys; from pathlib import Path; from index.backing_up import back_up;"
        "from index.restoring import restore;"
        f"{what}(*map(Path, sys.argv[1:]))"
    )
    return subprocess.Popen([sys.executable, "-c", script, *map(str, places)])


@pytest.mark.long
def test_killed_at_any_moment_a_backup_and_a_restoring_are_whole_or_absent(
    home: Path, file: Path, tmp_path: Path
) -> None:
    began = time.monotonic()
    assert _run("back_up", home, tmp_path / "timed.zip").wait() == 0
    lasts_s = time.monotonic() - began
    for number in range(40):
        made, put = tmp_path / f"{number}.zip", tmp_path / f"home-{number}"
        for process in (_run("back_up", home, made), _run("restore", put, file)):
            time.sleep(lasts_s * (0.3 + 0.8 * number / 40))
            process.send_signal(signal.SIGKILL)
            process.wait()
        _assert_same(home)
        if made.exists():
            restore(tmp_path / f"from-{number}", made)
            _assert_same(tmp_path / f"from-{number}")
        if put.exists():
            _assert_same(put)


@pytest.mark.long
def test_a_backup_of_a_library_that_changes_without_end_is_whole(tmp_path: Path) -> None:
    home = tmp_path / "library"
    with closing(_open(home)) as library:
        names = [f"kept-{number}" for number in range(6)]
        add(library, [bytes_input(f"{name}.txt", words_of(name, 0, 12)) for name in names])
    command = [sys.executable, "-m", "tests.index.never_half", str(home), "3"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        for number in range(6):
            back_up(home, tmp_path / f"{number}.zip", wait_s=60)
            restore(tmp_path / f"home-{number}", tmp_path / f"{number}.zip")
            with closing(_open(tmp_path / f"home-{number}")) as library:
                assert check(library).findings == ()
                assert {"kept-0", "kept-5"} <= library.vectors.sources()
    finally:
        process.kill()
        process.communicate()
