"""The page behind the QR code of a slip, on the phone of whoever waits."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from kiosk import profiles
from kiosk.console.app import create_app
from kiosk.console.door import open_door
from kiosk.console.headers import Doorkeeper
from kiosk.console.phones import MOST_PHONES
from kiosk.domain.record import NOT_RECORDED
from kiosk.domain.ticket import Ticket
from kiosk.service import back_office, trail
from kiosk.service.office import Office
from kiosk.service.slip_desk import SLIPS
from kiosk.texts import Texts
from tests.console.box import Box, running, running_box
from tests.console.test_accessibility import faults
from tests.town import FIRST_DESK, JOBS, TOWN, TURKISH, TownClock
from tests.waiting import eventually

TEXTS = Texts.load()
ONE_AHEAD = TEXTS(TURKISH, "number.ahead", count=1)
NOBODY_AHEAD = TEXTS(TURKISH, "number.nobody_ahead")
CALLED = TEXTS(TURKISH, "page.called", desk="1")
WITHIN_A_SECOND_MS = 1000
WRONG = "AAAAAAAAAAAA"
COUNT_RINGS = """
    globalThis.rings = 0;
    Navigator.prototype.vibrate = () => { globalThis.rings++; return true; };
"""


@pytest.fixture
def ticket(box: Box) -> Ticket:
    """A Turkish speaker's number; one person is before."""
    box.open_visit()
    box.take()
    return box.take(JOBS, TURKISH)


@pytest.fixture
def phone(browser: BrowserContext, ticket: Ticket) -> Page:
    """The page of that number, and its stream stands."""
    page = browser.new_page()
    page.set_viewport_size({"width": 360, "height": 740})
    page.add_init_script(COUNT_RINGS)
    with page.expect_response(lambda response: response.url.endswith("/events")):
        page.goto(f"/t/{ticket.code}")
    return page


def call_next(box: Box, desk: str = FIRST_DESK) -> Ticket:
    called = back_office.call_next(box.office, desk, box.clock())
    assert called
    return called


def finish(box: Box, desk: str = FIRST_DESK) -> None:
    back_office.finish(box.office, desk, NOT_RECORDED, box.clock())


def state_of(box: Box, ticket: Ticket) -> dict[str, object]:
    state: dict[str, object] = box.anybody().get(f"/t/{ticket.code}/state").json()
    return state


# Without a browser


def test_the_state_tells_the_place_in_the_queue_and_nothing_about_the_person(
    box: Box, ticket: Ticket
) -> None:
    assert state_of(box, ticket) == {
        "number": ticket.number,
        "state": "waiting",
        "headline": ONE_AHEAD,
        "hint": TEXTS(TURKISH, "slip.hint"),
        "wait": "",
        "ahead": 1,
        "estimate_minutes": None,
        "desk": None,
        "call": None,
    }


def test_the_page_can_be_read_without_a_script_and_comes_again_by_itself(
    box: Box, ticket: Ticket
) -> None:
    answer = box.anybody().get(f"/t/{ticket.code}")
    assert answer.status_code == 200
    assert '<html lang="tr" dir="ltr">' in answer.text
    assert ticket.number in answer.text
    assert ONE_AHEAD in answer.text
    assert '<noscript><meta http-equiv="refresh"' in answer.text
    assert TOWN.topic(JOBS).label[TURKISH] not in answer.text


def test_the_page_is_kept_by_nobody_and_found_by_no_search(box: Box, ticket: Ticket) -> None:
    headers = box.anybody().get(f"/t/{ticket.code}").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "noindex" in headers["X-Robots-Tag"]


def test_a_wrong_code_and_a_closed_visit_get_the_same_answer(box: Box, ticket: Ticket) -> None:
    client = box.anybody()
    wrong = client.get(f"/t/{WRONG}")
    box.close_visit()
    late = client.get(f"/t/{ticket.code}")
    assert (wrong.status_code, wrong.text) == (404, late.text)
    assert "Diese Seite kennt Ihre Nummer nicht mehr" in late.text
    assert "This page no longer knows your number" in late.text
    refused = client.get(f"/t/{ticket.code}/state")
    assert refused.status_code == 404
    box.problem(refused)


@pytest.mark.parametrize(
    "code", ["%00", "%2e%2e", "x" * 5000, "%F0%9F%9A%8C", "a/b", "'%20OR%201=1"]
)
def test_a_code_that_is_none_is_not_found(box: Box, code: str) -> None:
    assert box.anybody().get(f"/t/{code}").status_code == 404


def test_nobody_can_act_on_a_ticket_by_its_code(box: Box, ticket: Ticket) -> None:
    for path in (f"/t/{ticket.code}", f"/t/{ticket.code}/state"):
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            assert box.anybody().request(method, path).status_code in {404, 405}


