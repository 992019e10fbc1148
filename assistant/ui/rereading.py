"""Reading sources again from the page: how far it is, and what became of them."""

import threading
from collections.abc import Iterator

from assistant.ui.notices import Notice
from index.changes import Changes
from index.library import Library
from index.progress import Progress
from index.rereading import read_by_earlier, reread
from sources.errors import AssistantError

_EVERY_S = 0.3


def reread_earlier(library: Library) -> Iterator[Notice]:
    """Read again what an earlier version of the readers read; the last notice says how it ended.

    It goes on to its end when nobody listens any more.
    """
    slugs = read_by_earlier(library)
    if not slugs:
        yield Notice("Every source was read by this version.")
        return
    work = _Work(library, slugs)
    work.start()
    told = None
    while work.is_alive():
        work.join(_EVERY_S)
        if work.reached is not None and work.reached != told:
            told = work.reached
            yield Notice(
                f"Reading again: {told.files_done + 1:,} of {len(slugs):,}, “{told.slug}”"
                if told.files_done < len(slugs)
                else "Reading again: nearly done"
            )
    yield work.ended()


class _Work(threading.Thread):
    def __init__(self, library: Library, slugs: tuple[str, ...]) -> None:
        super().__init__(name="rereading")
        self.reached: Progress | None = None
        self._library = library
        self._slugs = slugs
        self._changes: Changes | None = None
        self._problem: BaseException | None = None

    def run(self) -> None:
        """Read them, and keep what came of it for `ended`."""
        try:
            self._changes = reread(self._library, self._slugs, report=self._reach)
        except BaseException as problem:  # noqa: BLE001  # told, or raised, by `ended`
            self._problem = problem

    def ended(self) -> Notice:
        """What came of it; raises what is no error of the product's own."""
        if isinstance(self._problem, AssistantError):
            return Notice(self._problem.problem, remedy=self._problem.remedy)
        if self._problem is not None:
            raise self._problem
        changes = self._changes or Changes()
        refused = len(changes.refused)
        done = changes.count - refused
        words = f"{done:,} source{'' if done == 1 else 's'} read again."
        if not refused:
            return Notice(words)
        first = changes.refused[0]
        return Notice(
            f"{words} {refused:,} stayed as {'it was' if refused == 1 else 'they were'}:"
            f" {first.name}: {first.error.problem}",
            remedy=first.error.remedy,
        )

    def _reach(self, progress: Progress) -> None:
        self.reached = progress
