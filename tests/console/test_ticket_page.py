"""The page behind the QR code of a slip, on a citizen's phone."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from kiosk.console.http import stream_caps
from kiosk.console.http.context import open_context
from kiosk.console.words.names import unbroken
from kiosk.domain.ids import LanguageCode
from kiosk.domain.record import NO_RECORD
from kiosk.domain.ticket import Ticket
from kiosk.drawing.bidi import isolated
from kiosk.service import citizens, staff, undo_log, visits
from kiosk.service.office import Office
from kiosk.settings import profiles
from kiosk.settings.texts import Texts
from tests.browser import offline
from tests.console.axe import faults
from tests.console.box import Box, running, running_box
from tests.town import FIRST_DESK, JOBS, TURKISH, TownClock
from tests.waiting import eventually

TEXTS = Texts.load()
ONE_AHEAD = TEXTS(TURKISH, "number.ahead", count=1)
NOBODY_AHEAD = TEXTS(TURKISH, "number.nobody_ahead")
SOON = TEXTS(TURKISH, "page.soon")
CALLED = TEXTS(TURKISH, "page.called", desk="1")
pytestmark = pytest.mark.slow  # a real browser

COUNT_RINGS = """
    globalThis.rings = 0;
    Navigator.prototype.vibrate = () => { globalThis.rings++; return true; };
