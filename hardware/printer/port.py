"""What the rest of the program sees of a slip printer."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from hardware.port import Device

if TYPE_CHECKING:
    from PIL.Image import Image


class PrinterStatus(StrEnum):
    """What a printer says of itself; it prints in the first two."""

    READY = "ready"
    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    FAULT = "fault"

    @property
    def can_print(self) -> bool:
        return self in {PrinterStatus.READY, PrinterStatus.PAPER_LOW}


class Printer(Device, Protocol):
    """Puts one picture on one piece of paper.

    Refuses to know what the picture shows, whether it was printed before, and when to try again.
    """

    def status(self) -> PrinterStatus:
        """Ask the device now; raises `DeviceLost`."""

    def print_slip(self, picture: Image) -> None:
        """Print and cut; return when the device has confirmed it.

        Raises `PrinterNotReady` when nothing came onto paper, and `DeviceLost` when nobody can
        tell whether something did.
        """

    def forget(self) -> None:
        """Throw away what the driver has kept of past slips; paper is out of its hands.

        Raises `DeviceLost`.
        """
