"""What people without a number are told: until when, who is called, how long it usually takes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kiosk.domain.planned_hours import PlannedHours
from kiosk.service import citizens, staff, visits
from kiosk.service.office import Office
from kiosk.service.queue_status import UNKNOWN_STATUS, queue_status
from tests.town import JOBS, MARKET, RENT, TOWN, TURKISH

if TYPE_CHECKING:
    from tests.town import TownClock

SUNDAY = PlannedHours(MARKET, "08:00", "13:00", weekday="su")


@pytest.fixture
def planned(office: Office) -> Office:
    return Office(office.database, replace(TOWN, timetable=(SUNDAY,)))


def test_without_a_visit_nothing_is_known(planned: Office, clock: TownClock) -> None:
    assert planned.read(queue_status, clock()) == UNKNOWN_STATUS


def test_the_planned_end_is_shown_until_it_is_over(planned: Office, clock: TownClock) -> None:
    visits.open_visit(planned, MARKET, None, clock())
    ends = planned.read(queue_status, clock()).ends
    assert ends
    assert (ends.hour, ends.minute) == (13, 0)
    clock.trusted = False
    assert planned.read(queue_status, clock()).ends is None, "the clock is not set"
    clock.trusted = True
    clock.pass_s(6 * 3600)
    assert planned.read(queue_status, clock()).ends is None, "it goes on for longer"


def test_the_last_call_and_the_wait_cover_all_topics_together(
    planned: Office, clock: TownClock
) -> None:
    visits.open_visit(planned, MARKET, None, clock())
    numbers = []
    for topic in (JOBS, RENT, JOBS, RENT):
        request = citizens.TicketRequest(topic, TURKISH)
        numbers.append(citizens.take_ticket(planned, request, clock()).ticket.number)
    assert planned.read(queue_status, clock()).called == ""
    staff.call_next(planned, "1", clock())
    clock.pass_s(600)
    status = planned.read(queue_status, clock())
    assert status.called == numbers[0]
    if status.wait_min:
        assert 0 <= status.wait_min[0] <= status.wait_min[1]
