"""State of the day: the public one, coarse; that of staff, with the number waiting by topic."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec
from litestar.concurrency import sync_to_thread

from kiosk.console.api.answer_schemas import (
    CallAnswer,
    DeskAnswer,
    GroupWaitAnswer,
    OfferedAnswer,
    QueueAnswer,
    StateAnswer,
    TopicAnswer,
    VisitAnswer,
)
from kiosk.console.events.state_cache import EncodedState
from kiosk.domain.ticket import TicketState
from kiosk.service.queue_view import latest_and_open_calls, newest_entry, queue_view
from kiosk.service.wait_forecast import Forecast

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from kiosk.console.http.context import ConsoleContext
    from kiosk.domain.ids import GroupId, TopicId
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Profile
    from kiosk.domain.visit import Visit
    from kiosk.service.office import Snapshot
    from kiosk.service.queue_view import Call, DeskView, QueueView, TopicView
    from kiosk.service.wait_forecast import Minutes

CALLS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one snapshot tells. `heard` is older than it: what comes in between is told again."""

    heard: int
    now: Moment
    view: QueueView
    calls: list[Call]
    called: list[Call]
    forecast: Forecast | None
    left_open: date | None


def public_state(context: ConsoleContext) -> StateAnswer:
    """The public state: nothing by topic but what is offered. Built once a change."""
    heard, now = context.broadcast.public_last, context.now()
    with context.office.snapshot() as snapshot:
        of = (heard, newest_entry(snapshot))
        kept: StateAnswer | None = context.state_cache.get(of)
        if kept and not context.group_waits.stale(heard, now):
            return kept
        reading = _read(context, snapshot, heard, now)
    state = _state(context, reading)
    context.state_cache.put(of, state)
    return state


async def encoded_state(context: ConsoleContext) -> bytes:
    """The same as JSON. While nothing is committed it costs no thread and reads no page."""
    cache = context.encoded_state
    async with cache.building:
        heard = context.broadcast.public_last
        of = (heard, context.data_version.now())
        kept = cache.get(of)
        if kept and not (kept.open and context.group_waits.stale(heard, context.now())):
            return kept.body
        encoded = await sync_to_thread(_encoded, context)
        cache.put(of, encoded)
        return encoded.body


def _encoded(context: ConsoleContext) -> EncodedState:
    state = public_state(context)
    return EncodedState(msgspec.json.encode(state), state.open)


def staff_queue(context: ConsoleContext) -> QueueAnswer:
    """The same with what is going on for each topic, and at the desks."""
    heard, now = context.broadcast.public_last, context.now()
    with context.office.snapshot() as snapshot:
        reading = _read(context, snapshot, heard, now)
    view = reading.view
    return QueueAnswer(
        **msgspec.structs.asdict(_state(context, reading)),
        journal=view.entry,
        left_open=reading.left_open.isoformat() if reading.left_open else None,
        topics=[_topic_answer(view, topic) for topic in view.topics],
        desks=[desk_answer(desk) for desk in view.desks],
    )


def _read(context: ConsoleContext, snapshot: Snapshot, heard: int, now: Moment) -> _Reading:
    view, (calls, called) = queue_view(snapshot), latest_and_open_calls(snapshot, CALLS_SHOWN)
    waits, visit = context.group_waits, view.visit
    left_open = visit.left_open_since(now) if visit else None
    old = visit and (waits.stale(heard, now) or not waits.are_of(visit.id))
    forecast = Forecast(snapshot, now) if old and not left_open else None
    return _Reading(heard, now, view, calls, called, forecast, left_open)


def _state(context: ConsoleContext, reading: _Reading) -> StateAnswer:
    """A visit that was left open over night counts as closed: no calls, no numbers."""
    profile, view = context.office.profile, reading.view
    if reading.left_open:
        view, reading = _without_visit(view), replace(reading, calls=[], called=[])
    waits: Mapping[GroupId, Minutes] = {}
    if view.visit:
        told = (reading.heard, reading.now, reading.forecast)
        waits = context.group_waits.at(view.visit.id, *told)
    offered = _offered(profile, view)
    return StateAnswer(
        entry=context.broadcast.ids.seal(reading.heard),
        open=view.visit is not None,
        visit=visit_answer(profile, view.visit) if view.visit else None,
        offered=[OfferedAnswer(topic, profile.topic(topic).group) for topic in offered],
        waiting=len(view.in_state(TicketState.WAITING)),
        estimate_minutes=_over_all(waits.values()),
        groups=_group_waits(profile, view, waits),
        called=_answers(context, reading.called),
        calls=_answers(context, reading.calls),
    )


def _without_visit(view: QueueView) -> QueueView:
    return replace(view, visit=None, topics=(), tickets=(), enquiries={})


def desk_answer(desk: DeskView) -> DeskAnswer:
    """A desk with those of today's topics that it handles now."""
    return DeskAnswer(desk.id, desk.topics, desk.at_work, desk.wants_help)


def visit_answer(profile: Profile, visit: Visit) -> VisitAnswer:
    """A visit with the name of its stop."""
    return VisitAnswer(
        visit.id, visit.stop, profile.stop(visit.stop).name, visit.intake, visit.practice
    )


def _offered(profile: Profile, view: QueueView) -> list[TopicId]:
    """What citizens can choose: not what has left the profile since the visit was opened."""
    topics = view.visit.topics if view.visit else ()
    return [topic for topic in topics if topic not in profile.orphans.topic_ids]


def _over_all(waits: Iterable[Minutes]) -> Minutes | None:
    ranges = list(waits)
    if not ranges:
        return None
    return min(low for low, _ in ranges), max(high for _, high in ranges)


def _group_waits(
    profile: Profile, view: QueueView, waits: Mapping[GroupId, Minutes]
) -> list[GroupWaitAnswer]:
    """By topic group, only where the numbers show the group."""
    if view.visit is None or not profile.number_shows_group:
        return []
    offered = dict.fromkeys(profile.topic(topic).group for topic in _offered(profile, view))
    return [
        GroupWaitAnswer(group, profile.group(group).letter, waits.get(group)) for group in offered
    ]


def _topic_answer(view: QueueView, topic: TopicView) -> TopicAnswer:
    taking = view.visit is not None and topic.id in view.visit.open_topics
    return TopicAnswer(topic.id, topic.group, topic.waiting, taking)


def _answers(context: ConsoleContext, calls: Iterable[Call]) -> list[CallAnswer]:
    seal = context.broadcast.ids.seal
    return [CallAnswer(seal(call.entry), call.number, call.desk) for call in calls]
