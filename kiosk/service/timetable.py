"""Timetable: import a year plan, list planned and past visits, propose the one of now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final

from kiosk.domain.errors import Refused
from kiosk.domain.local_time import BERLIN, local_date
from kiosk.domain.timetable import offered_topics, propose_visit
from kiosk.service.operating_days import days_of, planned_between, record_lost_visits
from kiosk.service.plan_changes import PlanImport, compare_plans, merge_plan, without_outdated
from kiosk.store import operating_days, planned_visits

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time

    from kiosk.domain.ids import StopId, TopicId
    from kiosk.domain.moment import Moment
    from kiosk.domain.operating_day import OperatingDay
    from kiosk.domain.profile import Profile
    from kiosk.domain.timetable import PlannedVisit
    from kiosk.files.timetable.validation import YearPlan
    from kiosk.service.office import Office, Snapshot
    from kiosk.store.database import Connection


NEXT_WITHIN: Final = timedelta(days=60)
"""Later visits are not announced at the glass: the plan may change."""


class TodayUnknown(Refused):
    """Without a date it is unknown which visits are to come."""

    def __init__(self) -> None:
        super().__init__(
            "The clock of this box is not set, so it is unknown which visits are to come:"
            " connect it to a network, or set its time."
        )


class ChangedMeanwhile(Refused):
    """What a preview has shown is not what would happen now."""

    def __init__(self) -> None:
        super().__init__("Something has changed since the preview: look at it again.")


@dataclass(frozen=True, slots=True)
class TimetableEntry:
    """One line of the timetable: a planned visit, what became of it, or both.

    `topics` are those on offer; empty for an unplanned visit. `took_place` is None
    as long as it can still take place.
    """

    date: date
    stop: StopId
    planned: PlannedVisit | None
    day: OperatingDay | None
    topics: tuple[TopicId, ...]

    @property
    def took_place(self) -> bool | None:
        """Whether the visit was opened; None while that is not over."""
        return self.day.took_place if self.day else None

    @property
    def cancelled(self) -> bool:
        """Whether the plan says that it does not take place."""
        return self.planned.cancelled if self.planned else bool(self.day and self.day.cancelled)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the timetable says about now. Without a set clock it says nothing, and staff choose.

    `has_plan` tells whether there is a timetable at all.
    """

    visit: PlannedVisit | None
    topics: tuple[TopicId, ...]
    clock_set: bool
    has_plan: bool


def check_clock(now: Moment) -> None:
    """Raise `TodayUnknown` without a trusted clock."""
    if not now.trusted:
        raise TodayUnknown


def preview_plan(
    office: Office, plan: YearPlan, now: Moment, *, instead_of_all: bool = False
) -> PlanImport:
    """What an import of this file would change. Raises `TodayUnknown` and `ImportErrors`."""
    check_clock(now)
    with office.snapshot() as snapshot:
        return _changes(snapshot.connection, plan, local_date(now), instead_of_all=instead_of_all)[
            0
        ]


def import_plan(
    office: Office,
    plan: YearPlan,
    now: Moment,
    *,
    instead_of_all: bool = False,
    mark: str | None = None,
) -> PlanImport:
    """Plan the visits of a file, in place of what it or its events had planned from today on.

    With `instead_of_all` nothing else stays planned. What is past stays, and so does an open visit.
    `mark` is that of the preview that was confirmed. Raises `TodayUnknown`,
    `ImportErrors`, `ChangedMeanwhile`.
    """
    check_clock(now)
    day = local_date(now)
    with office.database.write() as connection:
        done, after = _changes(connection, plan, day, instead_of_all=instead_of_all)
        if mark is not None and mark != done.mark:
            raise ChangedMeanwhile
        record_lost_visits(connection, office.profile, day)
        planned_visits.replace_coming(connection, after, day)
    return done


