"""Check-in of people with an appointment, and the list of those expected today."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.domain import ticket as transitions
from kiosk.domain.appointment import Punctuality, punctuality
from kiosk.domain.appointment_code import is_mistyped, parse_code
from kiosk.domain.appointment_errors import (
    AppointmentAtOtherStop,
    AppointmentForOtherTopic,
    AppointmentOnOtherDay,
    AppointmentUsed,
    TooManyCodes,
    UnknownCode,
)
from kiosk.domain.errors import TopicNotOffered, WishOfAnother
from kiosk.domain.events import AppointmentCheckedIn
from kiosk.domain.local_time import BERLIN, local_date
from kiosk.domain.ticket import AT_DESK, ENDED, TicketState
from kiosk.domain.undo_kind import UndoKind
from kiosk.service import new_tickets
from kiosk.service.action import action
from kiosk.service.appointments import day_bounds, ticket_of
from kiosk.service.citizens import TakenTicket, with_wait
from kiosk.service.new_tickets import Draft
from kiosk.service.throttle import Throttle
from kiosk.service.ticket_corrections import place_back_in_line
from kiosk.store import appointments, tickets

if TYPE_CHECKING:
    from kiosk.domain.appointment import Appointment
    from kiosk.domain.moment import Moment
    from kiosk.domain.ticket import Ticket
    from kiosk.service.action import Action
    from kiosk.service.office import Office, Snapshot, Transaction

UNKNOWN_CODES = Throttle(
    "unknown_codes_tried", free=10, first_pause_s=30, longest_pause_s=30, forgotten_after_s=300
)
"""Over glass, scanner and programs together. Staff at a desk are not held up."""


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """The ticket of a person who was expected, and their punctuality."""

    taken: TakenTicket
    punctuality: Punctuality


class Presence(StrEnum):
    """What staff see of an appointment. NO_SHOW: they have not come within the grace."""

    EXPECTED = "expected"
    CHECKED_IN = "checked_in"
    NO_SHOW = "no_show"


@dataclass(frozen=True, slots=True)
class ExpectedAppointment:
    """One line of today's list; `ticket` is that of a person who has come."""

    appointment: Appointment
    presence: Presence
    ticket: Ticket | None


@dataclass(frozen=True, slots=True)
class CheckInRequest:
    """A person with the code of an appointment.

    `wish` is their idempotency key, as for a `TicketRequest`. `desk` is where staff do it, from
    there it can be undone; `scanned` tells the glass to answer.
    """

    code: str
    language: str
    wish: str | None = None
    desk: str | None = None
    topic: str | None = None
    priority: bool = False
    scanned: bool = False


def check_in(office: Office, request: CheckInRequest, now: Moment) -> CheckedIn:
    """Give the person who is expected with this code their number; always the same one.

    Works although the intake is closed or a contingent used up: who has an appointment is expected.
    Without a trusted clock the day is unknown, so every open appointment is due. Raises
    `NoVisitOpen`, `TooManyCodes`, `UnknownCode`, `AppointmentOnOtherDay`, `AppointmentAtOtherStop`,
    `AppointmentForOtherTopic`, `AppointmentUsed`, `TopicNotOffered`, `WishOfAnother`, `Unknown`,
    `NumbersExhausted`.
    """
    office.profile.language(request.language)
    digits = parse_code(request.code)
    drafted = office.read(_drafted, digits, request, now)  # outside the write lock
    with action(office, now, request.desk) as act:
        act.check_left_open()
        if act.desk is None and (wait_s := UNKNOWN_CODES.pause_s(act.connection, now)):
            raise TooManyCodes(wait_s)
        appointment = appointments.by_code(act.connection, digits) if digits else None
        received = _receive(act, appointment, request, drafted) if appointment else None
        if received is None and act.desk is None:
            UNKNOWN_CODES.count(act.connection, now)
    if received is None:
        raise UnknownCode(mistyped=digits is not None and is_mistyped(digits))
    ticket, comes = received
    if ticket.taken == now:
        return CheckedIn(TakenTicket(ticket, ticket.ahead, ticket.wait_min), comes)
    return CheckedIn(office.read(with_wait, ticket, now), comes)


def expected_today(snapshot: Snapshot, now: Moment) -> list[ExpectedAppointment]:
    """The appointments of today at the stop of the open visit, by time; without a visit, anywhere.

    Without a trusted clock, those of any day. A topic that the profile has
    lost since the import is left out.
    """
    topics = {topic.id for topic in snapshot.profile.topics}
    if now.trusted:
        found = appointments.between(snapshot.connection, *day_bounds(local_date(now)))
    else:
        found = appointments.list_all(snapshot.connection)
    return [
        _expected(snapshot, appointment, now)
        for appointment in found
        if (snapshot.visit is None or appointment.stop in {None, snapshot.visit.stop})
        and appointment.topic in topics
    ]


