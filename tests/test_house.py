"""What holds for the house as a whole, seen from outside, in processes of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_NO_SOCKETS = """
import socket, sys
def refuse(*_args, **_kwargs):
    raise AssertionError("a socket was asked for")
socket.socket.connect = socket.socket.connect_ex = socket.socket.bind = refuse
socket.create_connection = socket.getaddrinfo = refuse
from assistant.cli.main import main
main(["ask", "How many troops would Ukraine keep?"])
"""

_HEAVY = ("torch", "sentence_transformers", "chromadb", "gradio", "tantivy", "langchain", "numpy")


def _python(code: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"ASSISTANT_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_question_is_answered_with_no_network_at_all(tmp_path: Path) -> None:
    ended = _python(_NO_SOCKETS, tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert "800,000 troops" in ended.stdout


def test_a_plain_question_loads_no_model_of_languages(tmp_path: Path) -> None:
    code = """
import sys
from assistant.cli.main import main
try:
    main(["ask", "How many troops would Ukraine keep?"])
except SystemExit:
    pass
print("py3langid" in sys.modules)
"""
    ended = _python(code, tmp_path)
    assert ended.stdout.splitlines()[-1] == "False", ended.stderr


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    code = f"""
import sys
from assistant.cli.main import main
try:
    main(["--help"])
except SystemExit:
    pass
print([name for name in {_HEAVY!r} if name in sys.modules])
"""
    assert _python(code, tmp_path).stdout.splitlines()[-1] == "[]"


def test_importing_every_room_starts_nothing(tmp_path: Path) -> None:
    code = """
import importlib, pkgutil, sys
import assistant, index, sources
for package in (assistant, index, sources):
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        rooms = {*found.name.split(".")}
        if not rooms & {"__main__", "ui", "training"}:
            importlib.import_module(found.name)
print([name for name in ("torch", "sentence_transformers", "chromadb") if name in sys.modules])
"""
    ended = _python(code, tmp_path)
    assert ended.stdout.splitlines() == ["[]"], ended.stderr
    assert list(tmp_path.iterdir()) == []
