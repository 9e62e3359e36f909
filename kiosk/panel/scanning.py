"""What scans become: somebody who is expected gets a number, or the glass tells why not."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from kiosk.domain.device import READY, Condition

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.scanner.port import Scan, Scanner

WAIT_S = 0.2
"""A scanner cannot be woken: this is how long stopping the process may wait for it."""

REST_S = 1.0
SAME_AGAIN_S = 4.0


class ScanRule:
    """Which scans count: pure, fed with what a scanner really tells.

    A slip that is held still is read many times a second, and people hold it there until something
    happens. So the same one rests for `SAME_AGAIN_S` after it was last seen; and after any scan
    that counted nothing else does for `REST_S`, whatever is waved about.
    """

    def __init__(self) -> None:
        self._counted_s: float | None = None
        self._seen: Scan | None = None

    def counts(self, scan: Scan) -> bool:
        """Whether this scan is somebody's wish."""
        before, self._seen = self._seen, scan
        if before and before.digits == scan.digits and scan.at_s - before.at_s < SAME_AGAIN_S:
            return False
        if self._counted_s is not None and scan.at_s - self._counted_s < REST_S:
            return False
        self._counted_s = scan.at_s
        return True


class Scanning:
    """The scanner: each scan that counts is checked in; None stands for what is no code."""

    device = "scanner"

    def __init__(
        self, scanner: Scanner, rule: ScanRule, check_in: Callable[[str | None], object]
    ) -> None:
        self.wake = threading.Event()
        self._scanner = scanner
        self._rule = rule
        self._check_in = check_in

    def open(self) -> None:
        self._scanner.open()

    def close(self) -> None:
        self._scanner.close()

    def work(self) -> Condition:
        scan = self._scanner.wait(WAIT_S)
        if scan and self._rule.counts(scan):
            self._check_in(scan.digits)
        return READY

    def give_up(self) -> None:
        """Whoever holds a slip there sees that nothing happens, and types the code."""
