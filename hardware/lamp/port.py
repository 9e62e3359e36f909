"""Port of the lamps."""

from typing import Protocol

from hardware.port import Device


class Lamp(Device, Protocol):
    """Lets the lamp beside a button light up.

    Refuses to know why: whether a press counted is decided elsewhere.
    """

    def flash(self, name: str, duration_s: float) -> None:
        """Switch on at once and off by itself later; returns at once.

        A name without a lamp is no error: not every button has one. Raises `DeviceLost`.
        """
