"""Duty of the lamps beside the buttons: they answer a press."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING

from kiosk.domain.device_condition import READY, Condition
from kiosk.panel.duty import LONGEST_WORK_S

if TYPE_CHECKING:
    from hardware.lamp.port import Lamp


class LampDuty:
    def __init__(self, lamp: Lamp) -> None:
        self.wake = threading.Event()
        self._lamp = lamp
        self._wanted: deque[tuple[str, float]] = deque()

    def flash(self, name: str, duration_s: float) -> None:
        """From any thread."""
        self._wanted.append((name, duration_s))
        self.wake.set()

    def open(self) -> None:
        self._lamp.open()

    def close(self) -> None:
        self._lamp.close()

    def work(self) -> Condition:
        if self.wake.wait(LONGEST_WORK_S):
            self.wake.clear()
            while self._wanted:
                self._lamp.flash(*self._wanted.popleft())
        return READY

    def give_up(self, _why: Condition) -> None:
        """An answer that comes late is none."""
        self._wanted.clear()
