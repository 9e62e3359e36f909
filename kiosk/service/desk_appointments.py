"""Appointments that staff make, move and cancel, within the timetable's next office hours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Final

from kiosk.domain import ticket as transitions
from kiosk.domain.appointment import made_at_desk
from kiosk.domain.appointment_code import parse_code
from kiosk.domain.appointment_errors import (
    AppointmentUsed,
    NoOfficeHour,
    RealAppointment,
    UnknownCode,
)
from kiosk.domain.errors import NoPrinter
from kiosk.domain.events import AppointmentsChanged
from kiosk.domain.local_time import BERLIN, local_date
from kiosk.domain.record_validation import check_record
from kiosk.domain.timetable import offered_topics
from kiosk.domain.undo_kind import UndoKind
from kiosk.service.action import action, desk_action
from kiosk.service.appointments import free_code, ticket_of
from kiosk.service.operating_days import planned_between
from kiosk.service.reminders import want_appointment
from kiosk.service.timetable import check_clock
from kiosk.store import appointments

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from kiosk.domain.appointment import Appointment
    from kiosk.domain.ids import StopId, TopicId
    from kiosk.domain.moment import Moment
    from kiosk.domain.record import Record
    from kiosk.domain.ticket import Ticket
    from kiosk.domain.timetable import PlannedVisit
    from kiosk.service.action import Action
    from kiosk.service.office import Office, Transaction

DAYS_AHEAD: Final = 120
MOST_VISITS: Final = 4
"""So many of the next visits with a free time are offered: a list to choose from, no calendar."""


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """A planned visit at which a topic is offered, and its times that are still free, in UTC."""

    visit: PlannedVisit
    free: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class BookingRequest:
    """A time at a stop for a topic; `language` is that of the slip, else the profile's first."""

    topic: str
    time: datetime
    stop: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class FinishRequest:
    """The end of a talk with its record and an appointment.

    `ticket` is the id that the caller believes to be at the desk, None for whichever is there.
    """

    record: Record
    booking: BookingRequest
    ticket: int | None = None


def office_hours(
    transaction: Transaction, topic: str, now: Moment, most: int = MOST_VISITS
) -> list[OfficeHours]:
    """The next planned visits with free times for a topic. None without a trusted clock."""
    topic_id = transaction.profile.topic(topic).id
    found: list[OfficeHours] = []
    for visit in _planned(transaction, topic_id, now):
        free = tuple(_free_times(transaction, visit, topic_id, now))
        if free:
            found.append(OfficeHours(visit, free))
        if len(found) == most:
            break
    return found


def make(office: Office, booking: BookingRequest, now: Moment, *, slip: bool = True) -> Appointment:
    """Make an appointment, and have its slip printed; without one the code is told by telephone.

    Raises `NoVisitOpen`, `TodayUnknown`, `NoOfficeHour`, `Unknown`.
    """
    with action(office, now) as act:
        return _make(act, booking, slip=slip)


def finish_with_appointment(
    office: Office, desk: str, request: FinishRequest, now: Moment
) -> Ticket:
    """The talk is over and an appointment is made, as one step that can be undone.

    It is for the topic and in the language of the person at the desk.
    """
    check_record(office.profile, request.record)
    with desk_action(office, desk, now) as act:
        person = act.person(request.ticket)
        mine = replace(request.booking, topic=person.topic, language=person.language)
        act.booked = _make(act, mine).code
        with act.undoable(UndoKind.FINISH):
            return act.apply(transitions.finish(person, act.desk, request.record, now))


def move(office: Office, code: str, booking: BookingRequest, now: Moment) -> Appointment:
    """Move an appointment to another time; its code and topic stay. One on paper gets a new slip.

    Raises what `make` does, `UnknownCode`, `AppointmentUsed`, `RealAppointment`.
    """
    with action(office, now) as act:
        known = _changeable(act, code)
        time, stop = _checked(act, replace(booking, topic=known.topic))
        moved = replace(known, time=time, stop=stop)
        appointments.save(act.connection, moved)
        if moved.slip:
            want_appointment(act, moved, _language(act, booking))
        act.announce(AppointmentsChanged(0, 1, 0))
    return moved


