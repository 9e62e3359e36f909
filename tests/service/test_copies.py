"""A slip comes out once more when a person asks, marked as a copy, and never by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from hardware.trouble import Trouble
from kiosk.domain.errors import (
    NoPrinter,
    NoVisitOpen,
    SlipComing,
    TooManyCopies,
    Unknown,
    WishOfAnother,
    WrongState,
)
from kiosk.domain.paper_events import (
    CopyFailed,
    CopyPrinted,
    CopyWanted,
)
from kiosk.service import citizens, staff, undo_log, visits
from kiosk.service.office import Office
from kiosk.service.paper import PAPER_MAX_AGE_S, NoPaper
from kiosk.service.slips import COPIES, MOST_COPIES, SLIPS, reprint, slips_of
from kiosk.store import journal
from tests.town import FIRST_DESK, GERMAN, JOBS, MARKET, TOWN

if TYPE_CHECKING:
    from kiosk.domain.ticket import Ticket
    from kiosk.service.slips import SlipJob
    from kiosk.store.copies import Copy
    from tests.town import TownClock


def take(office: Office, clock: TownClock) -> Ticket:
    return citizens.take_ticket(
        office, citizens.TicketRequest(JOBS, GERMAN, desk=FIRST_DESK), clock()
    ).ticket


def print_copy(office: Office, clock: TownClock, ticket: Ticket) -> Copy:
    copy = reprint(office, ticket.id, clock())
    COPIES.begin(office, clock())
    COPIES.printed(office, copy.id, clock())
    return copy


def begun(office: Office, clock: TownClock) -> SlipJob:
    job = COPIES.begin(office, clock())
    assert job is not None
    return job


def copy_events(office: Office) -> list[tuple[str, str]]:
    """What the journal tells about copies: the number, and `wanted`, `printed` or why not."""
    with office.database.read() as connection:
        events = [entry.event for entry in journal.since(connection, 0)]
    words = {CopyWanted: "wanted", CopyPrinted: "printed"}
    return [
        (event.number, event.reason if isinstance(event, CopyFailed) else words[type(event)])
        for event in events
        if isinstance(event, CopyWanted | CopyPrinted | CopyFailed)
    ]


@pytest.fixture(autouse=True)
def _open(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, MARKET, None, clock())


@pytest.fixture
def ticket(office: Office, clock: TownClock) -> Ticket:
    """A ticket whose slip's fate is unknown."""
    ticket = take(office, clock)
    SLIPS.begin(office, clock())
    SLIPS.settle_interrupted(office, clock())
    return ticket


def test_a_copy_says_so_and_its_slip_never_does(office: Office, clock: TownClock) -> None:
    taken = take(office, clock)
    slip = SLIPS.begin(office, clock())
    assert slip is not None
    assert slip.copy is None
    SLIPS.printed(office, taken.id, clock())
    copy = reprint(office, taken.id, clock())
    job = begun(office, clock)
    assert (job.ticket.id, job.copy, job.id) == (taken.id, copy.id, copy.id)
    assert SLIPS.begin(office, clock()) is None, "the slip itself comes once"


def test_the_state_of_a_copy_can_be_read(office: Office, clock: TownClock, ticket: Ticket) -> None:
    assert office.read(slips_of, ticket.id).newest == "failed"
    copy = reprint(office, ticket.id, clock())
    assert office.read(slips_of, ticket.id).newest == "wanted"
    begun(office, clock)
    COPIES.printed(office, copy.id, clock())
    COPIES.printed(office, copy.id, clock())
    COPIES.failed(office, copy.id, Trouble.OFFLINE, clock())
    assert office.read(slips_of, ticket.id).newest == "printed"
    assert office.read(slips_of, ticket.id).slip == "failed"
    assert copy_events(office) == [("A-001", "wanted"), ("A-001", "printed")]


def test_a_repeated_tap_asks_once(office: Office, clock: TownClock, ticket: Ticket) -> None:
    first = reprint(office, ticket.id, clock(), wish="tap")
    assert reprint(office, ticket.id, clock(), wish="tap") == first
    assert begun(office, clock).copy == first.id
    assert COPIES.begin(office, clock()) is None
    assert reprint(office, ticket.id, clock(), wish="tap").id == first.id
    assert copy_events(office) == [("A-001", "wanted")]


def test_a_wish_belongs_to_one_ticket(office: Office, clock: TownClock, ticket: Ticket) -> None:
    reprint(office, ticket.id, clock(), wish="tap")
    with pytest.raises(WishOfAnother):
        reprint(office, take(office, clock).id, clock(), wish="tap")


def test_none_while_the_slip_is_coming(office: Office, clock: TownClock) -> None:
    ticket = take(office, clock)
    with pytest.raises(SlipComing, match="A-001 is being printed"):
        reprint(office, ticket.id, clock())
    SLIPS.begin(office, clock())
    clock.pass_s(PAPER_MAX_AGE_S * 10)  # a slow printer
    with pytest.raises(SlipComing):
        reprint(office, ticket.id, clock())
    SLIPS.printed(office, ticket.id, clock())
    reprint(office, ticket.id, clock())
    with pytest.raises(SlipComing):
        reprint(office, ticket.id, clock(), wish="another")


