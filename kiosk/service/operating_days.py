"""Log of operating days: what became of the timetable, written as visits open and close."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from kiosk.domain.local_time import LocalClock, local_date
from kiosk.domain.operating_day import OperatingDay, days_not_held, match_planned_visit
from kiosk.domain.timetable import expand_planned_hours, merge_plans
from kiosk.store import key_values, operating_days, planned_visits

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Profile
    from kiosk.domain.timetable import PlannedVisit
    from kiosk.domain.visit import Visit
    from kiosk.service.office import Snapshot
    from kiosk.store.database import Connection

SETTLED: Final = "timetable-settled"
"""Up to this day it is written down which planned visits did not take place."""

A_DAY = timedelta(days=1)
LONGEST_REST = timedelta(days=400)
"""A device that lay in a cupboard for longer does not tell of all the visits it missed."""


def visit_opened(connection: Connection, profile: Profile, visit: Visit) -> None:
    """A visit is open now: note it beside its plan, and which plans before it came to nothing."""
    if visit.opened.trusted:
        record_lost_visits(connection, profile, local_date(visit.opened))
    _note(connection, profile, visit, LocalClock([visit.opened]).local(visit.opened))


def visit_closed(connection: Connection, profile: Profile, visit: Visit, now: Moment) -> None:
    """The visit ends: note the hour. A clock that was set meanwhile tells when it was opened."""
    wall = LocalClock([visit.opened, now])
    opened, closed = wall.local(visit.opened), wall.local(now)
    noted = operating_days.of_visit(connection, visit.id)
    if noted is None or (noted.date is None and opened):
        operating_days.delete_open_day(connection, visit.id)
        _note(connection, profile, visit, opened)
    same_day = opened and closed and opened.date() == closed.date()
    operating_days.close_day(connection, visit.id, closed.time() if closed and same_day else None)


def _note(connection: Connection, profile: Profile, visit: Visit, opened: datetime | None) -> None:
    planned = None
    if opened:
        plan = planned_between(connection, profile, opened.date(), opened.date())
        planned = match_planned_visit(plan, visit.stop, opened)
    day = OperatingDay(
        opened.date() if opened else None,
        visit.stop,
        planned.begins.time() if planned else None,
        planned.ends.time() if planned else None,
        took_place=True,
        cancelled=planned is not None and planned.cancelled,
        opened=opened.time() if opened else None,
    )
    operating_days.open_day(connection, visit.id, day)


def planned_between(
    connection: Connection, profile: Profile, first: date, last: date
) -> list[PlannedVisit]:
    """Imported visits and the profile's own hours, both ends included."""
    imported = planned_visits.between(connection, first, last)
    return merge_plans(imported, expand_planned_hours(profile, first, last))


def record_lost_visits(connection: Connection, profile: Profile, today: date) -> None:
    """Write down which planned visits until yesterday did not take place, before plans change.

    The first call only sets the mark: of the time before this box knows nothing.
    """
    yesterday = today - A_DAY
    mark = key_values.get(connection, SETTLED)
    settled = date.fromisoformat(mark) if mark else yesterday
    if settled > yesterday:  # the clock ran ahead
        operating_days.delete_planned(connection, today)
    days = lost_since(connection, profile, settled, yesterday)
    operating_days.insert(connection, days)
    key_values.put(connection, SETTLED, yesterday.isoformat())


def lost_since(
    connection: Connection, profile: Profile, settled: date, yesterday: date
) -> list[OperatingDay]:
    """The planned visits after `settled`, until yesterday, that were not opened."""
    first = max(settled + A_DAY, yesterday - LONGEST_REST)
    if first > yesterday:
        return []
    planned = planned_between(connection, profile, first, yesterday)
    return days_not_held(planned, operating_days.between(connection, first, yesterday))


def days_of(snapshot: Snapshot, first: date, last: date, now: Moment) -> list[OperatingDay]:
    """What was planned and what took place, `first` to `last` included, until today.

    Planned visits of today are told once they are opened; all before that were not, did not take
    place. Visits without a known day are left out.
    """
    connection, profile = snapshot.connection, snapshot.profile
    days = operating_days.between(connection, first, last)
    mark = key_values.get(connection, SETTLED)
    if now.trusted and mark:
        latest = local_date(now)
        days = [day for day in days if day.took_place or (day.date and day.date < latest)]
        since = lost_since(connection, profile, date.fromisoformat(mark), latest - A_DAY)
        days += [day for day in since if day.date and first <= day.date <= last]
    return sorted(days, key=_order)


def _order(day: OperatingDay) -> tuple[date, str, str]:
    begins = day.planned_begins or day.opened
    return day.date or date.min, begins.isoformat() if begins else "", day.stop