"""


@pytest.fixture
def phone(browser: BrowserContext, ticket: Ticket) -> Page:
    """The page of that number, and its stream stands."""
    page = browser.new_page()
    page.set_viewport_size({"width": 360, "height": 740})
    page.add_init_script(COUNT_RINGS)
    with page.expect_response(lambda response: response.url.endswith("/events")):
        page.goto(f"/t/{ticket.code}")
    return page


def call_and_finish(box: Box) -> None:
    box.call_next()
    finish(box)


def finish(box: Box, desk: str = FIRST_DESK) -> None:
    staff.finish(box.office, desk, NO_RECORD, box.clock())


def test_the_page_follows_the_queue_and_a_call(phone: Page, box: Box, ticket: Ticket) -> None:
    headline = phone.locator("#headline")
    expect(phone.locator("#number")).to_have_text(ticket.number)
    expect(headline).to_have_text(ONE_AHEAD)
    box.call_next()
    expect(headline).to_have_text(NOBODY_AHEAD)
    box.call_next()
    expect(headline).to_have_text(CALLED)
    expect(phone).to_have_title(f"{ticket.number} · {CALLED}")
    assert phone.evaluate("rings") == 1
    staff.recall(box.office, FIRST_DESK, box.clock())
    eventually(lambda: phone.evaluate("rings") == 2, "a second ring")
    phone.reload()
    expect(headline).to_have_text(CALLED)
    assert phone.evaluate("rings") == 0


def test_two_ahead_it_is_soon_and_only_who_wants_it_is_rung_for(phone: Page, box: Box) -> None:
    late = box.take(JOBS, TURKISH)
    box.take()
    last = box.take(JOBS, TURKISH)
    phone.goto(f"/t/{last.code}")
    soon = phone.locator("#soon")
    expect(phone.locator("#headline")).to_have_text(TEXTS(TURKISH, "number.ahead", count=4))
    expect(soon).to_be_hidden()
    for _ in range(2):
        call_and_finish(box)
    expect(soon).to_have_text(SOON)
    expect(phone).to_have_title(f"{last.number} · {SOON}")
    assert phone.evaluate("rings") == 0
    phone.goto(f"/t/{late.code}")
    expect(soon).to_have_text(SOON)
    further = [box.take(JOBS, TURKISH) for _ in range(2)][-1]
    phone.goto(f"/t/{further.code}")
    expect(soon).to_be_hidden()
    bell = phone.get_by_role("button", name=TEXTS(TURKISH, "page.alert"))
    bell.click()
    expect(bell).to_have_attribute("aria-pressed", "true")
    assert phone.evaluate("rings") == 1  # so that it is known what comes
    assert faults(phone) == []
    call_and_finish(box)
    call_and_finish(box)
    expect(soon).to_be_visible()
    eventually(lambda: phone.evaluate("rings") == 2, "a ring")


def test_each_end_is_a_sentence_and_an_undo_is_followed(
    phone: Page, box: Box, ticket: Ticket
) -> None:
    said = phone.locator("#headline")
    for _ in range(2):
        box.call_next()
        staff.start(box.office, FIRST_DESK, box.clock())
    expect(said).to_have_text(TEXTS(TURKISH, "page.serving", desk="1"))
    staff.park(box.office, FIRST_DESK, box.clock())
    expect(said).to_have_text(TEXTS(TURKISH, "page.parked"))
    staff.call(box.office, FIRST_DESK, ticket.id, box.clock())
    for _ in range(box.office.profile.calls_before_missed):
        staff.miss(box.office, FIRST_DESK, box.clock())
        if staff.call_next(box.office, FIRST_DESK, box.clock()) is None:
            break
    expect(said).to_have_text(TEXTS(TURKISH, "page.missed"))
    staff.call(box.office, FIRST_DESK, ticket.id, box.clock())
    finish(box)
    expect(said).to_have_text(TEXTS(TURKISH, "page.finished"))
    undo_log.undo(box.office, FIRST_DESK, box.clock())
    expect(said).to_have_text(TEXTS(TURKISH, "page.called", desk="1"))
    staff.withdraw(box.office, ticket.id, box.clock())
    expect(said).to_have_text(TEXTS(TURKISH, "page.withdrawn"))


def test_another_phone_hears_of_a_number_given_back_in_the_words_of_its_holder(
    phone: Page, box: Box, ticket: Ticket
) -> None:
    said, number = phone.locator("#headline"), isolated(unbroken(ticket.number))
    citizens.give_back(box.office, ticket.id, box.clock())
    for _ in range(2):  # and reloaded
        expect(said).to_have_text(TEXTS(TURKISH, "returned.title", number=number))
        expect(phone.locator("#hint")).to_have_text("")
        phone.reload()


def test_after_the_visit_the_page_forgets_the_number(phone: Page, box: Box) -> None:
    visits.close_visit(box.office, box.clock(), expected=None, revocable=True)
    expect(phone.locator("#headline")).to_have_text(TEXTS(TURKISH, "closed.title"))
    visits.reopen_visit(box.office, box.clock())
    expect(phone.locator("#headline")).to_have_text(ONE_AHEAD)
    box.close_visit()
    gone = phone.get_by_role("heading", name=TEXTS(TURKISH, "page.gone"))
    expect(gone).to_be_visible()
    expect(phone.locator("#ticket")).to_be_hidden()
    assert faults(phone) == []
    phone.reload()
    expect(phone.get_by_role("heading", name="Diese Seite kennt Ihre Nummer")).to_be_visible()
    expect(phone.get_by_role("heading", name="This page no longer")).to_be_visible()
    assert faults(phone) == []


def test_a_lost_network_shows_at_once_and_recovers(phone: Page, box: Box) -> None:
    lost = phone.get_by_text(TEXTS(TURKISH, "page.lost"))
    expect(lost).to_be_hidden()
    with offline(phone):
        expect(lost).to_be_visible()
        box.call_next()
        expect(phone.locator("#headline")).to_have_text(ONE_AHEAD)
    expect(phone.locator("#headline")).to_have_text(NOBODY_AHEAD)
    expect(lost).to_be_hidden()


def test_a_box_that_starts_again_is_found_again(
    office: Office, clock: TownClock, browser: BrowserContext
) -> None:
    with running_box(office, clock) as box:
        box.open_visit()
        box.take()
        ticket = box.take()
        page = browser.new_page()
        page.goto(f"{box.url}/t/{ticket.code}")
        expect(page.locator("#headline")).to_have_text("1 Person vor Ihnen")
        port = int(box.url.rpartition(":")[2])
    lost = page.get_by_text(TEXTS(ticket.language, "page.lost"))
    expect(lost).to_be_visible()
    box.call_next()
    with running(open_context(office, clock), port):
        expect(page.locator("#headline")).to_have_text("Niemand ist vor Ihnen")
        expect(lost).to_be_hidden()


@pytest.mark.parametrize("old", [False, True], ids=["no line is free", "no streams known"])
def test_a_phone_that_cannot_listen_asks_by_itself(
    new_browser: BrowserContext,
    box: Box,
    ticket: Ticket,
    monkeypatch: pytest.MonkeyPatch,
    *,
    old: bool,
) -> None:
    page = new_browser.new_page()
    if old:
        page.add_init_script("delete globalThis.EventSource;")
    else:
        monkeypatch.setattr(stream_caps, "MOST_STREAMS", 0)
    page.clock.install()
    with page.expect_response(lambda response: response.url.endswith("/state")):
        page.goto(f"/t/{ticket.code}")
    box.call_next()
    page.clock.fast_forward(11_000)
    expect(page.locator("#headline")).to_have_text(NOBODY_AHEAD)
    expect(page.get_by_text(TEXTS(TURKISH, "page.lost"))).to_be_hidden()


def test_each_language_fits_on_the_narrowest_phone(
    office: Office, clock: TownClock, browser: BrowserContext
) -> None:
    bus = Office(office.database, profiles.load_profile("gelsenkirchen"))
    with running_box(bus, clock) as box:
        box.open_visit()
        page = browser.new_page()
        page.set_viewport_size({"width": 320, "height": 256})
        for language in TEXTS.languages:
            page.goto(f"{box.url}/t/{box.take('sozialberatung', language).code}")
            expect(page.locator("html")).to_have_attribute("dir", TEXTS.direction(language))
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), language


@pytest.mark.parametrize("language", [LanguageCode("de"), LanguageCode("ar")])
def test_axe_and_every_phone_size_in_every_state(
    office: Office, clock: TownClock, browser: BrowserContext, language: LanguageCode
) -> None:
    bus = Office(office.database, profiles.load_profile("gelsenkirchen"))
    with running_box(bus, clock) as box:
        box.open_visit()
        ticket = box.take("wohngeld", language)
        page = browser.new_page()
        page.emulate_media(reduced_motion="reduce")  # axe would look in the middle of it
        page.goto(f"{box.url}/t/{ticket.code}")
        expect(page.locator("html")).to_have_attribute("dir", TEXTS.direction(language))
        for state in ("waiting", "called", "parked"):
            if state == "called":
                box.call_next()
            if state == "parked":
                staff.park(bus, FIRST_DESK, clock())
            expect(page.locator("body")).to_have_attribute("data-state", state)
            assert faults(page) == []
            # 1280 x 1024 at 400 % is 320 x 256.
            for width, height in ((320, 256), (320, 568), (360, 740), (430, 932)):
                page.set_viewport_size({"width": width, "height": height})
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
                number = page.locator("#number").bounding_box()
                assert number
                assert number["x"] >= 0
                assert number["x"] + number["width"] <= width
