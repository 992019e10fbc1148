"""What a person is told of files that are added, and of those that are not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.cli import console
from assistant.cli.console import logged
from assistant.cli.library import print_as_they_come
from index.changes import Changes, Refusal
from index.progress import Progress, ProgressReport
from sources.catalogue import Catalogue
from sources.database import FILE_NAME
from sources.errors import UnreadableFileError
from tests.assistant.cli.conftest import Run

Runner = Callable[..., Run]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.txt").write_text(f"Text {name} of the envoys.")
    return folder


def test_ctrl_c_says_what_was_added_and_what_is_left(
    run: Runner, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("sources", "add", folder / "a.txt")

    def interrupted(_say: Callable[[str], None]) -> ProgressReport:
        def report(step: Progress) -> None:
            if step.slug == "c.txt":
                raise KeyboardInterrupt

        return report

    monkeypatch.setattr(console, "logged", interrupted)
    stopped = run("sources", "add", folder)
    assert stopped.code == 130
    assert "Stopped: 0 of 3 added, 1 known already; run it again for the rest." in stopped.err
    monkeypatch.undo()


def test_a_log_gets_a_line_now_and_then_and_none_at_once() -> None:
    said: list[str] = []
    patient, eager = logged(said.append, every_s=3600), logged(said.append, every_s=0)
    step = Progress("a", 1, 2, 1, 3)
    patient(step)
    assert said == []
    eager(step)
    assert said == ["1 of 3 (a)"]


@pytest.mark.parametrize(
    ("places", "code"),
    [
        (("a.txt",), 0),
        (("a.txt", "a.txt"), 0),
        (("broken.pdf",), 1),
        (("a.txt", "broken.pdf"), 1),
        (("a.txt", "missing.txt"), 1),
        (("ftp://x", "http://127.0.0.1/"), 1),
        (("missing.txt",), 2),
        (("missing.txt", "none.txt"), 2),
        (("empty",), 2),
    ],
)
def test_the_exit_code_tells_whether_all_was_taken(
    run: Runner,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    places: tuple[str, ...],
    code: int,
) -> None:
    (folder / "broken.pdf").write_bytes(b"no pdf")
    (folder / "empty").mkdir()
    monkeypatch.chdir(folder)
    ended = run("sources", "add", *places)
    assert ended.code == code
    assert ("a.txt" in places) == ("added    a\n" in ended.out)


def test_every_missing_path_is_named(run: Runner, tmp_path: Path) -> None:
    ended = run("sources", "add", tmp_path / "one.txt", tmp_path / "two.txt")
    assert "one.txt" in ended.err
    assert "two.txt" in ended.err


@pytest.mark.parametrize("command", ["add", "sync"])
def test_files_of_other_kinds_are_named_and_not_ignored(
    run: Runner, folder: Path, command: str
) -> None:
    (folder / "sheet.odb").write_bytes(b"PK")
    assert (
        "1 file of another kind was passed over: sheet.odb." in run("sources", command, folder).err
    )
    (folder / "bin.xyz").write_bytes(b"\0")
    (folder / ".hidden").write_bytes(b"\0")
    told = run("sources", command, folder)
    assert "2 files of other kinds were passed over: bin.xyz, sheet.odb." in told.err
    assert told.code == 0


def test_a_folder_without_a_readable_file_is_said(run: Runner, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "There is no readable file in" in run("sources", "add", tmp_path / "empty").err
    synced = run("sources", "sync", tmp_path / "empty")
    assert (synced.code, "There is no readable file in" in synced.err) == (0, True)


def test_nothing_to_forget_is_said(run: Runner) -> None:
    assert "No removed source" in run("sources", "clean-up").out


def test_who_watches_is_told_each_refusal_once(capsys: pytest.CaptureFixture[str]) -> None:
    broken = Refusal("a.pdf", UnreadableFileError("'a.pdf' is broken.", remedy="Mend it."))
    other = Refusal("b.pdf", UnreadableFileError("'b.pdf' is broken.", remedy="Mend it."))
    print_as_they_come(
        [
            Changes(refused=(broken,), passed_over=("x.xyz",)),
            Changes(added=("c",), refused=(broken, other), passed_over=("x.xyz",)),
            Changes(refused=(other,)),
            Changes(refused=(broken, other)),
        ]
    )
    told = capsys.readouterr()
    assert told.err.count("'a.pdf' is broken") == 2
    assert told.err.count("'b.pdf' is broken") == 1
    assert told.err.count("x.xyz") == 1


def test_an_unknown_name_on_a_card_is_told_until_it_is_mended(run: Runner, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("---\npublishr: Harbour Post\nlayout: wide\n---\nEnvoys met.")
    told = "passed over: 'publishr' (is 'publisher' meant?), 'layout'."
    assert told in run("sources", "add", file).err
    assert told in run("sources", "list").out
    file.write_text("---\npublisher: Harbour Post\n---\nEnvoys met.")
    assert run("sources", "add", file).err == ""
    assert "passed over" not in run("sources", "list").out


def test_a_day_still_to_come_is_questioned_and_never_the_newest(
    run: Runner, tmp_path: Path
) -> None:
    file = tmp_path / "a.md"
    file.write_text("---\npublished: 2199-01-01\n---\nEnvoys met.")
    told = "a: Its card says that it was published on 2199-01-01, a day still to come."
    assert told in run("sources", "add", file).err
    assert told in run("sources", "list").out
    checked = run("doctor")
    assert (checked.code, told in checked.err) == (0, True)
    catalogue = Catalogue(tmp_path / "home" / FILE_NAME)
    assert catalogue.counts() == (1, 1, None)
    catalogue.close()
    edited = run("sources", "edit", "a", "--published", "2025-12-22")
    assert (edited.out, edited.err) == ("edited   a\n", "")
    assert "still to come" in run("sources", "edit", "a", "--published", "2199-12-22").err
