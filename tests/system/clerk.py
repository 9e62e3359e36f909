"""Staff at a laptop: a real Chromium with the staff pages of the bus."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from playwright.sync_api import Browser, Error, Page, expect

from tests.system.bus import Bus
from tests.waiting import PATIENCE_S, eventually

NUMBER = re.compile(r"[A-Z]-\d{3}")
NOBODY = "Niemand wartet für Ihren Platz."
A_TRY_MS = 3000


@dataclass
class Clerk:
    """One desk's page. Works by keyboard, as written on the buttons."""

    page: Page

    def open_visit(self) -> None:
        """Open the bus at its first stop, with all topics whatever the timetable proposes today."""
        self.page.get_by_label("Standort").select_option(index=1)  # the first asks to choose
        for topic in self.page.locator("input[name=topics]").all():
            topic.check()
        self.page.get_by_role("button", name="Einsatz öffnen").click()
        expect(self.page.locator("#do-next")).to_be_visible()

    def call_next(self) -> str | None:
        """Press the space bar until somebody new is at the desk; None when nobody waits."""
        before = self.present()

        def called() -> str | None:
            answered_nobody = self.note() == NOBODY  # looked at first: then nobody is called later
            if self.present() not in {None, before}:
                return self.present()
            if answered_nobody:
                return "nobody"
            self.page.keyboard.press("Space")
            return None

        found = eventually(called, f"somebody after {before}")
        return None if found == "nobody" else found

    def finish(self, key: str) -> None:
        """Press an outcome until the desk is free."""

        def done() -> bool:
            if self.present() is None:
                return True
            self.page.keyboard.press(key)
            return False

        eventually(done, f"a free desk after {key}")

    def close_visit(self) -> None:
        """End the day; again, when the page says that the box could not be reached."""
        opening = self.page.get_by_role("heading", name="Einsatz öffnen")
        question = self.page.get_by_role("dialog", name="Einsatz beenden?")

        def closed() -> bool:
            with suppress(Error):  # the page has changed meanwhile, or has not in time
                if not question.is_visible():
                    self.page.locator("#open-close").click(timeout=A_TRY_MS)
                question.get_by_role("button", name="Einsatz beenden").click(timeout=A_TRY_MS)
                opening.wait_for(timeout=A_TRY_MS)
            return opening.is_visible()

        eventually(closed, "a closed visit")

    def present(self) -> str | None:
        """Whose number stands large on the page."""
        shown = " ".join(self.page.locator("#number").all_inner_texts())
        found = NUMBER.search(shown)
        return found[0] if found else None

    def note(self) -> str:
        """What the page says about the last action; its list may be old when the line is cut."""
        return " ".join(self.page.locator("#note").all_inner_texts())


@contextmanager
def clerk_at(browser: Browser, bus: Bus, desk: str) -> Iterator[Clerk]:
    """Log in and sit down at a desk."""
    context = browser.new_context(base_url=bus.url, viewport={"width": 1366, "height": 768})
    context.set_default_timeout(PATIENCE_S * 1000)
    page = context.new_page()
    page.goto("/staff")
    page.get_by_label("PIN dieses Busses").fill(bus.pin)
    page.get_by_role("button", name="Anmelden").click()
    page.get_by_role("link", name=f"Platz {desk}").click()
    try:
        yield Clerk(page)
    finally:
        try:
            context.close()
        except Error:  # the browser has gone already
            return
