"""The printer's day: a slip for every ticket, at most once, and the truth about those without."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from hardware.errors import PrinterNotReady
from hardware.printer.port import PrinterStatus
from kiosk.panel.duty import LONGEST_WORK_S, READY, Condition
from kiosk.service import slip_desk
from kiosk.service.slip_desk import SlipJob, SlipTrouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL.Image import Image

    from hardware.printer.port import Printer
    from kiosk.domain.moment import Moment
    from kiosk.service.office import Office

STATUS_EVERY_S = 5.0
"""How often a resting printer is asked whether it has paper."""

_SENTENCES = {
    PrinterStatus.READY: READY.message,
    PrinterStatus.PAPER_LOW: "The paper is running out.",
    PrinterStatus.PAPER_OUT: "The paper is out.",
    PrinterStatus.COVER_OPEN: "The cover is open.",
    PrinterStatus.OFFLINE: "The printer is offline.",
}


class Printing:
    """`picture_of` draws a slip; woken for every ticket that is taken."""

    device = "printer"

    def __init__(
        self,
        printer: Printer,
        office: Office,
        now: Callable[[], Moment],
        picture_of: Callable[[SlipJob], Image],
    ) -> None:
        self.wake = threading.Event()
        self._printer = printer
        self._office = office
        self._now = now
        self._picture_of = picture_of
        self._condition = READY
        self._asked_s = 0.0
        self._visit_closed = threading.Event()

    def open(self) -> None:
        self._printer.open()
        self._ask()
        self.wake.set()  # tickets may have been taken before

    def close(self) -> None:
        self._printer.close()

    def work(self) -> Condition:
        if self.wake.wait(LONGEST_WORK_S):
            self.wake.clear()
            self._print_all()
            self._forget_if_closed()
            self._ask()
        elif time.monotonic() - self._asked_s >= STATUS_EVERY_S:
            self._ask()
        return self._condition

    def give_up(self) -> None:
        slip_desk.give_up_slips(self._office, SlipTrouble.OFFLINE, self._now())

    def forget(self) -> None:
        """The visit is closed: nothing of its slips is kept."""
        self._visit_closed.set()
        self.wake.set()

    def _forget_if_closed(self) -> None:
        if self._visit_closed.is_set():
            self._printer.forget()
            self._visit_closed.clear()

    def _ask(self) -> None:
        status = self._printer.status()
        self._condition = Condition(status.can_print, _SENTENCES[status])
        self._asked_s = time.monotonic()

    def _print_all(self) -> None:
        while job := slip_desk.begin_slip(self._office, self._now()):
            self._print(job)

    def _print(self, job: SlipJob) -> None:
        trouble: SlipTrouble | None = SlipTrouble.UNCONFIRMED
        try:
            self._printer.print_slip(self._picture_of(job))
            trouble = None
        except PrinterNotReady as refusal:
            trouble = SlipTrouble(refusal.status)
        finally:
            self._settle(job, trouble)

    def _settle(self, job: SlipJob, trouble: SlipTrouble | None) -> None:
        if trouble is None:
            slip_desk.slip_printed(self._office, job.ticket.id, self._now())
        else:
            slip_desk.slip_failed(self._office, job.ticket.id, trouble, self._now())
