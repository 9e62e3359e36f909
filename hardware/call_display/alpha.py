"""LED matrix signs that speak the Alpha Sign Communications Protocol: Alpha, BetaBrite and kin.

Published by Adaptive Micro Systems (document 9708-8061, "M-Protocol"). The call is written into
the priority text, which hides all else on the sign, needs no memory set up, and wears none out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hardware.call_display.call_text import plain

if TYPE_CHECKING:
    from hardware.serial_line import SerialLine

_WAKE: Final = b"\0" * 5  # the sign finds the baud rate by these
_ALL_SIGNS: Final = b"Z"
_WRITE_TEXT: Final = b"A"
_PRIORITY: Final = b"0"
_HOLD_IN_THE_MIDDLE: Final = b"\x1b\x20b"  # no flashing: EN 301 549, 11.2.3
WRITTEN_WITHIN_S: Final = 2.0


def packet(address: str, text: str | None) -> bytes:
    """The bytes that show a text, or for None take the last one away; with a checksum."""
    shown = b"" if text is None else _HOLD_IN_THE_MIDDLE + text.encode("ascii")
    body = b"\x02" + _WRITE_TEXT + _PRIORITY + shown + b"\x03"
    checksum = f"{sum(body) & 0xFFFF:04X}".encode()
    return _WAKE + b"\x01" + _ALL_SIGNS + address.encode("ascii") + body + checksum + b"\x04"


class AlphaDisplay:
    """Such a sign answers nothing: what is told of it is whether the line takes the bytes.

    `address` is two hexadecimal digits; `00` means every sign on the line.
    """

    def __init__(self, line: SerialLine, address: str) -> None:
        self._line = line
        self._address = address

    def open(self) -> None:
        self._line.open()

    def close(self) -> None:
        self._line.close()

    def show(self, number: str, desk: str) -> None:
        self._send(f"{plain(number)} > {plain(desk)}")

    def clear(self) -> None:
        self._send(None)

    def _send(self, text: str | None) -> None:
        self._line.write(packet(self._address, text), WRITTEN_WITHIN_S)
