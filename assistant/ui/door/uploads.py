"""Files that visitors have sent and nobody has taken in yet.

Each lies under a secret name that only its visitor is told, in a folder of this server alone.
Paths of this machine are no names for them, so that none has to be believed. What is not taken
in goes after minutes, and there is a limit to what one visitor, and all together, may leave.
"""

import asyncio
import re
import secrets
import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from assistant.ui.door.rules import MIB, Limits

_UNFIT = re.compile(r"[^\w.() -]+")
_SWEEP_S = 30.0


class TooMuchError(Exception):
    """There is no room for that: `problem` says why, `status` is 413 or, for now, 429."""

    def __init__(self, problem: str, *, status: int) -> None:
        super().__init__(problem)
        self.problem = problem
        self.status = status


@dataclass(frozen=True, slots=True)
class _Upload:
    visitor: str
    path: Path
    size: int


class Uploads:
    """The uploads in one folder, which is made for the first; methods are for any thread."""

    def __init__(
        self, folder: Path, limits: Limits, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.folder = folder
        self._limits = limits
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: dict[str, _Upload] = {}
        self._taken: list[_Upload] = []
        """Claimed, and counted for as long as they are on the disk."""
        self._arriving: Counter[str] = Counter()
        """Bytes that are being received, by visitor."""
        self._at_work: Counter[str] = Counter()
        self._last: dict[str, float] = {}

    @contextmanager
    def receiving(self, visitor: str) -> Iterator[Callable[[int], None]]:
        """One upload of a visitor: each number of bytes that comes is to be told.

        Raises `TooMuchError` where one upload, the visitor's or all would be too large.
        """
        told = 0

        def count(size: int) -> None:
            nonlocal told
            with self._lock:
                self._find_room(visitor, size, told + size)
                told += size
                self._arriving[visitor] += size

        with self._lock:
            self._find_room(visitor, 0, 0)
            self._at_work[visitor] += 1
        try:
            yield count
        finally:
            with self._lock:
                self._arriving[visitor] -= told
                self._at_work[visitor] -= 1
                self._last[visitor] = self._clock()

    def keep(self, visitor: str, name: str, content: IO[bytes]) -> str:
        """Keep a file that has arrived whole; the name under which its visitor has it."""
        token = secrets.token_urlsafe(24)
        folder = self.folder / secrets.token_hex(8)
        folder.mkdir(parents=True, mode=0o700)
        path = folder / _safe(name)
        try:
            with path.open("xb") as file:
                path.chmod(0o600)
                shutil.copyfileobj(content, file)
            upload = _Upload(visitor, path, path.stat().st_size)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        with self._lock:
            self._kept[token] = upload
            self._last[visitor] = self._clock()
        return token

    def path_of(self, token: object, visitor: str) -> Path | None:
        """Where this visitor's upload lies; `None` for any other name and visitor."""
        with self._lock:
            found = self._kept.get(token) if isinstance(token, str) else None
        return found.path if found is not None and found.visitor == visitor else None

    def claim(self, token: object, visitor: str) -> Path | None:
        """The file, which is the caller's to delete now; `None` where there is none such."""
        with self._lock:
            if not isinstance(token, str) or token not in self._kept:
                return None
            found = self._kept[token]
            if found.visitor != visitor:
                return None
            del self._kept[token]
            mine = self.folder / secrets.token_hex(8)
            try:
                found.path.rename(mine)
            except OSError:
                return None
            finally:
                shutil.rmtree(found.path.parent, ignore_errors=True)
            self._taken.append(_Upload(visitor, mine, found.size))
        return mine

    def discard(self, path: Path) -> None:
        """Delete the upload that lies there; nothing where there is none of ours."""
        with self._lock:
            for token, upload in list(self._kept.items()):
                if upload.path == path:
                    self._delete(token)

    def sweep(self) -> None:
        """Delete what nobody has taken in for too long."""
        with self._lock:
            oldest = self._clock() - self._limits.unclaimed_s
            for token, upload in list(self._kept.items()):
                waits = self._at_work[upload.visitor] > 0
                if not waits and self._last.get(upload.visitor, 0.0) <= oldest:
                    self._delete(token)
            here = {upload.visitor for upload in self._kept.values()} | set(+self._at_work)
            self._last = {who: when for who, when in self._last.items() if who in here}
            self._arriving, self._at_work = +self._arriving, +self._at_work

    async def keep_sweeping(self) -> None:
        """Sweep for as long as the page is served."""
        while True:
            await asyncio.sleep(min(_SWEEP_S, self._limits.unclaimed_s))
            await asyncio.to_thread(self.sweep)

    def _find_room(self, visitor: str, more: int, of_this: int) -> None:
        if of_this > self._limits.upload_bytes:
            raise TooMuchError(
                f"At most {self._limits.upload_bytes // MIB} MB may be sent at once.", status=413
            )
        self._taken = [upload for upload in self._taken if upload.path.exists()]
        left = [*self._kept.values(), *self._taken]
        mine = [upload.size for upload in left if upload.visitor == visitor]
        is_full = (
            len(mine) >= self._limits.visitor_uploads
            or sum(mine) + self._arriving[visitor] + more > self._limits.visitor_upload_bytes
            or sum(upload.size for upload in left) + self._arriving.total() + more
            > self._limits.all_upload_bytes
        )
        if is_full:
            raise TooMuchError(
                "Too much is waiting to be taken in. Try again when it is done.", status=429
            )

    def _delete(self, token: str) -> None:
        upload = self._kept.pop(token)
        shutil.rmtree(upload.path.parent, ignore_errors=True)
        with suppress(OSError):
            self.folder.rmdir()


def _safe(name: str) -> str:
    """The last part of a file's name, of plain characters, its ending whole."""
    last = re.split(r"[/\\]", name)[-1]
    return _UNFIT.sub("_", last).strip(" .")[-60:] or "file"
