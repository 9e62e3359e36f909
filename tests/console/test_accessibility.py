"""WCAG 2.2 AA for staff pages and call display: axe, keyboard, what is told without colours."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from kiosk import console
from kiosk.service import desks, staff, undo_log, visits
from tests.browser import intercept, stop_clock
from tests.console.at_desk import DIALOGS, FOCUS, dialog, fill, person
from tests.console.axe import faults
from tests.console.box import Box
from tests.console.conftest import open_page, opening, staff_page
from tests.console.test_devices import say
from tests.town import FIRST_DESK, RENT, SCHOOL, SECOND_DESK

pytestmark = pytest.mark.slow  # a real browser
TEMPLATES = Path(console.__file__).parent / "templates" / "dialogs"
OF_APPOINTMENTS = {"book", "appointment"}
"""Dialogs that `test_booking.py` examines on its way through them."""


def test_login_and_choice_of_desk(browser: BrowserContext, box: Box) -> None:
    page = open_page(browser)
    page.goto("/staff")
    assert faults(page) == []
    page.get_by_label("PIN dieses Busses").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Diese PIN ist falsch. Bitte")
    assert faults(page) == []
    page.get_by_label("PIN dieses Busses").fill(box.secrets.staff_pin)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="An welchem Platz sitzen Sie?")).to_be_visible()
    assert faults(page) == []


def test_a_pin_can_be_pasted_and_remembered(browser: BrowserContext, box: Box) -> None:
    browser.grant_permissions(["clipboard-read", "clipboard-write"])
    page = open_page(browser)
    page.goto("/staff")
    page.evaluate("pin => navigator.clipboard.writeText(pin)", box.secrets.staff_pin)
    field = page.get_by_label("PIN dieses Busses")
    expect(field).to_have_attribute("autocomplete", "current-password")
    field.focus()
    page.keyboard.press("ControlOrMeta+V")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="An welchem Platz sitzen Sie?")).to_be_visible()


def test_a_desk_closed_empty_called_busy_and_with_each_dialog(
    browser: BrowserContext, box: Box
) -> None:
    page = staff_page(browser, box)
    expect(page.get_by_role("heading", name="Einsatz öffnen")).to_be_visible()
    assert faults(page) == []
    box.open_visit()
    expect(page.get_by_role("heading", name="Niemand wartet")).to_be_visible()
    assert faults(page) == []
    person(page, fill(box).number, "Aufgerufen")
    assert faults(page) == []
    staff.start(box.office, FIRST_DESK, box.clock())
    expect(page.get_by_role("heading", name="Wird bedient")).to_be_visible()
    assert faults(page) == []


def test_every_dialog_is_opened_by_keys_free_of_faults_and_left_by_escape(
    busy: Page, box: Box
) -> None:
    visits.limit_topic(box.office, RENT, 3, box.clock())
    say(box, "printer", "paper_out")
    expect(busy.get_by_role("button", name="Papier leer")).to_be_visible()
    dialog, examined = busy.get_by_role("dialog"), set[str | None]()
    for ways in [*DIALOGS, ["Papier leer"]]:
        open_by_keys(busy, ways)
        assert faults(busy) == [], ways
        examined.add(dialog.get_attribute("data-name"))
        assert_it_lets_the_keyboard_go(busy, ways)
    say(box, "printer")
    assert {template.stem for template in TEMPLATES.glob("*.html")} - examined == OF_APPOINTMENTS


def open_by_keys(busy: Page, ways: list[str]) -> None:
    dialog = busy.get_by_role("dialog")
    for name in ways:
        within = dialog if name is not ways[0] else busy
        opener = within.get_by_role("button", name=name).first
        opener.focus()
        with opening(busy):
            busy.keyboard.press("Enter")
        expect(opener if name is ways[0] else dialog).not_to_be_focused()


def assert_it_lets_the_keyboard_go(busy: Page, ways: list[str]) -> None:
    assert busy.evaluate(FOCUS)["outline"] >= 2, ways
    assert not busy.evaluate(FOCUS)["hidden"], ways
    for _ in range(3):  # the last Tab leads to the browser's own bar
        busy.keyboard.press("Tab")
        assert busy.evaluate("document.activeElement.matches('body, dialog, dialog *')"), ways
    busy.keyboard.press("Escape")
    expect(busy.get_by_role("dialog")).to_be_hidden()
    expect(busy.get_by_role("button", name=ways[0]).first).to_be_focused()


def test_an_unknown_code_leads_on_to_a_number(busy: Page) -> None:
    found = dialog(busy, "Einsatz", "Termine heute")
    found.get_by_label("Code").fill("12345678")
    found.get_by_role("button", name="Termin ändern").click()
    expect(found.get_by_role("heading", name="Dieser Code ist nicht bekannt")).to_be_visible()
    assert faults(busy) == []
    with opening(busy):
        found.get_by_role("button", name="Nummer für jemanden ziehen").click()
    expect(found.get_by_role("heading", name="Nummer für jemanden ziehen")).to_be_visible()


def test_a_visit_left_open_and_a_closed_one(browser: BrowserContext, box: Box) -> None:
    box.open_visit()
    box.take()
    box.clock.pass_s(22 * 3600)
    page = staff_page(browser, box)
    expect(page.get_by_role("heading", name="ist noch offen")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Alten Einsatz beenden").click()
    expect(page.get_by_role("heading", name="Einsatz beendet um")).to_be_visible()
    assert faults(page) == []


def test_notices_for_staff_have_no_axe_faults(busy: Page, box: Box) -> None:
    desks.call_help(box.office, SECOND_DESK, box.clock(), wanted=True)
    desks.set_at_work(box.office, FIRST_DESK, box.clock(), at_work=False)
    desks.set_at_work(box.office, SECOND_DESK, box.clock(), at_work=True)
    box.take(SCHOOL)
    visits.set_intake(box.office, box.clock(), intake=False)
    undo_log.undo(box.office, FIRST_DESK, box.clock())
    for text in ("Platz 2 bittet um Hilfe", "Kein Platz ruft auf", "rückgängig gemacht"):
        expect(busy.get_by_text(text).first).to_be_visible()
    assert faults(busy) == []


def test_the_call_display(browser: BrowserContext, box: Box) -> None:
    page = open_page(browser)
    page.goto("/display")
    expect(page.get_by_text("Im Moment geschlossen")).to_be_visible()
    assert faults(page) == []
    box.open_visit()
    fill(box)
    expect(page.get_by_text("Bitte kommen Sie")).to_be_visible()
    assert faults(page) == []


def test_the_tab_key_reaches_every_button_in_order_and_the_focus_is_seen(busy: Page) -> None:
    wanted = busy.get_by_role("button").count() + busy.get_by_role("link").count() + 1
    reached = []
    for _ in range(wanted):
        busy.keyboard.press("Tab")
        reached.append(busy.evaluate(FOCUS))
    assert len({focus["what"] for focus in reached}) == wanted
    assert all(focus["outline"] >= 2 for focus in reached)
    assert [focus["what"] for focus in reached if focus["hidden"]] == []


CLOSE_AND = """(then) => {
    const dialog = document.getElementById("dialog");
    const told = new Promise((done) => dialog.addEventListener("close", done, { once: true }));
    dialog.close();
    if (then === "reopen") dialog.showModal();
    else document.getElementById(then).focus();
    return told.then(() => undefined);
}"""
"""Closes the dialog, goes on before the browser tells of it, and waits until it has."""


def test_a_late_close_event_of_a_dialog_takes_no_focus(busy: Page) -> None:
    with opening(busy):
        busy.get_by_role("button", name="Weiterleiten").press("Enter")
    busy.evaluate(CLOSE_AND, "page-referred")
    expect(busy.get_by_role("button", name="Verwiesen …")).to_be_focused()


def test_a_late_close_event_of_a_dialog_keeps_the_next_one(busy: Page) -> None:
    with opening(busy):
        busy.get_by_role("button", name="Weiterleiten").click()
    busy.evaluate(CLOSE_AND, "reopen")
    expect(busy.get_by_role("dialog").get_by_role("heading")).to_be_visible()


def test_a_dialog_left_by_escape_does_not_come_back_with_a_late_answer(busy: Page) -> None:
    busy.get_by_role("button", name="Einsatz").click()
    dialog = busy.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Kontingente")).to_be_visible()
    held: list[Route] = []
    intercept(busy, "**/dialogs/contingents*", lambda route: held.append(route))  # noqa: PLW0108 - playwright wraps functions only
    with busy.expect_request("**/dialogs/contingents*"):
        dialog.get_by_role("button", name="Kontingente").click()
    busy.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    with busy.expect_response("**/dialogs/contingents*"):
        held[0].continue_()
    busy.evaluate("() => fetch(location.href).then(() => true)")  # a round later
    expect(dialog).to_be_hidden()


def test_the_choice_shows_without_colours_and_nothing_moves(busy: Page) -> None:
    busy.emulate_media(forced_colors="active", reduced_motion="reduce")
    ground = "element => getComputedStyle(element).backgroundColor"
    pair = [busy.get_by_role("button", name=name) for name in ("Kurz", "Ausführlich")]
    pair[0].click()
    assert len({button.evaluate(ground) for button in pair}) == 2
    assert busy.evaluate("document.getAnimations().length") == 0


SIGNS = {"Space": "Leertaste", "-": "\N{MINUS SIGN}", "Plus": "+"}


def test_every_shortcut_stands_on_its_button(busy: Page) -> None:
    hints = busy.locator("[aria-keyshortcuts]")
    for button in hints.all():
        key = button.get_attribute("aria-keyshortcuts")
        assert key
        sign = SIGNS.get(key, key.split()[0]).replace("Shift+", "\N{UPWARDS WHITE ARROW} ")
        expect(button.locator("xpath=self::button | self::input/..")).to_contain_text(sign)


def test_before_an_idle_session_ends_staff_are_asked(new_browser: BrowserContext, box: Box) -> None:
    box.open_visit()
    page = new_browser.new_page()
    stop_clock(page)
    page.goto("/staff")
    page.get_by_label("PIN dieses Busses").fill(box.secrets.staff_pin)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Platz 1").click()
    expect(page.get_by_role("heading", name="Niemand wartet")).to_be_visible()
    page.wait_for_load_state("load")  # the idle time has begun
    question = page.get_by_role("alert").filter(has_text="Sie werden in 2 Minuten abgemeldet.")
    page.clock.fast_forward("27:59")
    expect(question).to_be_hidden()
    page.clock.fast_forward("00:02")
    expect(question).to_be_visible()
    page.get_by_role("button", name="Angemeldet bleiben").click()
    expect(question).to_be_hidden()
    page.clock.fast_forward("27:00")
    expect(question).to_be_hidden()
