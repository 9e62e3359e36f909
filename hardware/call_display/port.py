"""What the rest of the program sees of a call display."""

from typing import Protocol

from hardware.port import Device


class CallDisplay(Device, Protocol):
    """Shows one call: a number and a desk.

    Refuses to know about queues and earlier calls: it shows what it was told last.
    """

    def show(self, number: str, desk: str) -> None:
        """Show this call until the next one; the same call again changes nothing to be seen.

        Raises `DeviceLost`.
        """

    def clear(self) -> None:
        """Show that nobody is called; raises `DeviceLost`."""
