"""Numbers from a paper roll, taken in when the box is back."""

from dataclasses import replace

import pytest

from kiosk.domain.errors import NoNumberRange, NumbersTaken, RollTooLong
from kiosk.domain.number import parse_range
from kiosk.domain.outcome import NOT_RECORDED
from kiosk.domain.record import Record
from kiosk.service import citizens, staff, ticket_import, visits
from kiosk.service.office import Office
from kiosk.service.queue_view import queue_view
from kiosk.store.counters import STOP_HOURS, TOPIC_OUTCOMES, StopHourKey, TopicOutcomeKey
from tests.town import FIRST_DESK, GERMAN, JOBS, MARKET, TOWN, TownClock

SERVED = Record(NOT_RECORDED)


@pytest.fixture(autouse=True)
def _open(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, None, None, clock())


def take(office: Office, clock: TownClock) -> str:
    return citizens.take_ticket(office, citizens.TicketRequest(JOBS, GERMAN), clock()).ticket.number


def test_numbers_go_on_behind_the_roll(office: Office, clock: TownClock) -> None:
    take(office, clock)
    taken = ticket_import.import_tickets(
        office,
        ticket_import.ImportRequest(parse_range("A-002", "a014"), JOBS, record=SERVED),
        clock(),
    )
    assert len(taken) == 13
    assert take(office, clock) == "A-015"


def test_who_still_waits_is_called_in_the_order_of_the_roll(
    office: Office, clock: TownClock
) -> None:
    ticket_import.import_tickets(
        office, ticket_import.ImportRequest(parse_range("R-417", "R-418"), JOBS), clock()
    )
    take(office, clock)
    called = []
    for _ in range(3):
        called.append(staff.call_next(office, FIRST_DESK, clock()))
        staff.start(office, FIRST_DESK, clock())
    assert [ticket.number for ticket in called if ticket] == ["R-417", "R-418", "A-001"]


def test_a_number_that_was_given_is_refused_and_nothing_is_taken_in(
    office: Office, clock: TownClock
) -> None:
    given = take(office, clock)
    with pytest.raises(NumbersTaken, match=given):
        ticket_import.import_tickets(
            office, ticket_import.ImportRequest(parse_range("A-001", "A-003"), JOBS), clock()
        )
    assert [ticket.number for ticket in office.read(queue_view).tickets] == [given]
    assert take(office, clock) == "A-002"


def test_who_was_served_by_hand_is_counted_without_an_hour(
    office: Office, clock: TownClock
) -> None:
    ticket_import.import_tickets(
        office,
        ticket_import.ImportRequest(parse_range("A-001", "A-003"), JOBS, record=SERVED),
        clock(),
    )
    visits.close_visit(office, clock())
    with office.database.read() as connection:
        hours = STOP_HOURS.of(connection, "2026-11")
        outcomes = TOPIC_OUTCOMES.of(connection, "2026-11")
    assert hours == {StopHourKey(MARKET, None): 3}
    assert outcomes == {TopicOutcomeKey(JOBS, "not_recorded"): 3}


def test_a_slip_of_the_pen_does_not_take_in_hundreds(office: Office, clock: TownClock) -> None:
    with pytest.raises(RollTooLong, match="293 numbers"):
        ticket_import.import_tickets(
            office,
            ticket_import.ImportRequest(parse_range("A-018", "A-310"), JOBS, record=SERVED),
            clock(),
        )
    assert take(office, clock) == "A-001"


@pytest.mark.parametrize(
    ("first", "last"),
    [("A-3", "A-2"), ("A-001", "B-002"), ("A-000", "A-002"), ("A-17", "18"), ("A-1", "A-1000")],
)
def test_what_is_no_range_is_refused(first: str, last: str) -> None:
    with pytest.raises(NoNumberRange, match="A-018 and A-031"):
        parse_range(first, last)


def test_a_roll_without_letters_is_for_a_service_without_letters(
    office: Office, clock: TownClock
) -> None:
    request = ticket_import.ImportRequest(parse_range("2", "014"), JOBS, record=SERVED)
    with pytest.raises(NoNumberRange, match="'002' to '014'"):
        ticket_import.import_tickets(office, request, clock())
    plain = replace(office, profile=replace(TOWN, number_shows_group=False))
    assert take(plain, clock) == "001"
    assert ticket_import.import_tickets(plain, request, clock())[0].number == "002"
    assert take(plain, clock) == "015"
