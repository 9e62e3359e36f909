"""Numbers that are not at a desk any more are found on the page, called again, put right."""

import pytest
from playwright.sync_api import Page, expect

from kiosk.domain.outcome import REFERRED, RESOLVED
from kiosk.domain.ticket import TicketState
from kiosk.service import staff
from tests.console.at_desk import (
    await_dialog_keys,
    button,
    expect_empty_desk,
    person,
    records,
    serve,
    states,
)
from tests.console.box import Box
from tests.town import FIRST_DESK, RENT

pytestmark = pytest.mark.slow  # a real browser


def test_an_outcome_is_corrected_by_keys_while_another_is_served(desk: Page, box: Box) -> None:
    serve(desk, box)
    desk.keyboard.press("5")
    expect_empty_desk(desk)
    serve(desk, box)
    desk.keyboard.press("a")
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("Nummer suchen").fill("001")
    dialog.get_by_role("button", name="A-001").click()
    expect(dialog.get_by_role("heading", name="A-001")).to_be_visible()
    expect(dialog).to_contain_text("abgeschlossen: Nicht geholfen")
    await_dialog_keys(desk)
    desk.keyboard.press("Shift+E")
    expect(dialog.get_by_role("heading", name="Ergebnis von A-001")).to_be_visible()
    await_dialog_keys(desk)
    desk.keyboard.press("1")
    expect(button(desk, "Rückgängig: A-001: Ergebnis nachgetragen: Geklärt")).to_be_visible()
    assert [record.outcome for record in records(box) if record] == [RESOLVED]
    person(desk, "A-002", "Wird bedient")


def test_a_referral_is_noted_afterwards(desk: Page, box: Box) -> None:
    serve(desk, box)
    desk.keyboard.press("1")
    expect_empty_desk(desk)
    desk.keyboard.press("a")
    desk.get_by_role("dialog").get_by_role("button", name="A-001").click()
    expect(desk.get_by_role("dialog", name="A-001", exact=True)).to_be_visible()
    await_dialog_keys(desk)
    desk.keyboard.press("Shift+E")
    expect(desk.get_by_role("heading", name="Ergebnis von A-001")).to_be_visible()
    await_dialog_keys(desk)
    desk.keyboard.press("2")
    expect(desk.get_by_role("dialog", name="Verwiesen an")).to_be_visible()
    await_dialog_keys(desk)
    desk.get_by_role("button", name="Ohne Eintrag").click()
    expect(desk.get_by_text("A-001: Verwiesen", exact=True)).to_be_visible()
    assert [record.outcome for record in records(box) if record] == [REFERRED]


def test_calling_from_the_list_asks_for_confirmation(desk: Page, box: Box) -> None:
    serve(desk, box)
    box.take(RENT)
    desk.get_by_role("row", name="B-001").click()
    dialog = desk.get_by_role("dialog")
    expect(dialog).to_contain_text("A-001 wird noch an Ihrem Platz bedient.")
    await_dialog_keys(desk)
    desk.keyboard.press("Shift+A")
    person(desk, "B-001", "Aufgerufen")
    assert states(box)["A-001"] == TicketState.PARKED
    expect(
        button(desk, "Rückgängig: B-001 außer der Reihe aufgerufen, A-001 geparkt")
    ).to_be_visible()


def test_next_says_what_it_means_and_a_missed_number_waits_again(desk: Page, box: Box) -> None:
    box.take()
    staff.call_next(box.office, FIRST_DESK, box.clock())
    expect(button(desk, "Nicht erschienen, nächste Nummer")).to_be_visible()
    for _ in range(3):
        staff.call_next(box.office, FIRST_DESK, box.clock())
    missed = desk.get_by_role("button", name="Nicht erschienen A-001")
    expect(missed).to_be_visible()
    expect(button(desk, "Rückgängig: A-001 nicht erschienen")).to_be_visible()
    missed.click()
    expect(desk.get_by_role("dialog").get_by_role("heading", name="A-001")).to_be_visible()
    await_dialog_keys(desk)
    desk.keyboard.press("Shift+W")
    expect(desk.get_by_role("heading", name="1 wartet")).to_be_visible()
    assert states(box)["A-001"] == TicketState.WAITING


def test_the_search_finds_who_has_left_too(new_box: Box) -> None:
    new_box.open_visit()
    gone = new_box.take()
    staff.withdraw(new_box.office, gone.id, new_box.clock())
    browser = new_box.stranger()
    new_box.log_in(browser)
    for find, found in (("", False), ("001", True), ("002", False)):
        page = browser.get("/staff/desks/1/view", params={"find": find}).text
        assert ("Abgeschlossen</h3>" in page) == found
