"""Who waits, at a glance, and what can be done with each of them."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from kiosk.console.pages.desk_queue import FIRST_SHOWN, TOO_LONG_ALONE_MIN
from kiosk.domain.number import NumberRange
from kiosk.domain.ticket import TicketState
from kiosk.service import check_in, desks, staff, ticket_import
from kiosk.service.appointment_import import import_appointments
from kiosk.service.appointments import upcoming
from kiosk.service.queue_view import queue_view
from tests.browser import intercept
from tests.console.at_desk import await_dialog_keys, button, person, states
from tests.console.box import Box
from tests.console.conftest import staff_page
from tests.files.appointments.booked import booking
from tests.town import FIRST_DESK, GERMAN, JOBS, RENT, SECOND_DESK
from tests.waiting import eventually

pytestmark = pytest.mark.slow  # a real browser


@pytest.mark.parametrize(
    ("minutes", "told"),
    [(20, "noch früh"), (0, "jetzt dran"), (-40, "zu spät gekommen")],
)
def test_an_appointment_shows_its_time_and_whether_it_is_due(
    desk: Page, box: Box, minutes: int, told: str
) -> None:
    time = box.clock.wall.replace(second=0, microsecond=0) + timedelta(minutes=minutes)
    import_appointments(box.office, [booking(time)], box.clock())
    code = next(a.code for a in box.office.read(upcoming, box.clock()) if a.time == time)
    check_in.check_in(box.office, check_in.CheckInRequest(code, GERMAN), box.clock())
    shown = f"Termin {time + timedelta(hours=1):%H:%M}, {told}"
    expect(desk.get_by_role("row", name="A-001")).to_contain_text(shown)


def test_a_row_opens_what_can_be_done_by_keyboard_alone(desk: Page, box: Box) -> None:
    for _ in range(3):
        box.take()
    third = desk.get_by_role("button", name="A-003", exact=True)
    third.focus()
    desk.keyboard.press("Enter")
    dialog = desk.get_by_role("dialog", name="A-003")
    expect(dialog.get_by_role("heading", name="A-003")).to_be_focused()
    await_dialog_keys(desk)
    desk.keyboard.press("Shift+V")
    expect(desk.get_by_role("row", name="A-003")).to_contain_text("Vorrang")
    expect(third).to_be_focused()
    desk.keyboard.press("Enter")
    expect(dialog.get_by_role("button", name="Vorrang aufheben")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(third).to_be_focused()
    desk.keyboard.press("Enter")
    await_dialog_keys(desk)
    desk.keyboard.press("Shift+A")
    person(desk, "A-003", "Aufgerufen")
    assert states(box)["A-001"] == TicketState.WAITING


def test_a_touch_on_a_row_opens_it_and_a_person_is_withdrawn(desk: Page, box: Box) -> None:
    box.take()
    desk.get_by_role("row", name="A-001").get_by_text("Stelle finden").click()
    desk.get_by_role("dialog", name="A-001").get_by_role("button", name="Ist gegangen").click()
    expect(desk.get_by_role("heading", name="Niemand wartet")).to_be_visible()
    assert states(box) == {"A-001": TicketState.WITHDRAWN}


def test_a_row_opened_too_late_shows_what_became_of_the_person(desk: Page, box: Box) -> None:
    box.take(RENT)
    expect(desk.get_by_role("row", name="B-001")).to_be_visible()
    intercept(desk, "**/view*", lambda route: route.abort())  # the page is a moment behind
    staff.call_next(box.office, SECOND_DESK, box.clock())
    button(desk, "B-001").click()
    dialog = desk.get_by_role("dialog", name="B-001")
    expect(dialog).to_contain_text("B-001 ist aufgerufen.")


def test_a_topic_without_a_desk_is_shown_in_words(desk: Page, box: Box) -> None:
    box.take(JOBS)
    expect(desk.get_by_role("row", name="A-001")).to_be_visible()
    warning = desk.get_by_text("⚠ Kein Platz ruft auf für: Stelle finden (1)")
    expect(warning).to_be_hidden()  # the day has not begun
    desks.set_at_work(box.office, SECOND_DESK, box.clock(), at_work=True)
    expect(warning).to_be_visible()  # the second desk is not there for it
    desks.set_at_work(box.office, FIRST_DESK, box.clock(), at_work=True)
    expect(warning).to_be_hidden()


def test_long_waits_show_before_the_first_call(desk: Page, box: Box) -> None:
    box.take(JOBS)
    box.clock.pass_s(60 * TOO_LONG_ALONE_MIN)
    box.take(RENT)
    warning = desk.get_by_text("⚠ Kein Platz ruft auf für")
    expect(warning).to_have_text("⚠ Kein Platz ruft auf für: Stelle finden (1)")


def test_a_thousand_people_are_shown_in_part_filtered_and_found(
    browser: BrowserContext, box: Box
) -> None:
    box.open_visit()
    for letter, topic in (("A", JOBS), ("B", RENT)):
        for first in range(1, 501, 100):
            ticket_import.import_tickets(
                box.office,
                ticket_import.ImportRequest(NumberRange(letter, first, first + 99), topic),
                box.clock(),
            )
    page = staff_page(browser, box, "2")
    rows = page.locator("tbody tr")
    expect(page.get_by_role("heading", name="1000 warten")).to_be_visible()
    expect(rows).to_have_count(FIRST_SHOWN)
    expect(page.get_by_text(f"und {1000 - FIRST_SHOWN} weitere")).to_be_attached()

    page.get_by_label("Nur mein Platz").check()
    expect(page.get_by_text(f"und {500 - FIRST_SHOWN} weitere")).to_be_attached()
    expect(page.get_by_role("row", name="A-001")).to_have_count(0)
    page.reload()
    expect(page.get_by_label("Nur mein Platz")).to_be_checked()
    expect(page.get_by_text(f"und {500 - FIRST_SHOWN} weitere")).to_be_attached()

    page.get_by_label("Nummer suchen").fill("b-417")
    expect(rows).to_have_count(1)
    expect(page.get_by_role("row", name="B-417")).to_be_visible()
    page.get_by_label("Nummer suchen").fill("x")
    expect(page.get_by_text("Keine wartende Nummer mit „x“.")).to_be_visible()
    page.get_by_label("Nummer suchen").fill("")
    button(page, "Alle zeigen").click()
    expect(rows).to_have_count(500)
    button(page, "Nur die ersten zeigen").click()
    expect(rows).to_have_count(FIRST_SHOWN)
    assert len(box.office.read(queue_view).tickets) == 1000


def test_who_is_parked_or_did_not_appear_and_who_is_expected_stands_above_the_list(
    desk: Page, box: Box
) -> None:
    time = box.clock.wall.replace(second=0, microsecond=0)
    times = [time + timedelta(minutes=minutes) for minutes in (-5, 20, 90)]
    import_appointments(box.office, [booking(one) for one in times], box.clock())
    for _ in range(2):
        box.take()
    box.call_next()
    staff.park(box.office, FIRST_DESK, box.clock())
    for _ in range(box.office.profile.calls_before_missed):
        box.call_next()
        staff.miss(box.office, FIRST_DESK, box.clock())
    box.clock.pass_s(7 * 60)
    chips = desk.get_by_role("group", name="Termine, geparkt, nicht erschienen")
    expect(chips).to_contain_text("Nicht erschienen A-002")
    desk.reload()
    expect(chips.get_by_role("button")).to_have_text(
        [
            "Termine T",
            re.compile("Geparkt A-001 · 7 min"),
            re.compile("Nicht erschienen A-002 · 7 min"),
            re.compile("Termin 09:55 · seit 1[23] min"),
            re.compile("Termin 10:20 · in 1[12] min"),
        ]
    )
    desk.wait_for_load_state("load")
    desk.keyboard.press("Shift+Digit2")
    expect(desk.get_by_role("dialog", name="A-002")).to_be_visible()
    await_dialog_keys(desk)
    desk.keyboard.press("Shift+A")
    person(desk, "A-002", "Aufgerufen")
    desk.keyboard.press("t")
    expect(desk.get_by_role("dialog", name="Termine heute")).to_contain_text("11:30")


COUNT_TONES = """() => {
    const start = OscillatorNode.prototype.start;
    window.tones = 0;
    window.states = [];
    OscillatorNode.prototype.start = function (...when) {
        window.tones += 1;
        this.context.onstatechange = () => window.states.push(this.context.state);
        start.apply(this, when);
    };
}"""


def test_the_tab_counts_waiting_people_and_arrivals_and_help_calls_sound(
    desk: Page, box: Box
) -> None:
    desk.evaluate(COUNT_TONES)
    desk.get_by_role("main").click()  # before an input a page is silent
    box.take()
    expect(desk).to_have_title("(1) Platz 1 · Radhaus")
    assert desk.evaluate("tones") == 2
    box.take()
    expect(desk).to_have_title("(2) Platz 1 · Radhaus")
    assert desk.evaluate("tones") == 2  # one sound for the first
    # Between two sounds the laptop's sound card sleeps.
    eventually(lambda: desk.evaluate("states") == ["running", "suspended"], "silence")
    desks.call_help(box.office, SECOND_DESK, box.clock(), wanted=True)
    expect(desk.get_by_text("Platz 2 bittet um Hilfe", exact=True)).to_be_visible()
    assert desk.evaluate("tones") == 4
    eventually(lambda: desk.evaluate("states") == 2 * ["running", "suspended"], "silence")
