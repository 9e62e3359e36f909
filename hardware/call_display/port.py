"""Port of a call display."""

from typing import Final, Protocol

from hardware.port import Device

LETTERS: Final = frozenset("ABCDEF")
"""What seven segments can show besides digits, where they show letters at all."""


class CallDisplay(Device, Protocol):
    """Shows one call: a number and a desk.

    Refuses to know about queues and earlier calls: it shows what it was told last.
    """

    def show(self, number: str, desk: str) -> None:
        """Show this call until the next one; the same call again changes nothing to be seen.

        Raises `DeviceLost`.
        """

    def clear(self) -> None:
        """Show no call; raises `DeviceLost`."""
