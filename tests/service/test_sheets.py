"""A sheet is printed at most once, whatever is killed when, and never behind a person's back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from hardware.trouble import Trouble
from kiosk.domain.directory import ALL_OFFERS
from kiosk.domain.errors import Unknown
from kiosk.domain.ids import OfferId
from kiosk.domain.paper_events import (
    SheetFailed,
    SheetPrinted,
    SheetWanted,
)
from kiosk.service import citizens, staff, visits
from kiosk.service.office import Office
from kiosk.service.paper import PAPER_MAX_AGE_S, NoPaper
from kiosk.service.sheets import SHEETS, SheetRequest, sheet_state, want_sheet
from kiosk.store import journal
from tests.town import GERMAN, JOBS, MARKET, TENANTS, TOWN, TURKISH

if TYPE_CHECKING:
    from kiosk.store.sheets import Sheet
    from tests.town import TownClock


def want(office: Office, clock: TownClock, wish: str | None = None) -> Sheet:
    return want_sheet(office, SheetRequest(TENANTS, TURKISH, wish=wish), clock())


def sheet_events(office: Office) -> list[tuple[int, str]]:
    """What the journal tells about sheets: the id, and `wanted`, `printed` or why not."""
    with office.database.read() as connection:
        events = [entry.event for entry in journal.since(connection, 0)]
    words = {SheetWanted: "wanted", SheetPrinted: "printed"}
    return [
        (event.sheet, event.reason if isinstance(event, SheetFailed) else words[type(event)])
        for event in events
        if isinstance(event, SheetWanted | SheetPrinted | SheetFailed)
    ]


@pytest.fixture(autouse=True)
def _open(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, MARKET, None, clock())


def test_a_sheet_holds_its_offer_and_language(office: Office, clock: TownClock) -> None:
    sheet = want(office, clock)
    job = SHEETS.begin(office, clock())
    assert job is not None
    assert (job.id, job.sheet.offer, job.sheet.language) == (sheet.id, TENANTS, TURKISH)


def test_the_whole_directory_is_one_sheet(office: Office, clock: TownClock) -> None:
    sheet = want_sheet(office, SheetRequest("all", TURKISH, wish="tap"), clock())
    assert want_sheet(office, SheetRequest("all", TURKISH, wish="tap"), clock()) == sheet
    job = SHEETS.begin(office, clock())
    assert job is not None
    assert (job.id, job.sheet.offer) == (sheet.id, ALL_OFFERS)


def test_sheets_are_begun_in_the_order_of_wanting_and_only_once(
    office: Office, clock: TownClock
) -> None:
    wanted = [want(office, clock), want(office, clock)]
    jobs = [SHEETS.begin(office, clock()) for _ in range(3)]
    assert [job.sheet for job in jobs if job] == wanted


def test_a_double_tap_is_one_sheet(office: Office, clock: TownClock) -> None:
    first, second = want(office, clock, "tap"), want(office, clock, "tap")
    assert first == second
    assert want(office, clock, "another") != first
    assert sheet_events(office) == [(1, "wanted"), (2, "wanted")]


def test_a_printed_sheet_is_confirmed_once(office: Office, clock: TownClock) -> None:
    sheet = want(office, clock)
    SHEETS.begin(office, clock())
    SHEETS.printed(office, sheet.id, clock())
    SHEETS.printed(office, sheet.id, clock())
    SHEETS.failed(office, sheet.id, Trouble.OFFLINE, clock())
    assert sheet_events(office) == [(1, "wanted"), (1, "printed")]
    assert office.read(sheet_state, sheet.id) == "printed"


def test_after_a_crash_between_begin_and_confirm_it_is_not_printed_again(
    office: Office, clock: TownClock
) -> None:
    sheet = want(office, clock)
    SHEETS.begin(office, clock())
    SHEETS.settle_interrupted(office, clock())
    assert SHEETS.begin(office, clock()) is None
    assert sheet_events(office) == [(1, "wanted"), (1, NoPaper.UNCONFIRMED)]
    assert office.read(sheet_state, sheet.id) == "failed"


def test_a_stale_sheet_is_not_printed(office: Office, clock: TownClock) -> None:
    want(office, clock)
    clock.pass_s(PAPER_MAX_AGE_S)
    fresh = want(office, clock)
    job = SHEETS.begin(office, clock())
    assert job is not None
    assert job.sheet == fresh
    assert sheet_events(office)[-1] == (1, NoPaper.TOO_LATE)


def test_a_sheet_of_a_removed_offer_blocks_none_behind_it(office: Office, clock: TownClock) -> None:
    advice = TOWN.directory[0]
    both = replace(TOWN, directory=(advice, replace(advice, id=OfferId("debts"))))
    want_sheet(Office(office.database, both), SheetRequest("debts", GERMAN), clock())
    behind = want(office, clock)
    job = SHEETS.begin(office, clock())
    assert job is not None
    assert job.sheet == behind
    assert sheet_events(office)[-1] == (1, NoPaper.PROFILE_CHANGED)


def test_without_a_printer_a_sheet_fails_at_once(office: Office, clock: TownClock) -> None:
    want(office, clock)
    SHEETS.give_up(office, NoPaper.NO_PRINTER, clock())
    SHEETS.give_up(office, NoPaper.NO_PRINTER, clock())
    assert sheet_events(office) == [(1, "wanted"), (1, NoPaper.NO_PRINTER)]


@pytest.mark.parametrize(("offer", "language"), [("moon", GERMAN), (TENANTS, "xx")])
def test_what_the_profile_does_not_know_is_named(
    office: Office, clock: TownClock, offer: str, language: str
) -> None:
    with pytest.raises(Unknown) as refusal:
        want_sheet(office, SheetRequest(offer, language), clock())
    assert refusal.value.known
    assert sheet_events(office) == []


def test_the_sheets_of_a_visit_go_with_it(office: Office, clock: TownClock) -> None:
    sheet = want(office, clock)
    SHEETS.begin(office, clock())
    visits.close_visit(office, clock())
    SHEETS.printed(office, sheet.id, clock())  # the printer was not ready with it
    with pytest.raises(Unknown):
        office.read(sheet_state, sheet.id)


def test_while_the_bus_is_closed_a_sheet_can_be_had_once(office: Office, clock: TownClock) -> None:
    visits.close_visit(office, clock())
    first = want(office, clock, "tap")
    assert want(office, clock, "tap") == first
    SHEETS.begin(office, clock())
    SHEETS.printed(office, first.id, clock())
    assert sheet_events(office) == [(first.id, "wanted"), (first.id, "printed")]


def test_a_sheet_under_way_when_a_visit_opens_is_printed_and_goes_with_it(
    office: Office, clock: TownClock
) -> None:
    visits.close_visit(office, clock())
    begun, wanted = want(office, clock), want(office, clock)
    SHEETS.begin(office, clock())
    visits.open_visit(office, MARKET, None, clock())
    SHEETS.printed(office, begun.id, clock())
    job = SHEETS.begin(office, clock())
    assert job
    SHEETS.failed(office, wanted.id, Trouble.PAPER_OUT, clock())
    assert [told for _, told in sheet_events(office)[2:]] == ["printed", Trouble.PAPER_OUT]
    visits.close_visit(office, clock())
    assert sheet_events(office) == [], "what was read here leaves no trace"


def test_a_sheet_defaults_to_the_language_of_the_person_at_the_desk(
    office: Office, clock: TownClock
) -> None:
    request = SheetRequest(TENANTS, desk="1")
    assert want_sheet(office, request, clock()).language == GERMAN
    citizens.take_ticket(office, citizens.TicketRequest(JOBS, TURKISH), clock())
    staff.call_next(office, "1", clock())
    assert want_sheet(office, request, clock()).language == TURKISH
