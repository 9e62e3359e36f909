"""The system's Chromium, and a network that is cut."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect, sync_playwright

from tests.waiting import PATIENCE_S, eventually

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Route

CHROMIUM = "/usr/bin/chromium-headless-shell"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""No background requests of its own."""

_FAILS = """() => fetch('/', { signal: AbortSignal.timeout(2000) })
    .then(() => false, ({ name }) => name !== 'TimeoutError')"""  # sent before, it may hang
_IS_INTERCEPTED = "() => fetch('/intercepted').then(({ status }) => status === 204)"
_CUT_STREAMS = """
globalThis.connected = EventSource;
globalThis.EventSource = class {
  static CLOSED = 2;
  readyState = 2;
  constructor() { setTimeout(() => this.onerror?.(new Event('error'))); }
  addEventListener() {}
  close() {}
};
"""
_HEAL_STREAMS = "globalThis.EventSource = globalThis.connected;"


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser that waits as long as all tests do, whatever is expected of its pages."""
    expect.set_options(timeout=PATIENCE_S * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield patient(browser)
        browser.close()


def patient(browser: Browser) -> Browser:
    """Have its pages wait as long as all tests do; by itself Playwright gives up sooner."""
    make_context, make_page = browser.new_context, browser.new_page

    def new_context(**options: Any) -> BrowserContext:  # noqa: ANN401 - Playwright's own
        context = make_context(**options)
        context.set_default_timeout(PATIENCE_S * 1000)
        return context

    def new_page(**options: Any) -> Page:  # noqa: ANN401 - as above
        page = make_page(**options)
        page.set_default_timeout(PATIENCE_S * 1000)
        return page

    browser.new_context, browser.new_page = new_context, new_page  # type: ignore[method-assign]
    return browser


def heard(page: Page) -> None:
    """Let whatever a test does wait until an opened dialog hears it, as a person does."""
    page.add_locator_handler(page.locator("dialog[data-deaf]"), lambda _: None)


def stop_clock(page: Page) -> None:
    """Before the page is opened: its time stands until `page.clock` moves it."""
    page.clock.install(time=0)
    page.clock.pause_at(1000)


def hold_moment(page: Page) -> None:
    """Whatever is done from now on is done in one moment, however slow the machine is."""
    page.evaluate("() => { const now = performance.now(); performance.now = () => now; }")


def intercept(page: Page, path: str, handle: Callable[[Route], Any]) -> None:
    """`page.route` for a page that is open: returns once it holds.

    Chromium gives the page its new way to the network a moment later: what a key sends until then
    may reach the box (3 of 239 requests on a busy machine).
    """
    page.route("**/intercepted", lambda route: route.fulfill(status=204))
    page.route(path, handle)
    eventually(lambda: page.evaluate(_IS_INTERCEPTED), "an intercepted request")


@contextmanager
def offline(page: Page) -> Iterator[None]:
    """Without network in the block: a page hears of it before its requests really fail."""
    browser = page.context.browser
    assert browser
    devtools = browser.new_browser_cdp_session()
    workers = [_Worker(page, devtools, target) for target in _workers_of(page, devtools)]
    for worker in workers:
        worker.evaluate(_CUT_STREAMS)
    page.context.set_offline(offline=True)
    try:
        eventually(lambda: page.evaluate(_FAILS), "a request that fails")
        yield
    finally:
        for worker in workers:
            worker.evaluate(_HEAL_STREAMS)
        page.context.set_offline(offline=False)
        devtools.detach()


def shared_workers(devtools: CDPSession, url: str = "") -> list[str]:
    """The targets of all shared workers that run now, of any origin or one."""
    listed = {"filter": [{"type": "shared_worker"}]}
    targets = devtools.send("Target.getTargets", listed)["targetInfos"]
    return [target["targetId"] for target in targets if target["url"].startswith(url)]


def _workers_of(page: Page, devtools: CDPSession) -> list[str]:
    """Pages of staff have one stream together, in a worker; a phone has its own."""
    if "/staff" not in page.url:
        return []
    return eventually(lambda: shared_workers(devtools), "a shared worker")


class _Worker:
    """A shared worker under Chromium's debugger, whose offline mode misses its stream at times."""

    def __init__(self, page: Page, devtools: CDPSession, target: str) -> None:
        self._page = page
        self._devtools = devtools
        attached = devtools.send("Target.attachToTarget", {"targetId": target, "flatten": False})
        self._session = attached["sessionId"]
        self._answers = 0
        devtools.on("Target.receivedMessageFromTarget", self._received)

    def evaluate(self, expression: str) -> None:
        expected = self._answers + 1
        order = {"id": 1, "method": "Runtime.evaluate", "params": {"expression": expression}}
        self._devtools.send(
            "Target.sendMessageToTarget", {"sessionId": self._session, "message": json.dumps(order)}
        )
        eventually(lambda: self._answered(expected), "the answer of a worker")

    def _answered(self, expected: int) -> bool:
        self._page.evaluate("0")  # events of the browser come while something is asked of it
        return self._answers == expected

    def _received(self, event: dict[str, str]) -> None:
        if event["sessionId"] == self._session and json.loads(event["message"]).get("id") == 1:
            self._answers += 1
