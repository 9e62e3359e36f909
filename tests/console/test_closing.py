"""What staff and a city's monitoring are told of closed periods."""

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.console.api.metrics import metrics_text
from kiosk.console.http.context import open_context
from kiosk.console.words.periods import period_name
from kiosk.counts.close import close_periods
from kiosk.counts.ledger_entry import ledger_names
from kiosk.devices.stick_words import STICK_WORDS
from kiosk.domain.stick import StickState
from kiosk.service import access
from kiosk.service.closing import record_failure
from kiosk.service.office import Office
from kiosk.service.sticks import report_stick
from tests.console.box import Box
from tests.console.conftest import staff_page
from tests.counting import count_people
from tests.town import TOWN, TownClock


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("2026-Q4", "4. Quartal 2026"),
        ("2026-Q4.2", "4. Quartal 2026, Teil 2"),
        ("2026-03", "März 2026"),
    ],
)
def test_a_period_has_a_german_name(label: str, name: str) -> None:
    assert period_name(label) == name


@pytest.mark.slow  # a real browser
def test_staff_see_that_a_period_could_not_be_closed_and_later_that_it_was(
    chromium: Browser, new_box: Box, office: Office, clock: TownClock
) -> None:
    count_people(office.database, "2026-09-30", 200)
    record_failure(office, "No rounding was found.", clock())
    with chromium.new_context(base_url=new_box.url) as browser:
        page = staff_page(browser, new_box)
        page.get_by_role("button", name="Auszählung: nicht abgeschlossen").click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("noch nicht abgeschlossen: 3. Quartal 2026")
        expect(dialog).to_contain_text("No rounding was found.")
        close_periods(office.database, ledger_names(TOWN, "rh-1"), clock())
        expect(page.locator("#counted")).to_contain_text("abgeschlossen: 3. Quartal 2026.")
        expect(page.get_by_role("button", name="Auszählung")).to_have_count(0)


def test_metrics_report_periods_without_numbers_of_people(office: Office, clock: TownClock) -> None:
    access.set_up(office.database)

    def lines() -> set[str]:
        return set(metrics_text(open_context(office, clock)).splitlines())

    count_people(office.database, "2026-09-30", 173)
    record_failure(office, "No rounding was found.", clock())
    told = lines()
    assert {
        "radhaus_periods_over 1",
        "radhaus_closing_due 1",
        "radhaus_closing_failed 1",
        "radhaus_people_enough 1",
    } <= told
    assert not [line for line in told if "173" in line]
    close_periods(office.database, ledger_names(TOWN, "rh-1"), clock())
    clock.pass_s(99)
    assert {
        "radhaus_last_closing_seconds 100.0",
        "radhaus_closing_due 0",
        "radhaus_closing_failed 0",
        "radhaus_people_enough 0",
    } <= lines()


@pytest.mark.slow  # a real browser
def test_staff_see_how_a_stick_is_doing_until_it_is_pulled_out(desk: Page, box: Box) -> None:
    for state in (StickState.WRITING, StickState.DONE, StickState.FORMAT):
        report_stick(box.office, state, box.clock())
        expect(desk.locator("#stick")).to_have_text(STICK_WORDS[state])
    report_stick(box.office, StickState.GONE, box.clock())
    expect(desk.locator("#stick")).to_have_count(0)
