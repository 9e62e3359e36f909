"""Upload queue: store and forward. What is acknowledged is written down, everything else waits.

The queue is the ledger itself, so nothing of it can be lost before it was sent. A try is noted
before it is made: whatever the power cuts off, the next run asks the server first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import structs

from kiosk.export.errors import ExportError, PackageRefused, SomethingElseThere, Unreachable
from kiosk.export.targets.port import Receipt
from kiosk.export.targets.zip_archive import build_archive
from kiosk.export.upload.errors import ClockNotSet
from kiosk.export.upload.pauses import pause_s
from kiosk.export.upload.state import (
    Backoff,
    read_backoff,
    upload_status,
    write_backoff,
)
from kiosk.store import uploads
from kiosk.store.uploads import Upload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from kiosk.domain.moment import Moment
    from kiosk.export.package import Package
    from kiosk.export.targets.port import Target
    from kiosk.store.database import Database


@dataclass(frozen=True, slots=True)
class Sent:
    """A period that has arrived."""

    period: str
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class UploadQueue:
    """The packages for one target, which `address` names in the database.

    `build` makes the package of a period.
    """

    database: Database
    address: str
    target: Target
    build: Callable[[str], Package]
    now: Callable[[], Moment]
    chance: Random

    def send(self) -> Iterator[Sent]:
        """Send what waits, oldest first, telling what has arrived.

        Raises `ClockNotSet`, and the first `ExportError` once those that it does not concern are
        delivered.
        """
        try:
            self._check_clock()
            yield from self._deliver_all()
        except (ClockNotSet, ExportError) as error:
            self._note_failure(error)
            raise
        with self.database.write() as connection:
            write_backoff(connection, Backoff(self.address))

    def _check_clock(self) -> None:
        if not self.now().trusted:
            raise ClockNotSet

    def _deliver_all(self) -> Iterator[Sent]:
        with self.database.read() as connection:
            waiting = upload_status(connection, self.address).waiting
        refused: PackageRefused | None = None
        for period in waiting:
            try:
                yield Sent(period, self._deliver(period, self.build(period)))
            except PackageRefused as error:
                refused = refused or error
        if refused:
            raise refused

    def _deliver(self, period: str, package: Package) -> Receipt:
        sha256 = build_archive(package).sha256
        with self.database.write() as connection:
            tried = Upload(self.address, period, sha256, self.now().wall)
            uploads.note_try(connection, tried)
        try:
            receipt = self.target.put(package)
        except SomethingElseThere as error:
            # Before an update the same period had other bytes, and their receipt was lost.
            if not self._was_tried(period, error.sha256):
                raise
            sha256, receipt = error.sha256, Receipt(error.target)
        with self.database.write() as connection:
            uploads.acknowledge(connection, self.address, period, sha256, self.now().wall)
        return receipt

    def _was_tried(self, period: str, sha256: str) -> bool:
        with self.database.read() as connection:
            return uploads.was_tried(connection, self.address, period, sha256)

    def _note_failure(self, error: ClockNotSet | ExportError) -> None:
        # What the power takes of this costs no more than one try.
        with self.database.write(synced=False) as connection:
            before, now = read_backoff(connection, self.address), self.now().wall
            after = structs.replace(before, last_error=str(error))
            if isinstance(error, ExportError):
                failures = before.failures + (not isinstance(error, Unreachable))
                not_before = now + timedelta(seconds=pause_s(failures, error, self.chance))
                after = structs.replace(after, failures=failures, not_before=not_before)
            if after != before:
                write_backoff(connection, after)
