"""Appointments from a file: what it changes, told before and done once."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal

from kiosk.domain.appointment import Appointment
from kiosk.domain.events import AppointmentsChanged
from kiosk.domain.local_time import BERLIN
from kiosk.files.faults import ImportErrors, ImportFault
from kiosk.files.sentences import Sentence
from kiosk.service.appointments import forget_past, free_code, ticket_of
from kiosk.service.timetable import ChangedMeanwhile, check_clock
from kiosk.store import appointment_versions, appointments, journal, key_values, visits

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from kiosk.domain.appointment import Booking
    from kiosk.domain.moment import Moment
    from kiosk.service.office import Office
    from kiosk.store.database import Connection

_KEY = "appointment_key"

ChangeKind = Literal["new", "moved", "same", "gone", "kept"]
"""`kept` has changed in the file, but the person has checked in already: it stays as it was."""

_UNKNOWN_CANCELLED: Final = Sentence(
    "the appointment on {when} is cancelled by an id that is unknown here,"
    " and at that time a person is expected",
    "der Termin am {when} wird mit einer Kennung abgesagt, die hier niemand kennt,"
    " und zu dieser Zeit wird jemand erwartet",
)

_CANCEL_BY_CODE: Final = Sentence(
    "cancel it by its code in a table (status: cancelled)",
    "sagen Sie ihn in einer Tabelle mit seinem Code ab (Status: abgesagt)",
)


@dataclass(frozen=True, slots=True)
class AppointmentChange:
    """What a file does to one appointment; `before` is what was expected."""

    kind: ChangeKind
    appointment: Appointment
    before: Appointment | None = None


@dataclass(frozen=True, slots=True)
class AppointmentImport:
    """What an import does.

    `others` are to come and do not stand in this file, `outdated` ones stand there in an older
    version than is known, and are left as they are. `mark` is the same as long as neither the
    file nor what is expected has changed.
    """

    changes: tuple[AppointmentChange, ...]
    others: int = 0
    mark: str = ""
    outdated: int = 0

    def count(self, kind: ChangeKind) -> int:
        return sum(change.kind == kind for change in self.changes)


def preview_appointments(
    office: Office, bookings: Sequence[Booking], now: Moment, *, instead_of_all: bool = False
) -> AppointmentImport:
    """What an import would do: it is done, and taken back. Raises what the import does."""
    check_clock(now)
    with office.database.write() as connection:
        connection.execute("SAVEPOINT preview")
        done = _import(connection, bookings, now, instead_of_all=instead_of_all)
        connection.execute("ROLLBACK TO preview")
    return done


def import_appointments(
    office: Office,
    bookings: Sequence[Booking],
    now: Moment,
    *,
    instead_of_all: bool = False,
    mark: str | None = None,
) -> AppointmentImport:
    """Expect what stands in a file; the same file again changes nothing.

    With `instead_of_all` all others are deleted, but for those of people who have checked in and
    those that staff have made at a desk. `mark` is that of the preview that was confirmed.
    Raises `TodayUnknown`, `ImportErrors`, `ChangedMeanwhile`.
    """
    check_clock(now)
    with office.database.write() as connection:
        done = _import(connection, bookings, now, instead_of_all=instead_of_all)
        if mark is not None and mark != done.mark:
            raise ChangedMeanwhile
        _announce(connection, done, now)
    return done


def _import(
    connection: Connection, bookings: Sequence[Booking], now: Moment, *, instead_of_all: bool
) -> AppointmentImport:
    forget_past(connection, now)
    before = appointments.list_all(connection)
    key = _key(connection)
    taken = {booking.code for booking in bookings if booking.code}
    changes, faults, outdated = list[AppointmentChange](), list[ImportFault](), 0
    for booking in bookings:
        if not instead_of_all and _is_outdated(connection, booking, key):
            outdated += 1
            continue
        _keep_version(connection, booking, key)
        change = _book(connection, booking, key, taken)
        if change:
            changes.append(change)
        elif booking.withdrawn_in_line:
            faults += _still_expected(connection, booking)
    if faults:
        raise ImportErrors("", faults)
    mine = {change.appointment.code for change in changes}
    others = [a for a in appointments.list_all(connection) if a.code not in mine]
    if instead_of_all:
        going = [a for a in others if ticket_of(connection, a) is None and not a.was_made_at_desk]
        appointments.delete(connection, [a.code for a in going])
        changes += [AppointmentChange("gone", a) for a in going]
    left = 0 if instead_of_all else len(others)
    return AppointmentImport(tuple(changes), left, _mark(before, changes), outdated)


def _is_outdated(connection: Connection, booking: Booking, key: bytes) -> bool:
    if booking.sequence is None:
        return False
    known = appointment_versions.newest(connection, _digest(booking.origin, key))
    return known is not None and booking.sequence < known


def _keep_version(connection: Connection, booking: Booking, key: bytes) -> None:
    if booking.sequence is not None:
        origin = _digest(booking.origin, key)
        appointment_versions.save(connection, origin, booking.sequence, booking.time)


def _still_expected(connection: Connection, booking: Booking) -> list[ImportFault]:
    """A cancellation of an unknown appointment is a fault where one is booked at that time."""
    until = booking.time + timedelta(minutes=1)
    if not appointments.between(connection, booking.time, until):
        return []
    what = _UNKNOWN_CANCELLED.of(when=booking.time.astimezone(BERLIN))
    return [ImportFault(booking.withdrawn_in_line, what, _CANCEL_BY_CODE)]


def _book(
    connection: Connection, booking: Booking, key: bytes, taken: Collection[str]
) -> AppointmentChange | None:
    """Take one booking over; None for the cancellation of an unknown one."""
    origin = None if booking.code else _digest(booking.origin, key)
    if booking.code:
        known = appointments.by_code(connection, booking.code)
    else:
        known = appointments.by_origin(connection, str(origin))
    if booking.cancelled:
        return _cancel(connection, known)
    if known is None:
        code = booking.code or free_code(connection, taken)
        fresh = Appointment(code, booking.time, booking.topic, booking.stop, origin)
        appointments.save(connection, fresh)
        return AppointmentChange("new", fresh)
    changed = replace(known, time=booking.time, topic=booking.topic, stop=booking.stop)
    if changed == known:
        return AppointmentChange("same", known)
    if ticket_of(connection, known):
        return AppointmentChange("kept", known)
    appointments.save(connection, replace(changed, ticket=None))
    return AppointmentChange("moved", changed, known)


def _cancel(connection: Connection, known: Appointment | None) -> AppointmentChange | None:
    if known is None:
        return None
    if ticket_of(connection, known):
        return AppointmentChange("kept", known)
    appointments.delete(connection, [known.code])
    return AppointmentChange("gone", known)


def _mark(before: Iterable[Appointment], changes: Iterable[AppointmentChange]) -> str:
    """Codes that are drawn for new ones are others each time, so they do not count."""
    told = [
        (
            each.kind,
            each.appointment.time.isoformat(),
            each.appointment.topic,
            each.appointment.stop,
        )
        for each in changes
    ]
    return hashlib.sha256(repr((list(before), told)).encode()).hexdigest()


def _key(connection: Connection) -> bytes:
    """What makes the digests of this box its own: they tell nothing without it."""
    stored = key_values.get(connection, _KEY) or secrets.token_hex(32)
    key_values.put(connection, _KEY, stored)
    return bytes.fromhex(stored)


def _digest(origin: str, key: bytes) -> str:
    return hashlib.blake2b(origin.encode(), key=key, digest_size=16).hexdigest()


def _announce(connection: Connection, imported: AppointmentImport, now: Moment) -> None:
    new, moved, gone = imported.count("new"), imported.count("moved"), imported.count("gone")
    if new or moved or gone:
        visit = visits.current(connection)
        event = AppointmentsChanged(new, moved, gone)
        journal.append(connection, event, now, visit.id if visit else None)
