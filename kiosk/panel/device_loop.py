"""Supervising loop around one device: open, work; after any trouble close, pause, try again.

Each device has a thread of its own, so that a printer that hangs stops neither buttons nor calls.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hardware.errors import HardwareError
from hardware.trouble import Trouble
from kiosk.devices.technician_words import sentence_of
from kiosk.domain.device_condition import Condition
from kiosk.domain.errors import KioskError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.panel.duty import Duty

HUNG_AFTER_S = 120.0
"""Longer than any call to a device takes that still comes back: a rush of slips, a row of calls."""

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
    """`report` is called whenever the condition of the device has changed; the log has it too.

    `name` is that of the configuration.
    """

    def __init__(
        self,
        name: str,
        duty: Duty,
        report: Callable[[str, Condition], None],
        pauses: Pauses,
        hung_after_s: float = HUNG_AFTER_S,
    ) -> None:
        self._name = name
        self._duty = duty
        self._report_to = report
        self._pauses = pauses
        self._pause_s = pauses.first_s
        self._hung_after_s = hung_after_s
        self._busy_since_s: float | None = None
        self._report_lock = threading.Lock()
        self._reported: Condition | None = None
        self._logged: Condition | None = None
        self._complaint = ""
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def check_progress(self) -> None:
        """Tell of a device whose driver does not come back; to be called now and then."""
        since_s = self._busy_since_s
        if since_s is not None and time.monotonic() - since_s > self._hung_after_s:
            detail = f"its driver has not come back for {self._hung_after_s:g} s"
            self._report(Condition((Trouble.SILENT,), detail))

    def ask_to_stop(self) -> None:
        self._stopping.set()
        self._duty.wake.set()

    def wait_for_end(self, timeout_s: float) -> None:
        """Let the device finish what it does; one that hangs is left behind."""
        self._thread.join(timeout_s)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._guard(self._serve)
            self._guard(self._duty.close)
            self._busy_since_s = None
            self._pause()

    def _serve(self) -> None:
        """Open and work until something goes wrong."""
        self._busy_since_s = time.monotonic()
        self._duty.open()
        self._duty.wake.set()  # how it is shall be told at once
        while not self._stopping.is_set():
            self._busy_since_s = time.monotonic()
            self._report(self._duty.work())
            self._pause_s = self._pauses.first_s

    def _guard(self, step: Callable[[], None]) -> None:
        """Error boundary of a device: what goes wrong is reported, and nothing reaches others."""
        try:
            step()
        except Exception as error:
            if not isinstance(error, HardwareError | KioskError):
                log.exception("The %s met an unexpected error.", self._name)
            condition = _condition_of(error)
            self._report(condition)
            self._duty.wake.clear()
            self._try_to_write(lambda: self._duty.give_up(condition))

    def _pause(self) -> None:
        if not self._stopping.is_set():
            self._duty.wake.wait(self._pause_s)
            self._pause_s = self._pauses.after(self._pause_s)

    def _report(self, condition: Condition) -> None:
        with self._report_lock:
            if condition == self._reported:
                return
            self._log(condition)
            if self._try_to_write(lambda: self._report_to(self._name, condition)):
                self._reported, self._complaint = condition, ""

    def _try_to_write(self, write: Callable[[], None]) -> bool:
        """The disk may refuse: the device works all the same, and it is tried again next time."""
        try:
            write()
        except KioskError as error:
            self._complain(str(error))
        except Exception:
            log.exception("What the %s does cannot be written down.", self._name)
        else:
            return True
        return False

    def _log(self, condition: Condition) -> None:
        if condition != self._logged:
            level = logging.WARNING if condition.troubles else logging.INFO
            log.log(level, "%s: %s", self._name, sentence_of(condition))
            self._logged = condition

    def _complain(self, sentence: str) -> None:
        if sentence != self._complaint:
            log.warning("%s", sentence)
            self._complaint = sentence


def _condition_of(error: Exception) -> Condition:
    if isinstance(error, HardwareError):
        return Condition((error.trouble,), str(error))
    if isinstance(error, KioskError):
        return Condition((Trouble.FAULT,), str(error))
    return Condition((Trouble.FAULT,), f"{type(error).__name__}, see the log of the panel")
