"""A smiley pressed on a button beside the glass: thanks, and never covers a visitor's screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.domain.events import CodeRefused, FeedbackGiven
from kiosk.domain.ids import FeedbackId
from kiosk.service import visits
from kiosk.touch.flow.inputs import TimedOut
from kiosk.touch.flow.state import Screen
from kiosk.touch.flow.timeouts import timeout_s
from tests.touch.bus import TO_A_NUMBER, TO_THE_TOPICS, look, tap
from tests.town import GERMAN

if TYPE_CHECKING:
    from kiosk.touch.session.session import GlassSession
    from tests.touch.bus import Bus

ON_A_BUTTON = FeedbackGiven(FeedbackId(1), on_button=True)
ON_THE_GLASS = FeedbackGiven(FeedbackId(1))
DRUMMED = FeedbackGiven(FeedbackId(9), on_button=True, thanked=False)


def after(glass: GlassSession, event: FeedbackGiven) -> Screen:
    glass.on_event(event)
    return glass.state.screen


def test_the_glass_thanks_for_a_smiley_on_a_button_and_only_for_a_moment(bus: Bus) -> None:
    glass = bus.glass()
    assert after(glass, ON_THE_GLASS) is Screen.START
    assert after(glass, DRUMMED) is Screen.START
    assert after(glass, ON_A_BUTTON) is Screen.THANKS
    assert timeout_s(glass.state, GERMAN) < 10
    assert after(glass, ON_A_BUTTON) is Screen.THANKS
    glass.handle(TimedOut())
    assert glass.state.screen is Screen.START


@pytest.mark.parametrize(
    "way", [TO_THE_TOPICS[:1], TO_THE_TOPICS, TO_A_NUMBER, ("start.feedback",)]
)
def test_thanks_for_a_button_interrupt_no_citizen(bus: Bus, way: tuple[str, ...]) -> None:
    glass = bus.glass()
    before = tap(glass, *way)
    assert after(glass, ON_A_BUTTON) is before


def test_a_touch_ends_the_thanks_at_once(bus: Bus) -> None:
    glass = bus.glass()
    after(glass, ON_A_BUTTON)
    assert tap(glass, "thanks.done", *TO_A_NUMBER) is Screen.NUMBER


def test_a_scan_is_answered_over_the_thanks_and_not_hidden_by_them(bus: Bus) -> None:
    glass = bus.glass()
    after(glass, ON_A_BUTTON)
    glass.on_event(CodeRefused("unknown_code"))
    assert glass.state.screen is Screen.REFUSED
    assert after(glass, ON_A_BUTTON) is Screen.REFUSED


def test_the_thanks_go_by_themselves_when_the_visit_is_closed(bus: Bus) -> None:
    glass = bus.glass()
    after(glass, ON_A_BUTTON)
    visits.close_visit(bus.office, bus.clock())
    assert look(glass) is Screen.THANKS
    glass.handle(TimedOut())
    assert glass.state.screen is Screen.CLOSED
    assert after(glass, ON_A_BUTTON) is Screen.CLOSED
