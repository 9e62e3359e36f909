"""Idempotency keys: the same request again is the same answer, another request is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from hardware.trouble import Trouble
from kiosk.domain.errors import WishOfAnother
from kiosk.service import staff, visits
from kiosk.service.check_in import CheckInRequest, check_in
from kiosk.service.citizens import TicketRequest, take_ticket
from kiosk.service.sheets import SheetRequest, want_sheet
from kiosk.service.slips import SLIPS, reprint
from kiosk.store import journal
from tests.service.coming import CODE, OTHER, book
from tests.town import FIRST_DESK, GERMAN, JOBS, RENT, TENANTS, TURKISH

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.service.office import Office
    from tests.town import TownClock

    Ask = Callable[[Office, TownClock], object]

WISH: Final = "tap"


def ticket(topic: str, language: str) -> Ask:
    request = TicketRequest(topic, language, WISH)
    return lambda office, clock: take_ticket(office, request, clock()).ticket


def appointment(code: str, language: str) -> Ask:
    request = CheckInRequest(code, language, WISH)
    return lambda office, clock: check_in(office, request, clock()).taken.ticket


def sheet(language: str | None) -> Ask:
    request = SheetRequest(TENANTS, language, desk=FIRST_DESK, wish=WISH)
    return lambda office, clock: want_sheet(office, request, clock())


def copy(ticket_id: int) -> Ask:
    return lambda office, clock: reprint(office, ticket_id, clock(), wish=WISH)


REQUESTS: Final = {
    "ticket, other topic": (ticket(JOBS, GERMAN), ticket(RENT, GERMAN)),
    "ticket, other language": (ticket(JOBS, GERMAN), ticket(JOBS, TURKISH)),
    "ticket, appointment": (ticket(JOBS, GERMAN), appointment(CODE, GERMAN)),
    "check-in, other code": (appointment(CODE, GERMAN), appointment(OTHER, GERMAN)),
    "check-in, other language": (appointment(CODE, GERMAN), appointment(CODE, TURKISH)),
    "check-in, walk-in": (appointment(CODE, GERMAN), ticket(JOBS, GERMAN)),
    "sheet, other language": (sheet(TURKISH), sheet(GERMAN)),
    "copy, other ticket": (copy(1), copy(2)),
}


@pytest.fixture(autouse=True)
def _open(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, None, None, clock())
    for _ in range(2):
        take_ticket(office, TicketRequest(RENT, GERMAN), clock())
    SLIPS.give_up(office, Trouble.OFFLINE, clock())
    book(office, clock, 0)
    book(office, clock, 0, OTHER)


def newest(office: Office) -> int:
    with office.database.read() as connection:
        return journal.newest(connection)


@pytest.mark.parametrize("name", REQUESTS)
def test_a_wish_leads_to_one_thing(office: Office, clock: TownClock, name: str) -> None:
    request, other = REQUESTS[name]
    first = request(office, clock)
    told = newest(office)
    assert request(office, clock) == first
    with pytest.raises(WishOfAnother):
        other(office, clock)
    assert newest(office) == told, "nothing was done twice, nothing for the other"


def test_a_transferred_ticket_is_still_that_of_its_wish(office: Office, clock: TownClock) -> None:
    request = TicketRequest(JOBS, GERMAN, WISH)
    taken = take_ticket(office, request, clock()).ticket
    staff.call(office, FIRST_DESK, taken.id, clock())
    staff.transfer(office, FIRST_DESK, staff.TransferTarget(RENT), clock())
    assert take_ticket(office, request, clock()).ticket.id == taken.id
    with pytest.raises(WishOfAnother):
        take_ticket(office, TicketRequest(RENT, GERMAN, WISH), clock())


def test_a_sheet_in_the_language_of_the_desk_is_the_same_when_the_person_has_changed(
    office: Office, clock: TownClock
) -> None:
    first = sheet(None)(office, clock)
    turkish = take_ticket(office, TicketRequest(JOBS, TURKISH), clock()).ticket
    staff.call(office, FIRST_DESK, turkish.id, clock())
    assert sheet(None)(office, clock) == first
