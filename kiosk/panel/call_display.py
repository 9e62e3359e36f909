"""Duty of the call display: it shows the newest call."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from kiosk.domain.device_condition import READY, Condition
from kiosk.panel.duty import LONGEST_WORK_S

if TYPE_CHECKING:
    from hardware.call_display.port import CallDisplay
    from kiosk.service.queue_view import Call


SHOW_AGAIN_EVERY_S = 20.0


class CallDisplayDuty:
    """The call display: shows the newest call, again after it was gone.

    And again every `again_s`, for most displays answer nothing: one that was switched off
    and on knows no call any more, and cannot say so.
    """

    def __init__(
        self, display: CallDisplay, call: Call | None, again_s: float = SHOW_AGAIN_EVERY_S
    ) -> None:
        self.wake = threading.Event()
        self._display = display
        self._call = call
        self._again_s = again_s
        self._shown_s = 0.0

    def show(self, call: Call | None) -> None:
        """From any thread; None: no call."""
        self._call = call
        self.wake.set()

    def open(self) -> None:
        self._display.open()
        self.wake.set()

    def close(self) -> None:
        self._display.close()

    def work(self) -> Condition:
        woken = self.wake.wait(min(LONGEST_WORK_S, self._again_s))
        if woken or time.monotonic() - self._shown_s >= self._again_s:
            self.wake.clear()
            self._show(self._call)
        return READY

    def give_up(self, _why: Condition) -> None:
        """Keep the call: it is right to show it when the display is back."""

    def _show(self, call: Call | None) -> None:
        if call is None:
            self._display.clear()
        else:
            self._display.show(call.number, call.desk)
        self._shown_s = time.monotonic()
