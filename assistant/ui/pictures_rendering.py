"""Pictures to safe HTML: bars over time, one strip for each party or publisher.

Places along a strip are shares of its width, so that one drawing fits any window; heights
are pixels. Every bar is a button, and the same numbers stand in a table behind the picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Literal

from assistant.briefing.pictures import Grain, Mark, name_of, periods

HEIGHT_PX = 38
"""Of the highest bar."""
MAX_LABELS = 4
"""Along the axis: what a phone has room for; of years alone, twice as many."""
_SLOT_PX = 96
"""A picture of few periods does not spread them farther apart."""
_WIDTHS_PX = ((6, 24), (14.5, 15), (0, 11))
"""Up to so many slots, bars are so wide; the last is for more."""
_LEAST_PX = 24
"""Of a slot, so that a finger meets it."""
_NAMES_PX = 170
"""What the names take beside the bars."""
_PHONE_PX = 400
"""In less room they stand above the bars."""
_ROOM_PX = (320, 4_000)
"""What a page can say about its width."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One mark: where it stands and how high it is."""

    mark: Mark
    middle: float
    """In per cent of the strip's width."""
    height_px: int
    said: str
    """``Macron, November 2025: 2 statements``."""

    @property
    def period(self) -> str:
        """What a click on it names."""
        return self.mark.day.isoformat() if self.mark.day else "undated"


@dataclass(frozen=True, slots=True)
class Strip:
    """The bars of one party or publisher."""

    name: str
    total: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A period's name below the strips."""

    middle: float
    words: str
    anchor: Literal["start", "middle", "end"] = "middle"


@dataclass(frozen=True, slots=True)
class Picture:
    """Strips over one axis of time, with the table behind them."""

    of: Literal["statements", "coverage"]
    title: str
    strips: tuple[Strip, ...]
    labels: tuple[Label, ...]
    slots: float
    dated_share: float
    """In per cent: where the dated periods end; the undated stand apart, at the right."""
    columns: tuple[tuple[date | None, str], ...]
    """Of the table: the periods in which there is anything."""
    left_out: int = 0
    """Names that are not drawn."""

    @property
    def max_width_px(self) -> int:
        return round(self.slots * _SLOT_PX)

    @property
    def least_px(self) -> int:
        """What it needs to stand beside another."""
        return round(self.slots * _LEAST_PX) + _NAMES_PX

    @property
    def slot(self) -> float:
        """The width of a period, in per cent."""
        return 100 / self.slots

    @property
    def bar_px(self) -> int:
        return next(px for most, px in _WIDTHS_PX if self.slots <= most or not most)


def most_periods(room_px: int) -> int:
    """How many periods a view of that width has room for, so that each can be met."""
    room = min(max(room_px, _ROOM_PX[0]), _ROOM_PX[1])
    return int((room - (0 if room < _PHONE_PX else _NAMES_PX)) / _LEAST_PX - 1.5)


def draw(
    of: Literal["statements", "coverage"],
    title: str,
    marks: Sequence[Mark],
    *,
    axis: Sequence[Mark],
    grain: Grain,
    left_out: int = 0,
) -> Picture:
    """The picture of `marks`, over the periods and with the height of all that is in `axis`."""
    dated = periods(axis, grain)
    has_undated = any(mark.day is None for mark in axis)
    slots = len(dated) + (1.5 if dated else 1) * has_undated or 1.0
    middles: dict[date | None, float] = {
        period: 100 * (at + 0.5) / slots for at, period in enumerate(dated)
    }
    if has_undated:
        middles[None] = 100 * (slots - 0.5) / slots
    most = max((mark.count for mark in marks), default=1)
    what = "statement" if of == "statements" else "source"
    totals: dict[str, int] = {}
    for mark in marks:
        totals[mark.name] = totals.get(mark.name, 0) + mark.count
    strips = tuple(
        Strip(
            name,
            totals[name],
            tuple(
                Bar(mark, middles[mark.day], _height(mark.count, most), _said(mark, grain, what))
                for mark in marks
                if mark.name == name
            ),
        )
        for name in sorted(totals, key=lambda name: (-totals[name], name))
    )
    return Picture(
        of=of,
        title=title,
        strips=strips,
        labels=_labels(dated, middles, grain),
        slots=slots,
        dated_share=100 * len(dated) / slots,
        columns=tuple(
            (day, name_of(day, grain))
            for day in sorted({mark.day for mark in marks}, key=lambda day: day or date.max)
        ),
        left_out=left_out,
    )


def _height(count: int, most: int) -> int:
    return max(3, round(HEIGHT_PX * count / most))


def _said(mark: Mark, grain: Grain, what: str) -> str:
    when = f"{mark.day:%B %Y}" if grain == "month" and mark.day else name_of(mark.day, grain)
    return f"{mark.name}, {when}: {mark.count:,} {what}{'' if mark.count == 1 else 's'}"


def _labels(
    dated: Sequence[date], middles: dict[date | None, float], grain: Grain
) -> tuple[Label, ...]:
    if grain == "quarter" and len(dated) > MAX_LABELS:
        found = [Label(middles[one], str(one.year)) for one in dated if one.month == 1]
    else:
        room = MAX_LABELS if grain in ("month", "quarter") else 2 * MAX_LABELS
        step = ceil(len(dated) / room) or 1
        found = [
            Label(middles[period], name_of(period, grain), "middle" if at or step == 1 else "start")
            for at, period in enumerate(dated)
            if at % step == 0 and len(dated) - at >= step / 2
        ]
    if None in middles:
        found.append(
            Label(middles[None], "undated", "end" if len(dated) > MAX_LABELS else "middle")
        )
    return tuple(found)
