"""From the bytes of a scanner to scans: one for each line, with a bounded memory."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hardware.scanner.port import Scan

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_BYTES: Final = 64
"""So much of a line is kept; a longer one is no code, whatever follows."""

_ENDS = re.compile(rb"[\r\n]")
_CODE = re.compile(rb"[ \t]*([0-9]{4,12})[ \t]*")


class Framing:
    """Collects bytes until the end of a line: carriage return, line feed, or both."""

    def __init__(self) -> None:
        self._line = b""

    def feed(self, received: bytes, at_s: float) -> Iterator[Scan]:
        """The lines that end in these bytes; an empty one is none."""
        *ended, rest = _ENDS.split(received)
        for piece in ended:
            line, self._line = self._line + piece, b""
            if line.strip():
                match = _CODE.fullmatch(line)
                yield Scan(match[1].decode() if match else None, at_s)
        self._line = (self._line + rest)[: LONGEST_BYTES + 1]

    def forget(self) -> None:
        """Drop half a line, such as that of a scanner that was unplugged."""
        self._line = b""
