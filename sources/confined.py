"""Readers run in a process of their own, which can be stopped and cannot take all memory.

Files come from anywhere, and parsers of rich formats have bugs: here a file that makes
one loop, swell or crash costs that file, with the reason, and nothing else. Requests and
replies are lengths and plain JSON; nothing a file says is ever unpickled or run.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from sources import problems
from sources.errors import UnreadableFileError
from sources.readers.patience import listen
from sources.reading import Reading, as_date, read_bytes
from sources.source import Block, Card, Locator

SECONDS_PER_FILE = 60.0
"""Of a file that is read by OCR: for each page."""
MEMORY_BYTES = 3 * 1024**3
"""Address space of the reading process, where the system can limit it (not on Windows)."""

_GOES_ON = b""
"""What the reading process sends before its reply, when one page of many is read."""
_MOST_PAGES = 2_000
"""A process that says more often that it goes on is stopped."""
_ROOT = Path(__file__).resolve().parent.parent


class ConfinedReader:
    """Reads files one after the other in a process that is replaced when it breaks.

    Use it as a context manager. It may be used from one thread at a time.
    """

    def __init__(
        self, *, seconds_per_file: float = SECONDS_PER_FILE, memory_bytes: int = MEMORY_BYTES
    ) -> None:
        self._seconds = seconds_per_file
        self._memory_bytes = memory_bytes
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "ConfinedReader":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, raw: bytes, name: str) -> Reading:
        """What `sources.reading.read_bytes` returns or raises, within the limits."""
        process = self._started()
        stopped = threading.Event()

        def stop() -> None:
            stopped.set()
            _kill(process)

        timer = _started(threading.Timer(self._seconds, stop))
        reply: bytes | None = None
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            _send(process.stdin, name.encode("utf-8", "surrogatepass"))
            _send(process.stdin, raw)
            process.stdin.flush()
            for _ in range(_MOST_PAGES):
                reply = _receive(process.stdout)
                if reply != _GOES_ON or stopped.is_set():
                    break
                timer.cancel()
                timer = _started(threading.Timer(self._seconds, stop))
        except OSError:
            reply = None
        finally:
            timer.cancel()
        if not reply:
            self.close()
            raise _broken(name, self._seconds if stopped.is_set() else None)
        return _reading_of(json.loads(reply))

    def close(self) -> None:
        """End the process; the next `read` starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        _kill(process)
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:  # what was not yet written to a dead process
                    continue
        process.wait()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            path = os.pathsep.join([str(_ROOT), os.environ.get("PYTHONPATH", "")])
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-c",
                    # Ctrl+C is for whoever adds: no file is refused because of it.
                    "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
                    "from sources.confined import serve; serve()",
                    str(self._memory_bytes),
                    str(self._seconds),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path.rstrip(os.pathsep)},
                start_new_session=True,
            )
        return self._process


def _started(timer: threading.Timer) -> threading.Timer:
    timer.daemon = True
    timer.start()
    return timer


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """End the process, and with it the programs that it runs."""
    if os.name == "posix" and process.poll() is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def serve() -> None:
    """The reading process: files on standard input, replies on standard output, till its end."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a parser prints must not mix with the replies
    sys.setrecursionlimit(3_000)
    seconds = float(sys.argv[2])
    _limit_memory(int(sys.argv[1]))

    def go_on() -> None:
        _limit_time(seconds)
        _send(replies, _GOES_ON)
        replies.flush()

    listen(go_on)
    while (name := _receive(sys.stdin.buffer)) is not None:
        raw = _receive(sys.stdin.buffer)
        if raw is None:
            return
        _limit_time(seconds)
        answer = _answer(raw, name.decode("utf-8", "surrogatepass"))
        reply = json.dumps(answer, default=str).encode()
        _send(replies, reply)
        replies.flush()
        del raw, reply


def _answer(raw: bytes, name: str) -> Mapping[str, object]:
    try:
        reading = read_bytes(raw, name)
        return {"reading": asdict(reading) | {"problems": problems.to_json(reading.problems)}}
    except UnreadableFileError as error:
        return {"problem": error.problem, "remedy": error.remedy}
    except MemoryError:
        return {"problem": f"{name!r} needs too much memory.", "remedy": "Split it, or leave it."}
    except Exception as error:  # noqa: BLE001  # any bug of a parser is the file's refusal
        kind = type(error).__name__
        return {
            "problem": f"{name!r} cannot be read ({kind}).",
            "remedy": "It may be damaged: save it anew, or as plain text.",
        }


def _limit_memory(most_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
    except (ValueError, OSError):  # macOS keeps no such limit
        return


def _limit_time(seconds: float) -> None:
    """End this process by itself soon after its parent should have: the parent may be gone."""
    try:
        signal.setitimer(signal.ITIMER_REAL, 2 * seconds + 1)
    except AttributeError:  # Windows
        return


def _reading_of(reply: Mapping[str, Any]) -> Reading:
    if "problem" in reply:
        raise UnreadableFileError(reply["problem"], remedy=reply["remedy"])
    found = reply["reading"]
    card = found["card"]
    return Reading(
        body=found["body"],
        sentences=tuple((start, end) for start, end in found["sentences"]),
        locators=tuple(Locator(**locator) for locator in found["locators"]),
        blocks=tuple(
            Block(**block | {"cells": tuple(map(tuple, block["cells"]))})
            for block in found["blocks"]
        ),
        card=Card(
            **card
            | {
                "published": as_date(card["published"] or ""),
                "tags": tuple(card["tags"]),
            }
        ),
        problems=problems.from_json(found["problems"]),
        detected_language=found["detected_language"],
    )


def _broken(name: str, seconds: float | None) -> UnreadableFileError:
    if seconds is not None:
        return UnreadableFileError(
            f"Reading {name!r} took more than {seconds:g} seconds and was stopped.",
            remedy="Split it, or save its words as plain text.",
        )
    return UnreadableFileError(
        f"Reading {name!r} broke the reader: the file is damaged, or needs too much memory.",
        remedy="Save it anew, or as plain text.",
    )


def _send(stream: IO[bytes], content: bytes) -> None:
    stream.write(len(content).to_bytes(8, "big"))
    stream.write(content)


def _receive(stream: IO[bytes]) -> bytes | None:
    """One message, or `None` when the other side is gone."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    size = int.from_bytes(head, "big")
    content = stream.read(size)
    return content if len(content) == size else None
