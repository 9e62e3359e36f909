"""A practice visit in the browser: a choice when opening, marked wherever it shows."""

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.console.box import Box
from tests.console.conftest import staff_page

pytestmark = pytest.mark.slow  # a real browser


def test_practice_is_chosen_marked_and_ended(browser: BrowserContext, box: Box) -> None:
    page = staff_page(browser, box)
    practice = page.get_by_role("checkbox", name="Nur zur Übung")
    for width, height in ((1366, 600), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        expect(practice).to_be_in_viewport(ratio=1)  # a newcomer finds it without the handbook
    page.get_by_label("Standort").select_option("Siedlung")
    practice.check()
    page.get_by_role("button", name="Einsatz öffnen").click()
    expect(page.get_by_role("banner")).to_contain_text("Übung: nichts zählt")

    ticket = box.take()
    public = box.stranger()
    assert public.get("/api/v1/state").json()["visit"]["practice"] is True
    assert '<p class="mark">Übung</p>' in public.get(f"/t/{ticket.code}").text
    display = browser.new_page()
    display.goto("/display")
    expect(display.get_by_text("Diese Nummern zählen nicht")).to_be_visible()

    page.keyboard.press("e")
    page.get_by_role("button", name="Übung beenden").click()
    dialog = page.get_by_role("dialog", name="Übung beenden?")
    expect(dialog).to_contain_text("nichts davon zählt")
    dialog.get_by_role("button", name="Übung beenden").click()
    expect(page.get_by_role("heading", name="Einsatz öffnen")).to_be_visible()
    expect(display.get_by_text("Diese Nummern zählen nicht")).to_be_hidden()
