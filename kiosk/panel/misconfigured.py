"""Duty of a device that cannot work as it is set."""

from __future__ import annotations

import threading

from hardware.trouble import Trouble
from kiosk.domain.device_condition import Condition
from kiosk.panel.duty import LONGEST_WORK_S


class MisconfiguredDuty:
    """Stands where such a device would work, so that list, log and staff pages tell of it."""

    def __init__(self, fault: str) -> None:
        self.wake = threading.Event()
        self._condition = Condition((Trouble.MISCONFIGURED,), fault.rstrip("."))

    def open(self) -> None: ...

    def close(self) -> None: ...

    def work(self) -> Condition:
        if self.wake.wait(LONGEST_WORK_S):
            self.wake.clear()
        return self._condition

    def give_up(self, _why: Condition) -> None:
        """It holds no jobs."""
