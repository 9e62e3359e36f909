"""A ticket gets at most one slip, whatever is killed when, and a slip that cannot come fails."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from hardware.trouble import Trouble
from kiosk.domain.outcome import RESOLVED
from kiosk.domain.paper_events import (
    SlipFailed,
    SlipPrinted,
)
from kiosk.domain.record import Record
from kiosk.service import citizens, staff, visits
from kiosk.service.office import Office
from kiosk.service.paper import PAPER_MAX_AGE_S, NoPaper
from kiosk.service.sheets import SHEETS, SheetRequest, want_sheet
from kiosk.service.slips import SLIPS
from kiosk.store import journal
from kiosk.store.database import Database
from tests.town import GERMAN, JOBS, MARKET, RENT, TENANTS, TOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kiosk.domain.ticket import Ticket
    from kiosk.service.paper import PrintQueue
    from kiosk.service.slips import SlipJob
    from tests.town import TownClock


@contextmanager
def another_process(office: Office) -> Iterator[Office]:
    """The same office over a connection of its own."""
    database = Database.open(office.database.path)
    try:
        yield Office(database, office.profile)
    finally:
        database.close()


def slips_while(happens: Callable[[], object]) -> PrintQueue[Ticket, SlipJob]:
    """Slips; while what stands on one of them is being told, something happens."""

    def job(*asked: Any) -> SlipJob:  # noqa: ANN401 - handed on
        happens()
        return SLIPS.job(*asked)

    return replace(SLIPS, job=job)


def take(office: Office, clock: TownClock, topic: str = JOBS) -> Ticket:
    return citizens.take_ticket(office, citizens.TicketRequest(topic, GERMAN), clock()).ticket


def slip_events(office: Office) -> list[tuple[str, str]]:
    """What the journal tells about slips: the number, and `printed` or why not."""
    with office.database.read() as connection:
        events = [entry.event for entry in journal.since(connection, 0)]
    return [
        (event.number, event.reason if isinstance(event, SlipFailed) else "printed")
        for event in events
        if isinstance(event, SlipPrinted | SlipFailed)
    ]


@pytest.fixture(autouse=True)
def _open(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, MARKET, None, clock())


def test_slips_are_begun_in_the_order_of_taking_and_only_once(
    office: Office, clock: TownClock
) -> None:
    first, second = take(office, clock), take(office, clock, RENT)
    jobs = [SLIPS.begin(office, clock()) for _ in range(3)]
    assert [job.ticket.id for job in jobs if job] == [first.id, second.id]


def test_a_job_holds_the_content_of_the_slip(office: Office, clock: TownClock) -> None:
    take(office, clock)
    take(office, clock)
    SLIPS.begin(office, clock())
    job = SLIPS.begin(office, clock())
    assert job is not None
    assert (job.ticket.number, job.stop.name, job.ahead) == ("A-002", "Markt", 1)


def test_taking_a_number_does_not_wait_for_a_slip_confirmation(
    office: Office, clock: TownClock
) -> None:
    take(office, clock)
    with another_process(office) as glass:
        job = slips_while(lambda: take(glass, clock)).begin(office, clock())
    assert job is not None
    assert job.ticket.number == "A-001"


def test_an_empty_print_queue_takes_no_write_lock(office: Office, clock: TownClock) -> None:
    with another_process(office) as glass, glass.database.write():
        assert SLIPS.begin(office, clock()) is None


def test_a_visit_closed_while_a_slip_is_confirmed_leaves_nothing_to_print(
    office: Office, clock: TownClock
) -> None:
    take(office, clock)
    with another_process(office) as console:
        closing = slips_while(lambda: visits.close_visit(console, clock(), expected=None))
        assert closing.begin(office, clock()) is None
    assert slip_events(office) == []


def test_a_printed_slip_is_confirmed_once(office: Office, clock: TownClock) -> None:
    ticket = take(office, clock)
    SLIPS.begin(office, clock())
    SLIPS.printed(office, ticket.id, clock())
    SLIPS.printed(office, ticket.id, clock())
    SLIPS.failed(office, ticket.id, Trouble.OFFLINE, clock())
    assert slip_events(office) == [("A-001", "printed")]


def test_a_slip_that_was_never_begun_cannot_be_confirmed(office: Office, clock: TownClock) -> None:
    ticket = take(office, clock)
    SLIPS.printed(office, ticket.id, clock())
    assert slip_events(office) == []


def test_after_a_crash_between_begin_and_confirm_it_is_not_printed_again(
    office: Office, clock: TownClock
) -> None:
    take(office, clock)
    SLIPS.begin(office, clock())
    SLIPS.settle_interrupted(office, clock())
    assert SLIPS.begin(office, clock()) is None
    assert slip_events(office) == [("A-001", NoPaper.UNCONFIRMED)]


def test_a_stale_slip_is_not_printed(office: Office, clock: TownClock) -> None:
    take(office, clock)
    clock.pass_s(PAPER_MAX_AGE_S)
    fresh = take(office, clock)
    job = SLIPS.begin(office, clock())
    assert job is not None
    assert job.ticket.id == fresh.id
    assert slip_events(office) == [("A-001", NoPaper.TOO_LATE)]


def test_no_paper_after_a_power_cut(office: Office, clock: TownClock) -> None:
    take(office, clock)
    clock.cut_power()
    assert SLIPS.begin(office, clock()) is None
    assert slip_events(office) == [("A-001", NoPaper.TOO_LATE)]


def test_a_wrong_wall_clock_costs_no_slip(office: Office, clock: TownClock) -> None:
    take(office, clock)
    clock.jump(days=4000)
    assert SLIPS.begin(office, clock()) is not None


def test_no_paper_for_a_ticket_that_has_ended(office: Office, clock: TownClock) -> None:
    ticket = take(office, clock)
    staff.withdraw(office, ticket.id, clock())
    assert SLIPS.begin(office, clock()) is None
    assert slip_events(office) == [("A-001", NoPaper.TICKET_ENDED)]


def test_without_a_printer_each_slip_fails(office: Office, clock: TownClock) -> None:
    take(office, clock)
    take(office, clock)
    SLIPS.give_up(office, NoPaper.NO_PRINTER, clock())
    SLIPS.give_up(office, NoPaper.NO_PRINTER, clock())
    assert Counter(slip_events(office)) == {
        ("A-001", NoPaper.NO_PRINTER): 1,
        ("A-002", NoPaper.NO_PRINTER): 1,
    }


def test_a_slip_that_names_what_the_profile_has_no_more_fails_and_lets_sheets_pass(
    office: Office, clock: TownClock
) -> None:
    take(office, clock)
    sheet = want_sheet(office, SheetRequest(TENANTS, GERMAN), clock())
    edited = Office(office.database, replace(TOWN, stops=TOWN.stops[1:]))
    assert SLIPS.begin(edited, clock()) is None
    assert slip_events(office) == [("A-001", NoPaper.PROFILE_CHANGED)]
    job = SHEETS.begin(edited, clock())
    assert job is not None
    assert job.id == sheet.id


def test_late_slips_fail_without_a_panel(office: Office, clock: TownClock) -> None:
    take(office, clock)
    clock.pass_s(PAPER_MAX_AGE_S)
    take(office, clock)
    SLIPS.fail_late(office, clock())
    SLIPS.fail_late(office, clock())
    assert slip_events(office) == [("A-001", NoPaper.TOO_LATE)]


def test_a_visit_that_closes_while_the_printer_works_is_no_error(
    office: Office, clock: TownClock
) -> None:
    ticket = take(office, clock)
    SLIPS.begin(office, clock())
    staff.call_next(office, "1", clock())
    staff.finish(office, "1", Record(RESOLVED), clock())
    visits.close_visit(office, clock())
    SLIPS.printed(office, ticket.id, clock())
    SLIPS.failed(office, ticket.id, NoPaper.UNCONFIRMED, clock())
    assert slip_events(office) == []
