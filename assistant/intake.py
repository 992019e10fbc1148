"""Texts on their way into the library: in line, added one by one, seen by every visitor.

One thread of its own does the work, so that asking goes on meanwhile and nobody has to
keep a page open. What is seen from outside is always a whole, frozen `Delivery`.
"""

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from index.indexing import Changes, Progress, add_each
from index.library import Library
from index.offers import Offer
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

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1."""
        if self.state not in UNDONE:
            return 1.0
        return self.done / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Delivery:
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


class _StoppedError(Exception):
    """The visitor has seen enough."""


class Intake:
    """Takes offers for one library; methods may be called from any thread."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._changed = threading.Condition(threading.RLock())
        self._delivery = Delivery()
        self._offers: list[tuple[Offer, Path | None]] = []
        self._stopping = False
        self._began = 0.0
        self._thread: threading.Thread | None = None

    def now(self) -> Delivery:
        """What there is to see."""
        with self._changed:
            return self._delivery

    def next(self, seen: Delivery, *, within_s: float = 1.0) -> Delivery:
        """What there is to see once it differs from `seen`, or when the time is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._delivery is not seen, timeout=within_s)
            return self._delivery

    def take(self, offers: Sequence[Offer], *, spent: Sequence[Path | None] = ()) -> None:
        """Put offers in line; of each, the file in `spent` is deleted once it is dealt with."""
        files = [*spent, *[None] * (len(offers) - len(spent))]
        with self._changed:
            if not self._delivery.at_work:
                self._forget()
            self._offers.extend(zip(offers, files, strict=True))
            items = tuple(Item(offer.name, offer.size) for offer in offers)
            self._show(items=(*self._delivery.items, *items))
        self._begin()

    def refuse(self, name: str, problem: str, remedy: str) -> None:
        """Show one that cannot even be put in line."""
        with self._changed:
            self._offers.append((Offer(name, name, 0, _nothing), None))
            item = Item(name, state="refused", problem=problem, remedy=remedy)
            self._show(items=(*self._delivery.items, item))

    def stop(self) -> None:
        """Give up what is not done yet; what is done stays."""
        with self._changed:
            self._stopping = self._delivery.at_work

    def again(self) -> None:
        """Go on with what a failure left undone."""
        self._begin()

    def clear(self) -> None:
        """Show nothing more of what is over."""
        with self._changed:
            if not self._delivery.at_work:
                self._forget()

    def _begin(self) -> None:
        with self._changed:
            if self._delivery.at_work or self._undone() is None:
                return
            self._stopping, self._began = False, time.monotonic()
            self._show(at_work=True, problem=None, remedy=None)
            self._thread = threading.Thread(target=self._work, name="intake", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        problem = remedy = None
        try:
            while (first := self._undone()) is not None:
                self._add_from(first)
        except _StoppedError:
            self._drop_undone()
        except AssistantError as error:
            problem, remedy = error.problem, error.remedy
        except Exception:  # noqa: BLE001 - the visitor must be told, whatever broke
            _log.exception("Adding broke off")
            problem = "Something broke while texts were being added."
            remedy = "Try again. If it breaks again, the terminal of `assistant chat` says why."
        with self._changed:
            items = tuple(
                replace(item, state="waiting", done=0) if item.state in UNDONE else item
                for item in self._delivery.items
            )
            self._show(items=items, at_work=False, problem=problem, remedy=remedy)
            if problem is None and self._undone() is not None:
                self._begin()  # something came in between the last look and now

    def _add_from(self, first: int) -> None:
        with self._changed:
            at = [
                number
                for number, item in enumerate(self._delivery.items)
                if number >= first and item.state in UNDONE
            ]
            offers = [self._offers[number][0] for number in at]
        place = iter(at)
        number = next(place)

        def report(progress: Progress) -> None:
            self._progress(number, progress)

        self._change(number, state="reading")
        for _, changes in add_each(self._library, offers, report=report):
            self._change(number, **_outcome(changes))
            self._delete(number)
            if self._stopping:
                raise _StoppedError
            number = next(place, number)

    def _progress(self, number: int, progress: Progress) -> None:
        if self._stopping:
            raise _StoppedError
        with self._changed:
            if self._delivery.items[number].state in UNDONE:
                state: ItemState = "embedding" if progress.total else "reading"
                self._change(number, state=state, done=progress.done, total=progress.total)
            self._show(passages_per_s=progress.passages_per_s)

    def _undone(self) -> int | None:
        with self._changed:
            return next(
                (at for at, item in enumerate(self._delivery.items) if item.state in UNDONE), None
            )

    def _drop_undone(self) -> None:
        with self._changed:
            for number, item in enumerate(self._delivery.items):
                if item.state in UNDONE:
                    self._change(number, state="stopped")
                    self._delete(number)

    def _forget(self) -> None:
        for number in range(len(self._offers)):
            self._delete(number)
        self._offers.clear()
        self._delivery = Delivery()
        self._changed.notify_all()

    def _delete(self, number: int) -> None:
        file = self._offers[number][1]
        if file is not None:
            file.unlink(missing_ok=True)

    def _change(self, number: int, **fields: object) -> None:
        with self._changed:
            items = list(self._delivery.items)
            items[number] = replace(items[number], **fields)  # type: ignore[arg-type]  # of Item
            self._show(items=tuple(items))

    def _show(self, **fields: object) -> None:
        elapsed = time.monotonic() - self._began if self._began else 0.0
        self._delivery = replace(self._delivery, elapsed_s=elapsed, **fields)  # type: ignore[arg-type]  # of Delivery
        self._changed.notify_all()


def _outcome(changes: Changes) -> dict[str, object]:
    """What became of the one offer that these changes are about."""
    states: tuple[ItemState, ...] = ("added", "replaced", "restored", "edited")
    for state in states:
        slugs: tuple[str, ...] = getattr(changes, state)
        if slugs:
            return {"state": state, "slug": slugs[0]}
    if changes.refused:
        error = changes.refused[0].error
        return {"state": "refused", "problem": error.problem, "remedy": error.remedy}
    same = (*changes.unchanged, *(duplicate.slug for duplicate in changes.duplicates))
    return {"state": "same", "slug": same[0] if same else None}


def _nothing() -> tuple[bytes, str]:
    return b"", ""
