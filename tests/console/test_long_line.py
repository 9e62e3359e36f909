"""A wait that is long by the profile's mark, and a line that is longer than the visit."""

from dataclasses import replace

from kiosk.console.pages.desk_rows import TicketRows
from kiosk.console.pages.queue_overrun import QueueOverrun, queue_overrun
from kiosk.domain.planned_hours import PlannedHours
from kiosk.domain.record import NO_RECORD
from kiosk.service import citizens, staff, visits
from kiosk.service.citizens import TicketRequest
from kiosk.service.office import Office
from kiosk.service.queue_view import queue_view
from tests.console.box import Box
from tests.town import FIRST_DESK, JOBS, MARKET, TOWN, TownClock

HOURS = PlannedHours(MARKET, "10:00", "11:00", weekday="su")


def current_overrun(office: Office, clock: TownClock) -> QueueOverrun | None:
    with office.snapshot() as snapshot:
        return queue_overrun(snapshot, queue_view(snapshot), clock())


def test_a_queue_overrun_is_shown(office: Office, clock: TownClock) -> None:
    planned = Office(office.database, replace(TOWN, timetable=(HOURS,)))
    visits.open_visit(planned, MARKET, None, clock())
    request = TicketRequest(JOBS, "de")
    for _ in range(3):
        citizens.take_ticket(planned, request, clock())
        staff.call_next(planned, FIRST_DESK, clock())
        clock.pass_s(600)
        staff.finish(planned, FIRST_DESK, NO_RECORD, clock())
    citizens.take_ticket(planned, request, clock())
    assert current_overrun(planned, clock) is None
    for _ in range(4):
        citizens.take_ticket(planned, request, clock())
    late = current_overrun(planned, clock)
    assert late
    assert late.planned_end == "11:00"
    assert late.until > late.planned_end
    assert current_overrun(office, clock) is None  # nothing is planned


def test_a_wait_is_long_from_the_mark_of_the_profile_on(box: Box) -> None:
    box.open_visit()
    ticket = box.take()

    def is_long() -> bool:
        rows = TicketRows(box.context, box.clock(), FIRST_DESK, frozenset({JOBS}), {})
        return rows.of(ticket).long

    box.clock.pass_s(60 * (TOWN.long_wait_min - 1))
    assert not is_long()
    box.clock.pass_s(60)
    assert is_long()
