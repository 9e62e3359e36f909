from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, WebError, expect

from kiosk.console.http import sessions
from kiosk.domain.ticket import Ticket
from kiosk.service import access
from kiosk.service.office import Office
from tests.browser import heard, shared_workers
from tests.console.at_desk import fill
from tests.console.box import Box, running_box
from tests.prepared import new_database
from tests.town import JOBS, TOWN, TURKISH, TownClock
from tests.waiting import PATIENCE_S, eventually


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


@pytest.fixture(scope="session")
def _used_laptop(chromium: Browser, _box_of_all: Box) -> Iterator[BrowserContext]:
    with _laptop(chromium, _box_of_all) as context:
        context.new_page()
        yield context


@pytest.fixture
def browser(_used_laptop: BrowserContext, box: Box) -> Iterator[BrowserContext]:
    """A laptop in the bus, as on any later day: it knows the files of the pages, and nothing else.

    Fails when a page asks another host for anything, or breaks.
    """
    empty = _used_laptop.pages[0]
    with _audited(_used_laptop):
        yield _used_laptop
        for page in _used_laptop.pages[1:]:
            page.close()
    _forget(_used_laptop, box)
    assert not empty.evaluate("'__pwClock' in globalThis"), "take new_browser to stop a clock"


@pytest.fixture
def new_browser(chromium: Browser, box: Box) -> Iterator[BrowserContext]:
    """A laptop that nobody has used, for what holds for all of its pages: a clock, a script."""
    with _laptop(chromium, box) as context, _audited(context):
        yield context


@contextmanager
def _laptop(chromium: Browser, box: Box) -> Iterator[BrowserContext]:
    context = chromium.new_context(
        base_url=box.url, viewport={"width": 1366, "height": 768}, locale="de-DE"
    )
    context.set_default_timeout(PATIENCE_S * 1000)
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


def _forget(context: BrowserContext, box: Box) -> None:
    """Leave no login and no settings; the stream of the closed pages has ended."""
    context.clear_cookies()
    devtools = context.new_cdp_session(context.pages[0])
    kept = {"origin": box.url, "storageTypes": "local_storage"}
    devtools.send("Storage.clearDataForOrigin", kept)
    eventually(lambda: not shared_workers(devtools, box.url), "the end of a closed page's stream")
    devtools.detach()


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


def log_in(browser: BrowserContext, box: Box) -> None:
    """A session that begins now."""
    session = box.context.sessions.seal(sessions.begin(box.clock()))
    browser.add_cookies([{"name": sessions.COOKIE, "value": session, "url": box.url}])


def staff_page(browser: BrowserContext, box: Box, desk: str = "1") -> Page:
    """The page of a desk, logged in without the slow hash of the PIN; others test how."""
    log_in(browser, box)
    page = browser.new_page()
    heard(page)
    page.goto(f"{box.url}/staff/desks/{desk}")
    return page
