"""End of the intake by the timetable's hours, in profiles that want it.

Staff have the last word: what they say from the warning on holds, and the hours end nothing any
more. Without a clock that is set the hour is unknown, and the intake stays open.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from kiosk.domain.events import TopicsChanged
from kiosk.domain.local_time import BERLIN, LocalClock, local_date
from kiosk.service.action import action
from kiosk.service.operating_days import planned_between
from kiosk.store import visits

if TYPE_CHECKING:
    from kiosk.domain.moment import Moment
    from kiosk.domain.visit import Visit
    from kiosk.service.office import Office, Transaction

WARNED_BEFORE: Final = timedelta(minutes=10)
"""Time enough for staff to look at the line and to say that it goes on."""


def planned_end(transaction: Transaction, now: Moment) -> datetime | None:
    """The end of the visit that is planned at this stop now, or was until now."""
    visit = visits.current(transaction.connection)
    if visit is None or not now.trusted:
        return None
    today, local = local_date(now), now.wall.astimezone(BERLIN)
    planned = planned_between(transaction.connection, transaction.profile, today, today)
    here = (one for one in planned if one.stop == visit.stop and not one.cancelled)
    return max((one.ends for one in here if one.begins <= local), default=None)


def intake_end(transaction: Transaction, now: Moment) -> datetime | None:
    """When the hours end the intake of the open visit, or have; None where they do not.

    A visit that was opened after the warning is meant to go on.
    """
    visit = visits.current(transaction.connection)
    if visit is None or not ends_by_hours(transaction, visit):
        return None
    end = planned_end(transaction, now)
    opened = LocalClock([visit.opened, now]).local(visit.opened)
    if end is None or opened is None:
        return None
    at = end - timedelta(minutes=transaction.profile.intake_ends_min or 0)
    warned = at - WARNED_BEFORE
    said = (
        LocalClock([visit.intake_said, now]).local(visit.intake_said) if visit.intake_said else None
    )
    return None if opened >= warned or (said and said >= warned) else at


def ends_by_hours(transaction: Transaction, visit: Visit) -> bool:
    """Whether the profile wants it for such a visit."""
    profile = transaction.profile
    wanted = profile.intake_ends_min is not None and not profile.by_appointment
    return wanted and not visit.practice


def end_intake(office: Office, now: Moment) -> bool:
    """End the intake if its hour has come; says whether it had."""
    if not office.read(_is_due, now):
        return False
    with action(office, now) as act:
        if not _is_due(act, now):
            return False
        visits.save(act.connection, act.visit, replace(act.visit, intake=False))
        act.announce(TopicsChanged(act.visit.id))
    return True


def _is_due(transaction: Transaction, now: Moment) -> bool:
    visit = visits.current(transaction.connection)
    if visit is None or not visit.intake:
        return False
    at = intake_end(transaction, now)
    return at is not None and at <= now.wall
