"""Seven-segment displays that take a framed number: a start byte, an address, digits, an end byte.

The same frame stands in the manuals of several makers: EDI ED series and London Electronics
(ended by ETX), Ditel DN and Laurel Magna (ended by carriage return).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hardware.call_display.call_text import in_digits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hardware.serial_line import SerialLine

WRITTEN_WITHIN_S: Final = 2.0
ENDS: Final[Mapping[str, bytes]] = {"etx": b"\x03", "cr": b"\r"}


class SegmentDisplay:
    """`digits` is how many the display has, `ends` one of `ENDS`; it answers nothing.

    `letter`: it can show the letters A to F, and so where a number begins.
    """

    def __init__(
        self, line: SerialLine, address: str, digits: int, ends: str, *, letter: bool
    ) -> None:
        self._line = line
        self._start = b"\x02" + address.encode("ascii")
        self._digits = digits
        self._end = ENDS[ends]
        self._letter = letter

    def open(self) -> None:
        self._line.open()

    def close(self) -> None:
        self._line.close()

    def show(self, number: str, desk: str) -> None:
        self._send(in_digits(number, desk, self._digits, letter=self._letter))

    def clear(self) -> None:
        self._send(" " * self._digits)

    def _send(self, shown: str) -> None:
        self._line.write(self._start + shown.encode("ascii") + self._end, WRITTEN_WITHIN_S)
