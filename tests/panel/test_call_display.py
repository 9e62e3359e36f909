"""A call display that is switched off and on shows the call again by itself."""

import pytest

from hardware.call_display.fake import FakeCallDisplay
from kiosk.domain.ids import DeskId, TicketId
from kiosk.panel import call_display
from kiosk.panel.call_display import CallDisplayDuty
from kiosk.service.queue_view import Call
from tests.town import TownClock


def test_a_display_that_lost_its_content_is_sent_it_again(clock: TownClock) -> None:
    display = FakeCallDisplay()
    showing = CallDisplayDuty(
        display, Call(1, TicketId(1), "A-017", DeskId("3"), clock()), again_s=0.01
    )
    showing.open()
    showing.work()
    assert display.shown == ("A-017", "3")
    display.shown = None  # a person pulled its plug
    showing.work()
    assert display.shown == ("A-017", "3")


def test_a_display_at_rest_is_left_in_peace(
    clock: TownClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_display, "LONGEST_WORK_S", 0.01)
    display = FakeCallDisplay()
    showing = CallDisplayDuty(display, Call(1, TicketId(1), "A-017", DeskId("3"), clock()))
    showing.open()
    for _ in range(3):
        showing.work()
    assert list(display.calls) == [("A-017", "3")]