def _changes(
    connection: Connection, plan: YearPlan, day: date, *, instead_of_all: bool
) -> tuple[PlanImport, list[PlannedVisit]]:
    before = planned_visits.between(connection, day, day.max)
    current, outdated = without_outdated(plan, before)
    after = merge_plan(current, before, day, instead_of_all=instead_of_all)
    return replace(compare_plans(plan.source, before, after), outdated=outdated), after


def timetable(snapshot: Snapshot, first: date, last: date, now: Moment) -> list[TimetableEntry]:
    """The visits from `first` to `last`, both included: planned ones, and what became of them.

    Of the days before today only those are told of which this box knows what became.
    """
    profile, present = snapshot.profile, local_date(now)
    planned = planned_between(snapshot.connection, profile, first, last)
    days = days_of(snapshot, first, last, now)
    plan: dict[tuple[date, StopId, time | None], PlannedVisit] = {
        (visit.day, visit.stop, visit.begins.time()): visit for visit in planned
    }
    known = [
        TimetableEntry(
            day.date, day.stop, visit, day, offered_topics(visit, profile) if visit else ()
        )
        for day in days
        if day.date
        for visit in [plan.pop((day.date, day.stop, day.planned_begins), None)]
    ]
    coming = [
        TimetableEntry(visit.day, visit.stop, visit, None, offered_topics(visit, profile))
        for visit in plan.values()
        if visit.day >= present
    ]
    return sorted([*known, *coming], key=_order)


def _order(entry: TimetableEntry) -> tuple[date, str, str]:
    begins = entry.planned.begins.time() if entry.planned else None
    if begins is None and entry.day:
        begins = entry.day.planned_begins or entry.day.opened
    return entry.date, begins.isoformat() if begins else "", entry.stop


def stop_name(profile: Profile, stop: StopId) -> str:
    """How a stop is called. An old plan may name one that the profile has no more."""
    return next((known.name for known in profile.stops if known.id == stop), stop)


def stop_and_topics(
    snapshot: Snapshot, stop: str | None, topics: Sequence[str] | None, now: Moment
) -> tuple[str | None, Sequence[str] | None]:
    """Stop and topics to open with: where no stop is named, those of the visit proposed now.

    Topics that are named stay; without a proposal everything stays as it was asked for.
    """
    planned = proposal(snapshot, now).visit if stop is None else None
    if planned is None:
        return stop, topics
    return planned.stop, offered_topics(planned, snapshot.profile) if topics is None else topics


def next_visits(snapshot: Snapshot, now: Moment, most: int = 1) -> tuple[PlannedVisit, ...]:
    """The planned visits that begin next, wherever; none without a set clock."""
    if not now.trusted:
        return ()
    day, local = local_date(now), now.wall.astimezone(BERLIN)
    stops = {stop.id for stop in snapshot.profile.stops}
    planned = planned_between(snapshot.connection, snapshot.profile, day, day + NEXT_WITHIN)
    coming = (one for one in planned if one.begins > local and not one.cancelled)
    return tuple(islice((one for one in coming if one.stop in stops), most))


def is_planned(snapshot: Snapshot) -> bool:
    """Whether there is a timetable at all."""
    own = snapshot.profile.timetable
    return bool(own) or not planned_visits.is_empty(snapshot.connection)


def proposal(snapshot: Snapshot, now: Moment) -> Proposal:
    """The visit that is planned for now."""
    profile, connection, day = snapshot.profile, snapshot.connection, local_date(now)
    has_plan = is_planned(snapshot)
    if not now.trusted:
        return Proposal(None, (), clock_set=False, has_plan=has_plan)
    stops = {stop.id for stop in profile.stops}  # an old plan may name one that is no more
    planned = [v for v in planned_between(connection, profile, day, day) if v.stop in stops]
    days = operating_days.between(connection, day, day)
    opened = [visit for visit in planned if any(d.took_place and d.is_of(visit) for d in days)]
    visit = propose_visit(planned, now.wall.astimezone(BERLIN), opened)
    topics = offered_topics(visit, profile) if visit else ()
    return Proposal(visit, topics, clock_set=True, has_plan=has_plan)
