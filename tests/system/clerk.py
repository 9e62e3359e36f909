"""Staff at a laptop: a real Chromium with the staff pages of the bus."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from playwright.sync_api import Browser, Error, Locator, Page, expect

from tests.browser import heard
from tests.waiting import eventually


class HasStaffPages(Protocol):
    """A bus with its address and the PIN of its staff."""

    @property
    def url(self) -> str: ...

    @property
    def pin(self) -> str: ...


NUMBER = re.compile(r"[A-Z]-\d{3}")
NO_ONE_WAITS = "Niemand wartet für Ihren Platz."
A_TRY_MS = 3000
ANSWER_S = 5.0
LAPTOP, PHONE = (1366, 768), (412, 915)

RESOLVED, _REFERRED, APPOINTMENT, CALL_BACK, NOT_HELPED = "12345"
"""The keys of the outcomes; who is referred is asked where to."""


@dataclass
class Clerk:
    """One desk's page. Works by keyboard, as written on the buttons."""

    page: Page

    def open_visit(self, stop: str | None = None) -> None:
        """Open at a stop, else the first, with all topics whatever the timetable proposes today."""
        place = self.page.get_by_label("Standort")
        if stop:
            place.select_option(label=stop)
        else:
            place.select_option(index=1)  # the first asks to choose
        for topic in self.page.locator("input[name=topics]").all():
            topic.check()
        self.open_proposed()

    def open_proposed(self) -> None:
        """Open the visit as it stands on the page."""
        self.page.get_by_role("button", name="Einsatz öffnen").click()
        expect(self.page.locator("#do-next")).to_be_visible()
        self.page.wait_for_load_state("load")  # before that, buttons are only drawn

    def call_next(self) -> str | None:
        """Press the space bar until another person is at the desk; None when no one waits."""
        before, pressed_s = self.present(), 0.0

        def called() -> str | None:
            nonlocal pressed_s
            queue_empty = self.note() == NO_ONE_WAITS  # looked at first: then no call comes later
            if self.present() not in {None, before}:
                return self.present()
            if queue_empty:
                return "none"
            # Again only when the page has had time to answer: it may do so between look and press.
            if time.monotonic() - pressed_s > ANSWER_S:
                self.page.keyboard.press("Space")
                pressed_s = time.monotonic()
            return None

        found = eventually(called, f"a call after {before}")
        return None if found == "none" else found

    def finish(self, key: str, *noted: str) -> None:
        """Press what is noted, each key once, then an outcome until the desk is free.

        An appointment is made elsewhere, a referral names no offer of the list.
        """
        elsewhere = self.page.locator("#book [data-book='']")
        to_nobody = self.page.locator("#refer").get_by_role("button", name="Ohne Eintrag")
        for other in noted:
            self.page.keyboard.press(other)

        def done() -> bool:
            if self.present() is None:
                return True
            if to_nobody.is_visible():
                with suppress(Error):  # it may be gone by now
                    to_nobody.click(timeout=A_TRY_MS)
            else:
                self.page.keyboard.press("Shift+Digit0" if elsewhere.is_visible() else key)
            return False

        eventually(done, f"a free desk after {key}")

    def serve_next(self, key: str, *noted: str) -> str | None:
        """Call the next person, begin and finish the talk; who it was."""
        called = self.call_next()
        if called:
            self.page.keyboard.press("b")
            expect(self.page.locator("#person-title")).to_contain_text("Wird bedient")
            self.finish(key, *noted)
        return called

    def refer(self, offer: str, *noted: str) -> None:
        """Press what is noted, then end the talk by sending the person to that offer."""
        self.send_to(offer, self.entries(*noted))

    def entries(self, *noted: str) -> Locator:
        """Press what is noted, then open the directory for the person at the desk."""
        for key in noted:
            self.page.keyboard.press(key)
        self.page.locator("#page-referred").click()
        dialog = self.page.get_by_role("dialog", name="Verwiesen an")
        expect(dialog).to_be_visible()
        return dialog

    def send_to(self, offer: str, entries: Locator) -> None:
        """Choose an entry of the opened directory."""
        entries.locator(f".entry[data-referral='{offer}']").click()
        expect(entries).to_be_hidden()
        expect(self.page.locator("#number")).to_have_count(0)

    def dialog(self, *ways: str) -> Locator:
        """The dialog to which some buttons lead, one after the other."""
        opened = self.page.get_by_role("dialog")
        for way in ways:
            within = opened if opened.is_visible() else self.page
            within.locator(f"#open-{way}").click()
            expect(self.page.locator(f"#dialog[data-name={way}]")).to_be_visible()
        return opened

    def count(self, topic: str, key: str, times: int = 1) -> None:
        """Count people who were helped without a number."""
        for _ in range(times):
            counted = self.without_number()
            opened = self.dialog("count")
            usual = opened.get_by_role("radio", name=topic, exact=True)
            if usual.count():
                usual.check()
            else:
                opened.get_by_label("Anderes Anliegen").select_option(label=topic)
            opened.get_by_role("heading").first.click()  # a key in a list would choose from it
            self.page.keyboard.press(key)
            expect(opened).to_be_hidden()
            queue = self.page.locator(".queue")
            expect(queue).to_contain_text(f"ohne Nummer gezählt: {counted + 1}")

    def without_number(self) -> int:
        """How many people the page has counted without a number."""
        found = re.search(r"ohne Nummer gezählt: (\d+)", self.page.locator(".queue").inner_text())
        return int(found[1]) if found else 0

    def close_intake(self) -> None:
        """No more numbers; waiting people are still served."""
        self.dialog("day").locator("#intake").click()
        expect(self.page.locator(".queue .badge", has_text="Annahme")).to_be_visible()
        self.page.keyboard.press("Escape")
        expect(self.page.get_by_role("dialog")).to_be_hidden()

    def show(self, file: Path) -> None:
        """Keep a screenshot of the page, for failed tests."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=file)

    def close_visit(self) -> None:
        """End the day; again, when the page says that the box could not be reached."""
        opening = self.page.get_by_role("heading", name="Einsatz öffnen")
        question = self.page.get_by_role("dialog", name="Einsatz beenden?")

        def closed() -> bool:
            with suppress(Error):  # the page has changed meanwhile, or has not in time
                if not question.is_visible():
                    self.page.keyboard.press("Escape")
                    self.page.locator("#open-day").click(timeout=A_TRY_MS)
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
def clerk_at(
    browser: Browser, bus: HasStaffPages, desk: str, size: tuple[int, int] = LAPTOP
) -> Iterator[Clerk]:
    """Log in and sit down at a desk, with a screen of `size` pixels."""
    width, height = size
    context = browser.new_context(
        base_url=bus.url,
        viewport={"width": width, "height": height},
        ignore_https_errors=True,  # each box has an authority of its own
    )
    page = context.new_page()
    heard(page)
    page.goto("/staff")
    page.get_by_label("PIN dieses Busses").fill(bus.pin)
    page.get_by_role("button", name="Anmelden").click()
    page.get_by_role("link", name=f"Platz {desk}").click()
    page.wait_for_url("**/desks/*", wait_until="load")
    try:
        yield Clerk(page)
    finally:
        try:
            context.close()
        except Error:  # the browser has gone already
            return
