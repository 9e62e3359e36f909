"""From a clerk's key to the called person on the page, in a real browser over the real services."""

import statistics
from pathlib import Path

import click
from playwright.sync_api import Page

from kiosk.service import access, citizens, visits
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk
from tests.browser import launched
from tests.system.bus import Bus
from tests.system.clerk import clerk_at

CALLS = 60
LINES = (30, 1000)

# Told by the page itself: from the key until the new number stands there, until it is painted, and
# until the rest of the page has followed.
UNTIL_SEEN = """
() => new Promise((seen) => {
  const number = () => document.getElementById("number")?.textContent.trim() ?? "";
  const before = number();
  const began = performance.now();
  const since = () => performance.now() - began;
  const whole = new Promise((swapped) => {
    document.addEventListener("swapped", () => swapped(since()), { once: true });
  });
  const watch = new MutationObserver(() => {
    if (number() === before) return;
    watch.disconnect();
    const there = since();
    requestAnimationFrame(() => setTimeout(() => {
      const painted = since();
      whole.then((all) => seen([there, painted, all]));
    }));
  });
  watch.observe(document.body, { childList: true, subtree: true, characterData: true });
  document.body.dispatchEvent(
    new KeyboardEvent("keydown", { key: " ", code: "Space", bubbles: true }),
  );
})
"""


def measure(data: Path) -> None:
    """Print how long a clerk waits for the next person, with few and with many waiting."""
    with Bus(data, pin=new_pin(data)) as bus, launched() as browser:
        for line in LINES:
            fill(data, line)
            with clerk_at(browser, bus, "1") as clerk:
                clerk.call_next()
                click.echo(percentiles(line, [seen_ms(clerk.page) for _ in range(CALLS)]))
            bus.kiosk("visit", "close", "--force")


def new_pin(data: Path) -> str:
    """The history was made with a PIN that is not kept."""
    kiosk = open_kiosk(Paths(data))
    drawn = access.set_up(kiosk.office.database)
    kiosk.office.database.close()
    return drawn.staff_pin


def fill(data: Path, people: int) -> None:
    """Open a visit at which so many people wait, and as many more as will be called."""
    kiosk = open_kiosk(Paths(data))
    visits.open_visit(kiosk.office, None, None, kiosk.now())
    topics = [t.id for t in kiosk.office.profile.topics if t.contingent is None]
    for person in range(people + CALLS + 1):
        citizens.take_ticket(
            kiosk.office, citizens.TicketRequest(topics[person % len(topics)], "de"), kiosk.now()
        )
    kiosk.office.database.close()


def seen_ms(page: Page) -> list[float]:
    """Milliseconds from the key until the page shows who comes, paints it, and has followed."""
    page.wait_for_timeout(1100)  # a second Next within a second is taken for a double click
    found: list[float] = page.evaluate(UNTIL_SEEN)
    return found


def percentiles(line: int, times_ms: list[list[float]]) -> str:
    """p50 and p99 in one sentence."""
    there, painted, whole = (
        f"p50 {statistics.median(column):.1f} ms, p99 {statistics.quantiles(column, n=100)[98]:.0f}"
        for column in zip(*times_ms, strict=True)
    )
    return (
        f"next until it stands on the clerk's page, {line} waiting: {there}; painted {painted};"
        f" the whole page {whole} ({len(times_ms)} calls)"
    )
