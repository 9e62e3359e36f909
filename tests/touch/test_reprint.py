"""A number whose slip did not come: remember it, or have it printed once more with one tap."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from hardware.trouble import Trouble
from kiosk.domain.ids import CopyId, TicketId
from kiosk.domain.paper_events import (
    CopyFailed,
    CopyPrinted,
    CopyWanted,
    SlipFailed,
    SlipPrinted,
)
from kiosk.domain.visit_events import VisitClosed
from kiosk.service import staff, visits
from kiosk.service.paper import NoPaper, PaperReason
from kiosk.service.slips import COPIES, MOST_COPIES, SLIPS, reprint, slips_of
from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.flow.inputs import CopyUpdate, SlipUpdate, TimedOut
from kiosk.touch.flow.state import PaperState, Screen, ShownNumber
from kiosk.touch.layout.theme import Pane
from tests.touch.bus import TO_A_NUMBER, Bus, heard, tap
from tests.touch.test_flow import Walk
from tests.town import TOWN, TURKISH

if TYPE_CHECKING:
    from kiosk.touch.layout.view import View
    from kiosk.touch.session.session import GlassSession

TEXTS = Texts.load()


def slip(glass: GlassSession) -> PaperState | None:
    return glass.state.shown.slip if glass.state.shown else None


def view_of(
    glass: GlassSession, *, printer: bool = True, size: tuple[int, int] = (1280, 800)
) -> View:
    flow = Walk().flow
    return present(glass.state, GlassSetup(TOWN, TEXTS, flow, Pane.of(*size), printer=printer))


def fail_slips(bus: Bus, reason: PaperReason = Trouble.PAPER_OUT) -> None:
    SLIPS.give_up(bus.office, reason, bus.clock())


def print_copy(bus: Bus) -> None:
    """The printer's part, when a person has asked."""
    job = COPIES.begin(bus.office, bus.clock())
    assert job
    COPIES.printed(bus.office, job.id, bus.clock())


@pytest.fixture
def glass(bus: Bus) -> GlassSession:
    """A number on the glass, and no slip."""
    glass = bus.glass()
    tap(glass, *TO_A_NUMBER)
    fail_slips(bus)
    heard(bus, glass, SlipFailed)
    return glass


def test_a_slip_under_way_is_announced(bus: Bus) -> None:
    glass = bus.glass()
    tap(glass, *TO_A_NUMBER)
    told = view_of(glass).element("number.slip")
    assert told
    assert told.text == TEXTS(TURKISH, "number.printing")
    assert view_of(glass).element("reprint") is None
    assert view_of(glass, printer=False).element("number.slip") is None, "nothing will come"
    job = SLIPS.begin(bus.office, bus.clock())
    assert job
    assert view_of(glass).element("number.slip") == told
    SLIPS.printed(bus.office, job.id, bus.clock())
    heard(bus, glass, SlipPrinted)
    told = view_of(glass).element("number.slip")
    assert told
    assert told.text == TEXTS(TURKISH, "number.take_slip")


def test_a_failed_slip_can_be_requested_again(bus: Bus, glass: GlassSession) -> None:
    view = view_of(glass)
    told, button = view.element("number.slip"), view.element("reprint")
    assert told
    assert told.text == TEXTS(TURKISH, "number.remember", number="B-001")
    assert button
    assert (button.text, button.spoken) == (
        TEXTS(TURKISH, "number.reprint"),
        TEXTS(TURKISH, "number.reprint.say"),
    )
    assert view.focus_order[:4] == (
        "answer.priority.yes",
        "reprint",
        "number.return",
        "number.done",
    )
    assert tap(glass, "reprint") is Screen.NUMBER
    assert slip(glass) is PaperState.COMING
    assert view_of(glass).element("reprint") is None
    print_copy(bus)
    heard(bus, glass, CopyWanted, CopyPrinted)
    told = view_of(glass).element("number.slip")
    assert told
    assert told.text == TEXTS(TURKISH, "number.take_slip")
    assert view_of(glass).element("reprint") is None


def test_a_trembling_finger_asks_once(bus: Bus, glass: GlassSession) -> None:
    tap(glass, "reprint", "reprint", "reprint")
    print_copy(bus)
    assert COPIES.begin(bus.office, bus.clock()) is None


def test_paper_that_was_mended_prints_at_the_next_try(bus: Bus, glass: GlassSession) -> None:
    for _ in range(MOST_COPIES + 1):
        tap(glass, "reprint")
        COPIES.give_up(bus.office, Trouble.PAPER_OUT, bus.clock())
        heard(bus, glass, CopyWanted, CopyFailed)
        assert slip(glass) is PaperState.FAILED
    tap(glass, "reprint")
    print_copy(bus)
    heard(bus, glass, CopyPrinted)
    assert slip(glass) is PaperState.PRINTED


