"""What calls become on the call display."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from kiosk.domain.device import READY, Condition
from kiosk.panel.duty import LONGEST_WORK_S

if TYPE_CHECKING:
    from hardware.call_display.port import CallDisplay
    from kiosk.service.queue_view import Call


class Showing:
    """The call display: shows the newest call, again after it was gone."""

    device = "call_display"

    def __init__(self, display: CallDisplay, call: Call | None) -> None:
        self.wake = threading.Event()
        self._display = display
        self._call = call

    def show(self, call: Call | None) -> None:
        """From any thread; None when nobody is called."""
        self._call = call
        self.wake.set()

    def open(self) -> None:
        self._display.open()
        self.wake.set()

    def close(self) -> None:
        self._display.close()

    def work(self) -> Condition:
        if self.wake.wait(LONGEST_WORK_S):
            self.wake.clear()
            call = self._call
            if call is None:
                self._display.clear()
            else:
                self._display.show(call.number, call.desk)
        return READY

    def give_up(self) -> None:
        """Keep the call: it is right to show it when the display is back."""
