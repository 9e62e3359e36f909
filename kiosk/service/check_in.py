"""Check in people who have an appointment, and see who is expected today."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.domain import queue
from kiosk.domain.action import ActionKind
from kiosk.domain.appointment import Punctuality, punctuality
from kiosk.domain.appointment_code import mistyped, written
from kiosk.domain.errors import (
    AppointmentAtOtherStop,
    AppointmentForOtherTopic,
    AppointmentOnOtherDay,
    AppointmentUsed,
    TooManyCodes,
    TopicNotOffered,
    Unknown,
    UnknownCode,
    WishOfAnother,
)
from kiosk.domain.events import AppointmentCheckedIn
from kiosk.domain.ids import LanguageCode
from kiosk.domain.local_time import BERLIN, today
from kiosk.domain.ticket import ENDED
from kiosk.service.appointments import bounds_of, ticket_of
from kiosk.service.citizens import announce_taken, draw_number, new_ticket, told
from kiosk.service.office import Office, announce, open_visit_of
from kiosk.service.throttle import Throttle
from kiosk.service.undo_log import kept
from kiosk.store import appointments, tickets, visits

if TYPE_CHECKING:
    from kiosk.domain.appointment import Appointment
    from kiosk.domain.ids import DeskId
    from kiosk.domain.moment import Moment
    from kiosk.domain.ticket import Ticket
    from kiosk.domain.visit import Visit
    from kiosk.service.citizens import TakenTicket
    from kiosk.store.database import Connection

UNKNOWN_CODES = Throttle(
    "unknown_codes_tried", free=10, first_pause_s=30, longest_pause_s=30, forgotten_after_s=300
)
"""Over glass, scanner and programs together. Staff at a desk are not held up."""


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """The number of somebody who was expected, and how they keep their appointment."""

    taken: TakenTicket
    punctuality: Punctuality


class Presence(StrEnum):
    """What staff see of an appointment. NO_SHOW: the grace is over and nobody has come."""

    EXPECTED = "expected"
    CHECKED_IN = "checked_in"
    NO_SHOW = "no_show"


@dataclass(frozen=True, slots=True)
class Expected:
    """One line of today's list; `ticket` is the number of whoever has come."""

    appointment: Appointment
    presence: Presence
    ticket: Ticket | None


@dataclass(frozen=True, slots=True)
class _Arrival:
    """Somebody with a code, as they present themselves."""

    language: LanguageCode
    wish: str | None
    desk: DeskId | None
    topic: str | None
    priority: bool
    scanned: bool


def check_in(  # noqa: PLR0913 - the keywords are optional
    office: Office,
    code: str,
    language: str,
    now: Moment,
    *,
    wish: str | None = None,
    desk: str | None = None,
    topic: str | None = None,
    priority: bool = False,
    scanned: bool = False,
) -> CheckedIn:
    """Give whoever is expected with this code their number; the same one however often they ask.

    Works although the intake is closed or a contingent used up: who has an appointment is expected.
    `desk` is where staff do it, from there it can be undone; `scanned` tells the glass to answer.
    Without a trusted clock nobody knows the day, so every open appointment is due. Raises
    `NoVisitOpen`, `TooManyCodes`, `UnknownCode`, `AppointmentOnOtherDay`, `AppointmentAtOtherStop`,
    `AppointmentForOtherTopic`, `AppointmentUsed`, `TopicNotOffered`, `WishOfAnother`, `Unknown`,
    `NumbersExhausted`.
    """
    desk_id = office.profile.desk(desk).id if desk else None
    if language not in office.profile.languages:
        raise Unknown("language", language, office.profile.languages)
    arrival = _Arrival(LanguageCode(language), wish, desk_id, topic, priority, scanned)
    digits = written(code)
    with office.database.write() as connection:
        visit = open_visit_of(connection)
        if desk_id is None and (wait_s := UNKNOWN_CODES.pause_s(connection, now)):
            raise TooManyCodes(wait_s)
        appointment = appointments.by_code(connection, digits) if digits else None
        if appointment:
            return _receive(office, connection, appointment, arrival, now=now, visit=visit)
        if desk_id is None:
            UNKNOWN_CODES.count(connection, now)
    raise UnknownCode(mistyped=digits is not None and mistyped(digits))


