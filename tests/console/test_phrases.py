"""Phrases to point at: in the visitor's language beside German, on the page and on paper."""

import pytest
from playwright.sync_api import BrowserContext, expect

from kiosk.domain.directory import PHRASES
from kiosk.domain.ids import LanguageCode
from kiosk.service import staff
from kiosk.service.office import Office
from kiosk.service.sheets import SHEETS
from kiosk.settings import profiles
from tests.console.at_desk import dialog
from tests.console.box import Box, running_box
from tests.console.conftest import staff_page
from tests.town import FIRST_DESK, JOBS, TURKISH, TownClock

ARABIC = LanguageCode("ar")


@pytest.mark.slow  # a real browser
def test_the_dialog_shows_and_prints_the_language_of_the_person_at_the_desk(
    browser: BrowserContext, office: Office, clock: TownClock
) -> None:
    bus = Office(office.database, profiles.load_profile("gelsenkirchen"))
    with running_box(bus, clock) as box:
        box.open_visit()
        box.take(bus.profile.topics[0].id, ARABIC)
        staff.call_next(bus, FIRST_DESK, clock())
        phrases = dialog(staff_page(browser, box), "Sätze")
        expect(phrases.get_by_text("مرحبًا. تفضل بالجلوس من فضلك.")).to_be_visible()
        expect(phrases.locator("dd:visible").first).to_have_attribute("dir", "rtl")
        expect(phrases.get_by_text("Merhaba. Lütfen oturun.")).to_be_hidden()
        phrases.get_by_label("Sprache").select_option("Türkisch")
        expect(phrases.get_by_text("Merhaba. Lütfen oturun.")).to_be_visible()
        phrases.get_by_role("button", name="Sätze drucken").click()
        expect(phrases.get_by_text("Die Sätze werden gedruckt.")).to_be_visible()
        job = SHEETS.begin(bus, clock())
        assert job
        assert (job.sheet.offer, job.sheet.language) == (PHRASES, TURKISH)


def test_a_german_speaker_is_shown_the_first_other_language(box: Box) -> None:
    box.open_visit()
    box.take(JOBS)
    staff.call_next(box.office, FIRST_DESK, box.clock())
    page = box.program().get(f"/staff/desks/{FIRST_DESK}/dialogs/phrases").text
    assert 'data-language="tr"' in page
    assert "Sätze drucken" in page
