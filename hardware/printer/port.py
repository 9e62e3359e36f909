"""Port of a printer: what the rest of the program sees of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from hardware.port import Device

if TYPE_CHECKING:
    from PIL.Image import Image

    from hardware.trouble import Trouble


class Printer(Device, Protocol):
    """Puts one picture on one piece of paper.

    Refuses to know what the picture shows, whether it was printed before, and when to try again.
    """

    def trouble(self) -> Trouble | None:
        """Ask the device now: None when it is ready, else the worst. Raises `DeviceLost`.

        It prints in spite of a harmless one.
        """

    def print_slip(self, picture: Image) -> None:
        """Print and cut; return when the device has confirmed it.

        Raises `PrinterNotReady` when nothing came onto paper, and `DeviceLost` when it is
        unknown whether something did.
        """

    def forget(self) -> None:
        """Delete what the driver has stored of past slips; paper is out of its hands.

        Raises `DeviceLost`.
        """
