"""Lifecycle of a visit: open it, change what it offers, close it, take that back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.domain.closing_errors import PeopleStillThere, TooLateToReopen
from kiosk.domain.day_sum import DaySum, day_sum
from kiosk.domain.errors import (
    NoTopicsLeft,
    VisitAlreadyOpen,
)
from kiosk.domain.events import (
    TopicsChanged,
)
from kiosk.domain.ids import TopicId, VisitId
from kiosk.domain.visit import Visit
from kiosk.domain.visit_events import VisitClosed, VisitOpened, VisitReopened
from kiosk.service import appointments
from kiosk.service.action import action, open_visit_of
from kiosk.service.operating_days import visit_opened
from kiosk.service.sheets import forget_before_visit
from kiosk.service.visit_counting import count_closed_in, count_visit
from kiosk.store import enquiries, feedback, journal, series, tickets, visits

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
    visit gives way to one that counts; a visit that was closed a moment ago is counted, and cannot
    be opened again. Raises `Unknown`, `VisitAlreadyOpen`.
    """
    profile = office.profile
    chosen_stop = profile.stop(stop) if stop is not None else profile.stops[0]
    chosen = _offered(office, topics)
    with office.database.write() as connection:
        current = visits.current(connection)
        if current and (practice or not current.practice):
            raise VisitAlreadyOpen(profile.stop(current.stop).name)
        if current:
            _end_practice(office, connection, current, now)
        count_closed_in(office, connection, now)
        forgot = forget_before_visit(connection, now)
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
    if forgot:
        office.database.truncate_wal()  # the panel tries again if a reader is in the way
    return visit


def current_visit(snapshot: Snapshot) -> Visit | None:
    return snapshot.visit


def set_intake(office: Office, now: Moment, *, intake: bool) -> Visit:
    """Give new numbers, or serve only those who wait. Raises `NoVisitOpen`.

    Said shortly before the hours of the timetable end it, or later, it holds.
    """
    return _change(office, now, lambda visit: replace(visit, intake=intake, intake_said=now))


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


def close_visit(
    office: Office,
    now: Moment,
    *,
    expected: int | None = 0,
    desk: str | None = None,
    revocable: bool = False,
) -> Visit:
    """End the deployment: nothing is given or called any more, and its rows become counts.

    That happens at once, or, where it is `revocable`, when it cannot be taken back any more: not
    after practice, which counts nothing.
    Refused with `PeopleStillThere` while more people are not finished than the caller has
    `expected`, where None expects any number; those who wait then count as gone without a call.
    Raises `NoVisitOpen`.
    """
    with action(office, now, desk) as act:
        connection, visit = act.connection, act.visit
        people = sum_in(connection)
        if expected is not None and people.still_there > expected:
            raise PeopleStillThere(people.waiting, people.at_desk, people.parked, people.missed)
        closed = replace(visit, closed=now)
        revocable = revocable and not visit.practice
        if revocable:
            visits.save(connection, visit, closed)
        else:
            count_visit(office, connection, visit, now, now)
        event = VisitClosed(visit.id, visit.stop, act.desk, practice=visit.practice)
        journal.append(connection, event, now, visit=None)
    if not revocable:
        office.database.truncate_wal()  # the panel tries again if a reader is in the way
    return closed


def reopen_visit(office: Office, now: Moment, *, desk: str | None = None) -> Visit:
    """Take back that the visit was closed: it goes on as it was.

    Raises `VisitAlreadyOpen`, `TooLateToReopen`, and `Unknown` for the desk.
    """
    at_desk = office.profile.desk(desk).id if desk else None
    with office.database.write() as connection:
        if current := visits.current(connection):
            raise VisitAlreadyOpen(office.profile.stop(current.stop).name)
        closed = visits.closed(connection)
        if closed is None or not closed.reopening_left_s(now):
            raise TooLateToReopen
        visit = replace(closed, closed=None)
        visits.save(connection, closed, visit)
        event = VisitReopened(visit.id, visit.stop, at_desk)
        journal.append(connection, event, now, visit.id)
    return visit


def day_sum_now(snapshot: Snapshot) -> DaySum | None:
    """The sum of the open visit, or of the one that was closed and is not counted yet."""
    if visits.uncounted(snapshot.connection) is None:
        return None
    return sum_in(snapshot.connection)


def sum_in(connection: Connection) -> DaySum:
    """The sum of the rows that are here."""
    records = [enquiry.record for enquiry in enquiries.list_all(connection)]
    presses = feedback.by_misuse(connection)
    return day_sum(tickets.uncached(connection), records, presses.get(None, 0))


def _end_practice(office: Office, connection: Connection, visit: Visit, now: Moment) -> None:
    """An open practice visit gives way to one that counts."""
    count_visit(office, connection, visit, now, now)
    ended = VisitClosed(visit.id, visit.stop, practice=True)
    journal.append(connection, ended, now, visit=None)


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
