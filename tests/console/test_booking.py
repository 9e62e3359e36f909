"""An appointment is made, moved and cancelled on the page of a desk."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.domain.planned_hours import PlannedHours
from kiosk.service.appointments import upcoming
from kiosk.service.office import Office
from kiosk.store.database import Database
from tests.console.at_desk import serve
from tests.console.axe import faults
from tests.console.box import Box, running_box
from tests.console.conftest import staff_page
from tests.town import MARKET, RENT, TOWN, TownClock

pytestmark = pytest.mark.slow  # a real browser
READ_ALOUD_PX = 32
PLANNED = replace(TOWN, timetable=(PlannedHours(MARKET, "10:00", "11:00", weekday="tu"),))


@pytest.fixture
def planned(database: Database) -> Iterator[Box]:
    """A console whose bus has office hours."""
    with running_box(Office(database, PLANNED), TownClock(tick_s=0.02)) as box:
        box.open_visit()
        yield box


def times(box: Box) -> list[str]:
    return [f"{a.time:%d.%m. %H:%M}" for a in box.office.read(upcoming, box.clock())]


def make_by_telephone(page: Page, planned: Box) -> None:
    page.keyboard.press("t")
    page.get_by_label("Neuer Termin am Telefon").select_option("Miete")
    page.get_by_role("button", name="Freie Zeiten zeigen").click()
    dialog = page.get_by_role("dialog", name="Termin vereinbaren: Miete")
    expect(dialog.get_by_role("button", name="Woanders")).to_have_count(0)
    assert faults(page) == []
    dialog.get_by_role("button", name="10:45").first.dblclick()
    dialog = page.get_by_role("dialog", name="Termin Dienstag, 24. November, 10:45 Uhr")
    expect(dialog).to_be_visible()
    (told,) = planned.office.read(upcoming, planned.clock())
    expect(dialog).to_contain_text("Miete · Markt")
    code = dialog.get_by_text(f"{told.code[:4]} {told.code[4:]}", exact=True)
    size = code.evaluate("code => parseFloat(getComputedStyle(code).fontSize)")
    assert size >= READ_ALOUD_PX, "read out on the telephone, in a bus that rocks"
    assert (told.topic, times(planned)) == (RENT, ["24.11. 09:45"])


def test_from_the_outcome_to_the_appointment_and_away_again(
    chromium: Browser, planned: Box
) -> None:
    with chromium.new_context(base_url=planned.url, locale="de-DE") as context:
        book_move_and_cancel(staff_page(context, planned), planned)


def book_move_and_cancel(page: Page, planned: Box) -> None:
    """From the dialog that an outcome opens, until nothing is left; then by telephone."""
    serve(page, planned)
    page.keyboard.press("3")
    dialog = page.get_by_role("dialog", name="Termin vereinbaren: Stelle finden")
    expect(dialog).to_contain_text("Dienstag, 24. November · Markt")
    assert faults(page) == []
    dialog.get_by_role("button", name="10:15 Uhr, Dienstag, 24. November").dblclick()
    expect(page.get_by_text("Termin vereinbart: Dienstag, 24. November, 10:15 Uhr")).to_be_visible()
    expect(page.locator("#refused")).to_be_empty()
    assert times(planned) == ["24.11. 09:15"]

    (made,) = planned.office.read(upcoming, planned.clock())
    page.keyboard.press("e")
    page.get_by_role("button", name="Termine heute").click()
    page.get_by_label("Code").fill(made.code)
    page.get_by_role("button", name="Termin ändern").click()
    dialog = page.get_by_role("dialog", name="Termin Dienstag, 24. November, 10:15 Uhr")
    assert faults(page) == []
    dialog.get_by_role("button", name="10:30").first.dblclick()
    expect(page.get_by_text("Verschoben auf Dienstag, 24. November, 10:30 Uhr")).to_be_visible()
    assert times(planned) == ["24.11. 09:30"]

    page.keyboard.press("e")
    page.get_by_role("button", name="Termine heute").click()
    page.get_by_label("Code").fill(made.code)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Termin absagen").click()
    expect(page.get_by_text("Der Termin ist abgesagt.")).to_be_visible()
    assert times(planned) == []
    make_by_telephone(page, planned)