def cancel(office: Office, code: str, now: Moment) -> Appointment:
    """Cancel an appointment.

    Raises `NoVisitOpen`, `UnknownCode`, `AppointmentUsed`, `RealAppointment`.
    """
    with action(office, now) as act:
        known = _changeable(act, code)
        appointments.delete(act.connection, [known.code])
        act.announce(AppointmentsChanged(0, 0, 1))
    return known


def reprint(office: Office, code: str, language: str | None, now: Moment) -> Appointment:
    """Print the slip of an appointment. Raises `NoVisitOpen`, `NoPrinter`, `UnknownCode`."""
    if not office.profile.has("printer"):
        raise NoPrinter
    spoken = office.profile.language(language) if language else office.profile.languages[0]
    with action(office, now) as act:
        known = replace(by_code(act, code), slip=True)
        appointments.save(act.connection, known)
        want_appointment(act, known, spoken)
    return known


def by_code(transaction: Transaction, code: str) -> Appointment:
    """The appointment with that code; raises `UnknownCode`."""
    digits = parse_code(code)
    known = appointments.by_code(transaction.connection, digits) if digits else None
    if known is None:
        raise UnknownCode(mistyped=False)
    return known


def _make(act: Action, booking: BookingRequest, *, slip: bool = True) -> Appointment:
    time, stop = _checked(act, booking)
    topic, code = act.profile.topic(booking.topic).id, free_code(act.connection)
    made = made_at_desk(code, time, topic, stop, practice=act.visit.practice)
    made = replace(made, slip=slip)
    appointments.save(act.connection, made)
    if made.slip:
        want_appointment(act, made, _language(act, booking))
    act.announce(AppointmentsChanged(1, 0, 0))
    return made


def _language(act: Action, booking: BookingRequest) -> str:
    return act.profile.language(booking.language) if booking.language else act.profile.languages[0]


def _changeable(act: Action, code: str) -> Appointment:
    known = by_code(act, code)
    ticket = ticket_of(act.connection, known)
    if ticket:
        raise AppointmentUsed(ticket.number)
    if act.visit.practice and not known.is_practice:
        raise RealAppointment
    return known


def _checked(act: Action, booking: BookingRequest) -> tuple[datetime, StopId]:
    """The time in UTC and the stop, if that is free; raises `TodayUnknown`, `NoOfficeHour`."""
    check_clock(act.now)
    stop, topic = act.profile.stop(booking.stop).id, act.profile.topic(booking.topic).id
    time = booking.time.astimezone(UTC)
    for visit in _planned(act, topic, act.now):
        if visit.stop == stop and time in _free_times(act, visit, topic, act.now):
            return time, stop
    raise NoOfficeHour(f"{time.astimezone(BERLIN):%Y-%m-%d %H:%M}")


def _planned(transaction: Transaction, topic: TopicId, now: Moment) -> Iterator[PlannedVisit]:
    if not now.trusted:
        return
    profile, first = transaction.profile, local_date(now)
    stops = {stop.id for stop in profile.stops}  # an old plan may name one that is no more
    last = first + timedelta(days=DAYS_AHEAD)
    for visit in planned_between(transaction.connection, profile, first, last):
        offered = visit.stop in stops and topic in offered_topics(visit, profile)
        if offered and not visit.cancelled:
            yield visit


def _free_times(
    transaction: Transaction, visit: PlannedVisit, topic: TopicId, now: Moment
) -> Iterator[datetime]:
    """As many people at a time as there are desks for the topic."""
    begins, ends = visit.begins.astimezone(UTC), visit.ends.astimezone(UTC)
    desks = sum(topic in topics for topics in transaction.profile.usual_topics.values())
    taken = [
        each.time
        for each in appointments.between(transaction.connection, begins, ends)
        if each.stop in {None, visit.stop}
    ]
    time = begins
    while time < ends:
        if time > now.wall and taken.count(time) < desks:
            yield time
        time += timedelta(minutes=transaction.profile.appointment_every_min)
