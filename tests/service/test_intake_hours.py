"""The intake ends by the hours of the timetable, where a profile wants that."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from kiosk.console.pages.intake_notice import IntakeNotice, intake_notice
from kiosk.domain.errors import IntakeClosed
from kiosk.domain.planned_hours import PlannedHours
from kiosk.service import citizens, visits
from kiosk.service.citizens import TicketRequest
from kiosk.service.intake_hours import end_intake
from kiosk.service.office import Office
from tests.town import FIRST_DESK, JOBS, MARKET, TOWN, TownClock

if TYPE_CHECKING:
    from kiosk.domain.profile import Profile
    from kiosk.domain.ticket import Ticket

HOURS = PlannedHours(MARKET, "10:00", "12:00", weekday="su")
"""The intake ends at 11:45, and staff are warned from 11:35 on."""


@pytest.fixture
def office(office: Office, clock: TownClock) -> Office:
    by_hours = replace(TOWN, timetable=(HOURS,), intake_ends_min=15)
    office = Office(office.database, by_hours)
    at(clock, 9, 50)
    visits.open_visit(office, MARKET, None, clock())
    return office


def at(clock: TownClock, hour: int, minute: int) -> None:
    """It is so late in Berlin, on a Sunday in November."""
    wall = datetime(2026, 11, 22, hour - 1, minute, tzinfo=UTC)
    clock.pass_s((wall - clock.wall).total_seconds())


def takes(office: Office, clock: TownClock, desk: str | None = None) -> Ticket:
    request = TicketRequest(JOBS, "de", desk=desk)
    return citizens.take_ticket(office, request, clock()).ticket


def current_notice(office: Office, clock: TownClock) -> IntakeNotice | None:
    return office.read(intake_notice, clock())


def test_staff_are_warned_and_the_glass_gives_no_more_numbers(
    office: Office, clock: TownClock
) -> None:
    at(clock, 11, 34)
    assert (current_notice(office, clock), end_intake(office, clock())) == (None, False)
    at(clock, 11, 36)
    assert current_notice(office, clock) == IntakeNotice(
        "Die Annahme endet um 11:45 Uhr.", can_stay_open=True
    )
    assert not end_intake(office, clock())
    takes(office, clock)
    at(clock, 11, 46)
    assert end_intake(office, clock())
    assert not end_intake(office, clock()), "console and panel both look"
    with pytest.raises(IntakeClosed):
        takes(office, clock)
    takes(office, clock, FIRST_DESK)
    notice = current_notice(office, clock)
    assert notice
    assert notice.text.startswith("Annahmeschluss war um 11:45 Uhr.")
    at(clock, 12, 5)
    assert current_notice(office, clock) is None


@pytest.mark.parametrize("minute", [36, 50])
def test_staff_have_the_last_word(office: Office, clock: TownClock, minute: int) -> None:
    at(clock, 11, minute)
    end_intake(office, clock())
    visits.set_intake(office, clock(), intake=True)
    assert current_notice(office, clock) is None
    at(clock, 12, 30)
    assert not end_intake(office, clock())
    takes(office, clock)


def test_after_a_pause_at_noon_the_hours_hold(office: Office, clock: TownClock) -> None:
    for intake in (False, True):
        at(clock, 10 + intake, 30)
        visits.set_intake(office, clock(), intake=intake)
    at(clock, 11, 46)
    assert end_intake(office, clock())


def test_a_visit_opened_after_hours_stays_open(office: Office, clock: TownClock) -> None:
    visits.close_visit(office, clock())
    at(clock, 11, 40)
    visits.open_visit(office, MARKET, None, clock())
    at(clock, 12, 30)
    assert not end_intake(office, clock())


def test_a_clock_that_is_not_set_ends_nothing(office: Office, clock: TownClock) -> None:
    clock.cut_power()
    clock.trusted = False
    at(clock, 23, 0)
    assert not end_intake(office, clock())
    notice = current_notice(office, clock)
    assert notice
    assert notice.text.startswith("Die Uhr ist nicht gestellt")
    takes(office, clock)


@pytest.mark.parametrize(
    "profile", [replace(TOWN, timetable=(HOURS,)), replace(TOWN, intake_ends_min=15)]
)
def test_without_hours_or_the_wish_staff_end_it(
    office: Office, clock: TownClock, profile: Profile
) -> None:
    other = Office(office.database, profile)
    at(clock, 12, 30)
    assert not end_intake(other, clock())
    assert current_notice(other, clock) is None


def test_practice_continues_at_any_hour(office: Office, clock: TownClock) -> None:
    visits.close_visit(office, clock())
    visits.open_visit(office, MARKET, None, clock(), practice=True)
    at(clock, 12, 30)
    assert not end_intake(office, clock())
