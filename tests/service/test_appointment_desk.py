"""People with an appointment: every answer that they and staff can get."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from kiosk.domain import queue
from kiosk.domain.appointment import Punctuality
from kiosk.domain.errors import (
    AppointmentAtOtherStop,
    AppointmentForOtherTopic,
    AppointmentOnOtherDay,
    AppointmentUsed,
    NoVisitOpen,
    TooManyCodes,
    TopicNotOffered,
    Unknown,
    UnknownCode,
    WishOfAnother,
)
from kiosk.domain.events import AppointmentCheckedIn, TicketTaken
from kiosk.domain.record import NOT_RECORDED
from kiosk.service import appointment_desk, back_office, front_desk, service_day, trail
from kiosk.service.appointment_desk import CheckedIn, Presence, check_in, expected
from kiosk.service.code_guesses import FREE, PAUSE_S
from kiosk.service.queue_view import queue_view
from kiosk.store import appointments, journal
from kiosk.store.counters import RECORDS, RecordKey
from tests.appointments.booked import expect
from tests.town import (
    ESTATE,
    FIRST_DESK,
    GERMAN,
    JOBS,
    MARKET,
    RENT,
    SCHOOL,
    TURKISH,
    TownClock,
)

if TYPE_CHECKING:
    from kiosk.domain.ids import StopId, TopicId
    from kiosk.service.office import Office

CODE, OTHER = "47110815", "2222"
NO_CODE = "99999999"


@pytest.fixture(autouse=True)
def _open(office: Office, clock: TownClock) -> None:
    service_day.open_visit(office, MARKET, [JOBS, SCHOOL], clock())


def book(  # noqa: PLR0913 - what an appointment is
    office: Office,
    clock: TownClock,
    in_min: float,
    code: str = CODE,
    *,
    topic: TopicId = JOBS,
    stop: StopId | None = None,
) -> None:
    time = clock.wall + timedelta(minutes=in_min)
    expect(office, clock(), code, time, topic=topic, stop=stop)


def come(office: Office, clock: TownClock, code: str = CODE, wish: str | None = None) -> CheckedIn:
    return check_in(office, code, GERMAN, clock(), wish=wish)


def events(office: Office) -> list[object]:
    with office.database.read() as connection:
        return [entry.event for entry in journal.since(connection, 0)]


@pytest.mark.parametrize(
    ("in_min", "punctuality", "late"),
    [
        (20, Punctuality.EARLY, False),
        (0, Punctuality.ON_TIME, False),
        (-10, Punctuality.LATE, False),
        (-14.9, Punctuality.LATE, False),
        (-16, Punctuality.TOO_LATE, True),
        (-500, Punctuality.TOO_LATE, True),
    ],
)
def test_who_comes_early_in_time_late_or_too_late(
    office: Office, clock: TownClock, in_min: float, punctuality: Punctuality, *, late: bool
) -> None:
    book(office, clock, in_min)
    done = come(office, clock)
    ticket = done.taken.ticket
    assert (done.punctuality, ticket.number, ticket.topic) == (punctuality, "A-001", JOBS)
    assert (ticket.late, ticket.appointment is not None) == (late, True)


def test_the_journal_tells_the_number_and_then_how_they_come(
    office: Office, clock: TownClock
) -> None:
    book(office, clock, 0)
    come(office, clock)
    taken, checked_in = events(office)[-2:]
    assert isinstance(taken, TicketTaken)
    assert checked_in == AppointmentCheckedIn(taken.ticket, "A-001", "on_time", scanned=False)


def test_who_is_due_goes_before_walk_ins_and_who_is_early_waits(
    office: Office, clock: TownClock
) -> None:
    front_desk.take_ticket(office, JOBS, GERMAN, clock())
    book(office, clock, 10)
    assert come(office, clock).taken.ahead == 1
    clock.pass_s(11 * 60)
    called = back_office.call_next(office, FIRST_DESK, clock())
    assert called is not None
    assert called.number == "A-002"


def test_who_is_early_is_called_when_nobody_else_waits(office: Office, clock: TownClock) -> None:
    book(office, clock, 60)
    come(office, clock)
    assert back_office.call_next(office, FIRST_DESK, clock()) is not None


def test_who_is_too_late_waits_like_a_walk_in_with_a_head_start(
    office: Office, clock: TownClock
) -> None:
    for _ in range(8):
        front_desk.take_ticket(office, JOBS, GERMAN, clock())
    book(office, clock, -30)
    assert come(office, clock).taken.ahead == 8 - queue.HEAD_START + 1


def test_the_code_may_be_written_in_groups(office: Office, clock: TownClock) -> None:
    book(office, clock, 0)
    assert come(office, clock, "4711 0815").taken.ticket.number == "A-001"
    assert come(office, clock, " 4711-0815 ").taken.ticket.number == "A-001"


@pytest.mark.parametrize("state", ["waiting", "called", "serving", "parked"])
def test_the_same_code_again_is_the_same_number(
    office: Office, clock: TownClock, state: str
) -> None:
    book(office, clock, 0)
    first = come(office, clock).taken.ticket
    if state != "waiting":
        back_office.call_next(office, FIRST_DESK, clock())
    if state in {"serving", "parked"}:
        back_office.start(office, FIRST_DESK, clock())
    if state == "parked":
        back_office.park(office, FIRST_DESK, clock())
    again = come(office, clock)
    assert (again.punctuality, again.taken.ticket.id) == (Punctuality.AGAIN, first.id)
    assert again.taken.ticket.state == state
    assert len(queue_view(office).tickets) == 1
    assert [e for e in events(office) if isinstance(e, AppointmentCheckedIn)][-1] == (
        AppointmentCheckedIn(first.id, first.number, "again", scanned=False)
    )


def test_who_was_served_or_has_left_is_not_given_a_dead_number(
    office: Office, clock: TownClock
) -> None:
    book(office, clock, 0)
    ticket = come(office, clock).taken.ticket
    back_office.withdraw(office, ticket.id, clock())
    with pytest.raises(AppointmentUsed, match="A-001"):
        come(office, clock)


def test_a_doubled_tap_is_one_answer(office: Office, clock: TownClock) -> None:
    book(office, clock, 10)
    first, second = (come(office, clock, wish="tap") for _ in range(2))
    assert first.punctuality is second.punctuality is Punctuality.EARLY
    assert first.taken.ticket == second.taken.ticket
    assert sum(isinstance(event, AppointmentCheckedIn) for event in events(office)) == 1


def test_a_wish_does_not_lead_to_two_tickets(office: Office, clock: TownClock) -> None:
    book(office, clock, 0)
    book(office, clock, 0, OTHER)
    come(office, clock, wish="tap")
    with pytest.raises(WishOfAnother):
        come(office, clock, OTHER, wish="tap")
    assert come(office, clock, OTHER, wish="another tap").taken.ticket.number == "A-002"


@pytest.mark.parametrize("code", [NO_CODE, "", "abc", "1" * 13, "123", "47110815x", "\uff14" * 4])
def test_an_unknown_code(office: Office, clock: TownClock, code: str) -> None:
    book(office, clock, 0)
    with pytest.raises(UnknownCode) as refusal:
        come(office, clock, code)
    assert code not in str(refusal.value) or not code
    assert queue_view(office).tickets == ()


def test_a_slip_of_the_finger_is_told_as_one(office: Office, clock: TownClock) -> None:
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
        check_in(office, CODE, GERMAN, clock(), topic=SCHOOL)
    assert check_in(office, CODE, GERMAN, clock(), topic=JOBS).taken.ticket.topic == JOBS


def test_without_a_visit_nobody_is_checked_in(office: Office, clock: TownClock) -> None:
    book(office, clock, 0)
    service_day.close_visit(office, clock())
    with pytest.raises(NoVisitOpen):
        come(office, clock)


def test_an_unknown_language_or_desk(office: Office, clock: TownClock) -> None:
    book(office, clock, 0)
    with pytest.raises(Unknown):
        check_in(office, CODE, "xx", clock())
    with pytest.raises(Unknown):
        check_in(office, CODE, GERMAN, clock(), desk="9")


def test_the_language_is_that_of_the_glass(office: Office, clock: TownClock) -> None:
    book(office, clock, 0)
    assert check_in(office, CODE, TURKISH, clock()).taken.ticket.language == TURKISH


@pytest.mark.parametrize("days", [-400, 0, 3])
def test_while_nobody_knows_the_day_an_open_appointment_is_due(
    office: Office, clock: TownClock, days: float
) -> None:
    book(office, clock, 60)
    clock.jump(days)
    clock.trusted = False
    done = come(office, clock)
    assert (done.punctuality, done.taken.ticket.late) == (Punctuality.ON_TIME, False)
    front_desk.take_ticket(office, JOBS, GERMAN, clock())
    called = back_office.call_next(office, FIRST_DESK, clock())
    assert called is not None
    assert called.id == done.taken.ticket.id


def test_who_has_an_appointment_comes_in_after_the_intake(office: Office, clock: TownClock) -> None:
    book(office, clock, 0)
    book(office, clock, 0, OTHER)
    service_day.limit_topic(office, JOBS, 0, clock())
    assert come(office, clock).taken.ticket.number == "A-001"
    service_day.set_intake(office, clock(), intake=False)
    assert come(office, clock, OTHER).taken.ticket.number == "A-002"


def test_staff_check_in_from_the_list_and_take_it_back(office: Office, clock: TownClock) -> None:
    book(office, clock, 0)
    line = expected(office, clock())[0]
    check_in(office, line.appointment.code, GERMAN, clock(), desk=FIRST_DESK)
    assert expected(office, clock())[0].presence is Presence.CHECKED_IN
    action = trail.undo(office, FIRST_DESK, clock())
    assert (action.kind, action.number) == ("check_in", "A-001")
    assert queue_view(office).tickets == ()
    assert expected(office, clock())[0].presence is Presence.EXPECTED
    done = come(office, clock)
    assert (done.punctuality, done.taken.ticket.number) == (Punctuality.ON_TIME, "A-002")


def test_todays_list(office: Office, clock: TownClock) -> None:
    book(office, clock, 30, "1111")
    book(office, clock, -10, "2222")
    book(office, clock, -40, "3333", stop=MARKET)
    book(office, clock, 60, "4444", stop=ESTATE)
    book(office, clock, 24 * 60, "5555")
    come(office, clock, "1111")
    told = [(line.appointment.code, line.presence.value) for line in expected(office, clock())]
    assert told == [("3333", "no_show"), ("2222", "expected"), ("1111", "checked_in")]
    service_day.close_visit(office, clock(), force=True)
    assert [line.appointment.code for line in expected(office, clock())] == ["4444"]


def test_the_list_without_a_clock_holds_everybody(office: Office, clock: TownClock) -> None:
    book(office, clock, 0, "1111")
    book(office, clock, 3 * 24 * 60, "2222")
    clock.trusted = False
    told = [(line.appointment.code, line.presence) for line in expected(office, clock())]
    assert told == [("1111", Presence.EXPECTED), ("2222", Presence.EXPECTED)]


def test_a_closed_visit_leaves_nobody_who_came_and_no_time_that_is_over(
    office: Office, clock: TownClock
) -> None:
    book(office, clock, 20, "1111")
    book(office, clock, -20, "2222")
    book(office, clock, 120, "3333")
    book(office, clock, 24 * 60, "4444")
    come(office, clock, "1111")
    service_day.close_visit(office, clock(), force=True)
    assert codes(office) == ["3333", "4444"]
    clock.jump(1)
    service_day.open_visit(office, MARKET, None, clock())
    assert codes(office) == ["4444"]


def test_without_a_clock_only_who_came_is_forgotten(office: Office, clock: TownClock) -> None:
    book(office, clock, 0, "1111")
    book(office, clock, -60, "2222")
    clock.trusted = False
    clock.jump(5)
    come(office, clock, "1111")
    service_day.close_visit(office, clock(), force=True)
    assert codes(office) == ["2222"]


def test_who_appeared_and_who_did_not_is_counted(office: Office, clock: TownClock) -> None:
    for code, in_min in (("1111", -10), ("2222", -10), ("3333", -30), ("4444", 0), ("5555", 600)):
        book(office, clock, in_min, code)
    book(office, clock, -30, "6666", stop=ESTATE)
    for code in ("1111", "2222"):
        come(office, clock, code)
    gone = come(office, clock, "4444").taken.ticket
    back_office.withdraw(office, gone.id, clock())
    for _ in range(2):
        back_office.call_next(office, FIRST_DESK, clock())
        back_office.finish(office, FIRST_DESK, NOT_RECORDED, clock())
    service_day.close_visit(office, clock())
    with office.database.read() as connection:
        counted = RECORDS.of(connection, "2026-11")
    assert counted == {
        RecordKey("appointment", "appeared"): 2,
        RecordKey("appointment", "not_appeared"): 2,
    }


def codes(office: Office) -> list[str]:
    with office.database.read() as connection:
        return [appointment.code for appointment in appointments.everything(connection)]


def guess(office: Office, clock: TownClock, times: int) -> None:
    for _ in range(times):
        with pytest.raises(UnknownCode):
            come(office, clock, NO_CODE)


def test_guessing_has_to_wait_and_staff_have_not(office: Office, clock: TownClock) -> None:
    book(office, clock, 0)
    guess(office, clock, FREE)
    with pytest.raises(TooManyCodes) as refusal:
        come(office, clock)
    assert 0 < refusal.value.wait_s <= PAUSE_S
    done = check_in(office, CODE, GERMAN, clock(), desk=FIRST_DESK)
    assert done.taken.ticket.number == "A-001"
    clock.pass_s(PAUSE_S)
    assert come(office, clock).punctuality is Punctuality.AGAIN
    guess(office, clock, 1)
    with pytest.raises(TooManyCodes):
        come(office, clock)


def test_an_hour_of_rest_forgives_guessing(office: Office, clock: TownClock) -> None:
    guess(office, clock, FREE - 1)
    clock.pass_s(3600)
    guess(office, clock, FREE)


def test_a_restart_does_not_help_guessing(office: Office, clock: TownClock) -> None:
    guess(office, clock, FREE)
    clock.cut_power()
    with pytest.raises(TooManyCodes):
        come(office, clock, NO_CODE)


def test_staff_may_mistype_as_often_as_they_like(office: Office, clock: TownClock) -> None:
    for _ in range(2 * FREE):
        with pytest.raises(UnknownCode):
            appointment_desk.check_in(office, NO_CODE, GERMAN, clock(), desk=FIRST_DESK)
    guess(office, clock, 1)
