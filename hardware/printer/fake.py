"""Fake printer, in memory."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from hardware.errors import PrinterNotReady
from hardware.plug import Plug

if TYPE_CHECKING:
    from PIL.Image import Image

    from hardware.trouble import Trouble

MOST_REMEMBERED = 1000
"""A fake may run for weeks on a desk: it forgets the oldest."""


class FakePrinter:
    """Keeps the slips; `reports` is the trouble that it tells."""

    def __init__(self) -> None:
        self.plug = Plug("printer")
        self.reports: Trouble | None = None
        self.slips: deque[Image] = deque(maxlen=MOST_REMEMBERED)

    def open(self) -> None:
        self.plug.open()

    def close(self) -> None:
        self.plug.close()

    def trouble(self) -> Trouble | None:
        self.plug.require()
        return self.reports

    def print_slip(self, picture: Image) -> None:
        self.plug.require()
        if self.reports and not self.reports.harmless:
            raise PrinterNotReady("printer", self.reports)
        self.slips.append(picture)

    def forget(self) -> None:
        self.plug.require()
        self.slips.clear()
