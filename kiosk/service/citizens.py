"""Actions of citizens: take a ticket, press a smiley."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kiosk.domain import queue
from kiosk.domain import ticket as transitions
from kiosk.domain.errors import TopicNotOffered, WishOfAnother, WrongState
from kiosk.domain.events import (
    AnswerChanged,
    FeedbackGiven,
    FeedbackTakenBack,
    TicketTaken,
    TicketWithdrawn,
)
from kiosk.domain.feedback import (
    BUTTONS_SURFACE,
    PHONES,
    STAFF_OR_API,
    Feedback,
    validate_score,
)
from kiosk.domain.ids import FeedbackId
from kiosk.domain.phone_share import check_share
from kiosk.domain.ticket import TicketState
from kiosk.domain.undo_kind import UndoKind
from kiosk.service import new_tickets, smileys, survey
from kiosk.service.action import action
from kiosk.service.refused_demand import counting_refused
from kiosk.service.wait_forecast import Forecast, ahead_of
from kiosk.store import answers, feedback, journal, series, survey_answers, tickets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.domain.ids import ChoiceId, QuestionId, Surface, TicketId, TopicId
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Profile
    from kiosk.domain.question import Choice
    from kiosk.domain.ticket import Ticket
    from kiosk.service.action import Action
    from kiosk.service.office import Office, Snapshot
    from kiosk.service.smileys import RecordedPress


@dataclass(frozen=True, slots=True)
class TicketRequest:
    """A number to be given.

    `wish` is the idempotency key of one citizen: asked again with the same one, after a double tap
    or a crash, the same ticket is the answer. `desk` is where staff take it for a citizen: they may
    also when the intake is closed or the contingent used up. `answers` to the questions of the
    profile are choices by question; one may give priority, as `priority` does. Numbers drawn
    `by_phone` have no slip, and are a share of all.
    """

    topic: str
    language: str
    wish: str | None = None
    priority: bool = False
    desk: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    by_phone: bool = False


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

    Raises `NoVisitOpen`, `TopicNotOffered`, `OnlyByAppointment`, `IntakeClosed`,
    `ContingentUsedUp`, `PhoneShareUsedUp`, `Unknown`, `NumbersExhausted`, and `WishOfAnother` for a
    wish that has led to a ticket for another topic or in another language.
    """
    topic = office.profile.topic(request.topic).id
    language = office.profile.language(request.language)
    chosen = office.profile.choices_of(request.answers)
    priority = request.priority or any(each.effect == "priority" for each in chosen.values())
    ticket = new_tickets.walk_in(topic, language, now, priority=priority)
    ticket = replace(ticket, by_phone=request.by_phone)
    draft = office.read(new_tickets.draft, ticket)  # outside the write lock
    with counting_refused(office, topic, now), action(office, now, request.desk) as act:
        known = tickets.by_wish(act.connection, request.wish) if request.wish else None
        if known is None:
            act.check_left_open()
            _check_given(act, topic, by_phone=request.by_phone)
            with act.undoable(UndoKind.TAKE):
                ticket = new_tickets.insert(act, draft, request.wish)
                _keep_answers(act, ticket, chosen)
        elif known.appointment or (_asked_topic(act, known), known.language) != (topic, language):
            raise WishOfAnother
    if known:
        return office.read(with_wait, known, now)
    return TakenTicket(ticket, ticket.ahead, ticket.wait_min)


def ticket_for_wish(snapshot: Snapshot, wish: str, now: Moment) -> TakenTicket | None:
    """The ticket that a wish has led to, if it has."""
    ticket = tickets.by_wish(snapshot.connection, wish)
    return with_wait(snapshot, ticket, now) if ticket else None


def ticket_by_id(snapshot: Snapshot, ticket_id: TicketId, now: Moment) -> TakenTicket | None:
    """The ticket of that id; None when the visit is over."""
    ticket = tickets.by_id(snapshot.connection, ticket_id)
    return with_wait(snapshot, ticket, now) if ticket else None


def ticket_by_code(snapshot: Snapshot, code: str, now: Moment) -> TakenTicket | None:
    """The ticket whose page has that name; None when there is none, or the visit is over."""
    ticket = tickets.by_code(snapshot.connection, code)
    return with_wait(snapshot, ticket, now) if ticket else None


def answer(
    office: Office, ticket_id: TicketId, question: str, choice: str | None, now: Moment
) -> None:
    """Keep the answer that the holder of a number gave to a question; None takes it back.

    Said twice, it changes nothing. Raises `Unknown`, `NoVisitOpen`, and `WrongState` for a number
    that does not wait any more.
    """
    asked = office.profile.question(question)
    chosen = asked.choice(choice) if choice else None
    with action(office, now) as act:
        ticket = act.ticket(ticket_id)
        if asked.is_kept:
            answers.replace(act.connection, ticket.id, asked.id, chosen.id if chosen else None)
        if asked.shown_at_desk:
            act.announce(AnswerChanged(ticket.id, ticket.number))
        if not any(each.effect == "priority" for each in asked.choices):
            return
        priority = bool(chosen and chosen.effect == "priority")
        place = queue.place_with_priority(ticket, priority=priority)
        transition = transitions.set_priority(ticket, place, priority=priority)
        if ticket.priority != priority:
            act.apply(transition)


