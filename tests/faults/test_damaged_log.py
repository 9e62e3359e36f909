"""A damaged sector in the write-ahead log: no number is given twice, and it is told."""

from pathlib import Path

import pytest

from tests.faults.conftest import box, places_of
from tests.faults.fault_reports import Fault, Places
from tests.system.bus import Bus
from tests.waiting import eventually

pytestmark = pytest.mark.slow

TAKEN, SECTOR_BYTES = 8, 512


def test_a_damaged_log(tmp_path: Path) -> None:
    with box(tmp_path / "data") as bus, places_of(bus) as places:
        token = places.token
        numbers = [taken(places) for _ in range(TAKEN)]
        bus.cut_power()
    wal = bus.data / "kiosk.db-wal"
    with wal.open("r+b") as file:
        file.seek(wal.stat().st_size // 2 // SECTOR_BYTES * SECTOR_BYTES)
        file.write(b"\xa5" * SECTOR_BYTES)
    with Bus(bus.data, pin=bus.pin) as again, places_of(again, token=token, well=False) as places:
        fault = Fault("A sector of the write-ahead log is damaged while the box is off")
        fault.await_report("staff page, bar", places.staff_bar)
        fault.await_report("/metrics", lambda: lost(places.metric("numbers_lost")))
        fault.await_report("kiosk doctor", lambda: places.doctor("lost_numbers"))
        if places.get("/state").json()["visit"] is None:
            places.post("/visit/open")
        fresh = taken(places)
        assert fresh not in numbers
        fault.await_report("the next number", lambda: f"{fresh}, after {numbers[-1]} on paper")
        eventually(lambda: places.health() is None, "a healthy box")
    fault.keep()


def taken(places: Places) -> str:
    """The number of a new ticket."""
    return str(places.post("/tickets", {"topic": "orientierung"}).json()["number"])


def lost(line: str | None) -> str | None:
    return line if line and not line.endswith(" 0") else None
