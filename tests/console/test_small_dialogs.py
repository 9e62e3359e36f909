"""Dialogs on small laptops, on phones and enlarged: whole words, and a way out in sight."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.service import staff
from tests.console.at_desk import DIALOGS, FOCUS, LOW, dialog, fill, person
from tests.console.axe import faults
from tests.console.box import Box
from tests.console.conftest import opening, staff_page
from tests.town import FIRST_DESK

pytestmark = pytest.mark.slow  # a real browser


def test_the_closing_dialog_opens_with_heading_and_focus_in_sight(busy: Page) -> None:
    busy.set_viewport_size({"width": 683, "height": 300})
    for name in ("Einsatz", "Einsatz beenden"):
        with opening(busy):
            busy.get_by_role("button", name=name, exact=True).first.click()
    heading = busy.get_by_role("heading", name="Einsatz beenden?")
    expect(heading).to_be_in_viewport(ratio=1)
    assert not busy.evaluate(FOCUS)["hidden"]


THUMB_PX = 48


@pytest.fixture
def phone(chromium: Browser, box: Box) -> Iterator[Page]:
    """A desk on a phone, held in one hand."""
    box.open_visit()
    with chromium.new_context(
        base_url=box.url, viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True
    ) as context:
        page = staff_page(context, box)
        person(page, fill(box).number, "Aufgerufen")
        yield page


def test_on_a_phone_person_next_and_undo_stay_at_the_thumb(phone: Page, box: Box) -> None:
    for _ in range(20):
        box.take()
    expect(phone.get_by_role("row", name="A-020")).to_be_attached()
    for scrolled in (0, 600, 5000):
        phone.evaluate("y => scrollTo(0, y)", scrolled)
        for name in ("Nächste Nummer", "Rückgängig"):
            shown = phone.get_by_role("button", name=name)
            expect(shown).to_be_in_viewport(ratio=1)
        expect(phone.locator(".whom")).to_be_in_viewport(ratio=1)
    assert faults(phone) == []
    before = phone.locator(".whom").inner_text()
    phone.get_by_role("button", name="Nächste Nummer").tap()
    expect(phone.locator(".whom")).not_to_have_text(before)


def test_on_a_phone_dialogs_are_sheets_and_every_target_is_a_thumb_wide(phone: Page) -> None:
    for buttons in DIALOGS:
        for name in buttons:
            within = phone.get_by_role("dialog") if name is not buttons[0] else phone
            with opening(phone):
                within.get_by_role("button", name=name).first.tap()
        sheet = phone.get_by_role("dialog").bounding_box()
        assert sheet
        assert (sheet["x"], sheet["width"]) == (0, 360)
        assert sheet["y"] + sheet["height"] >= 739
        assert phone.evaluate("document.querySelector('dialog').scrollWidth <= 360"), buttons
        assert phone.evaluate(LOW, [THUMB_PX - 4, "dialog"]) == [], buttons
        phone.keyboard.press("Escape")
        expect(phone.get_by_role("dialog")).to_be_hidden()


TORN_WORDS = """() => {
    const torn = [];
    const button = document.getElementById("call-now");
    const texts = document.createTreeWalker(button, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const { currentNode: text } = texts;
        for (const { 0: word, index } of text.data.matchAll(/[^\\s\u00ad-]+/g)) {
            const range = new Range();
            range.setStart(text, index);
            range.setEnd(text, index + word.length);
            if (range.getClientRects().length > 1) torn.push(word);
        }
    }
    return torn;
}"""
"""Words that go on in another line, and have no place to be parted at."""


def test_a_person_is_parked_and_another_called_by_whole_words(busy: Page, box: Box) -> None:
    staff.start(box.office, FIRST_DESK, box.clock())
    expect(busy.locator("#person-title")).to_contain_text("Wird bedient")
    chip = busy.locator(".chip[data-ticket]").first
    with opening(busy):
        chip.click()
    for width in (320, 360):
        busy.set_viewport_size({"width": width, "height": 256})
        assert busy.evaluate(TORN_WORDS) == [], width


def test_on_a_phone_the_keys_are_listed_and_no_search_calls_its_keyboard(phone: Page) -> None:
    expect(dialog(phone, "Platz", "Alle Tasten").get_by_text("U", exact=True)).to_be_visible()
    phone.keyboard.press("Escape")
    search = dialog(phone, "Verwiesen …").get_by_label("Suchen")
    expect(search).to_be_visible()
    expect(search).not_to_be_focused()


def test_what_leaves_a_dialog_is_in_sight_on_a_small_laptop(busy: Page) -> None:
    busy.set_viewport_size({"width": 1366, "height": 600})
    for way, leaves in (("Ohne Nummer zählen", "Abbrechen"), ("Sätze", "Schließen")):
        opened = dialog(busy, way)
        expect(opened.get_by_role("button", name=leaves)).to_be_in_viewport(ratio=1)
        busy.keyboard.press("Escape")
