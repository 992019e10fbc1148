"""No command names this machine to anybody: watched from outside the process.

What a library sends from native code is seen by no patch of Python's sockets, so the system
calls themselves are read, with strace where there is one; and the person's home is looked into,
because what waits to be sent is kept there.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sources.originals import SHIPPED_FOLDER
from tests.browser.serving import free_port

ROOT = Path(__file__).parents[1]
_ADDRESS = re.compile(r'sin6?_(?:addr=inet_addr\(|addr_6?=?.*?inet_pton\(AF_INET6, )"([^"]+)"')
_SENT = re.compile(r"\b(?:connect|sendto|sendmsg|sendmmsg)\(")
_HERE = ("127.", "::1", "0.0.0.0", "::")


def _watched(record: Path) -> list[str]:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("There is no strace on this machine.")
    if subprocess.run([strace, "-o", os.devnull, "true"], capture_output=True).returncode != 0:
        pytest.skip("strace may not watch processes on this machine.")
    return [strace, "-f", "-e", "trace=network", "-o", str(record)]


def _elsewhere(record: Path) -> list[str]:
    """What was sent or connected to an address of another machine, name servers included."""
    return [
        line
        for line in record.read_text("utf-8", errors="replace").splitlines()
        if _SENT.search(line)
        and any(not address.startswith(_HERE) for address in _ADDRESS.findall(line))
    ]


def _environment(home: Path) -> dict[str, str]:
    # Writable places of its own, and no word of the machine's that would switch anything off.
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {
        **kept,
        "HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "ASSISTANT_HOME": str(home / "lib"),
    } | {"PYTHONUNBUFFERED": "1"}


def _left_behind(home: Path) -> list[str]:
    return sorted(
        str(path.relative_to(home))
        for path in home.rglob("*")
        if path.is_file() and home / "lib" not in path.parents
    )


COMMANDS = (
    ("sources", "add", str(SHIPPED_FOLDER)),
    ("ask", "What did Vance say?"),
    ("brief", "draft", "--topic", "security guarantees"),
)


def test_a_command_leaves_nothing_outside_the_library(tmp_path: Path) -> None:
    run = [sys.executable, "-m", "assistant", "ask", "What did Vance say?"]
    subprocess.run(run, env=_environment(tmp_path), check=True, capture_output=True)
    assert _left_behind(tmp_path) == []


@pytest.mark.long
def test_no_command_looks_for_another_machine(tmp_path: Path) -> None:
    record = tmp_path / "calls"
    watch = _watched(record)
    home = tmp_path / "home"
    home.mkdir()
    for command in COMMANDS:
        run = [*watch, sys.executable, "-m", "assistant", *command]
        subprocess.run(run, env=_environment(home), check=True, capture_output=True)
        assert _elsewhere(record) == []


def test_the_page_looks_for_no_other_machine_and_leaves_nothing(tmp_path: Path) -> None:
    record = tmp_path / "calls"
    watch = _watched(record)
    home = tmp_path / "home"
    home.mkdir()
    run = [*watch, sys.executable, "-m", "assistant", "chat", "--port", str(free_port())]
    with subprocess.Popen(
        run,
        env=_environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as page:
        assert page.stdout is not None
        try:
            assert any("The page is at" in line for line in page.stdout)
            with pytest.raises(subprocess.TimeoutExpired):
                page.wait(timeout=5)
        finally:
            os.killpg(page.pid, signal.SIGTERM)
    assert _elsewhere(record) == []
    assert _left_behind(home) == []


def test_another_machine_would_be_seen(tmp_path: Path) -> None:
    record = tmp_path / "calls"
    calls = "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
    calls += "s.connect(('192.0.2.1', 9))"
    subprocess.run([*_watched(record), sys.executable, "-c", calls], check=True)
    assert len(_elsewhere(record)) == 1
