"""``assistant doctor`` says whether the library is whole, and makes it so."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.assistant.cli.conftest import Run
from tests.scripted_model import Script, scripted

Runner = Callable[..., Run]


def test_a_whole_library_is_said_to_be_whole(run: Runner) -> None:
    run("sources", "sync")
    ended = run("doctor")
    assert (ended.code, "Everything agrees: 1 source, " in ended.out) == (0, True)
    (report,) = run("doctor", "--json").lines
    assert (report["whole"], report["findings"]) == (True, [])
    assert "On disk: " in ended.out
    assert report["bytes"] > report["bytes_of_files"] == 0
    parts = report["bytes_of_parts"]
    assert list(parts) == ["texts and cards", "Chroma", "small vectors", "words"]
    assert 0 < min(parts.values()) < sum(parts.values()) <= report["bytes"]


@pytest.mark.long
@pytest.mark.parametrize("file", ["words/meta.json", "vectors/chroma.sqlite3", "sentences.sqlite3"])
def test_an_index_that_cannot_be_opened_is_built_anew(tmp_path: Path, file: str) -> None:
    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        # Processes of their own: Chroma keeps a folder's files open until its process ends.
        command = [sys.executable, "-m", "assistant", *arguments, "--home", str(tmp_path)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    run("sources", "sync")
    (damaged,) = (tmp_path / "index").glob(f"*/{file}")
    damaged.write_bytes(b"no index at all " * 999)
    found = run("doctor")
    assert found.returncode == 1
    assert "doctor --repair" in found.stderr
    assert "Traceback" not in found.stderr
    mended = run("doctor", "--repair")
    assert mended.returncode == 0, mended.stderr
    asked = run("ask", "What did Vance name as the main obstacle?", "--json")
    assert json.loads(asked.stdout)["citations"]


def test_a_finding_gives_exit_code_1_until_it_is_mended(run: Runner, tmp_path: Path) -> None:
    from sources.catalogue import Catalogue
    from sources.database import FILE_NAME

    run("sources", "sync")
    catalogue = Catalogue(tmp_path / "home" / FILE_NAME)
    catalogue.register.mark_adding([entry.source.slug for entry in catalogue.entries()])
    catalogue.close()
    ended = run("doctor", "--json")
    assert ended.code == 1
    assert [found["room"] for found in ended.lines[0]["findings"]] == ["interrupted"]
    assert run("doctor", "--repair", "--json").lines[0]["whole"]


def test_a_chat_model_is_told_with_its_address_and_whether_it_answers(
    run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("sources", "sync")
    assert "Chat model" not in run("doctor").out
    monkeypatch.setenv("ASSISTANT_MODEL", "openai:scripted")
    assert "its provider's own address, which was not tried" in run("doctor").out
    with scripted(Script()) as model:
        monkeypatch.setenv("ASSISTANT_MODEL_URL", model.address)
        told = run("doctor").out
        assert (model.requests, model.keys) == ([], [])
    assert f"Chat model: openai:scripted at {model.address}: the server answers." in told
    (gone,) = run("doctor", "--json").lines
    assert gone["model"] == {"name": "openai:scripted", "address": model.address, "answers": False}


def test_a_local_model_that_cannot_be_run_is_told_with_the_reason(
    run: Runner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run("sources", "sync")
    (tmp_path / "letter.gguf").write_text("Dear model")
    monkeypatch.setenv("ASSISTANT_MODEL", f"local:{tmp_path / 'letter.gguf'}")
    told = run("doctor").out
    assert "no GGUF model" in told
    assert "ASSISTANT_MODEL" in told