def _expected(snapshot: Snapshot, appointment: Appointment, now: Moment) -> ExpectedAppointment:
    grace_min, ticket = (
        snapshot.profile.appointment_grace_min,
        ticket_of(snapshot.connection, appointment),
    )
    if ticket:
        presence = Presence.CHECKED_IN
    elif punctuality(appointment.time, now, grace_min) is Punctuality.TOO_LATE:
        presence = Presence.NO_SHOW
    else:
        presence = Presence.EXPECTED
    return ExpectedAppointment(appointment, presence, ticket)


def _receive(
    act: Action, appointment: Appointment, request: CheckInRequest, drafted: Draft | None
) -> tuple[Ticket, Punctuality]:
    if request.topic not in {None, appointment.topic}:
        raise AppointmentForOtherTopic(appointment.topic)
    ticket = ticket_of(act.connection, appointment)
    wished = tickets.by_wish(act.connection, request.wish) if request.wish else None
    if wished:
        if wished != ticket or wished.language != request.language:
            raise WishOfAnother
        grace_min = act.profile.appointment_grace_min
        return wished, punctuality(appointment.time, wished.taken, grace_min)
    if ticket:
        if ticket.state in ENDED:
            raise AppointmentUsed(ticket.number)
        ticket, again = _come_again(act, ticket)
        act.announce(AppointmentCheckedIn(ticket.id, ticket.number, again, request.scanned))
        return ticket, again
    _check_fits(act, appointment)
    return _admit(act, appointment, request, drafted)


def _come_again(act: Action, ticket: Ticket) -> tuple[Ticket, Punctuality]:
    """Put a parked or missed ticket back into the queue: its holder checks in again."""
    if ticket.state in AT_DESK:
        return ticket, Punctuality.CALLED
    if ticket.state is TicketState.WAITING:
        return ticket, Punctuality.AGAIN
    with act.undoable(UndoKind.PUT_BACK):
        back = act.apply(transitions.put_back(ticket, place_back_in_line(act, ticket)))
    return back, Punctuality.BACK


def _check_fits(act: Action, appointment: Appointment) -> None:
    begins, visit = appointment.time.astimezone(BERLIN), act.visit
    if act.now.trusted and begins.date() != local_date(act.now):
        raise AppointmentOnOtherDay(begins.date().isoformat(), f"{begins:%H:%M}")
    if appointment.stop not in {None, visit.stop}:
        names = {stop.id: stop.name for stop in act.profile.stops}
        raise AppointmentAtOtherStop(names.get(appointment.stop, str(appointment.stop)))
    if appointment.topic not in visit.topics:
        raise TopicNotOffered(appointment.topic)


def _admit(
    act: Action, appointment: Appointment, request: CheckInRequest, drafted: Draft | None
) -> tuple[Ticket, Punctuality]:
    comes = punctuality(appointment.time, act.now, act.profile.appointment_grace_min)
    ticket = _ticket(act, appointment, request, act.now)
    if drafted is None or drafted.ticket.appointment != ticket.appointment:
        drafted = Draft(ticket, entry=0)  # it has been imported since
    with act.undoable(UndoKind.CHECK_IN):
        ticket = new_tickets.insert(act, drafted, request.wish)
        appointments.save(act.connection, replace(appointment, ticket=ticket.id))
        act.announce(AppointmentCheckedIn(ticket.id, ticket.number, comes, request.scanned))
    return ticket, comes


def _ticket(
    transaction: Transaction, appointment: Appointment, request: CheckInRequest, now: Moment
) -> Ticket:
    profile = transaction.profile
    comes = punctuality(appointment.time, now, profile.appointment_grace_min)
    language = profile.language(request.language)
    return replace(
        new_tickets.walk_in(appointment.topic, language, now, priority=request.priority),
        appointment=appointment.time,
        late=comes is Punctuality.TOO_LATE,
    )


def _drafted(
    snapshot: Snapshot, code: str | None, request: CheckInRequest, now: Moment
) -> Draft | None:
    """The draft of the ticket for an expected code, if there is one."""
    appointment = appointments.by_code(snapshot.connection, code) if code else None
    if appointment is None:
        return None
    return new_tickets.draft(snapshot, _ticket(snapshot, appointment, request, now))
