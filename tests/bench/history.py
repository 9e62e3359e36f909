"""Devices to measure: a new one, and one with years behind it."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from kiosk.counts.close import close_now
from kiosk.paths import Paths
from kiosk.service.office import Office
from kiosk.setup import create_device
from kiosk.simulation import simulate_days
from kiosk.wiring import open_kiosk

CITIZENS_PER_VISIT = 30


def devices(folder: Path, past_tickets: int) -> Iterator[tuple[str, Path]]:
    """The data folders, with a title each."""
    new = folder / "new"
    create_device(Paths(new), "gelsenkirchen")
    old = folder / "old"
    shutil.copytree(new, old)
    yield "new device", new
    if past_tickets:
        began = time.monotonic()
        live(open_kiosk(Paths(old)).office, past_tickets)
        seconds = time.monotonic() - began
        yield f"{past_tickets} past tickets (lived in {seconds:.0f} s)", old
