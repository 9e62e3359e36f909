"""A slip under the scanner, as citizens and staff learn of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from hardware.scanner.fake import FakeScanner
from hardware.scanner.port import Scan
from kiosk.domain.events import AppointmentCheckedIn, CodeRefused
from kiosk.panel.scanner import REST_S, SAME_CODE_S, ScanRule
from kiosk.service import visits
from kiosk.service.queue_view import queue_view
from tests.files.appointments.booked import expect
from tests.panel.bus import Bus, StillClock, running
from tests.town import MARKET
from tests.waiting import eventually

if TYPE_CHECKING:
    from kiosk.service.office import Office

CODE = "47110815"


@pytest.fixture
def bus(office: Office) -> Bus:
    bus = Bus(office, StillClock())
    visits.open_visit(office, MARKET, None, bus.now())
    expect(office, bus.now(), CODE, bus.now().wall + timedelta(minutes=10))
    return bus


def scan_replies(bus: Bus) -> list[str]:
    """How the panel answered each scan."""
    answers = []
    for event in (entry.event for entry in bus.entries()):
        if isinstance(event, CodeRefused):
            answers.append(event.reason)
        elif isinstance(event, AppointmentCheckedIn) and event.scanned:
            answers.append(event.punctuality)
    return answers


def test_who_is_expected_gets_a_number_at_the_scanner(bus: Bus) -> None:
    scanner = FakeScanner()
    with running(bus, {"scanner": scanner}):
        for _ in range(3):  # a scanner reads what is held there again and again
            scanner.hold(CODE)
        eventually(lambda: scanner.unread() == 0)
        eventually(lambda: scan_replies(bus))
    assert scan_replies(bus) == ["early"]
    assert [ticket.number for ticket in bus.office.read(queue_view).tickets] == ["A-001"]


def test_a_refusal_is_reported_with_its_reason_and_never_with_the_code(bus: Bus) -> None:
    scanner = FakeScanner()
    with running(bus, {"scanner": scanner}):
        scanner.hold("https://example.org/12345678")
        eventually(lambda: scan_replies(bus) == ["no_code"])
    assert bus.office.read(queue_view).tickets == ()
    with bus.office.database.read() as connection:
        written = connection.execute("SELECT body FROM journal").fetchall()
    assert not any("12345678" in row["body"] for row in written)


def test_without_a_visit_the_scanner_says_so_and_works_on(bus: Bus) -> None:
    visits.close_visit(bus.office, bus.now())
    scanner = FakeScanner()
    with running(bus, {"scanner": scanner}):
        scanner.hold(CODE)
        eventually(lambda: scan_replies(bus) == ["no_visit"])
        eventually(lambda: bus.ready("scanner")[-1:] == [True])


def counted(*scans: tuple[str | None, float]) -> list[str | None]:
    rule = ScanRule()
    return [digits for digits, at_s in scans if rule.counts(Scan(digits, at_s))]


def test_a_slip_that_is_held_still_is_one_wish() -> None:
    held = [("1234", tick / 10) for tick in range(200)]
    assert counted(*held) == ["1234"]
    assert counted(*held, ("1234", 19.9 + SAME_CODE_S)) == ["1234", "1234"]


def test_two_slips_in_a_hand_count_once_each_and_do_not_take_turns() -> None:
    waved: list[tuple[str | None, float]] = [
        ("1234" if tick % 2 else "5678", tick / 10) for tick in range(200)
    ]
    assert counted(*waved) == ["5678", "1234"]


@pytest.mark.parametrize("before", ["5678", None])
def test_the_right_slip_held_soon_after_another_counts_when_the_rest_is_over(
    before: str | None,
) -> None:
    held: list[tuple[str | None, float]] = [("1234", 0.5 + tick / 10) for tick in range(200)]
    assert counted((before, 0.0), *held) == [before, "1234"]


def test_a_slip_is_the_same_although_another_came_between() -> None:
    assert counted(("1234", 0.0), ("5678", 0.3), ("1234", REST_S + 0.05)) == ["1234"]


def test_the_right_slip_right_after_the_wrong_one_counts() -> None:
    assert counted((None, 0.0), ("1234", REST_S)) == [None, "1234"]


def test_the_next_person_counts_and_the_one_before_may_come_again() -> None:
    scans = [("1234", 0.0), ("5678", REST_S), ("1234", SAME_CODE_S)]
    assert counted(*scans) == ["1234", "5678", "1234"]
