"""What the rest of the program sees of the loudspeaker."""

from typing import Protocol

from hardware.port import Device


class Speaker(Device, Protocol):
    """Makes one sound at a time.

    Refuses to know what is worth saying: it neither makes sentences nor keeps a queue.
    """

    def chime(self) -> None:
        """Return when the chime has been heard; raises `DeviceLost`."""

    def say(self, text: str, language: str) -> None:
        """Return when the sentence has been heard; raises `DeviceLost`.

        `language` is a BCP 47 code such as `de`.
        """
