"""The poster at the door leads a phone to the Wi-Fi, and from there to a number."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from kiosk.service.office import Office
from kiosk.settings import profiles
from kiosk.settings.texts import Texts
from tests.console.axe import faults
from tests.console.box import running_box
from tests.console.conftest import log_in, open_page

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

    from tests.console.box import Box
    from tests.town import TownClock

TEXTS = Texts.load()
SHIPPED = profiles.load_profile("gelsenkirchen")
READ_FROM_LEFT = """() => [...document.querySelectorAll("[dir=rtl] ol")].map((steps) => {
  const text = steps.querySelector("li").firstChild;
  const begin = text.data.indexOf("BuS");
  const seen = [];
  for (let place = begin; place <= text.data.indexOf(">"); place += 1) {
    const range = document.createRange();
    range.setStart(text, place);
    range.setEnd(text, place + 1);
    const { left, width } = range.getBoundingClientRect();
    if (width) seen.push([left, text.data[place]]);
  }
  return seen.sort((one, other) => one[0] - other[0]).map((each) => each[1]).join("");
})"""
"""The name of the Wi-Fi as it stands on the paper in the languages written from right to left."""
PHONES = replace(
    SHIPPED, numbers_by_phone=True, bus_wifi="BuS-Bus <WLAN>", bus_wifi_password="geheim-1234"
)


def test_it_is_for_staff_of_a_bus_that_lets_phones_draw(box: Box) -> None:
    assert box.stranger().get("/staff/poster").headers["location"] == "/staff/login"
    staff = box.stranger()
    box.log_in(staff)
    assert staff.get("/staff/poster").status_code == 404
    assert "/staff/poster" not in staff.get("/staff/timetable").text


@pytest.mark.slow
def test_a_phone_reads_both_codes_and_one_sheet_has_all_languages(
    office: Office, clock: TownClock, browser: BrowserContext
) -> None:
    with running_box(Office(office.database, PHONES), clock) as bus:
        log_in(browser, bus)
        page = open_page(browser)
        page.emulate_media(color_scheme="dark")
        page.goto(f"{bus.url}/staff/timetable")
        page.get_by_role("link", name="Aushang").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Nummer mit dem Handy ziehen")
        for language in PHONES.languages:
            assert page.get_by_text(TEXTS(language, "poster.draw")).count() >= 1
        assert page.locator("[dir=rtl]").count() == 2
        assert page.evaluate(READ_FROM_LEFT) == ["BuS-Bus <WLAN>"] * 2
        assert faults(page) == []
        poster = Image.open(BytesIO(page.locator(".codes").screenshot())).convert("L")
        read = {code.text for code in zxingcpp.read_barcodes(poster)}
        assert read == {"WIFI:T:WPA;S:BuS-Bus <WLAN>;P:geheim-1234;;", f"{PHONES.bus_network}/n"}
        assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
        page.emulate_media(media="print")
        assert page.locator(".bar").is_hidden()
