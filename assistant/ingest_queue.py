"""Texts on their way into the library: in line, added one by one, seen by every visitor.

One thread of its own does the work, so that asking goes on meanwhile and nobody has to
keep a page open. What is seen from outside is always a whole, frozen `IngestBatch`.
"""

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from assistant.other_languages import found_by_words_alone
from index.changes import Changes
from index.indexing import add_each
from index.inputs import Input
from index.library import Library
from index.progress import Progress
from sources.errors import AssistantError

ItemState = Literal[
    "waiting", "reading", "embedding", "added", "replaced", "same", "edited", "restored",
    "refused", "stopped",
]  # fmt: skip
UNDONE: tuple[ItemState, ...] = ("waiting", "reading", "embedding")
_ASSUMED_BYTES = 100_000
"""Taken for a page on the web, whose size is known only when it is here."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Item:
    """One text that was offered, and how far it is."""

    name: str
    size: int = 0
    state: ItemState = "waiting"
    done: int = 0
    """Passages embedded."""
    total: int = 0
    slug: str | None = None
    """The source that it became, or that it is the same as."""
    problem: str | None = None
    """Why it was refused."""
    remedy: str | None = None
    note: str | None = None
    """What a person should know of it, once it is in."""

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1."""
        if self.state not in UNDONE:
            return 1.0
        return self.done / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class IngestBatch:
    """Everything that was offered since the list was last cleared."""

    items: tuple[Item, ...] = ()
    at_work: bool = False
    passages_per_s: float = 0.0
    elapsed_s: float = 0.0
    problem: str | None = None
    """Why the adding could not go on."""
    remedy: str | None = None

    @property
    def share(self) -> float:
        """How much of the whole is done, 0 to 1, by bytes."""
        weights = [item.size or _ASSUMED_BYTES for item in self.items]
        done = sum(weight * item.share for weight, item in zip(weights, self.items, strict=True))
        return done / sum(weights) if weights else 0.0

    @property
    def seconds_left(self) -> float | None:
        """At the rate so far; `None` while there is none."""
        share = self.share
        return self.elapsed_s * (1 - share) / share if share and self.at_work else None

    @property
    def finished(self) -> int:
        """Items that nothing more is done about."""
        return sum(item.state not in UNDONE for item in self.items)

    @property
    def unfinished(self) -> int:
        """Items that wait, or are at work."""
        return len(self.items) - self.finished


class _StoppedError(Exception):
    """The visitor has seen enough."""


@dataclass(slots=True, eq=False)
class _Arrival:
    """One text on its way: what is shown of it, and what is needed to take it in."""

    item: Item
    given: Input | None = None
    """`None` for one that was refused before it could be put in line."""
    spent: Path | None = None
    """Deleted once the text is dealt with."""

    @property
    def is_over(self) -> bool:
        return self.item.state not in UNDONE

    def change(self, **fields: object) -> None:
        """Show it otherwise; what is over needs its file no longer."""
        self.item = replace(self.item, **fields)  # type: ignore[arg-type]  # fields of Item
        if self.is_over and self.spent is not None:
            self.spent.unlink(missing_ok=True)


