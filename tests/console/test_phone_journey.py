"""A phone as the second glass, in a real browser: by touch, by keys, with a script and without."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

import pytest
from playwright.sync_api import expect

from kiosk.console.http import phone_tries
from kiosk.console.words.names import unbroken
from kiosk.domain.record import NO_RECORD
from kiosk.domain.ticket import TicketState
from kiosk.domain.visit import MOST_TOPICS_AT_ONCE
from kiosk.drawing.bidi import isolated
from kiosk.service import staff, visits
from kiosk.service.office import Office
from kiosk.settings import profiles
from kiosk.settings.texts import Texts
from tests.console.axe import faults
from tests.console.box import running_box
from tests.prepared import new_database
from tests.town import FIRST_DESK, TownClock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page, ViewportSize

    from kiosk.domain.ids import LanguageCode
    from tests.console.box import Box

pytestmark = pytest.mark.slow  # a real browser
TEXTS = Texts.load()
SHIPPED: Final = profiles.load_profile("gelsenkirchen")
PHONES: Final = replace(SHIPPED, numbers_by_phone=True)
FEW: Final = [topic.id for topic in SHIPPED.topics][: MOST_TOPICS_AT_ONCE - 1]
# 1280 x 1024 at 400 % is 320 x 256.
NARROW: Final[ViewportSize] = {"width": 320, "height": 256}


@pytest.fixture(scope="module")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    database = new_database(tmp_path_factory.mktemp("journey") / "kiosk.db")
    with running_box(Office(database, PHONES), TownClock(tick_s=0.02)) as box:
        yield box
    database.close()


@pytest.fixture(autouse=True)
def _day(bus: Box) -> Iterator[None]:
    bus.open_visit()
    bus.clock.pass_s(phone_tries.FORGOTTEN_AFTER_S)
    yield
    bus.reset_day()


def phone_of(chromium: Browser, bus: Box, language: str, *, script: bool = True) -> Page:
    """A phone in that language, of the narrowest kind."""
    context = chromium.new_context(
        base_url=bus.url,
        locale=language,
        viewport=NARROW,
        java_script_enabled=script,
        reduced_motion="reduce",
    )
    return context.new_page()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def topic_of(page: Page, language: LanguageCode) -> Locator:
    """The first topic, in its group."""
    group = page.locator(".group").first
    group.locator("> summary").press("Enter")
    return group.get_by_role("button", name=SHIPPED.topics[0].label[language])


@pytest.mark.parametrize(("code", "scheme"), [("de", "dark"), ("ar", "light")])
def test_a_number_is_drawn_followed_given_back_and_rated(
    chromium: Browser, bus: Box, code: LanguageCode, scheme: Literal["dark", "light"]
) -> None:
    page = phone_of(chromium, bus, code)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto("/n")
    expect(page.locator("html")).to_have_attribute("dir", TEXTS.direction(code))
    assert faults(page) == []
    topic_of(page, code).press("Enter")
    expect(page.locator("#headline")).to_have_text(TEXTS(code, "number.nobody_ahead"))
    assert faults(page) == []
    [ticket] = bus.office.read(lambda snapshot: snapshot.tickets)
    returned = TEXTS(code, "returned.title", number=isolated(unbroken(ticket.number)))
    page.get_by_role("link", name=TEXTS(code, "number.return").replace("\u00ad", "")).press("Enter")
    assert faults(page) == []
    page.get_by_role("button", name=TEXTS(code, "number.return.yes")).press("Enter")
    expect(page.locator("h1")).to_have_text(returned)
    page.reload()
    expect(page.locator("h1")).to_have_text(returned)
    assert faults(page) == []
    page.get_by_role("link", name=TEXTS(code, "start.take_number")).press("Enter")
    topic_of(page, code).press("Enter")
    expect(page.locator("body")).to_have_attribute("data-state", "waiting")
    called = bus.call_next()
    expect(page.locator("#headline")).to_have_text(TEXTS(code, "page.called", desk="1"))
    expect(page.locator("#number")).to_have_text(called.number)
    assert faults(page) == []
    staff.finish(bus.office, FIRST_DESK, NO_RECORD, bus.clock())
    expect(page.locator(".smileys")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name=TEXTS(code, "feedback.very_good"), exact=True).press("Enter")
    expect(page.get_by_text(TEXTS(code, "thanks.text"))).to_be_visible()
    expect(page.get_by_role("link", name=TEXTS(code, "start.take_number"))).to_be_visible()
    assert fits(page)
    page.context.close()


def test_without_a_script_back_and_reload_are_the_same_ticket(chromium: Browser, bus: Box) -> None:
    page = phone_of(chromium, bus, "de", script=False)
    page.goto("/n")
    page.locator(".languages").get_by_text("Türkçe").click()
    expect(page.locator("html")).to_have_attribute("lang", "tr")
    page.locator(".group > summary").first.click()
    page.locator(".group[open] button").first.click()
    number = page.locator("#number").inner_text()
    page.go_back()
    expect(page.locator("#number")).to_have_text(number)
    page.reload()
    expect(page.locator("#number")).to_have_text(number)
    [ticket] = bus.office.read(lambda snapshot: snapshot.tickets)
    assert (ticket.number, ticket.language, ticket.state) == (number, "tr", TicketState.WAITING)
    page.context.close()


LARGE = "document.documentElement.style.fontSize = '225%'"
"""Twice what the page has, as a browser does for whoever has asked it for larger letters."""


def test_in_letters_twice_as_large_no_page_is_wider_than_its_phone(
    chromium: Browser, bus: Box
) -> None:
    page = phone_of(chromium, bus, "de")
    page.set_viewport_size({"width": 320, "height": 640})
    for language in PHONES.languages:
        ticket = bus.take(SHIPPED.topics[0].id, language)
        for path in (f"/n/AAAAAAAAAAAAAAAA/in/{language}?no=at_glass", f"/t/{ticket.code}"):
            page.goto(path)
            page.evaluate(LARGE)
            page.evaluate(
                "document.querySelectorAll('details').forEach((each) => each.open = true)"
            )
            assert fits(page), (language, path)
        staff.call(bus.office, FIRST_DESK, ticket.id, bus.clock())
        staff.finish(bus.office, FIRST_DESK, NO_RECORD, bus.clock())
        expect(page.locator(".smileys")).to_be_visible()
        assert fits(page), language
    page.context.close()


@pytest.mark.parametrize("code", ["de", "ar"])
def test_a_refusal_and_a_closed_bus_are_accessible(
    chromium: Browser, bus: Box, code: LanguageCode
) -> None:
    page = phone_of(chromium, bus, code)
    page.goto(f"/n/AAAAAAAAAAAAAAAA/in/{code}?no=at_glass")
    expect(page.get_by_role("alert")).to_contain_text(TEXTS(code, "refused.at_glass.title"))
    assert faults(page) == []
    assert fits(page)
    bus.close_visit()
    page.goto("/n")
    closed = TEXTS(code, "closed.title")
    expect(page.get_by_role("heading", name=closed, level=1)).to_be_visible()
    assert faults(page) == []
    page.context.close()


def test_each_language_fits_with_all_groups_open_and_few_topics_have_none(
    chromium: Browser, bus: Box
) -> None:
    page = phone_of(chromium, bus, "de")
    for language in PHONES.languages:
        page.goto(f"/n/AAAAAAAAAAAAAAAA/in/{language}")
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        assert fits(page), language
    bus.close_visit()
    visits.open_visit(bus.office, None, FEW, bus.clock())
    page.goto("/n")
    expect(page.locator(".topics button")).to_have_count(len(FEW))
    expect(page.locator(".group")).to_have_count(0)
    page.context.close()
