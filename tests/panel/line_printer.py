"""A printer with a line protocol of its own: a picture as one line of text, answered when cut."""

from __future__ import annotations

import base64
import time
from typing import TYPE_CHECKING

from PIL import Image

from hardware.errors import DeviceSilent
from hardware.printer.port import PrinterStatus
from hardware.serial_line import SerialLine

if TYPE_CHECKING:
    from pathlib import Path

WITHIN_S = 5.0


class LinePrinter:
    """The driver."""

    def __init__(self, port: Path) -> None:
        self._line = SerialLine("printer", str(port), 115200)

    def open(self) -> None:
        self._line.open()

    def close(self) -> None:
        self._line.close()

    def status(self) -> PrinterStatus:
        return PrinterStatus.READY

    def print_slip(self, picture: Image.Image) -> None:
        self._line.forget_received()
        size = f"{picture.width} {picture.height} ".encode()
        self._line.write(b"\n" + size + base64.b64encode(picture.tobytes()) + b"\n", WITHIN_S)
        deadline_s = time.monotonic() + WITHIN_S
        while b"K" not in self._line.read(0.1):
            if time.monotonic() > deadline_s:
                raise DeviceSilent("printer", WITHIN_S)

    def forget(self) -> None:
        pass


class LinePaper:
    """The far end: keeps what was cut."""

    def __init__(self) -> None:
        self.slips: list[Image.Image] = []
        self._begun = bytearray()

    def hear(self, received: bytes) -> bytes:
        self._begun += received
        *lines, rest = self._begun.split(b"\n")
        self._begun = bytearray(rest)
        return b"K" * sum(map(self._printed, lines))

    def _printed(self, line: bytes) -> bool:
        match line.split(b" "):
            case [width, height, dots]:
                size = int(width), int(height)
                try:
                    whole = base64.b64decode(dots, validate=True)
                    self.slips.append(Image.frombytes("1", size, whole))
                except ValueError:  # torn
                    return False
                return True
        return False