def test_a_recall_is_a_newer_call(box: Box, ticket: Ticket) -> None:
    call_next(box)
    call_next(box)
    first = state_of(box, ticket)
    back_office.recall(box.office, FIRST_DESK, box.clock())
    second = state_of(box, ticket)
    assert (first["state"], first["desk"]) == ("called", "1")
    assert first["headline"] == CALLED
    assert isinstance(first["call"], int)
    assert isinstance(second["call"], int)
    assert second["call"] > first["call"]


@contextmanager
def listening(client: httpx.Client, ticket: Ticket) -> Iterator[Iterator[str]]:
    """The names of the events of a ticket's stream."""
    with client.stream("GET", f"/t/{ticket.code}/events") as response:
        assert response.status_code == 200
        lines = (line for line in response.iter_lines() if line.startswith("event: "))
        yield (line.removeprefix("event: ") for line in lines)


def test_only_what_changes_for_this_ticket_is_told(new_box: Box) -> None:
    new_box.open_visit()
    ticket = new_box.take()
    with listening(new_box.anybody(), ticket) as events:
        assert next(events) == "state"
        new_box.take()  # behind this one
        assert next(events) == "alive"
        call_next(new_box)
        assert next(events) == "state"
        new_box.close_visit()
        assert next(events) == "gone"
        assert next(events, None) is None


def test_a_crowd_of_phones_takes_no_line_from_staff_and_can_still_ask(new_box: Box) -> None:
    new_box.open_visit()
    ticket = new_box.take()
    new_box.door.phones.listening = MOST_PHONES
    client = new_box.anybody()
    assert client.get(f"/t/{ticket.code}/events").status_code == 503
    assert client.get(f"/t/{ticket.code}/state").status_code == 200
    with client.stream("GET", "/api/v1/events") as response:
        assert response.status_code == 200


def test_a_phone_that_leaves_is_forgotten(new_box: Box) -> None:
    new_box.open_visit()
    with listening(new_box.anybody(), new_box.take()) as events:
        assert next(events) == "state"
        assert new_box.door.phones.listening == 1
    eventually(lambda: new_box.door.phones.listening == 0, "an end of the stream")


def test_the_slip_leads_to_the_page_by_a_name_that_the_box_believes(
    office: Office, clock: TownClock
) -> None:
    bus = Office(office.database, replace(TOWN, bus_network="http://bus.stadt.example:8080"))
    with running_box(bus, clock) as box:
        box.open_visit()
        ticket = box.take()
        job = SLIPS.begin(bus, clock())
        assert job is not None
        assert job.link == f"http://bus.stadt.example:8080/t/{ticket.code}"
        asked = box.anybody().get(f"/t/{ticket.code}", headers={"Host": "bus.stadt.example:8080"})
        assert asked.status_code == 200


def test_without_a_network_the_slip_has_no_link(box: Box, ticket: Ticket) -> None:
    jobs = [SLIPS.begin(box.office, box.clock()) for _ in range(2)]
    assert [(job.ticket.id, job.link) for job in jobs if job][1:] == [(ticket.id, None)]
    keeper = next(p for p in create_app(box.door).middleware if isinstance(p, Doorkeeper))
    assert not keeper.believes("bus.stadt.example")


# In a browser


@pytest.mark.slow
def test_the_page_follows_the_queue_and_a_call_within_a_second(
    phone: Page, box: Box, ticket: Ticket
) -> None:
    headline = phone.locator("#headline")
    expect(phone.locator("#number")).to_have_text(ticket.number)
    expect(headline).to_have_text(ONE_AHEAD)
    call_next(box)
    expect(headline).to_have_text(NOBODY_AHEAD)
    call_next(box)
    expect(headline).to_have_text(CALLED, timeout=WITHIN_A_SECOND_MS)
    expect(phone).to_have_title(f"{ticket.number} · {CALLED}")
    assert phone.evaluate("rings") == 1
    back_office.recall(box.office, FIRST_DESK, box.clock())
    phone.wait_for_function("rings === 2", timeout=WITHIN_A_SECOND_MS)
    phone.reload()
    expect(headline).to_have_text(CALLED)
    assert phone.evaluate("rings") == 0


