"""Devices to measure: a new one, and one with years behind it."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kiosk.counts.close import close_periods
from kiosk.counts.ledger_entry import ledger_names
from kiosk.operate.setup import create_device
from kiosk.operate.simulation.days import simulate_days
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk

CITIZENS_PER_VISIT = 30
FIRST_DAY = date(2010, 1, 4)
MEMORY = Path("/dev/shm")  # noqa: S108 - a disk whose syncs are free, for the years before


def devices(folder: Path, past_tickets: int) -> Iterator[tuple[str, Path]]:
    """The data folders, with a title each."""
    new = folder / "new"
    create_device(Paths(new), "gelsenkirchen")
    yield "new device", new
    if past_tickets:
        began = time.monotonic()
        old = aged(folder, past_tickets)
        yield f"{past_tickets} past tickets (lived in {time.monotonic() - began:.0f} s)", old


def aged(folder: Path, past_tickets: int) -> Path:
    """A device that has served so many people, by the same use cases, and closed its counts."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as fast:
        data = Path(fast) / "old"
        create_device(Paths(data), "gelsenkirchen")
        kiosk = open_kiosk(Paths(data))
        visits = past_tickets // CITIZENS_PER_VISIT
        simulate_days(kiosk.office, visits, CITIZENS_PER_VISIT, seed=1, first_day=FIRST_DAY)
        names = ledger_names(kiosk.office.profile, "bench", simulated=True)
        close_periods(kiosk.office.database, names, kiosk.now())
        kiosk.office.database.close()
        return Path(shutil.copytree(data, folder / "old"))