def test_a_stale_slip_request_does_not_block_a_copy(office: Office, clock: TownClock) -> None:
    ticket = take(office, clock)
    clock.pass_s(PAPER_MAX_AGE_S)
    copy = reprint(office, ticket.id, clock())
    assert SLIPS.begin(office, clock()) is None
    assert begun(office, clock).copy == copy.id


def test_none_for_a_ticket_that_has_ended(office: Office, clock: TownClock, ticket: Ticket) -> None:
    late = take(office, clock)
    SLIPS.give_up(office, Trouble.OFFLINE, clock())
    reprint(office, late.id, clock())
    for gone in (ticket, late):
        staff.withdraw(office, gone.id, clock())
    with pytest.raises(WrongState, match="A-001 is withdrawn and cannot be printed again"):
        reprint(office, ticket.id, clock())
    assert COPIES.begin(office, clock()) is None
    assert copy_events(office) == [("A-002", "wanted"), ("A-002", NoPaper.TICKET_ENDED)]


def test_none_without_a_visit_or_a_ticket(office: Office, clock: TownClock, ticket: Ticket) -> None:
    with pytest.raises(Unknown, match="no ticket '99'"):
        reprint(office, 99, clock())
    visits.close_visit(office, clock(), expected=None)
    with pytest.raises(NoVisitOpen):
        reprint(office, ticket.id, clock())
    with pytest.raises(Unknown):
        office.read(slips_of, ticket.id)


def test_none_where_there_is_no_printer(office: Office, clock: TownClock, ticket: Ticket) -> None:
    without = Office(office.database, replace(TOWN, without=("printer",)))
    with pytest.raises(NoPrinter):
        reprint(without, ticket.id, clock())


def test_copies_are_limited(office: Office, clock: TownClock, ticket: Ticket) -> None:
    for _ in range(MOST_COPIES - 1):
        print_copy(office, clock, ticket)
    reprint(office, ticket.id, clock())
    begun(office, clock)
    COPIES.settle_interrupted(office, clock())  # it may have come out
    with pytest.raises(TooManyCopies, match="A-001 has been printed again 3 times"):
        reprint(office, ticket.id, clock())


def test_tries_without_paper_are_not_counted(
    office: Office, clock: TownClock, ticket: Ticket
) -> None:
    for _ in range(MOST_COPIES * 2):
        copy = reprint(office, ticket.id, clock())
        begun(office, clock)
        COPIES.failed(office, copy.id, Trouble.PAPER_OUT, clock())
    print_copy(office, clock, ticket)
    assert office.read(slips_of, ticket.id).newest == "printed"


def test_after_a_crash_it_is_not_printed_again(
    office: Office, clock: TownClock, ticket: Ticket
) -> None:
    reprint(office, ticket.id, clock())
    begun(office, clock)
    COPIES.settle_interrupted(office, clock())
    assert COPIES.begin(office, clock()) is None
    assert copy_events(office)[1:] == [("A-001", NoPaper.UNCONFIRMED)]


def test_a_stale_copy_is_not_printed(office: Office, clock: TownClock, ticket: Ticket) -> None:
    reprint(office, ticket.id, clock())
    clock.pass_s(PAPER_MAX_AGE_S)
    assert COPIES.begin(office, clock()) is None
    assert copy_events(office)[1:] == [("A-001", NoPaper.TOO_LATE)]


def test_a_copy_for_a_called_ticket_shows_no_wait(
    office: Office, clock: TownClock, ticket: Ticket
) -> None:
    take(office, clock)
    reprint(office, ticket.id, clock())
    assert begun(office, clock).ahead == 0
    COPIES.settle_interrupted(office, clock())
    staff.call_next(office, FIRST_DESK, clock())
    reprint(office, ticket.id, clock())
    job = begun(office, clock)
    assert (job.ahead, job.estimate_min) == (None, None)


def test_undo_does_not_concern_it(office: Office, clock: TownClock, ticket: Ticket) -> None:
    """What a desk did last is still calling, and a copy does not stand in the way of undo."""
    staff.call_next(office, FIRST_DESK, clock())
    reprint(office, ticket.id, clock())
    assert undo_log.undo(office, FIRST_DESK, clock()).number == "A-001"
    assert begun(office, clock).ticket.id == ticket.id


def test_a_ticket_that_is_taken_back_takes_its_copies_along(
    office: Office, clock: TownClock, ticket: Ticket
) -> None:
    copy = reprint(office, ticket.id, clock())
    undo_log.undo(office, FIRST_DESK, clock())
    assert COPIES.begin(office, clock()) is None
    with pytest.raises(Unknown):
        office.read(slips_of, ticket.id)
    second = take(office, clock)
    SLIPS.give_up(office, Trouble.OFFLINE, clock())
    assert reprint(office, second.id, clock()).id != copy.id


def test_a_visit_that_closes_while_the_printer_works_is_no_error(
    office: Office, clock: TownClock, ticket: Ticket
) -> None:
    copy = reprint(office, ticket.id, clock())
    begun(office, clock)
    visits.close_visit(office, clock(), expected=None)
    COPIES.printed(office, copy.id, clock())
    COPIES.failed(office, copy.id, NoPaper.UNCONFIRMED, clock())
    assert copy_events(office) == []
