"""Actions of citizens: take a ticket, press a smiley."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kiosk.domain import number, queue
from kiosk.domain.action import ActionKind
from kiosk.domain.errors import TopicNotOffered, WishOfAnother
from kiosk.domain.events import FeedbackGiven, FeedbackTakenBack, TicketTaken
from kiosk.domain.feedback import BUTTONS_SURFACE, STAFF_OR_API, Feedback, validate_score
from kiosk.domain.ids import FeedbackId, TicketId
from kiosk.domain.ticket import Ticket, TicketState
from kiosk.service import smileys
from kiosk.service.action import action
from kiosk.service.waiting import Forecast
from kiosk.store import answers, feedback, journal, series, tickets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.domain.ids import LanguageCode, QuestionId, Surface, TopicId
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Choice, Profile
    from kiosk.domain.visit import Visit
    from kiosk.service.action import Action
    from kiosk.service.office import Office, Snapshot, Transaction
    from kiosk.service.smileys import RecordedPress


LETTERS = "visit:letter:"
"""The series of the numbers of each letter."""

CODE_BYTES = 9
"""What makes the name of a ticket's page impossible to guess: 72 bits."""


@dataclass(frozen=True, slots=True)
class TicketRequest:
    """A number to be given.

    `wish` is the idempotency key of one citizen: asked again with the same one, after a double tap
    or a crash, the same ticket is the answer. `desk` is where staff take it for a citizen: they may
    also when the intake is closed or the contingent used up. `answers` to the questions of the
    profile are choices by question; one may give priority, as `priority` does.
    """

    topic: str
    language: str
    wish: str | None = None
    priority: bool = False
    desk: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TakenTicket:
    """A ticket, how many people are to be called before it, and the range of its wait.

    `estimate_min` is None while it is unknown.
    """

    ticket: Ticket
    ahead: int
    estimate_min: tuple[int, int] | None = None


def take_ticket(office: Office, request: TicketRequest, now: Moment) -> TakenTicket:
    """Give a number.

    Raises `NoVisitOpen`, `TopicNotOffered`, `IntakeClosed`, `ContingentUsedUp`, `Unknown`,
    `NumbersExhausted`, and `WishOfAnother` for a wish that has led to a ticket for another topic or
    in another language.
    """
    topic = office.profile.topic(request.topic).id
    language = office.profile.language(request.language)
    chosen = office.profile.choices_of(request.answers)
    priority = request.priority or any(each.effect == "priority" for each in chosen.values())
    with action(office, now, request.desk) as act:
        ticket = tickets.by_wish(act.connection, request.wish) if request.wish else None
        if ticket is None:
            _check_given(act.visit, topic, by_staff=act.desk is not None)
            ticket = new_ticket(act, draw_number(act, topic), topic, language)
            place = queue.initial_place(ticket.sequence, priority=priority)
            ticket = replace(ticket, priority=priority, place=place)
            with act.undoable(ActionKind.TAKE, ticket.id):
                act.insert(ticket, request.wish)
                _keep_answers(act, ticket, chosen)
            announce_taken(act, ticket)
        elif (_asked_topic(act, ticket), ticket.language) != (
            topic,
            language,
        ) or ticket.appointment:
            raise WishOfAnother
    return office.read(with_wait, ticket, now)  # outside the write lock: the estimate takes long


def new_ticket(act: Action, number: str, topic: TopicId, language: LanguageCode) -> Ticket:
    """A walk-in at the end of the line, not stored yet."""
    sequence = series.following(act.connection, "visit:sequence")
    return Ticket(
        id=TicketId(series.following(act.connection, "ticket")),
        number=number,
        sequence=sequence,
        topic=topic,
        language=language,
        priority=False,
        place=sequence,
        taken=act.now,
        code=secrets.token_urlsafe(CODE_BYTES),
    )


def ticket_for_wish(view: Snapshot, wish: str, now: Moment) -> TakenTicket | None:
    """The ticket that a wish has led to, if it has."""
    ticket = tickets.by_wish(view.connection, wish)
    return with_wait(view, ticket, now) if ticket else None


