"""Call displays at the far end of a line, as their makers' manuals describe them."""

from __future__ import annotations

import re


class AlphaSign:
    """A sign with a priority text: `shown` is what stands on it, `faults` what it had to drop."""

    _PACKET = re.compile(
        rb"\x00{5,}\x01([Z^!])([0-9A-F]{2})(\x02.*?\x03)([0-9A-F]{4})\x04", re.DOTALL
    )

    def __init__(self, address: str = "00") -> None:
        self.shown: str | None = None
        self.faults: list[bytes] = []
        self._address = address
        self._heard = b""

    def hear(self, received: bytes) -> bytes:
        self._heard += received
        while b"\x04" in self._heard:
            packet, _, self._heard = self._heard.partition(b"\x04")
            self._take(packet + b"\x04")
        return b""

    def _take(self, packet: bytes) -> None:
        match = self._PACKET.fullmatch(packet)
        if not match or int(match[4], 16) != sum(match[3]) & 0xFFFF:
            self.faults.append(packet)
            return
        if match[2].decode() not in {"00", self._address}:
            return
        body = match[3][1:-1]
        if not body.startswith(b"A0"):
            self.faults.append(packet)
        elif body == b"A0":
            self.shown = None
        else:
            self.shown = body.removeprefix(b"A0\x1b b").decode("ascii")


class DitelSign:
    """Answers each frame for its address; `refuses` makes it answer with an error code."""

    _FRAME = re.compile(rb"@([0-9]{2})ED([\x20-\x7e]{1,160})\*\r")

    def __init__(self, address: str = "01") -> None:
        self.shown: str | None = None
        self.refuses = False
        self._address = address.encode()
        self._heard = b""

    def hear(self, received: bytes) -> bytes:
        self._heard += received
        answer = b""
        while b"*\r" in self._heard:
            frame, _, self._heard = self._heard.partition(b"*\r")
            match = self._FRAME.fullmatch(frame[frame.find(b"@") :] + b"*\r")
            if match and match[1] == self._address:
                self.shown = None if self.refuses else match[2].decode().strip() or None
                answer += b"@" + self._address + (b"ED1*\r" if self.refuses else b"ED0*\r")
        return answer


class SegmentSign:
    """Digits, and A to F where it has `letters`; `shown` keeps the blanks between them."""

    def __init__(
        self,
        address: str = "01",
        end: bytes = b"\x03",
        digits: int = 6,
        *,
        letters: bool = False,
    ) -> None:
        self.shown: str | None = None
        self.faults: list[bytes] = []
        signs = b"0-9A-F -" if letters else b"0-9 -"
        self._frame = re.compile(rb"\x02%b([%b]{%d})" % (address.encode(), signs, digits))
        self._end = end
        self._heard = b""

    def hear(self, received: bytes) -> bytes:
        self._heard += received
        while self._end in self._heard:
            frame, _, self._heard = self._heard.partition(self._end)
            match = self._frame.fullmatch(frame)
            if match:
                self.shown = match[1].decode().strip() or None
            else:
                self.faults.append(frame)
        return b""