def test_a_copy_requested_by_staff_shows_on_the_glass(bus: Bus, glass: GlassSession) -> None:
    assert glass.state.shown
    assert glass.state.shown.ticket
    reprint(bus.office, glass.state.shown.ticket, bus.clock())
    assert tap(glass, "reprint") is Screen.NUMBER
    assert slip(glass) is PaperState.COMING, "it comes already"
    print_copy(bus)
    heard(bus, glass, CopyWanted, CopyPrinted)
    assert slip(glass) is PaperState.PRINTED


def test_old_news_of_another_try_changes_nothing() -> None:
    walk = Walk()
    mine = ShownNumber("B-001", 0, PaperState.COMING, ticket=TicketId(1), copy=CopyId(4))
    walk.state = replace(walk.state, screen=Screen.NUMBER, shown=mine)
    walk(
        CopyUpdate(TicketId(1), CopyId(3), PaperState.FAILED),
        CopyUpdate(TicketId(2), CopyId(5), PaperState.FAILED),
        SlipUpdate("B-001", PaperState.FAILED),
    )
    assert walk.state.shown == mine


def test_after_so_many_copies_the_number_is_to_be_remembered(bus: Bus, glass: GlassSession) -> None:
    for _ in range(MOST_COPIES):
        tap(glass, "reprint")
        COPIES.begin(bus.office, bus.clock())
        COPIES.settle_interrupted(bus.office, bus.clock())
        heard(bus, glass, CopyFailed)
    assert tap(glass, "reprint") is Screen.NUMBER
    assert slip(glass) is PaperState.NEVER
    view = view_of(glass)
    assert view.element("number.slip")
    assert view.element("reprint") is None


def test_no_copy_for_a_ticket_withdrawn_meanwhile(bus: Bus, glass: GlassSession) -> None:
    assert glass.state.shown
    assert glass.state.shown.ticket
    staff.withdraw(bus.office, glass.state.shown.ticket, bus.clock())
    assert tap(glass, "reprint") is Screen.NUMBER
    assert slip(glass) is PaperState.NEVER


def test_without_a_printer_nothing_is_offered(bus: Bus) -> None:
    glass = bus.glass()
    tap(glass, *TO_A_NUMBER)
    fail_slips(bus, NoPaper.NO_PRINTER)
    heard(bus, glass, SlipFailed)
    view = view_of(glass)
    assert view.element("number.slip")
    assert view.element("reprint") is None


def test_a_service_without_a_printer_offers_nothing(glass: GlassSession) -> None:
    view = view_of(glass, printer=False)
    assert view.element("number.slip")
    assert view.element("reprint") is None


def test_it_is_not_offered_to_the_next_person(bus: Bus, glass: GlassSession) -> None:
    assert tap(glass, "number.done") is Screen.START
    heard(bus, glass, SlipFailed)
    assert tap(glass, "reprint") is Screen.START
    tap(glass, *TO_A_NUMBER)
    assert view_of(glass).element("reprint") is None
    assert tap(glass, "reprint") is Screen.NUMBER
    assert COPIES.begin(bus.office, bus.clock()) is None


def test_the_copy_button_goes_with_the_timeout(glass: GlassSession) -> None:
    glass.handle(TimedOut())
    glass.handle(TimedOut())
    assert glass.state.shown is None
    assert view_of(glass).element("reprint") is None


def test_not_when_the_visit_is_over(bus: Bus, glass: GlassSession) -> None:
    visit = visits.close_visit(bus.office, bus.clock(), expected=None)
    glass.on_event(VisitClosed(visit.id, visit.stop))
    assert view_of(glass).element("reprint") is None


def test_after_a_crash_of_the_glass_it_still_knows(bus: Bus, glass: GlassSession) -> None:
    assert slip(bus.glass()) is PaperState.FAILED
    tap(glass, "reprint")
    print_copy(bus)
    again = bus.glass()
    assert slip(again) is PaperState.PRINTED
    assert again.state.shown
    assert again.state.shown.ticket
    assert (
        again.state.shown.copy == bus.office.read(slips_of, again.state.shown.ticket).copies[-1].id
    )


@pytest.mark.parametrize("size", [(1280, 800), (800, 480), (720, 1280), (480, 800)])
def test_it_has_room_on_every_pane(glass: GlassSession, size: tuple[int, int]) -> None:
    view = view_of(glass, size=size)
    assert {"number", "number.slip", "reprint", "number.done"} <= {e.id for e in view.elements}
