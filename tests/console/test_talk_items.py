"""Items of a talk that a profile lists, on the page of a desk."""

import pytest
from playwright.sync_api import Browser, expect

from kiosk.domain.record import Outcome
from kiosk.service.office import Office
from kiosk.store.database import Database
from tests.console.at_desk import button, nobody, records, serve
from tests.console.axe import faults
from tests.console.box import running_box
from tests.console.conftest import staff_page
from tests.service.test_talk_items import ADVISED
from tests.town import TownClock

pytestmark = pytest.mark.slow  # a real browser


def test_an_item_is_chosen_kept_over_a_reload_and_forgotten_for_the_next_person(
    chromium: Browser, database: Database
) -> None:
    with running_box(Office(database, ADVISED), TownClock(tick_s=0.02)) as box:
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
        nobody(page)
        serve(page, box)
        expect(measure).to_have_value("")
        button(page, "Geklärt").click()
        nobody(page)
        context.close()
        assert [(r.outcome, r.items) for r in records(box) if r] == [
            (Outcome.RESOLVED, (("measure", "form"),)),
            (Outcome.RESOLVED, ()),
        ]
