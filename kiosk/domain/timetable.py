"""The timetable: expands recurring hours, merges plans, proposes the visit of the moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from kiosk.domain.hours import WEEKDAYS
from kiosk.domain.local_time import BERLIN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from kiosk.domain.ids import PartnerId, StopId, TopicId
    from kiosk.domain.planned_hours import PlannedHours
    from kiosk.domain.profile import Profile

PROFILE_SOURCE = "profile"
"""The source of a visit that stands in the profile itself; all others are named by their file."""

_SOME_MONDAY = date(2001, 1, 1)

YEARS = range(2000, 2200)
"""Another one in a plan or a question is a slip of the pen."""

HORIZON = timedelta(days=550)
"""A plan reaches to the end of next year; a date beyond that is a slip of the pen."""

HOURS_AHEAD = timedelta(hours=4)
"""So long before it begins a visit is proposed: the bus may stand and be set up early."""


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """One line of the year plan. `begins` and `ends` are on one day, in the wall time of Berlin.

    `uid` is the event's own id where a calendar gave one, `repetition` the local time that tells
    apart the repetitions of a series: when it would have begun unmoved. `sequence`
    counts the versions of an event, where its program does.
    """

    stop: StopId
    begins: datetime
    ends: datetime
    partners: tuple[PartnerId, ...] = ()
    topics: tuple[TopicId, ...] = ()
    source: str = PROFILE_SOURCE
    uid: str = ""
    cancelled: bool = False
    note: str = ""
    repetition: str = ""
    sequence: int | None = None

    @property
    def day(self) -> date:
        return self.begins.date()

    def overlaps(self, other: PlannedVisit) -> bool:
        """Whether both stand at the same stop at the same time."""
        return (
            self.stop == other.stop and self.begins < other.ends and other.begins < self.ends
        ) or (self.stop, self.begins) == (other.stop, other.begins)


def expand_planned_hours(profile: Profile, first: date, last: date) -> list[PlannedVisit]:
    """The visits of the profile's own hours from `first` to `last`, both included."""
    return [
        PlannedVisit(
            hours.stop, _at(day, hours.begins), _at(day, hours.ends), hours.partners, hours.topics
        )
        for hours in profile.timetable
        for day in _days(hours, first, last)
    ]


def _at(day: date, clock_time: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock_time), BERLIN)


def _days(hours: PlannedHours, first: date, last: date) -> Iterator[date]:
    if hours.date:
        day = date.fromisoformat(hours.date)
        if first <= day <= last:
            yield day
        return
    begun = date.fromisoformat(hours.first) if hours.first else _SOME_MONDAY
    over = min(last, date.fromisoformat(hours.until_date)) if hours.until_date else last
    step = timedelta(weeks=hours.every_weeks)
    day = begun + timedelta(days=(WEEKDAYS.index(hours.weekday) - begun.weekday()) % 7)
    if day < first:  # straight to the first one of the span: `begun` may be years ago
        day += step * -((day - first) // step)
    while day <= over:
        yield day
        day += step


def merge_plans(
    imported: Iterable[PlannedVisit], own: Iterable[PlannedVisit]
) -> list[PlannedVisit]:
    """All in order of time. An imported visit replaces the profile's own that it overlaps."""
    by_day: dict[date, list[PlannedVisit]] = {}
    for visit in imported:
        by_day.setdefault(visit.day, []).append(visit)
    kept = [
        visit
        for visit in own
        if not any(visit.overlaps(other) for other in by_day.get(visit.day, ()))
    ]
    return sorted([*(visit for day in by_day.values() for visit in day), *kept], key=_order)


def _order(visit: PlannedVisit) -> tuple[datetime, datetime, str]:
    return visit.begins, visit.ends, visit.stop


def offered_topics(planned: PlannedVisit, profile: Profile) -> tuple[TopicId, ...]:
    """The visit's topics, else those of its partners, else all; in the order of the profile."""
    if planned.topics:
        return tuple(topic.id for topic in profile.topics if topic.id in planned.topics)
    of_partners = tuple(topic.id for topic in profile.topics if topic.partner in planned.partners)
    return of_partners or tuple(topic.id for topic in profile.topics)


def propose_visit(
    planned: Iterable[PlannedVisit], now: datetime, opened: Collection[PlannedVisit] = ()
) -> PlannedVisit | None:
    """The visit to open now: the one running, else the next one to begin today, in 4 hours.

    Of several running ones the one that began last; then the one that ends first, then by stop.
    One that was `opened` before is proposed only while it runs and nothing else is to come.
    """
    held = [visit for visit in planned if not visit.cancelled and visit.day == now.date()]
    fresh = [visit for visit in held if visit not in opened]
    return _running(fresh, now) or _next(fresh, now) or _running(held, now)


def _running(visits: Iterable[PlannedVisit], now: datetime) -> PlannedVisit | None:
    running = [visit for visit in visits if visit.begins <= now < visit.ends]
    latest = max((visit.begins for visit in running), default=None)
    return min((visit for visit in running if visit.begins == latest), key=_order, default=None)


def _next(visits: Iterable[PlannedVisit], now: datetime) -> PlannedVisit | None:
    coming = (visit for visit in visits if now < visit.begins <= now + HOURS_AHEAD)
    return min(coming, key=_order, default=None)