class IngestQueue:
    """Ingests for one library; methods may be called from any thread."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._changed = threading.Condition(threading.RLock())
        self._batch = IngestBatch()
        self._arrivals: list[_Arrival] = []
        self._stopping = False
        self._began = 0.0

    def now(self) -> IngestBatch:
        """What there is to see."""
        with self._changed:
            return self._batch

    def next(self, seen: IngestBatch, *, within_s: float = 1.0) -> IngestBatch:
        """What there is to see once it differs from `seen`, or when the time is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._batch is not seen, timeout=within_s)
            return self._batch

    def take(self, inputs: Sequence[Input], *, spent: Sequence[Path | None] = ()) -> None:
        """Put inputs in line, behind what waits there.

        Of each, the file in `spent` is deleted once it is dealt with.
        """
        files = [*spent, *[None] * (len(inputs) - len(spent))]
        with self._changed:
            if not self._batch.at_work:
                self._forget_what_is_over()
            self._arrivals.extend(
                _Arrival(Item(given.name, given.size), given, file)
                for given, file in zip(inputs, files, strict=True)
            )
            self._show()
        self._begin()

    def refuse(self, name: str, problem: str, remedy: str) -> None:
        """Show one that cannot even be put in line."""
        with self._changed:
            item = Item(name, state="refused", problem=problem, remedy=remedy)
            self._arrivals.append(_Arrival(item))
            self._show()

    def stop(self) -> None:
        """Give up what is not done yet; what is done stays."""
        with self._changed:
            self._stopping = self._batch.at_work
            if not self._stopping:
                self._give_up()
                self._show(problem=None, remedy=None)

    def again(self) -> None:
        """Go on with what a failure left undone."""
        self._begin()

    def clear(self) -> None:
        """Show nothing more of what is over."""
        with self._changed:
            if not self._batch.at_work:
                self._forget_what_is_over()
                self._show()

    def _begin(self) -> None:
        with self._changed:
            if self._batch.at_work or not self._undone():
                return
            self._stopping, self._began = False, time.monotonic()
            self._show(at_work=True, problem=None, remedy=None)
            threading.Thread(target=self._work, name="ingest", daemon=True).start()

    def _work(self) -> None:
        problem = remedy = None
        try:
            while undone := self._undone():
                self._add(undone)
        except _StoppedError:
            self._give_up()
        except AssistantError as error:
            problem, remedy = error.problem, error.remedy
        except Exception:  # noqa: BLE001 - the visitor must be told, whatever broke
            _log.exception("Adding broke off")
            problem = "Something broke while texts were being added."
            remedy = "Try again. If it breaks again, the terminal of `assistant chat` says why."
        with self._changed:
            for arrival, _ in self._undone():
                arrival.change(state="waiting", done=0)
            self._show(at_work=False, problem=problem, remedy=remedy)
            if problem is None:
                self._begin()  # with what came in between the last look and now

    def _add(self, undone: Sequence[tuple[_Arrival, Input]]) -> None:
        waiting = [arrival for arrival, _ in undone]
        inputs = [given for _, given in undone]

        def report(progress: Progress) -> None:
            if self._stopping:
                raise _StoppedError
            first = waiting[0]
            state: ItemState = "embedding" if progress.total else "reading"
            self._change(first, state=state, done=progress.done, total=progress.total)
            with self._changed:
                self._show(passages_per_s=progress.passages_per_s)

        self._change(waiting[0], state="reading")
        for _, changes in add_each(self._library, inputs, report=report):
            note = found_by_words_alone(self._library, (*changes.added, *changes.replaced))
            self._change(waiting.pop(0), note=note, **_outcome(changes))
            if self._stopping:
                raise _StoppedError

    def _undone(self) -> list[tuple[_Arrival, Input]]:
        """What still waits or is at work, in order."""
        with self._changed:
            return [
                (arrival, arrival.given)
                for arrival in self._arrivals
                if arrival.given is not None and not arrival.is_over
            ]

    def _give_up(self) -> None:
        for arrival, _ in self._undone():
            self._change(arrival, state="stopped")

    def _forget_what_is_over(self) -> None:
        self._arrivals = [arrival for arrival in self._arrivals if not arrival.is_over]
        if not self._arrivals:
            self._batch, self._began = IngestBatch(), 0.0

    def _change(self, arrival: _Arrival, **fields: object) -> None:
        with self._changed:
            arrival.change(**fields)
            self._show()

    def _show(self, **fields: object) -> None:
        elapsed = time.monotonic() - self._began if self._began else 0.0
        items = tuple(arrival.item for arrival in self._arrivals)
        self._batch = replace(
            self._batch,
            items=items,
            elapsed_s=elapsed,
            **fields,  # type: ignore[arg-type]  # fields of IngestBatch
        )
        self._changed.notify_all()


def _outcome(changes: Changes) -> dict[str, object]:
    """What became of the one input that these changes are about."""
    states: tuple[ItemState, ...] = ("added", "replaced", "restored", "edited")
    for state in states:
        slugs: tuple[str, ...] = getattr(changes, state)
        if slugs:
            return {"state": state, "slug": slugs[0]}
    if changes.cut_anew:
        return {"state": "replaced", "slug": changes.cut_anew[0]}
    if changes.refused:
        error = changes.refused[0].error
        return {"state": "refused", "problem": error.problem, "remedy": error.remedy}
    same = (*changes.unchanged, *(duplicate.slug for duplicate in changes.duplicates))
    return {"state": "same", "slug": same[0] if same else None}
