"""People with an appointment who come: their number, their turn, and one answer to one code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.domain import queue
from kiosk.domain.appointment import Punctuality
from kiosk.domain.errors import WishOfAnother
from kiosk.domain.events import AppointmentCheckedIn, TicketTaken
from kiosk.service import citizens, staff, visits
from kiosk.service.check_in import CheckInRequest, check_in
from kiosk.service.queue_view import queue_view
from kiosk.store import journal
from tests.service.coming import CODE, OTHER, book, come
from tests.town import FIRST_DESK, GERMAN, JOBS, MARKET, SCHOOL, TURKISH, TownClock

if TYPE_CHECKING:
    from kiosk.service.office import Office


@pytest.fixture(autouse=True)
def _open(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, MARKET, [JOBS, SCHOOL], clock())


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


def test_the_journal_has_the_ticket_and_then_its_punctuality(
    office: Office, clock: TownClock
) -> None:
    book(office, clock, 0)
    come(office, clock)
    taken, checked_in = events(office)[-2:]
    assert isinstance(taken, TicketTaken)
    assert checked_in == AppointmentCheckedIn(taken.ticket, "A-001", "on_time", scanned=False)


def test_a_due_appointment_goes_before_walk_ins_and_an_early_one_waits(
    office: Office, clock: TownClock
) -> None:
    citizens.take_ticket(office, citizens.TicketRequest(JOBS, GERMAN), clock())
    book(office, clock, 10)
    assert come(office, clock).taken.ahead == 1
    clock.pass_s(11 * 60)
    called = staff.call_next(office, FIRST_DESK, clock())
    assert called is not None
    assert called.number == "A-002"


def test_an_early_appointment_is_called_when_the_queue_is_empty(
    office: Office, clock: TownClock
) -> None:
    book(office, clock, 60)
    come(office, clock)
    assert staff.call_next(office, FIRST_DESK, clock()) is not None


def test_who_is_too_late_waits_like_a_walk_in_with_a_head_start(
    office: Office, clock: TownClock
) -> None:
    for _ in range(8):
        citizens.take_ticket(office, citizens.TicketRequest(JOBS, GERMAN), clock())
    book(office, clock, -30)
    assert come(office, clock).taken.ahead == 8 - queue.HEAD_START + 1


def test_the_code_may_be_written_in_groups(office: Office, clock: TownClock) -> None:
    book(office, clock, 0)
    assert come(office, clock, "4711 0815").taken.ticket.number == "A-001"
    assert come(office, clock, " 4711-0815 ").taken.ticket.number == "A-001"


@pytest.mark.parametrize(
    ("state", "heard"),
    [
        ("waiting", Punctuality.AGAIN),
        ("called", Punctuality.CALLED),
        ("serving", Punctuality.CALLED),
        ("parked", Punctuality.BACK),
        ("missed", Punctuality.BACK),
    ],
)
def test_the_same_code_again_is_the_same_number(
    office: Office, clock: TownClock, state: str, heard: Punctuality
) -> None:
    book(office, clock, 0)
    first = come(office, clock).taken.ticket
    if state != "waiting":
        staff.call_next(office, FIRST_DESK, clock())
    if state in {"serving", "parked"}:
        staff.start(office, FIRST_DESK, clock())
    if state == "parked":
        staff.park(office, FIRST_DESK, clock())
    if state == "missed":
        staff.miss(office, FIRST_DESK, clock())
        staff.call(office, FIRST_DESK, first.id, clock())
        assert staff.miss(office, FIRST_DESK, clock()).state == state
    again = come(office, clock)
    assert (again.punctuality, again.taken.ticket.id) == (heard, first.id)
    assert again.taken.ticket.state == ("waiting" if heard is Punctuality.BACK else state)
    assert len(office.read(queue_view).tickets) == 1
    assert [e for e in events(office) if isinstance(e, AppointmentCheckedIn)][-1] == (
        AppointmentCheckedIn(first.id, first.number, heard, scanned=False)
    )
    if heard is Punctuality.BACK:
        called = staff.call_next(office, FIRST_DESK, clock())
        assert called
        assert called.id == first.id


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


def test_the_language_is_that_of_the_glass(office: Office, clock: TownClock) -> None:
    book(office, clock, 0)
    assert check_in(office, CheckInRequest(CODE, TURKISH), clock()).taken.ticket.language == TURKISH


@pytest.mark.parametrize("days", [-400, 0, 3])
def test_without_a_known_day_an_open_appointment_is_due(
    office: Office, clock: TownClock, days: float
) -> None:
    book(office, clock, 60)
    clock.jump(days)
    clock.trusted = False
    done = come(office, clock)
    assert (done.punctuality, done.taken.ticket.late) == (Punctuality.ON_TIME, False)
    citizens.take_ticket(office, citizens.TicketRequest(JOBS, GERMAN), clock())
    called = staff.call_next(office, FIRST_DESK, clock())
    assert called is not None
    assert called.id == done.taken.ticket.id


def test_who_has_an_appointment_comes_in_after_the_intake(office: Office, clock: TownClock) -> None:
    book(office, clock, 0)
    book(office, clock, 0, OTHER)
    visits.limit_topic(office, JOBS, 0, clock())
    assert come(office, clock).taken.ticket.number == "A-001"
    visits.set_intake(office, clock(), intake=False)
    assert come(office, clock, OTHER).taken.ticket.number == "A-002"