def expected(office: Office, now: Moment) -> list[Expected]:
    """Whom to expect today at the stop of the open visit, by time; without a visit, anywhere.

    Without a trusted clock, everybody who is still to come on any day. A topic that the profile has
    lost since the import is left out.
    """
    topics = {topic.id for topic in office.profile.topics}
    with office.database.read() as connection:
        visit = visits.current(connection)
        if now.trusted:
            found = appointments.between(connection, *bounds_of(today(now)))
        else:
            found = appointments.everything(connection)
        return [
            _expected(office, appointment, ticket_of(connection, appointment), now)
            for appointment in found
            if (visit is None or appointment.stop in {None, visit.stop})
            and appointment.topic in topics
        ]


def _expected(
    office: Office, appointment: Appointment, ticket: Ticket | None, now: Moment
) -> Expected:
    grace_min = office.profile.appointment_grace_min
    if ticket:
        presence = Presence.CHECKED_IN
    elif punctuality(appointment.time, now, grace_min) is Punctuality.TOO_LATE:
        presence = Presence.NO_SHOW
    else:
        presence = Presence.EXPECTED
    return Expected(appointment, presence, ticket)


def _receive(  # noqa: PLR0913 - one transaction's things
    office: Office,
    connection: Connection,
    appointment: Appointment,
    arrival: _Arrival,
    *,
    now: Moment,
    visit: Visit,
) -> CheckedIn:
    if arrival.topic not in {None, appointment.topic}:
        raise AppointmentForOtherTopic(appointment.topic)
    ticket = ticket_of(connection, appointment)
    wished = tickets.by_wish(connection, arrival.wish) if arrival.wish else None
    if wished and wished != ticket:
        raise WishOfAnother
    if wished:
        grace_min = office.profile.appointment_grace_min
        kept_how = punctuality(appointment.time, wished.taken, grace_min)
        return CheckedIn(told(office, connection, wished, now), kept_how)
    if ticket:
        if ticket.state in ENDED:
            raise AppointmentUsed(ticket.number)
        again = Punctuality.AGAIN
        event = AppointmentCheckedIn(ticket.id, ticket.number, again, arrival.scanned)
        announce(connection, event, now, visit)
        return CheckedIn(told(office, connection, ticket, now), again)
    _check_fits(office, appointment, visit, now)
    return _admit(office, connection, appointment, arrival, now=now, visit=visit)


def _check_fits(office: Office, appointment: Appointment, visit: Visit, now: Moment) -> None:
    begins = appointment.time.astimezone(BERLIN)
    if now.trusted and begins.date() != today(now):
        raise AppointmentOnOtherDay(begins.date().isoformat(), f"{begins:%H:%M}")
    if appointment.stop not in {None, visit.stop}:
        names = {stop.id: stop.name for stop in office.profile.stops}
        raise AppointmentAtOtherStop(names.get(appointment.stop, str(appointment.stop)))
    if appointment.topic not in visit.topics:
        raise TopicNotOffered(appointment.topic)


def _admit(  # noqa: PLR0913 - one transaction's things
    office: Office,
    connection: Connection,
    appointment: Appointment,
    arrival: _Arrival,
    *,
    now: Moment,
    visit: Visit,
) -> CheckedIn:
    comes = punctuality(appointment.time, now, office.profile.appointment_grace_min)
    late = comes is Punctuality.TOO_LATE
    number = draw_number(connection, office.profile.group_of(appointment.topic).letter)
    ticket = new_ticket(connection, number, appointment.topic, arrival.language, now)
    ticket = replace(
        ticket,
        priority=arrival.priority,
        # Whoever is too late waits as a walk-in, and not behind everybody.
        place=queue.first_place(ticket.sequence, priority=arrival.priority or late),
        appointment=appointment.time,
        late=late,
    )
    with kept(connection, arrival.desk, ActionKind.CHECK_IN, [ticket.id], now):
        tickets.insert(connection, ticket, arrival.wish)
        appointments.save(connection, replace(appointment, ticket=ticket.id))
    announce_taken(office, connection, ticket, now, visit)
    event = AppointmentCheckedIn(ticket.id, ticket.number, comes, arrival.scanned)
    announce(connection, event, now, visit)
    return CheckedIn(told(office, connection, ticket, now), comes)
