"""Items of a talk and outcomes that a profile lists, on the page of a desk."""

from dataclasses import replace

import pytest
from playwright.sync_api import Browser, expect

from kiosk.domain.ids import OutcomeId
from kiosk.domain.outcome import READY_OUTCOMES, RESOLVED, Outcome
from kiosk.service.office import Office
from kiosk.store.database import Database
from tests.console.at_desk import button, expect_empty_desk, records, serve
from tests.console.axe import faults
from tests.console.box import running_box
from tests.console.conftest import staff_page
from tests.service.test_talk_items import ADVISED
from tests.town import TownClock

pytestmark = pytest.mark.slow  # a real browser

FORM = Outcome(OutcomeId("form-filled"), "Antrag ausgefüllt")
OWN = (
    *READY_OUTCOMES,
    FORM,
)
"""As many as a profile can list beside items."""


def test_an_item_is_chosen_kept_over_a_reload_and_forgotten_for_the_next_person(
    chromium: Browser, database: Database
) -> None:
    profile = replace(ADVISED, outcomes=OWN)
    with running_box(Office(database, profile), TownClock(tick_s=0.02)) as box:
        box.open_visit()
        context = chromium.new_context(base_url=box.url, locale="de-DE")
        page = staff_page(context, box)
        serve(page, box)
        measure = page.get_by_label("Maßnahme")
        measure.select_option("Ausfüllhilfe")
        page.reload()
        expect(measure).to_have_value("form")
        assert faults(page) == []
        button(page, "Geklärt").click()
        expect_empty_desk(page)
        serve(page, box)
        expect(measure).to_have_value("")
        button(page, "Geklärt").click()
        expect_empty_desk(page)
        serve(page, box)
        page.set_viewport_size({"width": 1366, "height": 600})
        for outcome in OWN:
            expect(button(page, outcome.label)).to_be_in_viewport(ratio=1)
        page.keyboard.press("6")
        expect_empty_desk(page)
        context.close()
        assert [(r.outcome, r.items) for r in records(box) if r] == [
            (RESOLVED, (("measure", "form"),)),
            (RESOLVED, ()),
            (FORM.id, ()),
        ]