@pytest.mark.slow
def test_each_end_is_a_sentence_and_an_undo_is_followed(
    phone: Page, box: Box, ticket: Ticket
) -> None:
    said = phone.locator("#headline")
    call_next(box)
    call_next(box)
    back_office.start(box.office, FIRST_DESK, box.clock())
    expect(said).to_have_text(TEXTS(TURKISH, "page.serving", desk="1"))
    back_office.park(box.office, FIRST_DESK, box.clock())
    expect(said).to_have_text(TEXTS(TURKISH, "page.parked"))
    back_office.call(box.office, FIRST_DESK, ticket.id, box.clock())
    for _ in range(box.office.profile.calls_before_missed):
        back_office.miss(box.office, FIRST_DESK, box.clock())
        if back_office.call_next(box.office, FIRST_DESK, box.clock()) is None:
            break
    expect(said).to_have_text(TEXTS(TURKISH, "page.missed"))
    back_office.call(box.office, FIRST_DESK, ticket.id, box.clock())
    finish(box)
    expect(said).to_have_text(TEXTS(TURKISH, "page.finished"))
    trail.undo(box.office, FIRST_DESK, box.clock())
    expect(said).to_have_text(TEXTS(TURKISH, "page.called", desk="1"))
    back_office.withdraw(box.office, ticket.id, box.clock())
    expect(said).to_have_text(TEXTS(TURKISH, "page.withdrawn"))


@pytest.mark.slow
def test_after_the_visit_the_page_forgets_the_number(phone: Page, box: Box) -> None:
    box.close_visit()
    gone = phone.get_by_role("heading", name=TEXTS(TURKISH, "page.gone"))
    expect(gone).to_be_visible(timeout=WITHIN_A_SECOND_MS)
    expect(phone.locator("#ticket")).to_be_hidden()
    assert faults(phone) == []
    phone.reload()
    expect(phone.get_by_role("heading", name="Diese Seite kennt Ihre Nummer")).to_be_visible()
    expect(phone.get_by_role("heading", name="This page no longer")).to_be_visible()
    assert faults(phone) == []


@pytest.mark.slow
def test_a_lost_network_is_told_at_once_and_heals_by_itself(
    phone: Page, browser: BrowserContext, box: Box
) -> None:
    lost = phone.get_by_text(TEXTS(TURKISH, "page.lost"))
    expect(lost).to_be_hidden()
    browser.set_offline(True)
    expect(lost).to_be_visible()
    call_next(box)
    expect(phone.locator("#headline")).to_have_text(ONE_AHEAD)
    browser.set_offline(False)
    expect(phone.locator("#headline")).to_have_text(NOBODY_AHEAD)
    expect(lost).to_be_hidden()


@pytest.mark.slow
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
    call_next(box)
    with running(open_door(office, clock), port):
        expect(page.locator("#headline")).to_have_text("Niemand ist vor Ihnen", timeout=30_000)
        expect(lost).to_be_hidden()


@pytest.mark.slow
def test_a_phone_without_a_free_line_asks_by_itself(
    browser: BrowserContext, box: Box, ticket: Ticket
) -> None:
    before, box.door.phones.listening = box.door.phones.listening, MOST_PHONES
    page = browser.new_page()
    page.clock.install()
    with page.expect_response(lambda response: response.url.endswith("/state")):
        page.goto(f"/t/{ticket.code}")
    call_next(box)
    page.clock.fast_forward(11_000)
    expect(page.locator("#headline")).to_have_text(NOBODY_AHEAD)
    expect(page.get_by_text(TEXTS(TURKISH, "page.lost"))).to_be_hidden()
    box.door.phones.listening = before


@pytest.mark.slow
def test_an_old_phone_without_streams_asks_too(
    browser: BrowserContext, box: Box, ticket: Ticket
) -> None:
    page = browser.new_page()
    page.add_init_script("delete globalThis.EventSource;")
    page.clock.install()
    with page.expect_response(lambda response: response.url.endswith("/state")):
        page.goto(f"/t/{ticket.code}")
    call_next(box)
    page.clock.fast_forward(11_000)
    expect(page.locator("#headline")).to_have_text(NOBODY_AHEAD)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["de", "de-x-ls", "en", "tr", "ar"])
def test_axe_and_every_phone_size_in_every_language_and_state(
    office: Office, clock: TownClock, browser: BrowserContext, language: str
) -> None:
    bus = Office(office.database, profiles.load("gelsenkirchen"))
    with running_box(bus, clock) as box:
        box.open_visit()
        ticket = box.take("wohngeld", language)
        page = browser.new_page()
        page.emulate_media(reduced_motion="reduce")  # axe would look in the middle of it
        page.goto(f"{box.url}/t/{ticket.code}")
        direction = "rtl" if language == "ar" else "ltr"
        expect(page.locator("html")).to_have_attribute("dir", direction)
        for state in ("waiting", "called", "parked"):
            if state == "called":
                call_next(box)
            if state == "parked":
                back_office.park(bus, FIRST_DESK, clock())
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
