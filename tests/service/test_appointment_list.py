"""Today's list of who is expected, and what a closed visit leaves of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.domain.appointment import Punctuality
from kiosk.domain.record import NO_RECORD
from kiosk.service import staff, undo_log, visits
from kiosk.service.check_in import CheckInRequest, Presence, check_in, expected_today
from kiosk.service.queue_view import queue_view
from kiosk.store import appointments
from kiosk.store.counters import RECORDS, RecordKey
from tests.service.coming import book, come
from tests.town import ESTATE, FIRST_DESK, GERMAN, JOBS, MARKET, SCHOOL, TownClock

if TYPE_CHECKING:
    from kiosk.service.office import Office


@pytest.fixture(autouse=True)
def _open(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, MARKET, [JOBS, SCHOOL], clock())


def test_staff_check_in_from_the_list_and_take_it_back(office: Office, clock: TownClock) -> None:
    book(office, clock, 0)
    line = office.read(expected_today, clock())[0]
    check_in(office, CheckInRequest(line.appointment.code, GERMAN, desk=FIRST_DESK), clock())
    assert office.read(expected_today, clock())[0].presence is Presence.CHECKED_IN
    action = undo_log.undo(office, FIRST_DESK, clock())
    assert (action.kind, action.number) == ("check_in", "A-001")
    assert office.read(queue_view).tickets == ()
    assert office.read(expected_today, clock())[0].presence is Presence.EXPECTED
    done = come(office, clock)
    assert (done.punctuality, done.taken.ticket.number) == (Punctuality.ON_TIME, "A-002")


def test_todays_list(office: Office, clock: TownClock) -> None:
    book(office, clock, 30, "1111")
    book(office, clock, -10, "2222")
    book(office, clock, -40, "3333", stop=MARKET)
    book(office, clock, 60, "4444", stop=ESTATE)
    book(office, clock, 24 * 60, "5555")
    come(office, clock, "1111")
    told = [
        (line.appointment.code, line.presence.value)
        for line in office.read(expected_today, clock())
    ]
    assert told == [("3333", "no_show"), ("2222", "expected"), ("1111", "checked_in")]
    visits.close_visit(office, clock(), expected=None)
    assert [line.appointment.code for line in office.read(expected_today, clock())] == ["4444"]


def test_the_list_without_a_clock_holds_all_appointments(office: Office, clock: TownClock) -> None:
    book(office, clock, 0, "1111")
    book(office, clock, 3 * 24 * 60, "2222")
    clock.trusted = False
    told = [(line.appointment.code, line.presence) for line in office.read(expected_today, clock())]
    assert told == [("1111", Presence.EXPECTED), ("2222", Presence.EXPECTED)]


def test_a_closed_visit_keeps_no_used_and_no_past_appointment(
    office: Office, clock: TownClock
) -> None:
    book(office, clock, 20, "1111")
    book(office, clock, -20, "2222")
    book(office, clock, 120, "3333")
    book(office, clock, 24 * 60, "4444")
    come(office, clock, "1111")
    visits.close_visit(office, clock(), expected=None)
    assert codes(office) == ["3333", "4444"]
    clock.jump(1)
    visits.open_visit(office, MARKET, None, clock())
    assert codes(office) == ["4444"]


def test_without_a_clock_only_who_came_is_forgotten(office: Office, clock: TownClock) -> None:
    book(office, clock, 0, "1111")
    book(office, clock, -60, "2222")
    clock.trusted = False
    clock.jump(5)
    come(office, clock, "1111")
    visits.close_visit(office, clock(), expected=None)
    assert codes(office) == ["2222"]


def test_who_appeared_and_who_did_not_is_counted(office: Office, clock: TownClock) -> None:
    for code, in_min in (("1111", -10), ("2222", -10), ("3333", -30), ("4444", 0), ("5555", 600)):
        book(office, clock, in_min, code)
    book(office, clock, -30, "6666", stop=ESTATE)
    for code in ("1111", "2222"):
        come(office, clock, code)
    gone = come(office, clock, "4444").taken.ticket
    staff.withdraw(office, gone.id, clock())
    for _ in range(2):
        staff.call_next(office, FIRST_DESK, clock())
        staff.finish(office, FIRST_DESK, NO_RECORD, clock())
    visits.close_visit(office, clock())
    with office.database.read() as connection:
        counted = RECORDS.of(connection, "2026-11")
    appointments = {key: n for key, n in counted.items() if key.item == "appointment"}
    assert appointments == {
        RecordKey("appointment", "appeared"): 2,
        RecordKey("appointment", "not_appeared"): 2,
    }


def codes(office: Office) -> list[str]:
    with office.database.read() as connection:
        return [appointment.code for appointment in appointments.list_all(connection)]
