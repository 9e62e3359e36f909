"""The loop around one device: open, work, and after any trouble close, pause and try again.

Each device has a thread of its own, so that a printer that hangs stops neither buttons nor calls.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hardware.errors import CannotOpen, DeviceBusy, DeviceSilent, HardwareError
from kiosk.domain.device import Condition, Trouble
from kiosk.domain.errors import KioskError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.panel.duty import Duty

_TROUBLES: tuple[tuple[type[HardwareError], Trouble], ...] = (
    (DeviceBusy, Trouble.BUSY),
    (CannotOpen, Trouble.ABSENT),
    (DeviceSilent, Trouble.SILENT),
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pauses:
    """How long to wait before trying again: doubled each time, up to the longest."""

    first_s: float = 0.5
    longest_s: float = 30.0

    def after(self, pause_s: float) -> float:
        """The pause that follows this one."""
        return min(pause_s * 2, self.longest_s)


class DeviceLoop:
    """`tell` is called whenever the condition of the device has changed."""

    def __init__(self, duty: Duty, tell: Callable[[str, Condition], None], pauses: Pauses) -> None:
        self._duty = duty
        self._tell_others = tell
        self._pauses = pauses
        self._pause_s = pauses.first_s
        self._told: Condition | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=duty.device, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def ask_to_stop(self) -> None:
        self._stopping.set()
        self._duty.wake.set()

    def wait_for_end(self, timeout_s: float) -> None:
        """Let the device finish what it does; one that hangs is left behind."""
        self._thread.join(timeout_s)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._serve()
            except Exception:  # the border around a device: nothing of it may reach the others
                log.exception("The %s met an unexpected error.", self._duty.device)
            self._pause()

    def _serve(self) -> None:
        """Open and work until something goes wrong."""
        try:
            self._duty.open()
            while not self._stopping.is_set():
                self._tell(self._duty.work())
                self._pause_s = self._pauses.first_s
        except HardwareError as error:
            self._tell(_condition_of(error))
            self._duty.wake.clear()
            self._duty.give_up()
        finally:
            self._duty.close()

    def _pause(self) -> None:
        if not self._stopping.is_set():
            self._duty.wake.wait(self._pause_s)
            self._pause_s = self._pauses.after(self._pause_s)

    def _tell(self, condition: Condition) -> None:
        if condition == self._told:
            return
        try:
            self._tell_others(self._duty.device, condition)
        except KioskError as error:  # the device works all the same; told again next time
            log.warning("%s", error)
        else:
            self._told = condition


def _condition_of(error: HardwareError) -> Condition:
    found = (trouble for kind, trouble in _TROUBLES if isinstance(error, kind))
    return Condition((next(found, Trouble.LOST),), str(error))
