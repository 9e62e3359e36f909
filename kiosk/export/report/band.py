"""Interval in which a true count lies, when all that is known of it is a rounded one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.counts.method import BASE

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_OFF: Final = BASE - 1
"""By so much at most a published count of one period differs from the truth."""


@dataclass(frozen=True, slots=True)
class Band:
    """A published count, and the least and the most that it may stand for."""

    count: float
    least: float
    most: float

    def per(self, days: int) -> Band:
        """The same for each of so many days, which are known exactly."""
        return Band(self.count / days, self.least / days, self.most / days)

    def overlaps(self, other: Band) -> bool:
        """Rounding alone may explain the difference."""
        return self.least <= other.most and other.least <= self.most


def band_of(count: int, periods: int = 1, hidden: int = 0) -> Band:
    """The band of a sum over so many periods.

    `hidden` are people who may be missing from it: those of periods in which they were too few to
    be told apart from others.
    """
    off = MOST_OFF * periods
    return Band(count, max(0, count - off), count + off + hidden)


def runs_without_difference(bands: Sequence[Band]) -> list[tuple[int, int]]:
    """First and last place of each longest run, of two and more, in which all bands overlap."""
    runs: list[tuple[int, int]] = []
    for first in range(len(bands)):
        last = first
        while last + 1 < len(bands) and all(
            bands[last + 1].overlaps(band) for band in bands[first : last + 1]
        ):
            last += 1
        if last > first and (not runs or last > runs[-1][1]):
            runs.append((first, last))
    return runs
