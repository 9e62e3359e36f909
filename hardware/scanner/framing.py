"""Framing of a scanner's bytes: one scan for each line, in a bounded buffer.

Readers may add to a code what they were set to: an AIM identifier before it (`]Q1`: a QR code), or
a frame of control characters (STX, ETX, GS, NUL).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hardware.scanner.port import Scan

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_BYTES: Final = 64
"""So much of a line is kept; a longer one is no code, whatever follows."""

_ENDS = re.compile(rb"[\r\n\x03]")
_AROUND = bytes(range(0x21))
"""Blanks and control characters."""

_CODE = re.compile(rb"(?:\][A-Za-z][0-9A-Za-z])?[\x00-\x20]*([0-9]{4,12})")


class Framing:
    """Collects bytes until the end of a line: carriage return, line feed, both, or ETX."""

    def __init__(self) -> None:
        self._line = b""

    def feed(self, received: bytes, at_s: float) -> Iterator[Scan]:
        """The lines that end in these bytes; an empty one is none."""
        *ended, rest = _ENDS.split(received)
        for piece in ended:
            line, self._line = (self._line + piece).strip(_AROUND), b""
            if line:
                match = _CODE.fullmatch(line)
                yield Scan(match[1].decode() if match else None, at_s)
        self._line = (self._line + rest)[: LONGEST_BYTES + 1]

    def forget(self) -> None:
        """Drop half a line, such as that of a scanner that was unplugged."""
        self._line = b""
