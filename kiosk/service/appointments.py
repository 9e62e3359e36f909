"""Appointments: who may still come, what they led to, and when they are forgotten."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from kiosk.domain.appointment_code import generate_code
from kiosk.domain.local_time import BERLIN, local_date
from kiosk.store import appointment_versions, appointments, tickets, visits

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from kiosk.domain.appointment import Appointment
    from kiosk.domain.moment import Moment
    from kiosk.domain.ticket import Ticket
    from kiosk.domain.visit import Visit
    from kiosk.service.office import Snapshot
    from kiosk.store.database import Connection


def upcoming(snapshot: Snapshot, now: Moment) -> list[Appointment]:
    """The appointments still to come, today or later, by time."""
    first, _ = day_bounds(local_date(now))
    return [
        appointment
        for appointment in appointments.list_all(snapshot.connection)
        if ticket_of(snapshot.connection, appointment) is None
        and (appointment.time >= first or not now.trusted)
    ]


def ticket_of(connection: Connection, appointment: Appointment) -> Ticket | None:
    """What an appointment has led to; None as well when the check-in was undone."""
    return tickets.uncached_by_id(connection, appointment.ticket) if appointment.ticket else None


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Where a local day begins and ends, in UTC."""
    first, until = (
        datetime.combine(each, time(), BERLIN).astimezone(UTC)
        for each in (day, day + timedelta(days=1))
    )
    return first, until


def due_within(snapshot: Snapshot, now: Moment, ahead: timedelta) -> list[Appointment]:
    """Appointments of this visit without a check-in that are due, or fall due within `ahead`.

    None while the clock is not trusted.
    """
    visit, grace = snapshot.visit, timedelta(minutes=snapshot.profile.appointment_grace_min)
    if visit is None or not now.trusted:
        return []
    return [
        one
        for one in appointments.between(snapshot.connection, now.wall - grace, now.wall + ahead)
        if one.ticket is None and one.stop in {None, visit.stop} and one.topic in visit.topics
    ]


def forget_past(connection: Connection, now: Moment) -> None:
    """Forget the appointments of days that are over, if the clock can be trusted.

    Those of a visit that is not counted yet are still needed: it may have been left open.
    """
    if now.trusted and visits.uncounted(connection) is None:
        first, _ = day_bounds(local_date(now))
        appointments.delete_before(connection, first)
        appointment_versions.delete_before(connection, first)


def no_shows(connection: Connection, visit: Visit, ended: Moment) -> int:
    """How many were expected at this visit until it `ended` and have not come.

    0 without a trusted clock.
    """
    if not ended.trusted:
        return 0
    first, _ = day_bounds(visit.left_open_since(ended) or local_date(ended))
    return sum(
        appointment.stop in {None, visit.stop} and ticket_of(connection, appointment) is None
        for appointment in appointments.between(connection, first, _over_before(visit, ended))
    )


def forget_used_and_past(connection: Connection, visit: Visit, ended: Moment) -> None:
    """At the end of a visit forget who has come, and whose time is over.

    Who is expected later today stays: there may be a second visit.
    """
    appointments.delete_used(connection)
    if ended.trusted:
        over = _over_before(visit, ended)
        appointments.delete_before(connection, over)
        appointment_versions.delete_before(connection, over)


def _over_before(visit: Visit, ended: Moment) -> datetime:
    """Who was expected before that, was expected at this visit.

    One that was left open took no appointment of the morning on which it is closed.
    """
    left_open = visit.left_open_since(ended)
    return min(ended.wall, day_bounds(left_open)[1]) if left_open else ended.wall


def release_check_ins(connection: Connection) -> None:
    """At the end of a practice visit: its check-ins did not happen."""
    played = [a.code for a in appointments.list_all(connection) if a.is_practice]
    appointments.delete(connection, played)
    appointments.release_used(connection)


def free_code(connection: Connection, taken: Collection[str] = ()) -> str:
    """A code that is not in use."""
    while True:
        code = generate_code(secrets.randbelow)
        if code not in taken and appointments.by_code(connection, code) is None:
            return code
