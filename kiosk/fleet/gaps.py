"""Gaps of a box: packages that are missing, months in which it did not run, what is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kiosk.counts.periods import last_day, month_of, quarter_of_month

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GRACE: Final = timedelta(days=14)
"""So long after its end a quarter may be on its way, by a stick for instance."""

_MONTHS_OF_QUARTER: Final = 3


class GapKind(StrEnum):
    """Why no package tells of a time."""

    MISSING = "missing"
    NOT_RUN = "not_run"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class PackageSpan:
    """The days of a package, and its number."""

    sequence: int
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Gap:
    """Quarters (`2026-Q2`) and months (`2026-05`) without a package of a box.

    `packages` are the first and the last number of those that are missing.
    """

    kind: GapKind
    units: tuple[str, ...]
    packages: tuple[int, int] | None = None


def find_gaps(spans: Sequence[PackageSpan], until: date) -> list[Gap]:
    """The gaps between the packages of a box, in the order of their numbers, and after the last.

    `until` is today, or the day on which the box was retired.
    """
    if not spans:
        return []
    found = [gap for pair in pairwise(spans) if (gap := _between(*pair))]
    if spans[0].sequence > 1:
        found.insert(0, Gap(GapKind.MISSING, (), (1, spans[0].sequence - 1)))
    ended = _last_ended_quarter(until - GRACE)
    if ended > spans[-1].last_day:
        found.append(Gap(GapKind.OVERDUE, tuple(_units(spans[-1].last_day, ended))))
    return found


def _between(one: PackageSpan, other: PackageSpan) -> Gap | None:
    units = tuple(_units(one.last_day, other.first_day - timedelta(days=1)))
    if other.sequence > one.sequence + 1:
        return Gap(GapKind.MISSING, units, (one.sequence + 1, other.sequence - 1))
    # The chain is whole, so the box has closed nothing in between: no person was counted there.
    return Gap(GapKind.NOT_RUN, units) if units else None


def _last_ended_quarter(today: date) -> date:
    """The last day of the quarter before today's."""
    return date(today.year, 3 * ((today.month - 1) // 3) + 1, 1) - timedelta(days=1)


def _units(after: date, until: date) -> Iterator[str]:
    """The whole months after one day and until another, as quarters where all three are there."""
    months = list(_whole_months(after, until))
    by_quarter: dict[str, list[str]] = {}
    for month in months:
        by_quarter.setdefault(quarter_of_month(month), []).append(month)
    for quarter, named in by_quarter.items():
        yield from [quarter] if len(named) == _MONTHS_OF_QUARTER else named


def _whole_months(after: date, until: date) -> Iterator[str]:
    day = after + timedelta(days=1)
    if day.day > 1:
        day = last_day(month_of(day)) + timedelta(days=1)
    while last_day(month_of(day)) <= until:
        yield month_of(day)
        day = last_day(month_of(day)) + timedelta(days=1)
