"""A practice visit: everything works, nothing counts, nothing stays."""

from datetime import timedelta

import pytest

from kiosk.console.pages.closed_visit import closed_today
from kiosk.domain.appointment import Booking
from kiosk.domain.errors import IntakeClosed, VisitAlreadyOpen
from kiosk.domain.outcome import RESOLVED
from kiosk.domain.record import Record
from kiosk.service import citizens, staff, visits
from kiosk.service.appointment_import import import_appointments
from kiosk.service.appointments import upcoming
from kiosk.service.check_in import CheckInRequest, check_in
from kiosk.service.office import Office
from kiosk.service.operating_days import days_of
from kiosk.service.slips import SLIPS
from tests.town import FIRST_DESK, GERMAN, JOBS, MARKET, RENT, TownClock

_ROWS = ("counter", "operating_day", "visit", "ticket", "enquiry", "feedback", "appointment")


def rows(office: Office) -> list[str]:
    """What is stored, but for the journal and running numbers."""
    tables = tuple(f'INSERT INTO "{table}"' for table in _ROWS)
    with office.database.read() as connection:
        return [line for line in connection.iterdump() if line.startswith(tables)]


def practise(office: Office, clock: TownClock) -> None:
    """A whole small day: numbers, a talk, smileys, a refusal, an enquiry."""
    visits.open_visit(office, MARKET, None, clock(), practice=True)
    for topic in (JOBS, RENT):
        citizens.take_ticket(office, citizens.TicketRequest(topic, GERMAN), clock())
    staff.call_next(office, FIRST_DESK, clock())
    staff.start(office, FIRST_DESK, clock())
    staff.finish(office, FIRST_DESK, Record(RESOLVED), clock())
    counted = staff.CountRequest(RENT, Record(RESOLVED))
    staff.count(office, FIRST_DESK, counted, clock())
    assert citizens.give_feedback(office, 4, clock()).thanked
    visits.set_intake(office, clock(), intake=False)
    with pytest.raises(IntakeClosed):
        citizens.take_ticket(office, citizens.TicketRequest(JOBS, GERMAN), clock())


def test_nothing_of_it_counts_or_stays(office: Office, clock: TownClock) -> None:
    before, now = rows(office), clock()
    practise(office, clock)
    visits.close_visit(office, clock(), expected=None)
    assert rows(office) == before
    today = now.wall.date()
    assert office.read(days_of, today, today, now) == []
    left = b"".join(path.read_bytes() for path in office.database.path.parent.iterdir())
    assert b"A-001" not in left
    assert b"TicketTaken" not in left


def test_the_page_says_that_practice_has_ended(office: Office, clock: TownClock) -> None:
    for practice, said in ((True, "Übung beendet"), (False, "Einsatz beendet")):
        visits.open_visit(office, None, None, clock(), practice=practice)
        visits.close_visit(office, clock())
        told = office.read(closed_today, clock())
        assert told
        assert told.text.startswith(said)


def test_a_visit_that_counts_takes_its_place_and_begins_afresh(
    office: Office, clock: TownClock
) -> None:
    practise(office, clock)
    with pytest.raises(VisitAlreadyOpen):
        visits.open_visit(office, None, None, clock(), practice=True)
    real = visits.open_visit(office, None, None, clock())
    first = citizens.take_ticket(office, citizens.TicketRequest(JOBS, GERMAN), clock())
    assert (real.practice, first.ticket.number, first.ahead) == (False, "A-001", 0)
    with pytest.raises(VisitAlreadyOpen):
        visits.open_visit(office, None, None, clock())


def test_appointments_of_real_people_are_not_used_up(office: Office, clock: TownClock) -> None:
    now = clock()
    booking = Booking(
        time=now.wall + timedelta(minutes=5), topic=JOBS, stop=None, code="12345678", origin=""
    )
    code = import_appointments(office, [booking], now).changes[0].appointment.code
    visits.open_visit(office, None, None, clock(), practice=True)
    check_in(office, CheckInRequest(code, GERMAN), clock())
    visits.close_visit(office, clock(), expected=None)
    assert [one.code for one in office.read(upcoming, clock())] == [code]
    visits.open_visit(office, None, None, clock())
    assert check_in(office, CheckInRequest(code, GERMAN), clock()).taken.ticket.number == "A-001"


def test_the_slip_says_that_it_is_practice(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, None, None, clock(), practice=True)
    citizens.take_ticket(office, citizens.TicketRequest(JOBS, GERMAN), clock())
    job = SLIPS.begin(office, clock())
    assert job
    assert job.practice
