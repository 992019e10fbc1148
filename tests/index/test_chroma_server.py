"""The vectors on a Chroma server, started from the installed package."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest

from index.filters import Filters
from index.indexing import remove, sync_folder
from index.library import Library, open_library
from index.retrieval import Retriever
from tests.conftest import WordEmbedder

DATED = "---\ntitle: T\npublisher: {}\npublished: {}\n---\n{}"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """``host:port`` of a server of this test's own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    served = subprocess.Popen(
        [
            str(Path(sys.executable).with_name("chroma")),
            *("run", "--host", "127.0.0.1", "--port", str(port)),
            *("--path", str(tmp_path_factory.mktemp("server"))),
        ],
        env=os.environ | {"ANONYMIZED_TELEMETRY": "False"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(served, f"http://127.0.0.1:{port}/api/v2/heartbeat")
        yield f"127.0.0.1:{port}"
    finally:
        served.terminate()
        served.wait(30)


def _wait_for(served: "subprocess.Popen[bytes]", heartbeat: str) -> None:
    for _ in range(600):
        assert served.poll() is None, "the Chroma server stopped by itself"
        try:
            if httpx.get(heartbeat).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError("the Chroma server does not answer")


@pytest.fixture
def served(tmp_path: Path, address: str) -> Iterator[Library]:
    library = open_library(tmp_path / "home", embedder=WordEmbedder(), chroma_address=address)
    yield library
    library.close()


def _found(library: Library, question: str, filters: Filters | None = None) -> list[str]:
    found = Retriever(library).find(question, filters=filters)
    return [match.passage.source for match in found]


@pytest.mark.long
def test_a_library_on_a_server_is_added_to_searched_filtered_and_taken_from(
    served: Library, tmp_path: Path
) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for name, publisher, day, words in (
        ("early", "BBC", "2025-01-31", "Troops stay in the east."),
        ("late", "NBC", "2025-12-22", "Troops leave the east."),
        ("grain", "NBC", "2025-12-22", "Grain ships sail south."),
    ):
        (texts / f"{name}.md").write_text(DATED.format(publisher, day, words), encoding="utf-8")
    sync_folder(served, texts)
    assert _found(served, "Who stays in the east?")[0] == "early"
    assert _found(served, "troops", Filters(since=date(2025, 6, 1)))[0] == "late"
    assert set(_found(served, "troops", Filters(publishers=("BBC",)))) == {"early"}
    assert not list((tmp_path / "home" / "index").glob("*/vectors/chroma.sqlite3"))
    remove(served, ["early"])
    assert "early" not in _found(served, "Who stays in the east?")
    assert served.vectors.count() == 2
