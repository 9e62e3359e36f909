"""Appointments made, moved and cancelled at a desk, from the timetable's next office hours."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.console.pages.desk_history import history_of
from kiosk.console.words.refusals import in_german
from kiosk.domain.appointment import Appointment
from kiosk.domain.appointment_errors import (
    AppointmentUsed,
    NoOfficeHour,
    RealAppointment,
    UnknownCode,
)
from kiosk.domain.outcome import APPOINTMENT_MADE
from kiosk.domain.planned_hours import PlannedHours
from kiosk.domain.record import Record
from kiosk.domain.undo_errors import CheckedInSince
from kiosk.service import citizens, desk_appointments, staff, undo_log, visits
from kiosk.service.appointment_import import import_appointments
from kiosk.service.appointments import upcoming
from kiosk.service.check_in import CheckInRequest, check_in
from kiosk.service.desk_appointments import BookingRequest, FinishRequest
from kiosk.service.office import Office
from kiosk.service.reminders import REMINDERS
from kiosk.service.timetable import TodayUnknown
from kiosk.store.database import Database
from tests.town import (
    ESTATE,
    FIRST_DESK,
    GERMAN,
    JOBS,
    MARKET,
    RENT,
    SECOND_DESK,
    TOWN,
    TURKISH,
    TownClock,
)

# The town's day is Sunday 22 November 2026, ten o'clock; the bus is at the market on Tuesdays.
TUESDAYS = PlannedHours(MARKET, "10:00", "11:00", weekday="tu")
THURSDAYS = PlannedHours(ESTATE, "09:00", "10:00", weekday="th", topics=(RENT,))
PLANNED = replace(TOWN, timetable=(TUESDAYS, THURSDAYS), appointment_every_min=30)
TUESDAY_AT_TEN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MADE = Record(APPOINTMENT_MADE)
AT_TEN = BookingRequest(JOBS, TUESDAY_AT_TEN, MARKET, TURKISH)
LATER = replace(AT_TEN, time=TUESDAY_AT_TEN + timedelta(minutes=30))


@pytest.fixture
def office(database: Database, clock: TownClock) -> Office:
    office = Office(database, PLANNED)
    visits.open_visit(office, None, None, clock())
    return office


def hours(office: Office, clock: TownClock, topic: str = JOBS) -> list[tuple[str, list[str]]]:
    found = office.read(desk_appointments.office_hours, topic, clock(), 2)
    return [(h.visit.stop, [f"{time:%d.%m. %H:%M}" for time in h.free]) for h in found]


def expected(office: Office, clock: TownClock) -> list[Appointment]:
    return office.read(upcoming, clock())


def test_the_next_office_hours_of_a_topic_are_offered(office: Office, clock: TownClock) -> None:
    assert hours(office, clock) == [
        (MARKET, ["24.11. 09:00", "24.11. 09:30"]),
        (MARKET, ["01.12. 09:00", "01.12. 09:30"]),
    ]
    assert hours(office, clock, RENT)[1] == (ESTATE, ["26.11. 08:00", "26.11. 08:30"])


def test_one_is_made_with_the_end_of_the_talk_and_its_slip_comes(
    office: Office, clock: TownClock
) -> None:
    citizens.take_ticket(office, citizens.TicketRequest(JOBS, TURKISH), clock())
    person = staff.call_next(office, FIRST_DESK, clock())
    assert person
    booking = BookingRequest("", TUESDAY_AT_TEN, MARKET)
    request = FinishRequest(MADE, booking, person.id)
    desk_appointments.finish_with_appointment(office, FIRST_DESK, request, clock())
    (made,) = expected(office, clock)
    assert (made.time, made.topic, made.stop) == (TUESDAY_AT_TEN, JOBS, MARKET)
    job = REMINDERS.begin(office, clock())
    assert job
    assert (job.appointment, job.reminder.language) == (made, TURKISH)
    undo_log.undo(office, FIRST_DESK, clock())
    assert expected(office, clock) == []


def test_undo_is_refused_once_the_appointment_was_checked_in(
    office: Office, clock: TownClock
) -> None:
    visits.close_visit(office, clock())
    clock.wall = TUESDAY_AT_TEN - timedelta(minutes=20)
    visits.open_visit(office, MARKET, None, clock())
    citizens.take_ticket(office, citizens.TicketRequest(JOBS, TURKISH), clock())
    staff.call_next(office, FIRST_DESK, clock())
    request = FinishRequest(MADE, BookingRequest("", TUESDAY_AT_TEN, MARKET))
    desk_appointments.finish_with_appointment(office, FIRST_DESK, request, clock())
    (made,) = expected(office, clock)
    come = check_in(office, CheckInRequest(made.code, TURKISH, desk=SECOND_DESK), clock())
    with pytest.raises(CheckedInSince, match="A-002") as refusal:
        undo_log.undo(office, FIRST_DESK, clock())
    assert "A-002" in str(in_german(refusal.value, 409))
    button = office.read(history_of, FIRST_DESK).undo
    assert button.too_late == "A-002: Termin inzwischen angemeldet"
    again = check_in(office, CheckInRequest(made.code, TURKISH), clock())
    assert again.taken.ticket == come.taken.ticket
    undo_log.undo(office, SECOND_DESK, clock())  # the check-in was a mistake
    undo_log.undo(office, FIRST_DESK, clock())
    assert expected(office, clock) == []


def test_one_by_telephone_prints_no_slip(office: Office, clock: TownClock) -> None:
    told = desk_appointments.make(office, AT_TEN, clock(), slip=False)
    assert expected(office, clock) == [told]
    assert REMINDERS.begin(office, clock()) is None


def test_a_move_reprints_a_slip_and_prints_none_for_telephone_bookings(
    office: Office, clock: TownClock
) -> None:
    code = desk_appointments.make(office, AT_TEN, clock(), slip=False).code
    moved = desk_appointments.move(office, code, LATER, clock())
    assert (moved.time, REMINDERS.begin(office, clock())) == (LATER.time, None)
    desk_appointments.reprint(office, code, TURKISH, clock())
    first = REMINDERS.begin(office, clock())
    assert first
    REMINDERS.printed(office, first.id, clock())
    moved = desk_appointments.move(office, code, AT_TEN, clock())
    job = REMINDERS.begin(office, clock())
    assert job
    assert (job.appointment, job.reminder.language) == (moved, TURKISH)


def test_a_time_is_given_to_as_many_as_there_are_desks(office: Office, clock: TownClock) -> None:
    desk_appointments.make(office, AT_TEN, clock())  # jobs have one desk
    assert hours(office, clock)[0] == (MARKET, ["24.11. 09:30"])
    with pytest.raises(NoOfficeHour, match="2026-11-24 10:00"):
        desk_appointments.make(office, AT_TEN, clock())
    for elsewhere in (replace(AT_TEN, stop=ESTATE), replace(AT_TEN, time=clock().wall)):
        with pytest.raises(NoOfficeHour):
            desk_appointments.make(office, elsewhere, clock())


def test_it_is_moved_with_its_code_and_cancelled(office: Office, clock: TownClock) -> None:
    made = desk_appointments.make(office, AT_TEN, clock())
    later = BookingRequest("", TUESDAY_AT_TEN + timedelta(minutes=30), MARKET)
    moved = desk_appointments.move(office, made.code, later, clock())
    assert (moved.code, moved.time) == (made.code, later.time)
    assert hours(office, clock)[0] == (MARKET, ["24.11. 09:00"])
    desk_appointments.cancel(office, made.code, clock())
    assert expected(office, clock) == []
    with pytest.raises(UnknownCode):
        desk_appointments.cancel(office, made.code, clock())


def test_a_checked_in_appointment_is_not_cancelled(office: Office, clock: TownClock) -> None:
    code = desk_appointments.make(office, AT_TEN, clock()).code
    visits.close_visit(office, clock())
    clock.wall = TUESDAY_AT_TEN
    visits.open_visit(office, MARKET, None, clock())
    check_in(office, CheckInRequest(code, GERMAN), clock())
    with pytest.raises(AppointmentUsed, match="A-001"):
        desk_appointments.cancel(office, code, clock())


def test_a_file_instead_of_all_leaves_what_was_made_at_a_desk(
    office: Office, clock: TownClock
) -> None:
    made = desk_appointments.make(office, AT_TEN, clock())
    import_appointments(office, [], clock(), instead_of_all=True)
    assert expected(office, clock) == [made]


def test_practice_makes_appointments_that_go_with_it_and_leaves_real_ones(
    office: Office, clock: TownClock
) -> None:
    real = desk_appointments.make(office, AT_TEN, clock())
    visits.close_visit(office, clock())
    visits.open_visit(office, None, None, clock(), practice=True)
    later = BookingRequest(JOBS, TUESDAY_AT_TEN + timedelta(minutes=30), MARKET)
    played = desk_appointments.make(office, later, clock())
    with pytest.raises(RealAppointment):
        desk_appointments.cancel(office, real.code, clock())
    assert len(expected(office, clock)) == 2
    assert played.is_practice
    visits.close_visit(office, clock())
    assert expected(office, clock) == [real]


def test_without_a_clock_nothing_is_offered(office: Office, clock: TownClock) -> None:
    clock.trusted = False
    assert hours(office, clock) == []
    with pytest.raises(TodayUnknown):
        desk_appointments.make(office, AT_TEN, clock())
