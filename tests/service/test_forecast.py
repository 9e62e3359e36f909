"""What people are told of their wait while others have an appointment."""

import pytest

from kiosk.domain.record import NO_RECORD
from kiosk.service import citizens, staff, visits
from kiosk.service.citizens import TicketRequest
from kiosk.service.office import Office
from kiosk.service.wait_forecast import Forecast
from tests.service.coming import book, come
from tests.town import ESTATE, FIRST_DESK, JOBS, MARKET, TownClock


@pytest.fixture
def morning(office: Office, clock: TownClock) -> None:
    """One desk has served three people, ten minutes each."""
    visits.open_visit(office, MARKET, None, clock())
    for _ in range(3):
        take(office, clock)
        staff.call_next(office, FIRST_DESK, clock())
        clock.pass_s(600)
        staff.finish(office, FIRST_DESK, NO_RECORD, clock())


def take(office: Office, clock: TownClock) -> tuple[int, int] | None:
    taken = citizens.take_ticket(office, TicketRequest(JOBS, "de"), clock())
    return office.read(Forecast, clock()).wait_of(taken.ticket)


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize("checked_in", [True, False])
def test_appointments_that_fall_due_during_the_wait_are_reckoned_with(
    office: Office, clock: TownClock, *, checked_in: bool
) -> None:
    before = take(office, clock)
    codes = [str(place) * 4 for place in range(1, 6)]
    for place, code in enumerate(codes):
        book(office, clock, 5 + 5 * place, code)
    if checked_in:
        for code in codes:
            come(office, clock, code)
    told = office.read(Forecast, clock()).wait(JOBS)
    assert before
    assert told
    assert told[1] >= before[1] + 40
    assert told[0] > before[0]


@pytest.mark.usefixtures("morning")
def test_who_is_due_and_may_still_come_is_ahead_and_who_is_too_late_or_elsewhere_is_not(
    office: Office, clock: TownClock
) -> None:
    alone = office.read(Forecast, clock()).wait(JOBS)
    book(office, clock, -60, "1111")
    book(office, clock, -1, "2222", stop=ESTATE)
    book(office, clock, 240, "3333")
    assert office.read(Forecast, clock()).wait(JOBS) == alone
    book(office, clock, -1, "4444")
    told = office.read(Forecast, clock()).wait(JOBS)
    assert alone
    assert told
    assert told[1] >= alone[1] + 9
