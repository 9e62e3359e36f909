"""What must hold of a box's data after the power went amid people who were served."""

from __future__ import annotations

import subprocess
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from kiosk.domain.ticket import OPEN
from kiosk.service.queue_view import queue_view
from kiosk.store.examination import examine_database
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from pathlib import Path

    from kiosk.service.office import Office
    from tests.machine.guest import Guest
    from tests.machine.served_disk import ServedDisk


@contextmanager
def data_after_the_cut(disk: ServedDisk, chance: random.Random, folder: Path) -> Iterator[Office]:
    """What the box finds when it is switched on again."""
    disk.after_the_cut(chance, left := folder / "data.img")
    with mounted(left, folder / "data") as data:
        office = open_kiosk(Paths(data)).office
        with closing(office.database):
            yield office


def assert_kept(office: Office, said: dict[str, set[int]]) -> None:
    """All that was said is so, no number is with two people, and the file is whole."""
    tickets = {int(ticket.id): ticket for ticket in office.read(queue_view).tickets}
    assert examine_database(office.database.path).faults == ()
    assert said["taken"] <= tickets.keys()
    assert all(tickets[one].first_call for one in said["called"])
    assert all(tickets[one].outcome == "resolved" for one in said["resolved"])
    numbers = [ticket.number for ticket in tickets.values() if ticket.state in OPEN]
    assert len(numbers) == len(set(numbers))


def assert_well(box: Guest, said: dict[str, set[int]]) -> None:
    """It has started again: no unit has failed, and whoever was told a number is in the list."""
    assert box.run("systemctl --failed --plain --no-legend") == ""
    listed = box.run("kiosk ticket list --json")
    assert max(said["taken"], default=0) <= listed.count('"number"')


@contextmanager
def mounted(disk: Path, folder: Path) -> Iterator[Path]:
    """As the box mounts it when it is switched on again: the file system's journal is replayed."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "loop", disk, folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)
