"""What citizens do: take a number, press a smiley."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain import number, queue
from kiosk.domain.errors import TopicNotOffered, Unknown
from kiosk.domain.events import FeedbackGiven, FeedbackTakenBack, TicketTaken
from kiosk.domain.feedback import Feedback, checked_score
from kiosk.domain.ids import FeedbackId, LanguageCode, TicketId, TopicId
from kiosk.domain.ticket import Ticket
from kiosk.service.office import Office, announce, open_visit_of
from kiosk.store import feedback, series, tickets

if TYPE_CHECKING:
    from kiosk.domain.moment import Moment
    from kiosk.store.database import Connection


@dataclass(frozen=True, slots=True)
class TakenTicket:
    """A ticket and how many people are to be called before it."""

    ticket: Ticket
    ahead: int


def take_ticket(  # noqa: PLR0913 - the two keywords are optional
    office: Office,
    topic: str,
    language: str,
    now: Moment,
    *,
    wish: str | None = None,
    priority: bool = False,
) -> TakenTicket:
    """Give a number.

    `wish` names one citizen's wish: asked again with the same one, after a double tap or a crash,
    the same ticket is the answer. Raises `NoVisitOpen`, `TopicNotOffered`, `Unknown`,
    `NumbersExhausted`.
    """
    _check(office, topic, language)
    with office.database.write() as connection:
        visit = open_visit_of(connection)
        known = tickets.by_wish(connection, wish) if wish else None
        if known:
            return TakenTicket(known, ahead_of(office, connection, known))
        if topic not in visit.topics:
            raise TopicNotOffered(topic)
        ticket = Ticket(
            id=TicketId(series.following(connection, "ticket")),
            number=_next_number(connection, office.profile.group_of(topic).letter),
            sequence=(sequence := series.following(connection, "visit:sequence")),
            topic=TopicId(topic),
            language=LanguageCode(language),
            priority=priority,
            place=queue.first_place(sequence, priority=priority),
            taken=now,
        )
        tickets.insert(connection, ticket, wish)
        taken = TakenTicket(ticket, ahead_of(office, connection, ticket))
        event = TicketTaken(ticket.id, ticket.number, ticket.topic, ticket.language, taken.ahead)
        announce(connection, event, now, visit)
    return taken


def ticket_for_wish(office: Office, wish: str) -> TakenTicket | None:
    """The ticket that a wish has led to, if it has."""
    with office.database.read() as connection:
        ticket = tickets.by_wish(connection, wish)
        return TakenTicket(ticket, ahead_of(office, connection, ticket)) if ticket else None


def give_feedback(office: Office, score: int, now: Moment) -> FeedbackId:
    """Keep a smiley. Raises `NoVisitOpen`, `ScoreOutOfRange`."""
    checked = checked_score(score, office.profile.score_levels)
    with office.database.write() as connection:
        visit = open_visit_of(connection)
        feedback_id = FeedbackId(series.following(connection, "feedback"))
        feedback.insert(connection, Feedback(feedback_id, checked, now))
        announce(connection, FeedbackGiven(feedback_id), now, visit)
    return feedback_id


def take_back_feedback(office: Office, feedback_id: FeedbackId, now: Moment) -> bool:
    """Undo a press on the wrong smiley; says whether it was still there."""
    with office.database.write() as connection:
        visit = open_visit_of(connection)
        if not feedback.delete(connection, feedback_id):
            return False
        announce(connection, FeedbackTakenBack(feedback_id), now, visit)
    return True


def _check(office: Office, topic: str, language: str) -> None:
    office.profile.topic(topic)
    if language not in office.profile.languages:
        raise Unknown("language", language, office.profile.languages)


def _next_number(connection: Connection, letter: str) -> str:
    name = f"visit:letter:{letter}"
    last = series.last_of(connection, name)
    running = number.following(letter, last, tickets.numbers_in_use(connection, letter))
    series.remember(connection, name, running)
    return number.written(letter, running)


def ahead_of(office: Office, connection: Connection, ticket: Ticket) -> int:
    """How many waiting people are to be called before this ticket."""
    desks = [office.profile.topics_of_desk(desk.id) for desk in office.profile.desks]
    return queue.ahead(tickets.waiting(connection), ticket, desks)
