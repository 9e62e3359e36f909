"""The morning after, on the page of a desk."""

import pytest
from playwright.sync_api import BrowserContext, expect

from kiosk.service.queue_view import queue_view
from tests.console.box import Box
from tests.console.conftest import staff_page

pytestmark = pytest.mark.slow  # a real browser


def test_a_visit_left_open_is_shown_large_and_closed_by_one_key(
    browser: BrowserContext, box: Box
) -> None:
    box.open_visit()
    box.take()
    box.clock.pass_s(22 * 3600)
    desk = staff_page(browser, box)
    told = desk.get_by_role("region", name="ist noch offen: Markt")
    expect(told).to_contain_text("An jenem Tag: 1 Nummer")
    expect(desk.get_by_role("button", name="Nächste Nummer")).to_have_count(0)
    desk.keyboard.press("Shift+B")
    expect(desk.get_by_role("heading", name="Einsatz öffnen")).to_be_visible()
    closed = desk.get_by_role("region", name="Einsatz beendet")
    expect(closed).to_contain_text("An jenem Tag: 1 Nummer")
    assert box.office.read(queue_view).visit is None
