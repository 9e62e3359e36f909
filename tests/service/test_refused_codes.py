"""Codes that lead to no number, each told why, and those who try many."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from kiosk.domain.appointment import Punctuality
from kiosk.domain.appointment_errors import (
    AppointmentAtOtherStop,
    AppointmentForOtherTopic,
    AppointmentOnOtherDay,
    AppointmentUsed,
    TooManyCodes,
    UnknownCode,
)
from kiosk.domain.errors import NoVisitOpen, TopicNotOffered, Unknown
from kiosk.service import staff, visits
from kiosk.service.check_in import UNKNOWN_CODES, CheckInRequest, check_in
from kiosk.service.queue_view import queue_view
from tests.service.coming import CODE, book, come
from tests.town import ESTATE, FIRST_DESK, GERMAN, JOBS, MARKET, RENT, SCHOOL, TownClock

if TYPE_CHECKING:
    from kiosk.service.office import Office

NO_CODE = "99999999"


@pytest.fixture(autouse=True)
def _open(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, MARKET, [JOBS, SCHOOL], clock())


def test_who_was_served_or_has_left_is_not_given_a_dead_number(
    office: Office, clock: TownClock
) -> None:
    book(office, clock, 0)
    ticket = come(office, clock).taken.ticket
    staff.withdraw(office, ticket.id, clock())
    with pytest.raises(AppointmentUsed, match="A-001"):
        come(office, clock)


@pytest.mark.parametrize("code", [NO_CODE, "", "abc", "1" * 13, "123", "47110815x", "\uff14" * 4])
def test_an_unknown_code(office: Office, clock: TownClock, code: str) -> None:
    book(office, clock, 0)
    with pytest.raises(UnknownCode) as refusal:
        come(office, clock, code)
    assert code not in str(refusal.value) or not code
    assert office.read(queue_view).tickets == ()


def test_a_mistyped_code_is_recognised(office: Office, clock: TownClock) -> None:
    with pytest.raises(UnknownCode) as refusal:
        come(office, clock, "12345678")
    assert refusal.value.mistyped


@pytest.mark.parametrize("days", [-1, 1, 30])
def test_an_appointment_of_another_day(office: Office, clock: TownClock, days: int) -> None:
    clock.jump(-2)
    book(office, clock, (days + 2) * 24 * 60)
    clock.jump(2)
    with pytest.raises(AppointmentOnOtherDay) as refusal:
        come(office, clock)
    local = (clock.wall + timedelta(days=days)).date()
    assert (refusal.value.date, refusal.value.begins) == (local.isoformat(), "10:00")


def test_an_appointment_late_in_the_evening_is_of_the_local_day(
    office: Office, clock: TownClock
) -> None:
    clock.pass_s(13.5 * 3600)  # 22:30 in Greenwich, 23:30 in Berlin
    book(office, clock, 45)
    with pytest.raises(AppointmentOnOtherDay, match="2026-11-23 at 00:15"):
        come(office, clock)


def test_an_appointment_at_another_stop(office: Office, clock: TownClock) -> None:
    book(office, clock, 0, stop=ESTATE)
    with pytest.raises(AppointmentAtOtherStop) as refusal:
        come(office, clock)
    assert refusal.value.stop == "Siedlung"


def test_a_topic_that_is_not_offered_today(office: Office, clock: TownClock) -> None:
    book(office, clock, 0, topic=RENT)
    with pytest.raises(TopicNotOffered):
        come(office, clock)


def test_a_named_topic_must_be_that_of_the_appointment(office: Office, clock: TownClock) -> None:
    book(office, clock, 0)
    with pytest.raises(AppointmentForOtherTopic, match="jobs"):
        check_in(office, CheckInRequest(CODE, GERMAN, topic=SCHOOL), clock())
    assert (
        check_in(office, CheckInRequest(CODE, GERMAN, topic=JOBS), clock()).taken.ticket.topic
        == JOBS
    )


def test_without_a_visit_check_in_is_refused(office: Office, clock: TownClock) -> None:
    book(office, clock, 0)
    visits.close_visit(office, clock())
    with pytest.raises(NoVisitOpen):
        come(office, clock)


def test_an_unknown_language_or_desk(office: Office, clock: TownClock) -> None:
    book(office, clock, 0)
    with pytest.raises(Unknown):
        check_in(office, CheckInRequest(CODE, "xx"), clock())
    with pytest.raises(Unknown):
        check_in(office, CheckInRequest(CODE, GERMAN, desk="9"), clock())


def guess(office: Office, clock: TownClock, times: int) -> None:
    for _ in range(times):
        with pytest.raises(UnknownCode):
            come(office, clock, NO_CODE)


def test_guessing_has_to_wait_and_staff_have_not(office: Office, clock: TownClock) -> None:
    book(office, clock, 0)
    guess(office, clock, UNKNOWN_CODES.free)
    with pytest.raises(TooManyCodes) as refusal:
        come(office, clock)
    assert 0 < refusal.value.wait_s <= UNKNOWN_CODES.first_pause_s
    done = check_in(office, CheckInRequest(CODE, GERMAN, desk=FIRST_DESK), clock())
    assert done.taken.ticket.number == "A-001"
    clock.pass_s(UNKNOWN_CODES.first_pause_s)
    assert come(office, clock).punctuality is Punctuality.AGAIN
    guess(office, clock, 1)
    with pytest.raises(TooManyCodes):
        come(office, clock)


def test_an_hour_of_rest_forgives_guessing(office: Office, clock: TownClock) -> None:
    guess(office, clock, UNKNOWN_CODES.free - 1)
    clock.pass_s(3600)
    guess(office, clock, UNKNOWN_CODES.free)


def test_a_restart_does_not_help_guessing(office: Office, clock: TownClock) -> None:
    guess(office, clock, UNKNOWN_CODES.free)
    clock.cut_power()
    with pytest.raises(TooManyCodes):
        come(office, clock, NO_CODE)


def test_staff_may_mistype_as_often_as_they_like(office: Office, clock: TownClock) -> None:
    for _ in range(2 * UNKNOWN_CODES.free):
        with pytest.raises(UnknownCode):
            check_in(office, CheckInRequest(NO_CODE, GERMAN, desk=FIRST_DESK), clock())
    guess(office, clock, 1)