def ticket_by_id(view: Snapshot, ticket_id: TicketId, now: Moment) -> TakenTicket | None:
    """The ticket of that id; None when the visit is over."""
    ticket = tickets.by_id(view.connection, ticket_id)
    return with_wait(view, ticket, now) if ticket else None


def ticket_by_code(view: Snapshot, code: str, now: Moment) -> TakenTicket | None:
    """The ticket whose page has that name; None when there is none, or the visit is over."""
    ticket = tickets.by_code(view.connection, code)
    return with_wait(view, ticket, now) if ticket else None


def page_url(profile: Profile, ticket: Ticket) -> str | None:
    """The address of a ticket's page; None for a service without a network in its bus."""
    return f"{profile.bus_network}/t/{ticket.code}" if profile.bus_network else None


def give_feedback(
    office: Office, score: int, now: Moment, surface: Surface = STAFF_OR_API
) -> RecordedPress:
    """Keep a smiley pressed on that surface. Raises `NoVisitOpen`, `ScoreOutOfRange`."""
    checked = validate_score(score, office.profile.score_levels)
    with action(office, now) as act:
        feedback_id = FeedbackId(series.following(act.connection, "feedback"))
        trial = act.visit.trial_left_s(now) > 0
        press = Feedback(feedback_id, checked, now, surface, trial)
        given = smileys.record_press(act.connection, press)
        if given.kept:
            act.announce(FeedbackGiven(feedback_id, surface == BUTTONS_SURFACE, given.thanked))
    return given


def take_back_feedback(office: Office, feedback_id: FeedbackId, now: Moment) -> bool:
    """Undo a press on the wrong smiley; says whether it was still there."""
    with action(office, now) as act:
        if not feedback.delete(act.connection, feedback_id):
            return False
        smileys.reevaluate(act.connection)  # without it, others may count
        act.announce(FeedbackTakenBack(feedback_id))
    return True


def with_wait(view: Snapshot, ticket: Ticket, now: Moment) -> TakenTicket:
    """A ticket with what its owner is told about the wait."""
    if ticket.state is not TicketState.WAITING:
        return TakenTicket(ticket, ahead_of(view, ticket, now))
    return TakenTicket(ticket, ahead_of(view, ticket, now), Forecast(view, now).wait_of(ticket))


def announce_taken(act: Action, ticket: Ticket) -> None:
    """Tell of a ticket that has just been stored."""
    ahead = ahead_of(act, ticket, act.now)
    act.announce(TicketTaken(ticket.id, ticket.number, ticket.topic, ticket.language, ahead))


def draw_number(act: Action, topic: TopicId) -> str:
    """The next number for a topic; a number that was shown is not given again."""
    connection, letter = act.connection, act.profile.group_of(topic).letter
    name = f"{LETTERS}{letter}"
    last = series.last_of(connection, name)
    running = number.next_running_number(letter, last, tickets.numbers_in_use(connection, letter))
    series.remember(connection, name, running)
    return number.format_number(letter, running)


def ahead_of(transaction: Transaction, ticket: Ticket, now: Moment) -> int:
    """How many waiting people are to be called before this ticket."""
    desks = [desk.topics for desk in transaction.desk_states()]
    return len(queue.entries_ahead(transaction.waiting(), ticket, desks, now))


def _keep_answers(act: Action, ticket: Ticket, chosen: Mapping[QuestionId, Choice]) -> None:
    """Only what is counted: the effect of the others has been taken already."""
    counted = {name: each.id for name, each in chosen.items() if act.profile.question(name).counted}
    answers.insert(act.connection, ticket.id, counted)


def _check_given(visit: Visit, topic: TopicId, *, by_staff: bool) -> None:
    if not by_staff:
        visit.check_open(topic)
    elif topic not in visit.topics:
        raise TopicNotOffered(topic)


def _asked_topic(act: Action, ticket: Ticket) -> TopicId:
    """The topic for which a ticket was taken: once called, it may have been transferred."""
    taken = None
    if ticket.first_call is not None:
        taken = journal.of_ticket(act.connection, TicketTaken, ticket.id)
    return taken.event.topic if taken and isinstance(taken.event, TicketTaken) else ticket.topic
