"""Taking back that a visit was closed: everything as it was, nothing counted twice or lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.domain.closing_errors import PeopleStillThere, TooLateToReopen, VisitNotCounted
from kiosk.domain.errors import NoVisitOpen, VisitAlreadyOpen
from kiosk.domain.local_time import local_date
from kiosk.domain.outcome import RESOLVED
from kiosk.domain.record import Record
from kiosk.domain.visit import REOPEN_S
from kiosk.domain.visit_events import VisitClosed, VisitCounted
from kiosk.service import citizens, staff, undo_log, visits
from kiosk.service.citizens import TicketRequest, take_ticket
from kiosk.service.closing import check_counted, closing_state
from kiosk.service.closing_watch import ClosingWatch
from kiosk.service.follower import Follower
from kiosk.service.office import Office
from kiosk.service.queue_view import latest_calls, queue_view
from kiosk.service.slips import SLIPS, slips_of
from kiosk.service.visit_counting import closed_visit, count_closed
from kiosk.store import counters
from kiosk.store.counters import VISITS
from kiosk.store.database import Database
from tests.counting import count_people
from tests.town import FIRST_DESK, GERMAN, JOBS, RENT, SECOND_DESK, TOWN, TownClock

if TYPE_CHECKING:
    from kiosk.domain.ticket import Ticket


def counted(office: Office) -> int:
    """The people of all visits that have become counters."""
    with office.database.read() as connection:
        months = counters.open_months(connection)
        return sum(sum(VISITS.of(connection, month).values()) for month in months)


def take(office: Office, clock: TownClock) -> Ticket:
    return take_ticket(office, TicketRequest(JOBS, GERMAN), clock()).ticket


@pytest.fixture
def day(office: Office, clock: TownClock) -> Office:
    """Of six people one is served, one at each desk, one parked, one missed, one waits."""
    visits.open_visit(office, None, None, clock())
    for topic in (JOBS, JOBS, JOBS, JOBS, JOBS, RENT):
        take_ticket(office, TicketRequest(topic, GERMAN), clock())
    staff.call_next(office, FIRST_DESK, clock())
    staff.start(office, FIRST_DESK, clock())
    staff.finish(office, FIRST_DESK, Record(RESOLVED), clock())
    staff.call_next(office, FIRST_DESK, clock())
    staff.park(office, FIRST_DESK, clock())
    third = staff.call_next(office, FIRST_DESK, clock())
    assert third
    for _ in range(TOWN.calls_before_missed - 1):
        staff.miss(office, FIRST_DESK, clock())
        staff.call(office, FIRST_DESK, third.id, clock())
    staff.miss(office, FIRST_DESK, clock())
    staff.call_next(office, FIRST_DESK, clock())
    staff.call_next(office, SECOND_DESK, clock())
    staff.start(office, SECOND_DESK, clock())
    citizens.give_feedback(office, 5, clock())
    return office


def close(office: Office, clock: TownClock, desk: str | None = None) -> None:
    visits.close_visit(office, clock(), expected=None, desk=desk, revocable=True)


def test_parked_and_missed_people_are_named_at_closing(day: Office, clock: TownClock) -> None:
    with pytest.raises(PeopleStillThere, match="1 waiting, 2 at a desk, 1 parked; 1 missed"):
        visits.close_visit(day, clock(), expected=3, revocable=True)
    people = day.read(visits.day_sum_now)
    assert people
    assert (people.tickets, people.served, people.missed, people.smileys) == (6, 1, 1, 1)
    assert people.outcomes == {RESOLVED: 1}
    visits.close_visit(day, clock(), expected=people.still_there, revocable=True)
    assert day.read(visits.day_sum_now) == people, "it can still be read while it can be reopened"


def test_a_reopened_visit_continues_unchanged(day: Office, clock: TownClock) -> None:
    before, calls = day.read(queue_view), day.read(latest_calls, 8)
    beside = Office(Database.open(day.database.path), TOWN)
    beside.read(queue_view)
    close(day, clock)
    for office in (day, beside):
        assert office.read(queue_view).tickets == ()
        assert office.read(latest_calls, 8) == []
        with pytest.raises(NoVisitOpen):
            take(office, clock)
    visits.reopen_visit(beside, clock(), desk=SECOND_DESK)
    for office in (day, beside):
        view = office.read(queue_view)
        assert (view.visit, view.tickets, view.desks) == (
            before.visit,
            before.tickets,
            before.desks,
        )
        assert office.read(latest_calls, 8) == calls
    assert counted(day) == 0
    assert take(day, clock).sequence == 7
    undone = undo_log.undo(day, SECOND_DESK, clock())
    assert undone.number == before.desk(SECOND_DESK).ticket.number, "steps can still be undone"  # type: ignore[union-attr]  # a person is there
    beside.database.close()


def test_what_is_closed_is_counted_once_and_only_when_its_time_is_over(
    day: Office, clock: TownClock
) -> None:
    for _ in range(3):
        close(day, clock)
        assert not count_closed(day, clock())
        visits.reopen_visit(day, clock())
    close(day, clock)
    clock.pass_s(REOPEN_S)
    with pytest.raises(TooLateToReopen):
        visits.reopen_visit(day, clock())
    assert counted(day) == 0
    assert count_closed(day, clock())
    assert not count_closed(day, clock())
    assert counted(day) == 6
    left = b"".join(path.read_bytes() for path in day.database.path.parent.iterdir())
    assert b"TicketTaken" not in left, "no ticket's row outlives it"


def test_the_next_visit_ends_the_chance(day: Office, clock: TownClock) -> None:
    close(day, clock)
    visits.open_visit(day, None, None, clock())
    assert counted(day) == 6
    with pytest.raises(VisitAlreadyOpen):
        visits.reopen_visit(day, clock())
    assert take(day, clock).sequence == 1
    visits.close_visit(day, clock(), expected=None)
    assert counted(day) == 7


def test_a_power_cut_between_loses_nothing_and_counts_nothing_twice(
    day: Office, clock: TownClock
) -> None:
    before = day.read(queue_view).tickets
    close(day, clock)
    day.database.close()
    clock.cut_power()
    again = Office(Database.open(day.database.path), TOWN)
    assert not count_closed(again, clock()), "the clock is set, so it knows that it is not over"
    visits.reopen_visit(again, clock())
    assert again.read(queue_view).tickets == before
    close(again, clock)
    clock.cut_power()
    clock.trusted = False
    with pytest.raises(TooLateToReopen):
        visits.reopen_visit(again, clock())
    assert count_closed(again, clock())
    assert counted(again) == 6
    again.database.close()


def test_no_period_is_closed_without_it(day: Office, clock: TownClock) -> None:
    close(day, clock)
    clock.jump(60)
    assert day.read(closed_visit), "the clock has jumped, its rows are there"
    assert not day.read(closing_state, clock()).over, "nothing of it is counted"


def test_a_period_that_is_over_waits_for_it(day: Office, clock: TownClock) -> None:
    count_people(day.database, local_date(clock()).isoformat(), 200, day.profile)
    close(day, clock)
    clock.jump(100)
    with pytest.raises(VisitNotCounted):
        day.read(check_counted, clock())
    assert count_closed(day, clock(), at_once=True)
    day.read(check_counted, clock())


def test_the_watch_counts_it(day: Office, clock: TownClock) -> None:
    watch = ClosingWatch(day, clock, ["false"], after_s=0.0)
    close(day, clock)
    assert not watch.count_visit()
    clock.pass_s(REOPEN_S)
    assert watch.count_visit()
    assert counted(day) == 6


def test_closing_and_reopening_are_journaled_with_their_desk(day: Office, clock: TownClock) -> None:
    follower = Follower(day.database)
    close(day, clock, FIRST_DESK)
    visit = visits.reopen_visit(day, clock(), desk=SECOND_DESK)
    close(day, clock)
    count_closed(day, clock(), at_once=True)
    told = [entry.event for entry in follower.wait(5)]
    follower.close()
    assert told == [
        VisitClosed(visit.id, visit.stop, FIRST_DESK),
        VisitClosed(visit.id, visit.stop),
        VisitCounted(visit.id, visit.stop),
    ], "what happened within the visit is forgotten with it"


def test_a_slip_under_way_comes_to_its_end(day: Office, clock: TownClock) -> None:
    ticket = take(day, clock)
    while (job := SLIPS.begin(day, clock())) and job.ticket.id != ticket.id:
        SLIPS.printed(day, job.id, clock())
    close(day, clock)
    assert SLIPS.begin(day, clock()) is None
    SLIPS.printed(day, ticket.id, clock())
    visits.reopen_visit(day, clock())
    assert day.read(slips_of, ticket.id).newest == "printed"


def test_without_a_closed_visit_nothing_is_opened_again(office: Office, clock: TownClock) -> None:
    with pytest.raises(TooLateToReopen):
        visits.reopen_visit(office, clock())
