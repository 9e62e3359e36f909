"""Call backs promised at a desk: a slip for the visitor, a list for today, gone with the visit."""

from dataclasses import replace

import pytest

from hardware.trouble import Trouble
from kiosk.console.pages.desk_history import history_of
from kiosk.domain.errors import NoPrinter, SlipComing, Unknown
from kiosk.domain.outcome import CALL_BACK_PROMISED, NOT_RECORDED, RESOLVED
from kiosk.domain.record import Record
from kiosk.drawing.paper.call_back_slip import call_back_slip
from kiosk.service import (
    call_backs,
    citizens,
    staff,
    ticket_corrections,
    undo_log,
    visits,
)
from kiosk.service.office import Office
from kiosk.service.reminders import REMINDERS
from kiosk.settings.texts import Texts
from tests.town import FIRST_DESK, JOBS, TURKISH, TownClock

TEXTS = Texts.load()
PROMISED = Record(CALL_BACK_PROMISED)


@pytest.fixture
def ticket(office: Office, clock: TownClock) -> int:
    """A person's number, at the first desk."""
    visits.open_visit(office, None, None, clock())
    taken = citizens.take_ticket(office, citizens.TicketRequest(JOBS, TURKISH), clock())
    staff.call_next(office, FIRST_DESK, clock())
    return taken.ticket.id


def listed(office: Office) -> list[tuple[str, bool, str | None]]:
    return [(c.ticket.number, c.done, c.slip) for c in office.read(call_backs.call_backs)]


def last_step(office: Office) -> str:
    return office.read(history_of, FIRST_DESK).steps[0].words


def test_the_promise_prints_a_slip_in_the_visitors_language(
    office: Office, clock: TownClock, ticket: int
) -> None:
    staff.finish(office, FIRST_DESK, PROMISED, clock(), ticket=ticket)
    assert listed(office) == [("A-001", False, "wanted")]
    job = REMINDERS.begin(office, clock())
    assert job
    slip = call_back_slip(job, office.profile, TEXTS)
    assert (slip.number, slip.heading) == ("A-001", TEXTS(TURKISH, "slip.call_back"))
    assert slip.group == "Arbeit"
    assert slip.mark == ""
    REMINDERS.printed(office, job.id, clock())
    assert listed(office) == [("A-001", False, "printed")]


def test_a_call_back_is_ticked_off_and_deleted_with_the_visit(
    office: Office, clock: TownClock, ticket: int
) -> None:
    staff.finish(office, FIRST_DESK, PROMISED, clock())
    assert office.read(call_backs.open_call_backs) == 1
    call_backs.set_called_back(office, ticket, clock(), done=True)
    assert office.read(call_backs.open_call_backs) == 0
    call_backs.set_called_back(office, ticket, clock(), done=False)
    assert office.read(call_backs.open_call_backs) == 1
    visits.close_visit(office, clock())
    left = b"".join(path.read_bytes() for path in office.database.path.parent.iterdir())
    assert b"A-001" not in left
    visits.open_visit(office, None, None, clock())
    assert listed(office) == []


def test_the_slip_comes_again_on_demand_and_not_twice_at_once(
    office: Office, clock: TownClock, ticket: int
) -> None:
    staff.finish(office, FIRST_DESK, PROMISED, clock())
    with pytest.raises(SlipComing):
        call_backs.reprint(office, ticket, clock())
    job = REMINDERS.begin(office, clock())
    assert job
    REMINDERS.failed(office, job.id, Trouble.PAPER_OUT, clock())
    call_backs.reprint(office, ticket, clock())
    assert listed(office) == [("A-001", False, "wanted")]


def test_a_promise_that_is_undone_leaves_the_list(
    office: Office, clock: TownClock, ticket: int
) -> None:
    staff.finish(office, FIRST_DESK, PROMISED, clock())
    undo_log.undo(office, FIRST_DESK, clock())
    assert listed(office) == []
    with pytest.raises(Unknown):
        call_backs.set_called_back(office, ticket, clock(), done=True)


@pytest.mark.parametrize("others", [0, 1])
@pytest.mark.parametrize("done", [False, True])
def test_a_second_talk_without_an_outcome_keeps_the_promise(
    office: Office, clock: TownClock, ticket: int, others: int, *, done: bool
) -> None:
    staff.finish(office, FIRST_DESK, PROMISED, clock())
    call_backs.set_called_back(office, ticket, clock(), done=done)
    ticket_corrections.put_back(office, ticket, clock(), desk=FIRST_DESK)
    assert listed(office) == [("A-001", done, "wanted")]
    staff.call_next(office, FIRST_DESK, clock())
    staff.start(office, FIRST_DESK, clock())
    for _ in range(others):
        citizens.take_ticket(office, citizens.TicketRequest(JOBS, TURKISH), clock())
    staff.call_next(office, FIRST_DESK, clock())
    assert listed(office) == [("A-001", done, "wanted")]
    assert last_step(office).endswith("Ergebnis wie zuvor")


def test_another_outcome_replaces_the_promise_and_the_trail_says_so(
    office: Office, clock: TownClock, ticket: int
) -> None:
    staff.finish(office, FIRST_DESK, PROMISED, clock())
    staff.call(office, FIRST_DESK, ticket, clock())
    staff.finish(office, FIRST_DESK, Record(RESOLVED), clock())
    assert listed(office) == []
    assert last_step(office) == "A-001 abgeschlossen: Geklärt statt Rückruf"
    undo_log.undo(office, FIRST_DESK, clock())
    staff.finish(office, FIRST_DESK, Record(NOT_RECORDED, persons=2), clock())
    assert listed(office) == [("A-001", False, "wanted")]
    ticket_corrections.amend(office, FIRST_DESK, ticket, Record(RESOLVED), clock())
    assert last_step(office) == "A-001: Ergebnis nachgetragen: Geklärt statt Rückruf"


def test_a_repeated_call_back_promise_is_open_again(
    office: Office, clock: TownClock, ticket: int
) -> None:
    staff.finish(office, FIRST_DESK, PROMISED, clock())
    call_backs.set_called_back(office, ticket, clock(), done=True)
    staff.call(office, FIRST_DESK, ticket, clock())
    staff.finish(office, FIRST_DESK, PROMISED, clock())
    assert office.read(call_backs.open_call_backs) == 1
    call_backs.set_called_back(office, ticket, clock(), done=True)
    for outcome, left in ((RESOLVED, 0), (CALL_BACK_PROMISED, 1)):
        ticket_corrections.amend(office, FIRST_DESK, ticket, Record(outcome), clock())
        assert office.read(call_backs.open_call_backs) == left


def test_without_a_printer_there_is_the_list_alone(clock: TownClock, office: Office) -> None:
    bare = Office(office.database, replace(office.profile, without=("printer",)))
    visits.open_visit(bare, None, None, clock())
    taken = citizens.take_ticket(bare, citizens.TicketRequest(JOBS, TURKISH), clock())
    staff.call_next(bare, FIRST_DESK, clock())
    staff.finish(bare, FIRST_DESK, PROMISED, clock())
    assert listed(bare) == [("A-001", False, None)]
    with pytest.raises(NoPrinter):
        call_backs.reprint(bare, taken.ticket.id, clock())
