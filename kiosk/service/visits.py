"""Lifecycle of a visit: open it, change what it offers, close it into counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.counts.collect import ClosingRows, collect
from kiosk.domain.errors import NoTopicsLeft, PeopleStillThere, VisitAlreadyOpen
from kiosk.domain.events import TopicsChanged, VisitClosed, VisitOpened
from kiosk.domain.ids import TopicId, VisitId
from kiosk.domain.ticket import AT_DESK, TicketState
from kiosk.domain.visit import Visit
from kiosk.service import access, appointments, smileys
from kiosk.service.action import action, open_visit_of
from kiosk.service.operating_days import visit_closed, visit_opened
from kiosk.store import (
    answers,
    desks,
    enquiries,
    feedback,
    journal,
    lost_numbers,
    series,
    sheets,
    tickets,
    undo_log,
    visits,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kiosk.domain.ids import ChoiceId, QuestionId
    from kiosk.domain.moment import Moment
    from kiosk.service.office import Office, Snapshot
    from kiosk.store.database import Connection


def open_visit(
    office: Office,
    stop: str | None,
    topics: Sequence[str] | None,
    now: Moment,
    *,
    practice: bool = False,
) -> Visit:
    """Begin a deployment; numbering starts afresh.

    Without `stop` the profile's first one is meant, without `topics` all of them. An open practice
    visit gives way to one that counts. Raises `Unknown`, `VisitAlreadyOpen`.
    """
    profile = office.profile
    chosen_stop = profile.stop(stop) if stop is not None else profile.stops[0]
    chosen = _offered(office, topics)
    with office.database.write() as connection:
        current = visits.current(connection)
        if current and (practice or not current.practice):
            raise VisitAlreadyOpen(profile.stop(current.stop).name)
        if current:
            _end(office, connection, current, now)
        visit_id = VisitId(series.next_value(connection, "visit"))
        firsts = {topic.id: topic.first_contingent for topic in profile.topics}
        limits = {topic: first for topic, first in firsts.items() if first is not None}
        intake = not profile.by_appointment
        visit = Visit(
            visit_id, chosen_stop.id, chosen, now, intake, contingents=limits, practice=practice
        )
        appointments.forget_past(connection, now)
        visits.insert(connection, visit)
        if not practice:
            visit_opened(connection, profile, visit)
        journal.append(connection, VisitOpened(visit.id, visit.stop), now, visit.id)
    return visit


def current_visit(snapshot: Snapshot) -> Visit | None:
    return snapshot.visit


def set_intake(office: Office, now: Moment, *, intake: bool) -> Visit:
    """Give new numbers, or serve only those who wait. Raises `NoVisitOpen`."""
    return _change(office, now, lambda visit: replace(visit, intake=intake))


def offer_topics(office: Office, topics: Sequence[str], now: Moment) -> Visit:
    """Offer other topics from now on; people who wait for another one are still called.

    Raises `NoVisitOpen`, `NoTopicsLeft`, `Unknown`.
    """
    chosen = _offered(office, topics)
    return _change(office, now, lambda visit: replace(visit, topics=chosen))


def limit_topic(office: Office, topic: str, contingent: int | None, now: Moment) -> Visit:
    """Give at most so many numbers for a topic in all, or any number. Raises `NoVisitOpen`."""
    topic_id = office.profile.topic(topic).id

    def limited(visit: Visit) -> Visit:
        others = {known: most for known, most in visit.contingents.items() if known != topic_id}
        mine = {} if contingent is None else {topic_id: contingent}
        return replace(visit, contingents=others | mine)

    return _change(office, now, limited)


def close_visit(office: Office, now: Moment, *, force: bool = False, expected: int = 0) -> Visit:
    """End the deployment: its rows become counts and are deleted, in one transaction.

    Refused with `PeopleStillThere` while more people wait or are served than the caller has
    `expected`, unless `force` says so: then those who wait count as gone without a call. Raises
    `NoVisitOpen`.
    """
    with action(office, now) as act:
        connection, visit = act.connection, act.visit
        still_there = tickets.in_states(connection, TicketState.WAITING, *AT_DESK)
        if len(still_there) > expected and not force:
            raise PeopleStillThere(len(still_there))
        _end(office, connection, visit, now)
    office.database.truncate_wal()  # the panel tries again if a reader is in the way
    return visit


def _end(office: Office, connection: Connection, visit: Visit, now: Moment) -> None:
    """Count what there is, unless it was practice, and delete it."""
    if visit.practice:
        appointments.release_day(connection)
    else:
        rows = ClosingRows(
            tickets.everyone(connection),
            enquiries.everything(connection),
            smileys.reevaluate(connection),
            appointments.not_appeared(connection, visit, now),
            _counted_answers(office, connection),
        )
        collect(connection, office.profile, visit, rows, now)
        visit_closed(connection, office.profile, visit, now)
        appointments.forget_day(connection, now)
    _forget(connection, visit, now)
    journal.append(connection, VisitClosed(visit.id, visit.stop), now, visit=None)


def _counted_answers(office: Office, connection: Connection) -> dict[QuestionId, Counter[ChoiceId]]:
    """What was answered to the questions that are counted; each appears, answered or not."""
    given = answers.counted(connection)
    return {
        question.id: Counter({c: count for (q, c), count in given.items() if q == question.id})
        for question in office.profile.questions
        if question.counted
    }


def _offered(office: Office, topics: Sequence[str] | None) -> tuple[TopicId, ...]:
    profile = office.profile
    if topics is None:
        return tuple(topic.id for topic in profile.topics)
    if not topics:
        raise NoTopicsLeft
    return tuple(dict.fromkeys(profile.topic(topic).id for topic in topics))


def _change(office: Office, now: Moment, change: Callable[[Visit], Visit]) -> Visit:
    with action(office, now) as act:
        visits.save(act.connection, act.visit, change(act.visit))
        after = open_visit_of(act.connection)
        if after != act.visit:
            act.announce(TopicsChanged(after.id))
    return after


def _forget(connection: Connection, visit: Visit, now: Moment) -> None:
    access.forget_old_tries(connection, now)
    for rows in (tickets, enquiries, feedback, undo_log, desks, sheets):
        rows.delete_all(connection)
    journal.forget_visit(connection, visit.id)
    series.reset(connection, "visit:")
    lost_numbers.forget(connection)
    visits.delete(connection)