def answers_of(snapshot: Snapshot, ticket: Ticket) -> dict[QuestionId, ChoiceId]:
    """What was answered for a ticket; of an answer that is not counted its effect tells."""
    given = {
        question.id: choice.id
        for question in snapshot.profile.questions
        for choice in question.choices
        if choice.effect == "priority" and ticket.priority
    }
    return given | answers.of_ticket(snapshot.connection, ticket.id)


def give_back(office: Office, ticket_id: TicketId, now: Moment) -> None:
    """Withdraw a number that its holder does not want. Said twice, it changes nothing.

    Raises `WrongState` for one that has been called, `Unknown`, `NoVisitOpen`.
    """
    with action(office, now) as act:
        ticket = act.ticket(ticket_id)
        if ticket.state is TicketState.WITHDRAWN:
            return
        if ticket.state is not TicketState.WAITING:
            raise WrongState(ticket.number, ticket.state, "given back")
        act.apply(transitions.withdraw(ticket, now, given_back=True))


def is_given_back(snapshot: Snapshot, ticket: Ticket) -> bool:
    """Whether its holder gave it back; staff may have withdrawn it instead."""
    if ticket.state is not TicketState.WITHDRAWN:
        return False
    entry = journal.of_ticket(snapshot.connection, TicketWithdrawn, ticket.id, newest=True)
    event = entry.event if entry else None
    return isinstance(event, TicketWithdrawn) and event.given_back


def page_url(profile: Profile, ticket: Ticket) -> str | None:
    """The address of a ticket's page; None for a service without a network in its bus."""
    return f"{profile.bus_network}/t/{ticket.code}" if profile.bus_network else None


def give_feedback(
    office: Office,
    score: int,
    now: Moment,
    surface: Surface = STAFF_OR_API,
    *,
    with_survey: bool = False,
) -> RecordedPress:
    """Keep a smiley pressed on that surface. No phone takes part in a trial of the buttons.

    `with_survey` says that the surface can ask a question next.

    Raises `NoVisitOpen`, `VisitLeftOpen`, `ScoreOutOfRange`.
    """
    checked = validate_score(score, office.profile.score_levels)
    with action(office, now) as act:
        act.check_left_open()
        feedback_id = FeedbackId(series.next_value(act.connection, "feedback"))
        trial = surface != PHONES and act.visit.trial_left_s(now) > 0
        press = Feedback(feedback_id, checked, now, surface, trial)
        given = smileys.record_press(act.connection, press)
        if with_survey and given.counted:
            given = replace(given, question=survey.ask_after(act, press))
        if given.kept:
            act.announce(FeedbackGiven(feedback_id, surface == BUTTONS_SURFACE, given.thanked))
    return given


def take_back_feedback(
    office: Office, feedback_id: FeedbackId, now: Moment, answer: ChoiceId | None = None
) -> bool:
    """Undo a press on the wrong smiley; says whether it was still there.

    `answer` to the question that followed goes with it: the box does not know which it was.
    """
    with action(office, now) as act:
        press = feedback.by_id(act.connection, feedback_id)
        if press is None:
            return False
        feedback.delete(act.connection, feedback_id)
        if press.asked and press.answered and answer:
            survey_answers.add(act.connection, press.asked, answer, -1)
        smileys.reevaluate(act.connection)  # without it, others may count
        act.announce(FeedbackTakenBack(feedback_id))
    return True


def with_wait(snapshot: Snapshot, ticket: Ticket, now: Moment) -> TakenTicket:
    """A ticket with the forecast of its wait."""
    if ticket.state is not TicketState.WAITING:
        return TakenTicket(ticket, ahead_of(snapshot, ticket, now))
    return TakenTicket(
        ticket, ahead_of(snapshot, ticket, now), Forecast(snapshot, now).wait_of(ticket)
    )


def _check_given(act: Action, topic: TopicId, *, by_phone: bool) -> None:
    """Staff may give more than citizens can take, and the glass more than phones."""
    if act.desk is None:
        act.visit.check_open(topic, act.profile)
        if by_phone:
            check_share(topic, tickets.list_all(act.connection), act.visit)
    elif topic not in act.visit.topics:
        raise TopicNotOffered(topic)


def _keep_answers(act: Action, ticket: Ticket, chosen: Mapping[QuestionId, Choice]) -> None:
    """Only what is counted or shown: the effect of the others has been taken already."""
    kept = {name: each.id for name, each in chosen.items() if act.profile.question(name).is_kept}
    answers.insert(act.connection, ticket.id, kept)


def _asked_topic(act: Action, ticket: Ticket) -> TopicId:
    """The topic for which a ticket was taken: once called, it may have been transferred."""
    taken = None
    if ticket.first_call is not None:
        taken = journal.of_ticket(act.connection, TicketTaken, ticket.id)
    return taken.event.topic if taken and isinstance(taken.event, TicketTaken) else ticket.topic
