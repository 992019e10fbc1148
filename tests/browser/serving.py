"""The page as a visitor meets it: the real command in a process of its own."""

import os
import queue
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_S = 120


@contextmanager
def served(
    home: Path,
    *,
    port: int,
    folder: Path | None = None,
    settings: Mapping[str, str] | None = None,
) -> Iterator[tuple[str, list[str]]]:
    """The address of a page over the library in `home`, and what the command said.

    `folder` holds further texts for the library, beside those that are shipped; `settings`
    further variables of the environment. The page goes when the block ends.
    """
    with serving(home, port=port, folder=folder, settings=settings) as (_, address, said):
        yield address, said


@contextmanager
def serving(
    home: Path,
    *,
    port: int,
    folder: Path | None = None,
    settings: Mapping[str, str] | None = None,
) -> Iterator[tuple["subprocess.Popen[str]", str, list[str]]]:
    """The same with the process that serves it."""
    environment = os.environ | {"ASSISTANT_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    environment |= settings or {}
    command = [sys.executable, "-m", "assistant"]
    for texts in [] if folder is None else [[], [str(folder)]]:
        subprocess.run([*command, "sources", "sync", *texts], cwd=ROOT, env=environment, check=True)
    process = subprocess.Popen(
        [*command, "chat", "--port", str(port)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines: queue.Queue[str | None] = queue.Queue()
    reading = threading.Thread(target=_pass_on, args=(process, lines), daemon=True)
    reading.start()
    said: list[str] = []
    try:
        while True:
            line = lines.get(timeout=START_S)
            if line is None:
                raise AssertionError(f"the page did not start: {said}")
            said.append(line.strip())
            if found := re.search(r"The page is at (\S+)", line):
                yield process, found.group(1), said
                return
    finally:
        process.terminate()
        process.wait(timeout=20)
        reading.join()


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def _pass_on(process: "subprocess.Popen[str]", lines: "queue.Queue[str | None]") -> None:
    assert process.stdout is not None
    with process.stdout:
        for line in process.stdout:
            lines.put(line)
    lines.put(None)
