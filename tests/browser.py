"""The system's Chromium, and a network that is cut."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import expect, sync_playwright

from tests.waiting import PATIENCE_S, eventually

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

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
"""It asks nobody for anything by itself."""

_WORKERS = [{"type": "shared_worker"}]
_NO_NETWORK = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
_FAILS = """() => fetch('/', { signal: AbortSignal.timeout(2000) })
    .then(() => false, ({ name }) => name !== 'TimeoutError')"""  # sent before, it may hang


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser whose expectations wait as long as all tests do."""
    expect.set_options(timeout=PATIENCE_S * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


def heard(page: Page) -> None:
    """Let whatever a test does wait until an opened dialog hears it, as a person does."""
    page.add_locator_handler(page.locator("dialog[data-deaf]"), lambda _: None)


@contextmanager
def offline(page: Page) -> Iterator[None]:
    """Without network in the block: a page hears of it before its requests really fail."""
    with _offline_workers(page):
        page.context.set_offline(offline=True)
        eventually(lambda: page.evaluate(_FAILS), "a request that fails")
        yield
    page.context.set_offline(offline=False)


@contextmanager
def _offline_workers(page: Page) -> Iterator[None]:
    """Shared workers too, of which playwright knows nothing."""
    browser = page.context.browser
    assert browser
    devtools = browser.new_browser_cdp_session()
    for target in devtools.send("Target.getTargets", {"filter": _WORKERS})["targetInfos"]:
        attached = devtools.send(
            "Target.attachToTarget", {"targetId": target["targetId"], "flatten": False}
        )
        cut = {"id": 1, "method": "Network.emulateNetworkConditions", "params": _NO_NETWORK}
        devtools.send(
            "Target.sendMessageToTarget",
            {"sessionId": attached["sessionId"], "message": json.dumps(cut)},
        )
    yield
    devtools.detach()  # the network is as before
