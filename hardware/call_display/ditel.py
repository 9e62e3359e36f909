"""Alphanumeric LED displays of Ditel's DT series, with their acknowledged ASCII protocol.

Published in the manual of the series DT-203X, DT-105X, DT-110X, 4.4.4: `@`, two digits of address,
`ED`, the text, `*`, carriage return; answered in the same frame with a code, `0` when all is well.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from hardware.call_display.call_text import plain
from hardware.errors import DeviceConfused, DeviceSilent

if TYPE_CHECKING:
    from hardware.serial_line import SerialLine

WRITTEN_WITHIN_S: Final = 2.0
ANSWERED_WITHIN_S: Final = 1.0
_LONGEST_ANSWER_BYTES: Final = 64
_END: Final = b"*\r"


class DitelDisplay:
    """`address` is 01 to 99, as set on the display; 00 would not be answered."""

    def __init__(self, line: SerialLine, address: str) -> None:
        self._line = line
        self._frame = f"@{address}ED".encode("ascii")

    def open(self) -> None:
        self._line.open()

    def close(self) -> None:
        self._line.close()

    def show(self, number: str, desk: str) -> None:
        self._send(f"{plain(number)}  {plain(desk)}")

    def clear(self) -> None:
        self._send(" ")  # the protocol knows no empty text

    def _send(self, text: str) -> None:
        self._line.forget_received()
        self._line.write(self._frame + text.encode("ascii") + _END, WRITTEN_WITHIN_S)
        answer = self._answer()
        if answer != self._frame + b"0" + _END:
            raise DeviceConfused("call display", f"it answered {answer!r}")

    def _answer(self) -> bytes:
        deadline_s, answer = time.monotonic() + ANSWERED_WITHIN_S, b""
        while not answer.endswith(_END) and len(answer) < _LONGEST_ANSWER_BYTES:
            remaining_s = deadline_s - time.monotonic()
            received = self._line.read(remaining_s) if remaining_s > 0 else b""
            if not received:
                raise DeviceSilent("call display", ANSWERED_WITHIN_S)
            answer += received
        return answer[answer.find(b"@") :] if b"@" in answer else answer
