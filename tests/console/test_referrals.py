"""The dialog of a referral: to whom a person is referred, and the sheet about them."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, Route, expect

from hardware.trouble import Trouble
from kiosk.console.pages.desk_choices import referral_groups
from kiosk.console.pages.desk_history import history_of
from kiosk.domain.ids import OfferId, PartnerId, TopicId
from kiosk.domain.outcome import REFERRED
from kiosk.domain.record import Record
from kiosk.service import staff
from kiosk.service.office import Office
from kiosk.service.queue_view import queue_view
from kiosk.service.sheets import SHEETS
from tests.browser import intercept, offline
from tests.console.at_desk import (
    await_dialog_keys,
    button,
    expect_empty_desk,
    person,
    records,
    serve,
)
from tests.console.box import Box
from tests.console.conftest import opening
from tests.town import FIRST_DESK, JOBS, RENT, TENANTS, TOWN

pytestmark = pytest.mark.slow  # a real browser


@pytest.mark.parametrize(
    ("topic", "key", "referral"),
    [(RENT, 1, TENANTS), (JOBS, 2, PartnerId("city")), (JOBS, 0, None)],
    ids=["an offer", "a partner", "not said"],
)
def test_a_referral_takes_two_keys_and_is_shown_by_name(
    desk: Page, box: Box, topic: TopicId, key: int, referral: OfferId | PartnerId | None
) -> None:
    number = serve(desk, box, topic).number
    desk.keyboard.press("2")
    expect(desk.get_by_role("dialog", name="Verwiesen an")).to_be_visible()
    await_dialog_keys(desk)
    desk.keyboard.press(f"Shift+Digit{key}")
    expect_empty_desk(desk)
    assert records(box) == [Record(REFERRED, referral)]
    told = f"{number} abgeschlossen: Verwiesen"
    if referral:
        told = f"{told} an {TOWN.referral(referral)}"
    expect(desk.locator("#note")).to_have_text(told)
    expect(button(desk, f"Rückgängig: {number}, Verwiesen")).to_be_visible()
    history = desk.get_by_role("region", name="Zuletzt an diesem Platz")
    expect(history.get_by_role("listitem").first).to_contain_text(told)


def test_a_referral_that_left_the_profile_is_shown_without_its_name(box: Box) -> None:
    box.open_visit()
    box.take()
    staff.call_next(box.office, FIRST_DESK, box.clock())
    referred = Record(REFERRED, TENANTS)
    staff.finish(box.office, FIRST_DESK, referred, box.clock())
    later = Office(box.office.database, replace(TOWN, directory=()))
    assert later.read(history_of, FIRST_DESK).steps[0].words == "A-001 abgeschlossen: Verwiesen"


def test_the_directory_is_searched_and_leaving_it_ends_nothing(desk: Page, box: Box) -> None:
    serve(desk, box)
    button(desk, "Verwiesen").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("Suchen").fill("rat miete")
    expect(dialog.get_by_role("button", name="Mieterverein").first).to_be_visible()
    expect(dialog.get_by_role("button", name="Stadt", exact=True)).to_be_hidden()
    dialog.get_by_label("Suchen").fill("gibt es nicht")
    expect(dialog.get_by_text("Kein Eintrag passt.")).to_be_visible()
    desk.keyboard.press("Escape")
    person(desk, "A-001", "Wird bedient")
    assert records(box) == [None]


HOLD_DEAFNESS = """() => {
    const { setTimeout } = window;
    window.setTimeout = (wake, ms) => (ms === 300 ? (window.wake = wake, 0) : setTimeout(wake, ms));
}"""
"""An opened dialog stays deaf until `wake`: its 300 ms are over before a busy machine presses."""


def test_digits_are_text_and_a_second_press_of_a_key_is_none(desk: Page, box: Box) -> None:
    serve(desk, box, RENT)
    desk.evaluate(HOLD_DEAFNESS)
    with opening(desk):
        desk.keyboard.press("2")
    desk.keyboard.press("2")
    search = desk.get_by_role("dialog").get_by_label("Suchen")
    desk.keyboard.down("2")
    desk.evaluate("wake()")
    desk.keyboard.down("2")  # held on
    desk.keyboard.up("2")
    expect(search).to_have_value("")
    desk.keyboard.type("115")
    expect(search).to_have_value("115")
    desk.keyboard.press("Enter")
    person(desk, "B-001", "Wird bedient")
    assert records(box) == [None]


def test_a_second_click_does_not_reach_what_opened_beneath(desk: Page, box: Box) -> None:
    serve(desk, box)
    button(desk, "Verwiesen").evaluate(
        "async (button) => { button.click(); await new Promise((done) => document.getElementById"
        "('dialog').addEventListener('opened', done)); document.querySelector('.entry').click(); }"
    )
    expect(desk.get_by_role("dialog")).to_be_visible()
    assert records(box) == [None]
    button(desk, "Ohne Eintrag").click()
    expect_empty_desk(desk)


def test_a_sheet_is_printed_and_the_talk_is_over_in_one_press(desk: Page, box: Box) -> None:
    number = serve(desk, box).number
    button(desk, "Verwiesen").click()
    button(desk, "Drucken und verweisen an Mieterverein").click()
    expect_empty_desk(desk)
    told = (
        f"{number} abgeschlossen: Verwiesen an Mieterverein. Das Informationsblatt wird gedruckt."
    )
    expect(desk.locator("#note")).to_have_text(told)
    assert records(box) == [Record(REFERRED, TENANTS)]
    assert SHEETS.begin(box.office, box.clock())


def test_a_dialog_that_was_left_before_it_came_does_not_come(desk: Page, box: Box) -> None:
    held: list[Route] = []
    intercept(desk, "**/dialogs/**", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks it
    with desk.expect_request("**/dialogs/take*"):
        desk.keyboard.press("n")
    desk.keyboard.press("Escape")
    with desk.expect_response("**/dialogs/take*"):
        held[0].continue_()
    box.take()
    expect(desk.get_by_role("heading", name="1 wartet")).to_be_visible()
    expect(desk.get_by_role("dialog")).to_be_hidden()


def test_enter_chooses_the_only_one_that_the_search_has_left(desk: Page, box: Box) -> None:
    serve(desk, box)
    desk.keyboard.press("2")
    expect(desk.get_by_role("dialog").get_by_label("Suchen")).to_be_focused()
    await_dialog_keys(desk)
    desk.keyboard.press("Enter")
    desk.keyboard.type("t")
    desk.keyboard.press("Enter")
    assert records(box) == [None]
    desk.keyboard.press("Escape")
    expect(desk.get_by_label("Suchen", exact=True)).to_have_value("")
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("dialog")).to_be_hidden()
    desk.keyboard.press("2")
    await_dialog_keys(desk)
    desk.keyboard.type("tädte")
    expect(desk.get_by_text("Kein Eintrag passt.")).to_be_visible()
    desk.keyboard.press("Enter")
    assert records(box) == [None]
    desk.get_by_role("dialog").get_by_label("Suchen").fill("mieter")
    desk.keyboard.press("Enter")
    expect_empty_desk(desk)
    assert records(box) == [Record(REFERRED, TENANTS)]


def test_a_partner_with_an_entry_of_its_own_is_listed_once() -> None:
    partner = replace(TOWN.partners[0], name="Mieterverein")
    groups = referral_groups(replace(TOWN, partners=(partner,)), RENT)
    assert [entry.id for group in groups for entry in group.entries] == [TENANTS]


def test_a_sheet_is_printed_once_in_the_language_of_the_person(desk: Page, box: Box) -> None:
    box.take(JOBS, box.office.profile.languages[1])
    desk.keyboard.press("Space")
    person(desk, "A-001", "Aufgerufen")
    desk.keyboard.press("2")
    sheet = desk.get_by_role("button", name="Blatt drucken für Mieterverein")
    sheet.click()
    expect(desk.get_by_text("Das Informationsblatt wird gedruckt.")).to_be_visible()
    sheet.click()
    desk.keyboard.press("Shift+Digit1")
    expect_empty_desk(desk)
    with box.office.database.read() as connection:
        kept = connection.execute("SELECT offer, language FROM sheet").fetchall()
    assert [tuple(row) for row in kept] == [(TENANTS, "tr")]
    assert box.office.read(queue_view).tickets[0].record


def test_the_state_of_a_sheet_is_shown_and_a_failed_one_can_be_requested_again(
    desk: Page, box: Box
) -> None:
    serve(desk, box)
    desk.keyboard.press("2")
    sheet = desk.get_by_role("button", name="Blatt drucken für Mieterverein")
    for settle, told in ((_fail, "konnte nicht gedruckt werden"), (_print, "ist gedruckt.")):
        sheet.click()
        expect(desk.get_by_text("Das Informationsblatt wird gedruckt.")).to_be_visible()
        settle(box)
        expect(desk.get_by_text(told)).to_be_visible()
    expect(desk.get_by_text("konnte nicht")).to_be_hidden()


def _fail(box: Box) -> None:
    SHEETS.give_up(box.office, Trouble.PAPER_OUT, box.clock())


def _print(box: Box) -> None:
    job = SHEETS.begin(box.office, box.clock())
    assert job
    SHEETS.printed(box.office, job.id, box.clock())


def test_a_referral_that_does_not_arrive_is_not_lost(desk: Page, box: Box) -> None:
    serve(desk, box)
    desk.keyboard.press("2")
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("Suchen").fill("miete")
    with offline(desk):
        dialog.get_by_role("button", name="Mieterverein").first.click()
        expect(dialog.get_by_text("Keine Verbindung.")).to_be_visible()
        expect(dialog.get_by_text("Verbindung verloren")).to_be_visible()
        expect(dialog.get_by_label("Suchen")).to_have_value("miete")
    expect(dialog.get_by_text("Verbindung verloren")).to_be_hidden()
    dialog.get_by_role("button", name="Mieterverein").first.click()
    expect_empty_desk(desk)
    assert records(box) == [Record(REFERRED, TENANTS)]
