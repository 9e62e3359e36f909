"""Record of planned and held visits: one line for each, without any person in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime, time

    from kiosk.domain.ids import StopId
    from kiosk.domain.timetable import PlannedVisit


@dataclass(frozen=True, slots=True)
class OperatingDay:
    """A visit that took place, or a planned one that did not. Times are local, to the minute.

    `date` and `opened` are None where the clock was not set, `closed` also where the visit was
    ended on another day; the planned times are None for an unplanned visit.
    """

    date: date | None
    stop: StopId
    planned_begins: time | None
    planned_ends: time | None
    took_place: bool
    cancelled: bool = False
    opened: time | None = None
    closed: time | None = None

    def is_of(self, planned: PlannedVisit) -> bool:
        """Whether this is what became of a planned visit."""
        return (self.date, self.stop, self.planned_begins) == (
            planned.day,
            planned.stop,
            planned.begins.time(),
        )


def day_not_held(planned: PlannedVisit) -> OperatingDay:
    """The line of a planned visit that did not take place."""
    return OperatingDay(
        planned.day,
        planned.stop,
        planned.begins.time(),
        planned.ends.time(),
        took_place=False,
        cancelled=planned.cancelled,
    )


def match_planned_visit(
    planned: Iterable[PlannedVisit], stop: StopId, opened: datetime
) -> PlannedVisit | None:
    """The planned visit to which an opened one belongs: same stop and day, the nearest in time.

    A cancelled one is taken only where no other is planned.
    """
    here = [visit for visit in planned if visit.stop == stop and visit.day == opened.date()]
    return min(here, key=lambda visit: (visit.cancelled, _distance_s(visit, opened)), default=None)


def _distance_s(visit: PlannedVisit, opened: datetime) -> float:
    """Seconds from an opening to the planned hours; 0 inside them."""
    early, late = visit.begins - opened, opened - visit.ends
    return max(0.0, early.total_seconds(), late.total_seconds())


def days_not_held(
    planned: Iterable[PlannedVisit], days: Iterable[OperatingDay]
) -> list[OperatingDay]:
    """The planned visits for which nothing is written down: they did not take place."""
    known = {(day.date, day.stop, day.planned_begins) for day in days}
    return [
        day_not_held(visit)
        for visit in planned
        if (visit.day, visit.stop, visit.begins.time()) not in known
    ]
