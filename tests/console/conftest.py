from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kiosk.console.http import sessions
from kiosk.domain.ticket import Ticket
from kiosk.service import access
from kiosk.service.office import Office
from tests.browser import heard
from tests.console.at_desk import fill
from tests.console.box import Box, running_box
from tests.prepared import new_database
from tests.town import JOBS, TOWN, TURKISH, TownClock
from tests.waiting import PATIENCE_S


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


@pytest.fixture
def browser(chromium: Browser, box: Box) -> Iterator[BrowserContext]:
    """A laptop in the bus; fails when a page asks another host for anything, or breaks.

    One for each test: a clock that a test stops for its page stands still for all of the context.
    """
    context = chromium.new_context(
        base_url=box.url, viewport={"width": 1366, "height": 768}, locale="de-DE"
    )
    context.set_default_timeout(PATIENCE_S * 1000)
    asked: list[str] = []
    broken: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("weberror", lambda error: broken.append(str(error.error)))
    yield context
    context.close()
    assert [url for url in asked if not url.startswith("http://127.0.0.1:")] == []
    assert broken == []


@pytest.fixture
def desk(browser: BrowserContext, box: Box) -> Page:
    """The page of the first desk, staff logged in, a visit open."""
    box.open_visit()
    return staff_page(browser, box)


@pytest.fixture
def busy(desk: Page, box: Box) -> Page:
    """A desk with all buttons that there can be."""
    fill(box)
    expect(desk.get_by_role("heading", name="Aufgerufen")).to_be_visible()
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


def staff_page(browser: BrowserContext, box: Box, desk: str = "1") -> Page:
    """The page of a desk, logged in without the slow hash of the PIN; others test how."""
    session = box.context.sessions.seal(sessions.begin(box.clock()))
    browser.add_cookies([{"name": sessions.COOKIE, "value": session, "url": box.url}])
    page = browser.new_page()
    heard(page)
    page.goto(f"{box.url}/staff/desks/{desk}")
    return page
