"""Appointments: import them from a file, list those to come, delete those that are over."""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from kiosk.domain.appointment import Appointment
from kiosk.domain.appointment_code import generate_code
from kiosk.domain.events import AppointmentsChanged
from kiosk.domain.local_time import BERLIN, local_date
from kiosk.service.timetable import check_clock
from kiosk.store import appointments, journal, key_values, tickets, visits

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from kiosk.domain.appointment import Booking
    from kiosk.domain.moment import Moment
    from kiosk.domain.ticket import Ticket
    from kiosk.domain.visit import Visit
    from kiosk.service.office import Office, Snapshot
    from kiosk.store.database import Connection

_KEY = "appointment_key"

Change = Literal["new", "moved", "same", "gone", "kept"]


@dataclass(frozen=True, slots=True)
class AppointmentImport:
    """What an import has done, in appointments.

    `kept` have changed in the file, but the person has checked in already: they stay as they were.
    `others` are to come and do not stand in this file.
    """

    new: int
    moved: int
    same: int
    gone: int
    kept: int
    others: int


def import_appointments(
    office: Office, bookings: Sequence[Booking], now: Moment, *, instead_of_all: bool = False
) -> AppointmentImport:
    """Expect what stands in a file; the same file again changes nothing.

    With `instead_of_all` all others are deleted, checked-in people excepted. Raises
    `TodayUnknown`.
    """
    check_clock(now)
    with office.database.write() as connection:
        forget_past(connection, now)
        key = _key(connection)
        taken = {booking.code for booking in bookings if booking.code}
        mine, changes = set[str](), Counter[Change]()
        for booking in bookings:
            code, change = _book(connection, booking, key, taken)
            changes[change] += 1
            mine.add(code)
        others = [a for a in appointments.everything(connection) if a.code not in mine]
        if instead_of_all:
            going = [a.code for a in others if ticket_of(connection, a) is None]
            appointments.delete(connection, going)
            changes["gone"] += len(going)
        left = 0 if instead_of_all else len(others)
        imported = AppointmentImport(
            changes["new"],
            changes["moved"],
            changes["same"],
            changes["gone"],
            changes["kept"],
            left,
        )
        _announce(connection, imported, now)
    return imported


def upcoming(snapshot: Snapshot, now: Moment) -> list[Appointment]:
    """The appointments still to come, today or later, by time."""
    first, _ = bounds_of(local_date(now))
    return [
        appointment
        for appointment in appointments.everything(snapshot.connection)
        if ticket_of(snapshot.connection, appointment) is None
        and (appointment.time >= first or not now.trusted)
    ]


def ticket_of(connection: Connection, appointment: Appointment) -> Ticket | None:
    """What an appointment has led to; None as well when the check-in was undone."""
    return tickets.by_id(connection, appointment.ticket) if appointment.ticket else None


def bounds_of(day: date) -> tuple[datetime, datetime]:
    """Where a local day begins and ends, in UTC."""
    first, until = (
        datetime.combine(each, time(), BERLIN).astimezone(UTC)
        for each in (day, day + timedelta(days=1))
    )
    return first, until


def forget_past(connection: Connection, now: Moment) -> None:
    """Forget the appointments of days that are over, if the clock can be trusted."""
    if now.trusted:
        appointments.delete_before(connection, bounds_of(local_date(now))[0])


def not_appeared(connection: Connection, visit: Visit, now: Moment) -> int:
    """How many were expected at this visit by now and have not come; 0 without a trusted clock."""
    if not now.trusted:
        return 0
    first, _ = bounds_of(local_date(now))
    return sum(
        appointment.stop in {None, visit.stop} and ticket_of(connection, appointment) is None
        for appointment in appointments.between(connection, first, now.wall)
    )


def forget_day(connection: Connection, now: Moment) -> None:
    """At the end of a visit forget who has come, and whose time is over.

    Who is expected later today stays: there may be a second visit.
    """
    appointments.delete_used(connection)
    if now.trusted:
        appointments.delete_before(connection, now.wall)


def _book(
    connection: Connection, booking: Booking, key: bytes, taken: Collection[str]
) -> tuple[str, Change]:
    """Take one booking over; its code here, and what that has changed."""
    origin = None if booking.code else _digest(booking.origin, key)
    if booking.code:
        known = appointments.by_code(connection, booking.code)
    else:
        known = appointments.by_origin(connection, str(origin))
    if booking.cancelled:
        return _cancel(connection, known)
    if known is None:
        code = booking.code or _free_code(connection, taken)
        fresh = Appointment(code, booking.time, booking.topic, booking.stop, origin)
        appointments.save(connection, fresh)
        return code, "new"
    changed = replace(known, time=booking.time, topic=booking.topic, stop=booking.stop)
    if changed == known:
        return known.code, "same"
    if ticket_of(connection, known):
        return known.code, "kept"
    appointments.save(connection, replace(changed, ticket=None))
    return known.code, "moved"


def _cancel(connection: Connection, known: Appointment | None) -> tuple[str, Change]:
    if known is None:
        return "", "same"
    if ticket_of(connection, known):
        return known.code, "kept"
    appointments.delete(connection, [known.code])
    return known.code, "gone"


def _free_code(connection: Connection, taken: Collection[str]) -> str:
    while True:
        code = generate_code(secrets.randbelow)
        if code not in taken and appointments.by_code(connection, code) is None:
            return code


def _key(connection: Connection) -> bytes:
    """What makes the digests of this device its own: they tell nothing without it."""
    stored = key_values.get(connection, _KEY) or secrets.token_hex(32)
    key_values.put(connection, _KEY, stored)
    return bytes.fromhex(stored)


def _digest(origin: str, key: bytes) -> str:
    return hashlib.blake2b(origin.encode(), key=key, digest_size=16).hexdigest()


def _announce(connection: Connection, imported: AppointmentImport, now: Moment) -> None:
    if imported.new or imported.moved or imported.gone:
        visit = visits.current(connection)
        event = AppointmentsChanged(imported.new, imported.moved, imported.gone)
        journal.append(connection, event, now, visit.id if visit else None)
