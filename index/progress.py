"""How far a change to the library is: per file, overall, how fast, how long still."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.passages import Passage


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a change. What is left is told from bytes: their number is known at once."""

    slug: str
    """The source, or the file's name while it is being read."""
    done: int
    """Passages of it that are embedded."""
    total: int
    """Passages it has; 0 while it is being read."""
    files_done: int = 0
    files_total: int = 0
    bytes_done: int = 0
    bytes_total: int = 0
    passages_done: int = 0
    """Of all files together."""
    elapsed_s: float = 0.0

    @property
    def share(self) -> float:
        """How much of the whole is done, 0 to 1."""
        return min(1.0, self.bytes_done / self.bytes_total) if self.bytes_total else 0.0

    @property
    def passages_per_s(self) -> float:
        """The rate so far; 0 before anything is done."""
        return self.passages_done / self.elapsed_s if self.elapsed_s else 0.0

    @property
    def seconds_left(self) -> float | None:
        """At the rate so far; `None` while there is none."""
        if not self.share or not self.elapsed_s:
            return None
        return self.elapsed_s * (1 - self.share) / self.share


ProgressReport = Callable[[Progress], None]


class Meter:
    """Counts what a change has done and tells it to `report`."""

    def __init__(
        self, report: ProgressReport | None, *, files: int = 0, bytes_total: int = 0
    ) -> None:
        self._report = report
        self._files_total = files
        self._bytes_total = bytes_total
        self._files_done = 0
        self._bytes_done = 0.0
        self._passages_done = 0
        self._began = time.monotonic()

    def reading(self, name: str) -> None:
        """A file is being read."""
        self._tell(name, 0, 0)

    def file_done(self, name: str, file_bytes: int) -> None:
        """A file needed no embedding: it is the same, or refused."""
        self._files_done += 1
        self._bytes_done += file_bytes
        self._tell(name, 0, 0)

    def embedded(
        self, passages: Sequence[Passage], file_bytes: float, *, done: int, total: int
    ) -> None:
        """These passages of one source are embedded; `file_bytes` is their share of its file."""
        self._passages_done += len(passages)
        self._bytes_done += file_bytes
        if done == total:
            self._files_done += 1
        self._tell(passages[0].source, done, total)

    def _tell(self, slug: str, done: int, total: int) -> None:
        if self._report is None:
            return
        self._report(
            Progress(
                slug=slug,
                done=done,
                total=total,
                files_done=self._files_done,
                files_total=self._files_total,
                bytes_done=round(self._bytes_done),
                bytes_total=self._bytes_total,
                passages_done=self._passages_done,
                elapsed_s=time.monotonic() - self._began,
            )
        )
