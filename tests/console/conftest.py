from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    CDPSession,
    Page,
    Request,
    ViewportSize,
    WebError,
)

from kiosk.console.http import sessions
from kiosk.console.http.phone_tries import FORGOTTEN_AFTER_S
from kiosk.domain.ticket import Ticket
from kiosk.service import access
from kiosk.service.office import Office
from tests.browser import heard, shared_workers
from tests.console.at_desk import fill, person
from tests.console.box import Box, running_box
from tests.console.journeys import UNUSED_TAB
from tests.console.phones import PHONES
from tests.prepared import new_database
from tests.town import JOBS, TOWN, TURKISH, TownClock
from tests.waiting import eventually

TABS = 2
VIEWPORT: ViewportSize = {"width": 1366, "height": 768}


@pytest.fixture(scope="session")
def _box_of_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    database = new_database(tmp_path_factory.mktemp("console") / "kiosk.db")
    with running_box(Office(database, TOWN), TownClock(tick_s=0.02)) as box:
        yield box
    database.close()


@pytest.fixture
def box(_box_of_all: Box) -> Iterator[Box]:
    """A running console; no visit is open, no appointment made. Ids go on from test to test."""
    yield _box_of_all
    _box_of_all.reset_day()


@pytest.fixture(scope="session")
def _box_for_phones(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    database = new_database(tmp_path_factory.mktemp("phones") / "kiosk.db")
    with running_box(Office(database, PHONES), TownClock(tick_s=0.02)) as box:
        yield box
    database.close()


@pytest.fixture
def bus(_box_for_phones: Box) -> Iterator[Box]:
    """A running console that lets phones draw; a visit is open, nobody has tried yet."""
    _box_for_phones.open_visit()
    _box_for_phones.clock.pass_s(FORGOTTEN_AFTER_S)
    yield _box_for_phones
    _box_for_phones.reset_day()


@pytest.fixture
def phone(bus: Box) -> httpx.Client:
    """Without a cookie of its own, as a browser that takes none."""
    return bus.stranger()


@pytest.fixture
def ticket(box: Box) -> Ticket:
    """A Turkish speaker's number; one person is ahead."""
    box.open_visit()
    box.take()
    return box.take(JOBS, TURKISH)


@pytest.fixture
def new_box(office: Office, clock: TownClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Box]:
    """An unused running console: for tests about logins. Its PIN is hashed quickly."""
    monkeypatch.setattr(access, "_SCRYPT_COST", 2)
    with running_box(office, clock) as box:
        yield box


@pytest.fixture(scope="session")
def _used_laptop(chromium: Browser, _box_of_all: Box) -> Iterator[BrowserContext]:
    with _laptop(chromium, _box_of_all) as context:
        yield context


@pytest.fixture(scope="session")
def _devtools(chromium: Browser) -> CDPSession:
    return chromium.new_browser_cdp_session()


@pytest.fixture
def browser(
    _used_laptop: BrowserContext, _devtools: CDPSession, box: Box
) -> Iterator[BrowserContext]:
    """A laptop in the bus, as on any later day: it knows the files of the pages, and nothing else.

    It keeps two tabs from test to test, for `open_page`. Fails when a page asks another host for
    anything, or breaks.
    """
    while len(_used_laptop.pages) < TABS:
        tab = _used_laptop.new_page()
        heard(tab)
        tab.goto(UNUSED_TAB)
    with _audited(_used_laptop):
        yield _used_laptop
        for page in _used_laptop.pages[TABS:]:
            page.close()
        for tab in _used_laptop.pages:
            _leave(tab)
    _used_laptop.clear_cookies()
    what = "the end of a left page's stream"
    eventually(lambda: not shared_workers(_devtools, box.url), what)


@pytest.fixture
def new_browser(chromium: Browser, box: Box) -> Iterator[BrowserContext]:
    """A laptop that nobody has used, for what holds for all of its pages: a clock, a script."""
    with _laptop(chromium, box) as context, _audited(context):
        yield context


@contextmanager
def _laptop(chromium: Browser, box: Box) -> Iterator[BrowserContext]:
    context = chromium.new_context(base_url=box.url, viewport=VIEWPORT, locale="de-DE")
    yield context
    context.close()


@contextmanager
def _audited(context: BrowserContext) -> Iterator[None]:
    asked: list[str] = []
    broken: list[str] = []

    def ask(request: Request) -> None:
        asked.append(request.url)

    def fail(error: WebError) -> None:
        broken.append(str(error.error))

    context.on("request", ask)
    context.on("weberror", fail)
    yield
    context.remove_listener("request", ask)
    context.remove_listener("weberror", fail)
    assert [url for url in asked if not url.startswith("http://127.0.0.1:")] == []
    assert broken == []


def _leave(tab: Page) -> None:
    """Make a tab what it was before the test, and leave no settings."""
    if tab.url.endswith(UNUSED_TAB):
        return
    tab.unroute_all()
    tab.emulate_media(
        media="null", color_scheme="null", reduced_motion="null", forced_colors="null"
    )
    tab.mouse.move(0, 0)
    if tab.viewport_size != VIEWPORT:
        tab.set_viewport_size(VIEWPORT)
    tab.goto(UNUSED_TAB)
    tab.evaluate("localStorage.clear(); sessionStorage.clear()")
    assert not tab.evaluate("'__pwClock' in globalThis"), "take new_browser to stop a clock"


@pytest.fixture
def desk(browser: BrowserContext, box: Box) -> Page:
    """The page of the first desk, staff logged in, a visit open."""
    box.open_visit()
    return staff_page(browser, box)


@pytest.fixture
def busy(desk: Page, box: Box) -> Page:
    """A desk with all buttons that there can be."""
    person(desk, fill(box).number, "Aufgerufen")
    return desk


@contextmanager
def opening(page: Page) -> Iterator[None]:
    """What is pressed within opens a dialog; afterwards it is there."""
    page.evaluate(
        "() => { window.opened = new Promise((done) => document.getElementById('dialog')"
        ".addEventListener('opened', () => done(true), { once: true })) }"
    )
    yield
    page.evaluate("window.opened")


def log_in(browser: BrowserContext, box: Box) -> None:
    """A session that begins now."""
    session = box.context.sessions.seal(sessions.begin(box.clock()))
    browser.add_cookies([{"name": sessions.COOKIE, "value": session, "url": box.url}])


def open_page(browser: BrowserContext) -> Page:
    """A tab that no page is in: a new one starts a process, and is for init scripts."""
    for tab in browser.pages:
        if tab.url.endswith(UNUSED_TAB):
            return tab
    page = browser.new_page()
    heard(page)
    return page


def staff_page(browser: BrowserContext, box: Box, desk: str = "1") -> Page:
    """The page of a desk, logged in without the slow hash of the PIN; others test how."""
    log_in(browser, box)
    page = open_page(browser)
    page.goto(f"{box.url}/staff/desks/{desk}")
    return page
