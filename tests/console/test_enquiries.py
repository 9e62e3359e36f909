"""People without a number: counted in a dialog of a desk, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from kiosk.domain.outcome import REFERRED, RESOLVED
from kiosk.domain.record import Record
from kiosk.store import enquiries
from tests.console.at_desk import button, dialog, records
from tests.console.box import Box
from tests.town import PASSPORT, RENT, TENANTS

pytestmark = pytest.mark.slow  # a real browser


def counted(box: Box) -> list[tuple[str, Record]]:
    with box.office.database.read() as connection:
        return [(one.topic, one.record) for one in enquiries.list_all(connection)]


def test_people_without_a_number_are_counted_in_two_taps_the_usual_topics_first(
    desk: Page, box: Box
) -> None:
    box.take(PASSPORT)
    box.take(PASSPORT)
    box.take(RENT)
    desk.keyboard.press("o")
    opened = desk.get_by_role("dialog", name="Ohne Nummer zählen")
    expect(opened.get_by_role("radio").first).to_have_accessible_name("Ausweis")
    expect(opened.get_by_role("radio").nth(1)).to_have_accessible_name("Miete")
    opened.get_by_role("radio", name="Ausweis").check()
    desk.keyboard.press("1")
    expect(desk.get_by_text("ohne Nummer gezählt: 1")).to_be_visible()
    usual = Record(RESOLVED)
    assert counted(box) == [(PASSPORT, usual)]
    button(desk, "Rückgängig: Ohne Nummer gezählt").click()
    expect(desk.get_by_text("ohne Nummer gezählt: 1")).to_be_hidden()
    assert counted(box) == []


def test_a_count_needs_a_topic_and_takes_a_rare_one_and_a_referral(desk: Page, box: Box) -> None:
    opened = dialog(desk, "Ohne Nummer zählen")
    opened.get_by_role("button", name="Geklärt").click()
    expect(opened.get_by_text("Bitte wählen Sie zuerst ein Anliegen.")).to_be_visible()
    opened.get_by_role("radio", name="Stelle finden").check()
    opened.get_by_label("Anderes Anliegen").select_option("Miete")
    expect(opened.get_by_role("radio", name="Stelle finden")).not_to_be_checked()
    opened.get_by_role("button", name="Eine Person mehr").click()
    opened.get_by_role("button", name="Verwiesen").click()
    opened.get_by_role("button", name="Mieterverein").first.click()
    expect(desk.get_by_text("ohne Nummer gezählt: 1")).to_be_visible()
    referred = Record(REFERRED, TENANTS, persons=2)
    assert counted(box) == [(RENT, referred)]
    assert records(box) == []
