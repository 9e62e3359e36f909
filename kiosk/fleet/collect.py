"""Collection of packages from folders and sticks, in transactions of many packages each."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

from kiosk.fleet.intake import take_in
from kiosk.fleet.received import read_folder
from kiosk.fleet.schema import deliveries, storable
from kiosk.fleet.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from kiosk.fleet.database import FleetDatabase
    from kiosk.fleet.received import Received
    from kiosk.fleet.verdict import IntakeResult

BATCH: Final = 100
"""A kill loses at most so many, which still lie where they were."""


@dataclass(slots=True)
class CollectedFolder:
    """What became of the packages of a folder; `refused` are in full, the others counted."""

    place: str
    taken: int = 0
    known: int = 0
    refused: list[IntakeResult] = field(default_factory=list)

    def add(self, result: IntakeResult) -> None:
        self.taken += result.verdict is Verdict.TAKEN
        self.known += result.verdict is Verdict.KNOWN
        if result.verdict.is_refusal:
            self.refused.append(result)


def collect_folder(
    database: FleetDatabase,
    folder: Path,
    clock: Callable[[], datetime],
    on_result: Callable[[IntakeResult], None],
) -> CollectedFolder:
    """Take in what lies in a folder. Raises `NotReadable`, `FleetDatabaseError`."""
    collected = CollectedFolder(str(folder))
    for batch in _batches(read_folder(folder)):
        with database.write() as connection:
            results = take_in(connection, batch, clock())
        for result in results:
            collected.add(result)
            on_result(result)
    with database.write() as connection:
        connection.execute(
            deliveries.insert().values(
                at=clock(),
                place=storable(collected.place),
                taken=collected.taken,
                known=collected.known,
                refused=len(collected.refused),
            )
        )
    return collected


def _batches(packages: Iterator[Received]) -> Iterator[list[Received]]:
    while batch := list(islice(packages, BATCH)):
        yield batch
