"""The power goes while slips are printed: of what was not synced, no loss does harm.

The disk after a cut is the database file with the WAL as far as the last sync, or with so many more
frames as happened to reach the disk.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from kiosk.service import citizens
from kiosk.service.office import Office
from kiosk.service.paper import NoPaper
from kiosk.store.database import Database
from kiosk.store.migrator import PAGE_BYTES
from tests.panel.bus import Bus, running
from tests.town import TOWN
from tests.waiting import eventually

if TYPE_CHECKING:
    from pathlib import Path

FRAME_BYTES = 24 + PAGE_BYTES


def wal_of(database: Path) -> Path:
    return database.with_name(f"{database.name}-wal")


def disk_after_cut(folded: bytes, wal: bytes, folder: Path) -> Path:
    """What is left when so much of the WAL has reached the disk."""
    folder.mkdir()
    left = folder / "kiosk.db"
    left.write_bytes(folded)
    wal_of(left).write_bytes(wal)
    return left


@pytest.mark.slow  # a panel for each place where the power may cut
@pytest.mark.parametrize("spoken", [False, True])
def test_paper_and_calls_come_once_wherever_the_power_cuts_the_unsynced_rest(
    bus: Bus, tmp_path: Path, *, spoken: bool
) -> None:
    database = bus.office.database.path
    opened_bytes = wal_of(database).stat().st_size
    with running(bus):
        eventually(lambda: bus.ready("printer"))
        eventually(lambda: 0 < wal_of(database).stat().st_size < opened_bytes, "a folded WAL")
        begun_bytes = wal_of(database).stat().st_size
        ticket = bus.take()
        if spoken:
            bus.call()
        synced_bytes = wal_of(database).stat().st_size
        eventually(lambda: bus.slips() == [("A-001", "printed")])
        if spoken:
            eventually(lambda: bus.speaker.heard)
        folded, wal = database.read_bytes(), wal_of(database).read_bytes()
    bus.now.cut_power()
    cuts = range(begun_bytes, len(wal) + 1, FRAME_BYTES)
    assert synced_bytes in cuts[:-1], "paper and calls are written behind what was synced"
    for number, cut in enumerate(cuts):
        left = disk_after_cut(folded, wal[:cut], tmp_path / str(number))
        with closing(Database.open(left)) as opened:
            after = Bus(Office(opened, TOWN), bus.now)
            known = after.office.read(citizens.ticket_by_id, ticket.id, bus.now())
            assert known or cut < synced_bytes, "a number that was shown is gone"
            states = started_again(after, known)
        assert states <= {"printed", NoPaper.TOO_LATE, NoPaper.UNCONFIRMED}


def started_again(bus: Bus, known: object) -> set[str]:
    """What is told of the paper then; nothing comes out of a device."""
    with running(bus):
        eventually(lambda: bus.ready("printer"))
        eventually(lambda: bus.slips() or not known)
    assert not bus.printer.slips, "a second slip for one ticket"
    assert not bus.speaker.heard, "a call from before the cut"
    return {state for _, state in bus.slips()}
