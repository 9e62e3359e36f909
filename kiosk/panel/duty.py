"""Duty: what is done with one device, as the loop around it sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import threading

    from kiosk.domain.device_condition import Condition

LONGEST_WORK_S = 5.0
"""A duty with nothing to do returns after this time: its condition is told, and it has not hung."""


class Duty(Protocol):
    """One device and what the panel does with it. Every call may raise `HardwareError`.

    `wake` is set when there is something to do and once it is open, and cuts a pause short in which
    the device is not there.
    """

    wake: threading.Event

    def open(self) -> None: ...

    def close(self) -> None: ...

    def work(self) -> Condition:
        """Do what there is to do, or wait for it up to `LONGEST_WORK_S`."""

    def give_up(self, why: Condition, /) -> None:
        """The device does not work: drop the jobs that it holds."""
