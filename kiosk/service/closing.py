"""Closing as the services see it: whether a period is due, and how the last closing went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.counts import closing_log, due, periods
from kiosk.domain.closing_errors import VisitNotCounted
from kiosk.domain.local_time import LocalClock, local_date
from kiosk.store import visits
from kiosk.store.counters import UNDATED

if TYPE_CHECKING:
    from datetime import date

    from kiosk.counts.closing_log import LastClosing
    from kiosk.domain.moment import Moment
    from kiosk.domain.visit import Visit
    from kiosk.service.office import Office, Snapshot


@dataclass(frozen=True, slots=True)
class ClosingState:
    """What a door may tell of closing; nothing in it is a count.

    `over` are the periods that are over and not closed, `due` the one that the next closing ends
    with, None while there is none: their people are too few, and join the next period.
    `waits_for_visit` says that a visit of these days is open, or closed and not counted yet.
    `enough`: the people since the last closing are enough to be protected. `failure`
    is why the last try failed.
    """

    over: tuple[str, ...]
    due: str | None
    waits_for_visit: bool
    enough: bool
    last: LastClosing | None
    failure: str

    @property
    def failed(self) -> bool:
        """A period ought to be closed and could not be."""
        return bool(self.due and self.failure)


def closing_state(snapshot: Snapshot, now: Moment) -> ClosingState:
    """By the date of the wall clock, trusted or not: see `is_closing_due`."""
    connection, counts_by = snapshot.connection, snapshot.profile.counts_by
    today, counted = local_date(now), due.counted_months(connection)
    months = due.due_months(connection, counted, today, counts_by)
    ends = periods.period_of_month(months[-1], counts_by) if months else None
    opened = _first_day(visits.uncounted(connection), now)
    people = due.counted_people(connection, [UNDATED, *counted])
    return ClosingState(
        over=tuple(due.periods_over(counted, today, counts_by)),
        due=ends,
        waits_for_visit=bool(ends and opened and opened <= periods.last_day(ends)),
        enough=people >= due.LEAST_PERIOD,
        last=closing_log.last_closing(connection),
        failure=closing_log.last_failure(connection),
    )


def is_closing_due(office: Office, now: Moment) -> bool:
    """Whether there is something to close now. One cheap read.

    A visit that was left open over night, or can still be opened again, belongs to its first day,
    so its period waits.
    """
    if not now.trusted:
        return False
    state = office.read(closing_state, now)
    return state.due is not None and not state.waits_for_visit


def record_failure(office: Office, reason: str, now: Moment) -> None:
    """Write down why a period that is due could not be closed."""
    with office.database.write() as connection:
        closing_log.write_failure(connection, reason, now)


def open_since(snapshot: Snapshot, now: Moment) -> date | None:
    """The first day of the open visit; None without one, or where no clock tells."""
    return _first_day(snapshot.visit, now)


def check_counted(snapshot: Snapshot, now: Moment) -> None:
    """Raise `VisitNotCounted` if a period would be closed without a visit that belongs to it."""
    visit = visits.closed(snapshot.connection)
    if visit and closing_state(snapshot, now).waits_for_visit:
        raise VisitNotCounted(visit.reopening_left_s(now))


def _first_day(visit: Visit | None, now: Moment) -> date | None:
    return LocalClock([visit.opened, now]).day(visit.opened) if visit else None
