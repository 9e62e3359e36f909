"""What a clerk does all day, played on the page by mouse or by keys: what it costs in presses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from playwright.sync_api import expect

from kiosk.console.http.static_files import STATIC
from kiosk.domain.outcome import CALL_BACK_PROMISED
from kiosk.domain.planned_hours import PlannedHours
from kiosk.domain.record import Record
from kiosk.service import citizens, staff, visits
from kiosk.service.citizens import TicketRequest
from kiosk.service.queue_view import queue_view
from tests.town import FIRST_DESK, GERMAN, JOBS, MARKET, TOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from playwright.sync_api import Page

    from kiosk.service.office import Office
    from tests.town import TownClock

Means = Literal["clicks", "keys"]
PLANNED = replace(TOWN, timetable=(PlannedHours(MARKET, "10:00", "11:00", weekday="tu"),))
UNUSED_TAB = f"{STATIC}/style.css"
"""Of the console, so that the tab's next page starts no process."""
DESK_PAGE = f"/staff/desks/{FIRST_DESK}"
A_LIST = 2
"""Clicks to choose from a list that drops down: open it, choose."""

COUNT = """() => {
    window.presses = 0;
    const count = (event) => { if (event.isTrusted) window.presses += 1; };
    addEventListener("pointerdown", count, true);
    addEventListener("keydown", (event) => event.key === "Shift" || count(event), true);
    window.asked = 0;
    const { fetch } = window;
    window.fetch = async (...asking) => {
        window.asked += 1;
        const answer = await fetch(...asking);
        answer.clone().text().then(() => setTimeout(() => { window.asked -= 1; }, 20));
        return answer;
    };
}"""
SETTLED = "() => !window.asked && !document.querySelector('dialog[data-deaf]')"


@dataclass(frozen=True, slots=True)
class Journey:
    """`clicks` are what is pressed, a `(list, choice)` for a list; `keys` the same by keys.

    It begins with a ticket in the state that `begin` leads to, and two more who wait, and is over
    when the text `done` stands there.
    """

    name: str
    begin: Callable[[Office, TownClock], None]
    clicks: tuple[str | tuple[str, str], ...]
    keys: tuple[str, ...]
    done: tuple[str, str]


def _called(office: Office, clock: TownClock) -> None:
    staff.call_next(office, FIRST_DESK, clock())


def _serving(office: Office, clock: TownClock) -> None:
    _called(office, clock)
    staff.start(office, FIRST_DESK, clock())


def _missed(office: Office, clock: TownClock) -> None:
    ticket = staff.call_next(office, FIRST_DESK, clock())
    assert ticket
    for _ in range(office.profile.calls_before_missed):
        staff.call(office, FIRST_DESK, ticket.id, clock())
        staff.miss(office, FIRST_DESK, clock())


def _promised(office: Office, clock: TownClock) -> None:
    _serving(office, clock)
    staff.finish(office, FIRST_DESK, Record(CALL_BACK_PROMISED), clock())


_NEXT = ("#number", "A-002")
_NO_TICKET = (".nobody", "Niemand")

JOURNEYS = (
    Journey(
        "Begin the talk, next person, no outcome",
        _called,
        ("#do-start", "#do-next"),
        ("b", "Space"),
        _NEXT,
    ),
    Journey(
        "An outcome for the called person, then the next person",
        _called,
        ("#page-resolved", "#do-next"),
        ("1", "Space"),
        _NEXT,
    ),
    Journey(
        "Begin the talk, outcome, next person",
        _called,
        ("#do-start", "#page-resolved", "#do-next"),
        ("b", "1", "Space"),
        _NEXT,
    ),
    Journey("Not come: the next person", _called, ("#do-next",), ("Space",), _NEXT),
    Journey(
        "Transfer to another desk",
        _serving,
        ("#open-transfer", ("[name=to_desk]", "2"), "#dialog .filled"),
        ("w", "ArrowDown", "Tab", "Tab", "Enter"),
        _NO_TICKET,
    ),
    Journey(
        "Park, and call again",
        _serving,
        ("#do-park", ".aside [data-call]"),
        ("p", "Shift+Digit1", "Shift+A"),
        ("#number", "A-001"),
    ),
    Journey(
        "Not come, and missed for good: back into the line",
        _missed,
        (".chip[data-ticket]", "#put-back"),
        ("Shift+Digit1", "Shift+W"),
        ("#queue-title", "3 warten"),
    ),
    Journey("Undo", _serving, ("#do-undo",), ("u",), ("#person-title", "Aufgerufen")),
    Journey(
        "An appointment at the next office hours",
        _serving,
        ("#page-appointment_made", "#book [data-book]:not([data-book=''])"),
        ("3", "Tab", "Tab", "Tab", "Enter"),
        _NO_TICKET,
    ),
    Journey(
        "Referral",
        _serving,
        ("#page-referred", "#refer .entry"),
        ("2", "Shift+Digit1"),
        _NO_TICKET,
    ),
    Journey("Call back promised", _serving, ("#page-call_back_promised",), ("4",), _NO_TICKET),
    Journey(
        "Call back ticked off",
        _promised,
        ("#open-day", "#open-call_backs", "[id^=called-back]"),
        ("e", "Shift+C", "Tab", "Tab", "Enter"),
        ("#dialog", "erledigt"),
    ),
)


def prepare(journey: Journey, office: Office, clock: TownClock) -> None:
    """A new visit in which the journey can begin."""
    if office.read(queue_view).visit:
        visits.close_visit(office, clock(), expected=None)
    visits.open_visit(office, None, None, clock())
    for _ in range(3):
        citizens.take_ticket(office, TicketRequest(JOBS, GERMAN), clock())
    journey.begin(office, clock)


def play(page: Page, journey: Journey, means: Means) -> int:
    """Press what the journey says; how often something was pressed."""
    page.goto(DESK_PAGE)
    page.evaluate(COUNT)
    chosen = (
        _click_through(page, journey.clicks) if means == "clicks" else _type(page, journey.keys)
    )
    element, text = journey.done
    expect(page.locator(element)).to_contain_text(text)
    pressed: int = page.evaluate("window.presses")
    page.goto(UNUSED_TAB)  # else it loads itself anew when the next visit begins
    return pressed + chosen


def _click_through(page: Page, steps: Iterable[str | tuple[str, str]]) -> int:
    """Click; the presses that the page does not hear of."""
    unheard = 0
    for step in steps:
        if isinstance(step, tuple):
            page.locator(step[0]).select_option(step[1])
            unheard += A_LIST
        else:
            page.locator(step).first.click()
        _settle(page)
    return unheard


def _type(page: Page, keys: Iterable[str]) -> int:
    for key in keys:
        page.keyboard.press(key)
        if key not in {"Tab", "ArrowDown"}:
            _settle(page)
    return 0


def _settle(page: Page) -> None:
    """Until what was pressed is done, as a clerk sees it: the box has answered, a dialog hears."""
    page.wait_for_function(SETTLED)
