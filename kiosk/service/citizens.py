"""What citizens do: take a number, press a smiley."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.domain import number, queue
from kiosk.domain.action import ActionKind
from kiosk.domain.errors import TopicNotOffered, Unknown
from kiosk.domain.events import FeedbackGiven, FeedbackTakenBack, TicketTaken
from kiosk.domain.feedback import BUTTONS, ELSEWHERE, Feedback, checked_score
from kiosk.domain.ids import FeedbackId, LanguageCode, TicketId
from kiosk.domain.ticket import Ticket
from kiosk.service import smileys
from kiosk.service.desks import all_today
from kiosk.service.office import Office, announce, open_visit_of, tell_offer
from kiosk.service.undo_log import kept
from kiosk.service.waiting import wait_of
from kiosk.store import feedback, series, tickets

if TYPE_CHECKING:
    from kiosk.domain.ids import Surface, TopicId
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Profile
    from kiosk.domain.visit import Visit
    from kiosk.service.smileys import Given
    from kiosk.store.database import Connection


LETTERS = "visit:letter:"
"""The series of the numbers of each letter."""

CODE_BYTES = 9
"""What makes the name of a ticket's page impossible to guess: 72 bits."""


@dataclass(frozen=True, slots=True)
class TakenTicket:
    """A ticket, how many people are to be called before it, and the range of its wait.

    `estimate_min` is None while nobody knows.
    """

    ticket: Ticket
    ahead: int
    estimate_min: tuple[int, int] | None = None


def take_ticket(  # noqa: PLR0913 - the keywords are optional
    office: Office,
    topic: str,
    language: str,
    now: Moment,
    *,
    wish: str | None = None,
    priority: bool = False,
    desk: str | None = None,
) -> TakenTicket:
    """Give a number.

    `wish` names one citizen's wish: asked again with the same one, after a double tap or a crash,
    the same ticket is the answer. `desk` is where staff take it for somebody: they may also when
    the intake is closed or the contingent used up. Raises `NoVisitOpen`, `TopicNotOffered`,
    `IntakeClosed`, `ContingentUsedUp`, `Unknown`, `NumbersExhausted`.
    """
    topic_id = office.profile.topic(topic).id
    desk_id = office.profile.desk(desk).id if desk else None
    if language not in office.profile.languages:
        raise Unknown("language", language, office.profile.languages)
    with office.database.write() as connection:
        visit = open_visit_of(connection)
        ticket = tickets.by_wish(connection, wish) if wish else None
        if ticket is None:
            _check_given(visit, topic_id, by_staff=desk_id is not None)
            drawn = draw_number(connection, office.profile.group_of(topic).letter)
            ticket = new_ticket(connection, drawn, topic_id, LanguageCode(language), now)
            place = queue.first_place(ticket.sequence, priority=priority)
            ticket = replace(ticket, priority=priority, place=place)
            with kept(connection, desk_id, ActionKind.TAKE, [ticket.id], now):
                tickets.insert(connection, ticket, wish)
            announce_taken(office, connection, ticket, now, visit)
    with office.database.read() as connection:  # nobody waits for the lock meanwhile
        return told(office, connection, ticket, now)


def new_ticket(
    connection: Connection, number: str, topic: TopicId, language: LanguageCode, now: Moment
) -> Ticket:
    """A walk-in at the end of the line, not stored yet."""
    sequence = series.following(connection, "visit:sequence")
    return Ticket(
        id=TicketId(series.following(connection, "ticket")),
        number=number,
        sequence=sequence,
        topic=topic,
        language=language,
        priority=False,
        place=sequence,
        taken=now,
        code=secrets.token_urlsafe(CODE_BYTES),
    )


def ticket_for_wish(office: Office, wish: str, now: Moment) -> TakenTicket | None:
    """The ticket that a wish has led to, if it has."""
    with office.database.read() as connection:
        ticket = tickets.by_wish(connection, wish)
        return told(office, connection, ticket, now) if ticket else None


def ticket_by_id(office: Office, ticket_id: TicketId, now: Moment) -> TakenTicket | None:
    """The ticket of that id; None when the visit is over."""
    with office.database.read() as connection:
        ticket = tickets.by_id(connection, ticket_id)
        return told(office, connection, ticket, now) if ticket else None


def ticket_by_code(office: Office, code: str, now: Moment) -> TakenTicket | None:
    """The ticket whose page has that name; None when there is none, or the visit is over."""
    with office.database.read() as connection:
        ticket = tickets.by_code(connection, code)
        return told(office, connection, ticket, now) if ticket else None


def page_of(profile: Profile, ticket: Ticket) -> str | None:
    """The address of a ticket's page; None for a service without a network in its bus."""
    return f"{profile.bus_network}/t/{ticket.code}" if profile.bus_network else None


def give_feedback(office: Office, score: int, now: Moment, surface: Surface = ELSEWHERE) -> Given:
    """Keep a smiley pressed on that surface. Raises `NoVisitOpen`, `ScoreOutOfRange`."""
    checked = checked_score(score, office.profile.score_levels)
    with office.database.write() as connection:
        visit = open_visit_of(connection)
        feedback_id = FeedbackId(series.following(connection, "feedback"))
        trial = visit.trial_left_s(now) > 0
        given = smileys.keep(connection, Feedback(feedback_id, checked, now, surface, trial))
        if given.kept:
            event = FeedbackGiven(feedback_id, surface == BUTTONS, given.thanked)
            announce(connection, event, now, visit)
    return given


def take_back_feedback(office: Office, feedback_id: FeedbackId, now: Moment) -> bool:
    """Undo a press on the wrong smiley; says whether it was still there."""
    with office.database.write() as connection:
        visit = open_visit_of(connection)
        if not feedback.delete(connection, feedback_id):
            return False
        smileys.judged(connection)  # without it, others may count
        announce(connection, FeedbackTakenBack(feedback_id), now, visit)
    return True


def told(office: Office, connection: Connection, ticket: Ticket, now: Moment) -> TakenTicket:
    """A ticket with what its owner is told about the wait."""
    ahead = ahead_of(office, connection, ticket, now)
    return TakenTicket(ticket, ahead, wait_of(office.profile, connection, ticket, now))


def announce_taken(
    office: Office, connection: Connection, ticket: Ticket, now: Moment, visit: Visit
) -> None:
    """Tell of a ticket that has just been stored."""
    ahead = ahead_of(office, connection, ticket, now)
    event = TicketTaken(ticket.id, ticket.number, ticket.topic, ticket.language, ahead)
    announce(connection, event, now, visit)
    tell_offer(connection, visit, now)


def _check_given(visit: Visit, topic: TopicId, *, by_staff: bool) -> None:
    if not by_staff:
        visit.check_taking(topic)
    elif topic not in visit.topics:
        raise TopicNotOffered(topic)


def draw_number(connection: Connection, letter: str) -> str:
    """The next number of a letter; a number that was shown is not given again."""
    name = f"{LETTERS}{letter}"
    last = series.last_of(connection, name)
    running = number.following(letter, last, tickets.numbers_in_use(connection, letter))
    series.remember(connection, name, running)
    return number.written(letter, running)


def ahead_of(office: Office, connection: Connection, ticket: Ticket, now: Moment) -> int:
    """How many waiting people are to be called before this ticket."""
    desks = [desk.topics for desk in all_today(office.profile, connection)]
    return len(queue.ahead(tickets.waiting(connection), ticket, desks, now))
