"""Duty of the scanner: a code becomes a check-in, or the glass tells why not."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from kiosk.domain.device_condition import READY, Condition

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.scanner.port import Scan, Scanner

WAIT_S = 1.0
"""A scanner cannot be woken: this is how long stopping the process may wait for it."""

REST_S = 1.0
SAME_CODE_S = 4.0


class ScanRule:
    """Which scans count: pure, fed with what a scanner really tells.

    A slip that is held still is read many times a second, and people hold it there until something
    happens. So one that counted rests until it was away for `SAME_CODE_S`; and after any scan that
    counted nothing else does for `REST_S`, whatever is waved about. What came too early for that
    counts as soon as the rest is over, if it is still held there.
    """

    def __init__(self) -> None:
        self._counted_s: float | None = None
        self._seen_s: dict[str | None, float] = {}

    def counts(self, scan: Scan) -> bool:
        """Whether this scan is a new one."""
        for digits, seen_s in list(self._seen_s.items()):
            if scan.at_s - seen_s >= SAME_CODE_S:
                del self._seen_s[digits]
        if scan.digits in self._seen_s:
            self._seen_s[scan.digits] = scan.at_s
            return False
        if self._counted_s is not None and scan.at_s - self._counted_s < REST_S:
            return False
        self._counted_s = self._seen_s[scan.digits] = scan.at_s
        return True


class ScannerDuty:
    """The scanner: each scan that counts is checked in; None stands for what is no code."""

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

    def give_up(self, _why: Condition) -> None:
        """It holds no jobs: a code can be typed at the glass."""
