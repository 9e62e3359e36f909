"""A visit left open over night: it is closed first, and no ticket is called from it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from kiosk.domain.closing_errors import VisitLeftOpen
from kiosk.domain.record import NO_RECORD
from kiosk.domain.refusal_reason import Reason
from kiosk.service import citizens, staff, visits
from kiosk.service.appointments import upcoming
from kiosk.service.citizens import TicketRequest
from kiosk.service.refusals import reason_of
from kiosk.service.staff import CountRequest
from kiosk.store import counters
from kiosk.store.counters import RecordKey
from tests.files.appointments.booked import expect
from tests.town import FIRST_DESK, GERMAN, JOBS, TownClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.ticket import Ticket
    from kiosk.service.office import Office


def take(office: Office, clock: TownClock) -> Ticket:
    return citizens.take_ticket(office, TicketRequest(JOBS, GERMAN), clock()).ticket


@pytest.mark.parametrize("cut", [False, True])
def test_tickets_of_yesterday_are_not_called(
    office: Office, clock: TownClock, *, cut: bool
) -> None:
    visits.open_visit(office, None, None, clock())
    yesterday = take(office, clock)
    clock.pass_s(22 * 3600)
    if cut:
        clock.cut_power()
    acts: list[Callable[[], object]] = [
        lambda: staff.call_next(office, FIRST_DESK, clock()),
        lambda: staff.call(office, FIRST_DESK, yesterday.id, clock()),
        lambda: take(office, clock),
        lambda: citizens.give_feedback(office, 5, clock()),
        lambda: staff.count(office, FIRST_DESK, CountRequest(JOBS, NO_RECORD), clock()),
    ]
    for act in acts:
        with pytest.raises(VisitLeftOpen, match="open since 2026-11-22") as refused:
            act()
        assert reason_of(refused.value) is Reason.NO_VISIT, "the glass says that it is closed"
    visits.close_visit(office, clock(), expected=None, revocable=True)
    visits.open_visit(office, None, None, clock())
    today = take(office, clock)
    called = staff.call_next(office, FIRST_DESK, clock())
    assert called
    assert (called.id, called.number) == (today.id, "A-001")


def test_a_late_evening_continues_past_midnight(office: Office, clock: TownClock) -> None:
    clock.wall = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
    visits.open_visit(office, None, None, clock())
    clock.pass_s(5 * 3600)
    take(office, clock)
    assert staff.call_next(office, FIRST_DESK, clock())


def test_without_a_set_clock_a_visit_is_never_left_open(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, None, None, clock())
    clock.pass_s(22 * 3600)
    clock.cut_power()
    clock.trusted = False
    take(office, clock)
    assert staff.call_next(office, FIRST_DESK, clock())


def test_closing_a_left_open_visit_keeps_appointments_of_the_morning(
    office: Office, clock: TownClock
) -> None:
    visits.open_visit(office, None, None, clock())
    this_morning = clock.wall + timedelta(hours=23)
    expect(office, clock(), "1", clock.wall + timedelta(hours=1))
    expect(office, clock(), "2", this_morning)
    clock.pass_s(24 * 3600)
    visits.close_visit(office, clock(), expected=None, revocable=True)
    visits.open_visit(office, None, None, clock())
    assert [one.time for one in office.read(upcoming, clock())] == [this_morning]
    with office.database.read() as connection:
        (month,) = counters.open_months(connection)
        missed = counters.RECORDS.of(connection, month)[RecordKey("appointment", "not_appeared")]
    assert missed == 1, "yesterday's, and none of this morning's"
