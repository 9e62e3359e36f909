"""The public view of the day: for call display, status screens and programs without a token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.console.api.shapes import (
    CallAnswer,
    DeskAnswer,
    StateAnswer,
    TopicAnswer,
    VisitAnswer,
)
from kiosk.domain.ticket import TicketState
from kiosk.service.queue_view import Call, DeskView, QueueView, TopicView, latest_calls, queue_view
from kiosk.service.waiting import Forecast, Minutes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kiosk.console.http.context import ConsoleContext
    from kiosk.domain.ids import TopicId
    from kiosk.domain.profile import Profile
    from kiosk.domain.visit import Visit

CALLS_TOLD = 8


def public_state(context: ConsoleContext) -> StateAnswer:
    """What everybody may know now."""
    profile, now = context.office.profile, context.now()
    with context.office.snapshot() as snapshot:
        view, calls = queue_view(snapshot), latest_calls(snapshot, CALLS_TOLD)
        stale = view.visit and context.topic_waits.stale(view.entry, now)
        forecast = Forecast(snapshot, now) if stale else None
    waits = context.topic_waits.at(view.entry, now, forecast) if view.visit else {}
    return StateAnswer(
        entry=view.entry,
        open=view.visit is not None,
        visit=visit_answer(profile, view.visit) if view.visit else None,
        waiting=len(view.in_state(TicketState.WAITING)),
        topics=[_topic_answer(view, topic, waits) for topic in view.topics],
        desks=[desk_answer(desk) for desk in view.desks],
        called=_answers(_not_yet_come(view, calls)),
        calls=_answers(calls),
    )


def desk_answer(desk: DeskView) -> DeskAnswer:
    """A desk with those of today's topics that it handles now."""
    return DeskAnswer(desk.id, desk.topics, desk.at_work, desk.wants_help)


def visit_answer(profile: Profile, visit: Visit) -> VisitAnswer:
    """A visit with the name of its stop."""
    return VisitAnswer(visit.id, visit.stop, profile.stop(visit.stop).name, visit.intake)


def _topic_answer(
    view: QueueView, topic: TopicView, waits: Mapping[TopicId, Minutes]
) -> TopicAnswer:
    taking = view.visit is not None and topic.id in view.visit.open_topics
    return TopicAnswer(topic.id, topic.group, topic.waiting, taking, waits.get(topic.id))


def _not_yet_come(view: QueueView, calls: Iterable[Call]) -> list[Call]:
    called = {ticket.id: ticket.desk for ticket in view.in_state(TicketState.CALLED)}
    return [call for call in calls if called.get(call.ticket) == call.desk]


def _answers(calls: Iterable[Call]) -> list[CallAnswer]:
    return [CallAnswer(call.entry, call.number, call.desk) for call in calls]
