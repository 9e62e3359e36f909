"""Appointments at the glass: typed codes, and what the scanner has read."""

from datetime import timedelta

import pytest

from kiosk.domain.events import AppointmentCheckedIn, CodeRefused
from kiosk.domain.ids import GERMAN
from kiosk.domain.refusal_reason import Reason
from kiosk.service import scans
from kiosk.service.slips import SLIPS
from kiosk.settings.texts import Texts
from kiosk.store import journal
from kiosk.touch.flow.state import PaperState, Screen
from kiosk.touch.session.office_calls import shown_reason
from kiosk.touch.session.pending_wish import PendingWish, WishFile
from kiosk.touch.session.session import GlassSession
from tests.files.appointments.booked import expect
from tests.touch.bus import Bus, heard, tap

CODE = "12345678"
TYPED = tuple(f"code.{digit}" for digit in CODE)
TO_THE_PAD = ("start.appointment", "language.tr")


def expect_at(bus: Bus, minutes: float, code: str = CODE) -> None:
    expect(bus.office, bus.clock(), code, bus.clock.wall + timedelta(minutes=minutes))


@pytest.mark.parametrize(("minutes", "came"), [(30, "early"), (-5, "late"), (-60, "too_late")])
def test_a_typed_code_leads_to_the_number_and_its_punctuality(
    bus: Bus, minutes: float, came: str
) -> None:
    expect_at(bus, minutes)
    glass = bus.glass()
    assert glass.state.expected
    assert tap(glass, *TO_THE_PAD, *TYPED, "code.ok") is Screen.NUMBER
    assert glass.state.shown
    assert (glass.state.shown.number, glass.state.shown.punctuality) == ("A-001", came)
    assert len(glass.state.shown.appointment) == len("10:30")


def test_the_same_code_at_another_glass_is_the_same_number(bus: Bus) -> None:
    expect_at(bus, 0)
    first, second = bus.glass(), bus.glass()
    for glass in (first, second):
        tap(glass, *TO_THE_PAD, *TYPED, "code.ok")
    assert second.state.shown
    assert (second.state.shown.number, second.state.shown.punctuality) == ("A-001", "again")
    assert bus.numbers() == ["A-001"]


def test_an_unknown_code_and_one_of_another_day(bus: Bus) -> None:
    expect_at(bus, 60 * 24 * 2)
    glass = bus.glass()
    assert tap(glass, *TO_THE_PAD, *TYPED, "code.ok") is Screen.REFUSED
    assert (glass.state.reason, glass.state.detail[:10]) == (Reason.OTHER_DAY, "2026-11-24")
    assert tap(glass, "back", "code.1", "code.2", "code.3", "code.4", "code.ok") is Screen.REFUSED
    assert glass.state.reason is Reason.UNKNOWN_CODE
    assert bus.numbers() == []


def test_a_crash_after_the_check_in_shows_the_number_again(bus: Bus) -> None:
    expect_at(bus, 0)
    tap(bus.glass(), *TO_THE_PAD, *TYPED, "code.ok")
    glass = bus.glass()
    assert glass.state.shown
    assert (glass.state.shown.number, glass.state.language) == ("A-001", "tr")


@pytest.mark.parametrize("comes", ["typed", "scanned"])
def test_a_code_that_comes_again_promises_no_second_slip(bus: Bus, comes: str) -> None:
    expect_at(bus, 0)
    glass = bus.glass()
    tap(glass, *TO_THE_PAD, *TYPED, "code.ok")
    assert glass.state.shown
    slip = glass.state.shown.slip
    assert slip is PaperState.UNKNOWN, "the first time it is printed"
    job = SLIPS.begin(bus.office, bus.clock())
    assert job
    SLIPS.printed(bus.office, job.id, bus.clock())
    tap(glass, "number.done")
    if comes == "typed":
        tap(glass, *TO_THE_PAD, *TYPED, "code.ok")
    else:
        assert _scan(bus, glass, CODE) is Screen.NUMBER
    assert (glass.state.shown.number, glass.state.shown.slip) == ("A-001", PaperState.FAILED)
    tap(glass, "reprint")
    slip = glass.state.shown.slip
    assert slip is PaperState.COMING, "who has lost it asks for a copy"


def test_a_crash_before_the_check_in_begins_anew(bus: Bus) -> None:
    WishFile(bus.wish_file).save(PendingWish("wish-of-before", "", "tr", bus.clock().as_text()))
    assert bus.glass().state.screen is Screen.START


def test_the_glass_shows_what_the_scanner_has_read(bus: Bus) -> None:
    expect_at(bus, 0)
    glass = bus.glass()
    scans.check_in_scan(bus.office, CODE, bus.clock())
    assert heard(bus, glass, AppointmentCheckedIn) is Screen.NUMBER
    assert (glass.state.shown and glass.state.shown.number, glass.state.passing) == ("A-001", True)
    assert tap(glass, "number.done") is Screen.START
    scans.check_in_scan(bus.office, None, bus.clock())
    assert heard(bus, glass, CodeRefused) is Screen.REFUSED
    assert glass.state.reason is Reason.NO_CODE


def test_two_who_scan_one_after_the_other_each_see_their_own_number(bus: Bus) -> None:
    codes = {CODE: "A-001", "87654321": "A-002"}
    for minutes, code in enumerate(codes):
        expect_at(bus, minutes, code)
    glass = bus.glass()
    for code, number in codes.items():
        assert _scan(bus, glass, code) is Screen.NUMBER
        assert glass.state.shown
        assert glass.state.shown.number == number
        bus.clock.pass_s(2)
    assert bus.numbers() == ["A-001", "A-002"]


def test_a_refused_scan_hides_no_number_and_a_number_no_refused_scan(bus: Bus) -> None:
    expect_at(bus, 0)
    glass = bus.glass()
    assert _scan(bus, glass, "999999") is Screen.REFUSED
    assert _scan(bus, glass, CODE) is Screen.NUMBER
    assert _scan(bus, glass, "999999") is Screen.REFUSED
    assert glass.state.shown is None


def _scan(bus: Bus, glass: GlassSession, code: str) -> Screen:
    """The glass after what the journal tells of one scan."""
    with bus.office.database.read() as connection:
        before = journal.newest(connection)
    scans.check_in_scan(bus.office, code, bus.clock())
    with bus.office.database.read() as connection:
        entries = journal.since(connection, before)
    for entry in entries:
        glass.on_event(entry.event)
    return glass.state.screen


def test_every_reason_has_words_of_its_own_but_these() -> None:
    text = Texts.load()
    as_other = {reason for reason in Reason if shown_reason(reason) is Reason.OTHER}
    assert as_other == {Reason.NOT_OFFERED, Reason.NO_VISIT, Reason.OTHER}
    for reason in {*Reason} - as_other:
        assert text(GERMAN, f"refused.{reason}.title") != text(GERMAN, "refused.other.title")
