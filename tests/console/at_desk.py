"""What tests look at on the page of a desk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from kiosk.service import staff
from kiosk.service.queue_view import queue_view
from tests.town import FIRST_DESK, JOBS, RENT, TURKISH

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from kiosk.domain.ids import TopicId
    from kiosk.domain.record import Record
    from kiosk.domain.ticket import Ticket
    from tests.console.box import Box

NEXT = "Nächste Nummer"

DIALOGS = [
    ["Weiterleiten"],
    ["Weitere Anliegen"],
    ["Verwiesen …"],
    ["Nummer für jemanden ziehen"],
    ["Ohne Nummer zählen"],
    ["A-002"],
    ["A-002", "Anliegen ändern"],
    ["A-002", "Ergebnis nachtragen"],
    ["Abgeschlossene"],
    ["Sätze"],
    ["Platz"],
    ["Platz", "Anliegen dieses Platzes"],
    ["Platz", "Lautstärke"],
    ["Platz", "Alle Tasten"],
    ["Einsatz"],
    ["Einsatz", "Termine heute"],
    ["Einsatz", "Rückrufe heute"],
    ["Einsatz", "Kontingente"],
    ["Einsatz", "Angebotene Anliegen"],
    ["Einsatz", "Papierrolle nachtragen"],
    ["Einsatz", "Einsatz beenden"],
]
"""The buttons that lead to every dialog, while a ticket is called."""

FOCUS = """() => {
    const style = getComputedStyle(document.activeElement);
    const box = document.activeElement.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return {
        what: document.activeElement.id || document.activeElement.textContent,
        outline: style.outlineStyle === "solid" ? parseFloat(style.outlineWidth) : 0,
        hidden: !document.activeElement.contains(top),
    };
}"""
"""What has the focus, how wide its ring is, and whether something lies over it."""

LOW = """([height, within]) => [...document.querySelectorAll(`${within} button`)].filter(
    (button) => button.checkVisibility() && button.getBoundingClientRect().height < height
).map(({ outerHTML }) => outerHTML.slice(0, 80))"""
"""The buttons within a CSS selector that are less than so many pixels high."""


def states(box: Box) -> dict[str, str]:
    """The state of every number."""
    return {ticket.number: ticket.state for ticket in box.office.read(queue_view).tickets}


def records(box: Box) -> list[Record | None]:
    """What has been noted about every ticket, by sequence."""
    return [ticket.record for ticket in box.office.read(queue_view).tickets]


def person(page: Page, number: str, what: str | re.Pattern[str]) -> None:
    """Whom the page shows at the desk."""
    expect(page.locator("#number")).to_have_text(re.compile(f"^{number}"))
    expect(page.locator("#person-title")).to_contain_text(what)


def expect_empty_desk(page: Page) -> None:
    """Wait until the page shows an empty desk."""
    expect(page.get_by_text("Niemand", exact=True)).to_be_visible()


def serve(page: Page, box: Box, topic: TopicId = JOBS, *, minutes: int = 0) -> Ticket:
    """A person comes to the first desk, and the page shows them."""
    box.take(topic)
    ticket = staff.call_next(box.office, FIRST_DESK, box.clock())
    assert ticket
    staff.start(box.office, FIRST_DESK, box.clock())
    box.clock.pass_s(60 * minutes)
    person(page, ticket.number, "Wird bedient")
    if minutes:
        page.reload()
        # each request of the page's own parts lets a second pass
        person(page, ticket.number, re.compile(f"seit ({minutes}|{minutes + 1}) min"))
        page.wait_for_load_state("load")
    return ticket


def await_dialog_keys(page: Page) -> None:
    """Wait until an opened dialog takes keys: it is deaf for a moment."""
    page.wait_for_selector("dialog[open]:not([data-deaf])")


def button(page: Page, name: str) -> Locator:
    """A button by its words, on the page or in the open dialog."""
    return page.get_by_role("button", name=name)


def dialog(page: Page, *ways: str) -> Locator:
    """The dialog to which some buttons lead."""
    opened = page.get_by_role("dialog")
    for way in ways:
        within = opened if way is not ways[0] else page
        within.get_by_role("button", name=way).first.click()
        expect(opened.get_by_role("heading").first).to_be_visible()
    return opened


def fill(box: Box) -> Ticket:
    """A busy morning: a person waits, is parked, was missed, and this one is called."""
    for topic in (JOBS, RENT, JOBS, RENT):
        box.take(topic, TURKISH, priority=topic == RENT)
    staff.call_next(box.office, FIRST_DESK, box.clock())
    staff.park(box.office, FIRST_DESK, box.clock())
    for _ in range(box.office.profile.calls_before_missed):
        called = staff.call_next(box.office, FIRST_DESK, box.clock())
        staff.miss(box.office, FIRST_DESK, box.clock())
    assert called
    return box.call_next()
