"""What the requests of one server share: the database, its clock, and who is uploading now."""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kiosk.fleet.status import fleet_status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from kiosk.fleet.database import FleetDatabase
    from kiosk.fleet.status import FleetStatus

MOST_UPLOADS: Final = 4
"""At a time, of all boxes: each may hold a whole archive on disk and in memory."""

MOST_DOWNLOADS: Final = 20
"""At a time: each takes a connection for as long as its line needs, and uploads need some too."""

_STATUS_S: Final = 5.0


class Busy(Exception):
    """Too much is going on; `of_box` says that the box itself is uploading already."""

    def __init__(self, *, of_box: bool) -> None:
        super().__init__()
        self.of_box = of_box


class FleetContext:
    """Used from one event loop; what asks the database runs in threads."""

    def __init__(self, database: FleetDatabase, now: Callable[[], datetime], data: Path) -> None:
        self.database, self.now, self.data = database, now, data
        self._downloads = 0
        self._uploading: set[str] = set()
        self._status: tuple[float, FleetStatus] | None = None
        self._status_lock = asyncio.Lock()

    @property
    def may_download(self) -> bool:
        """Whether one more box can fetch an update now."""
        return self._downloads < MOST_DOWNLOADS

    @contextmanager
    def downloading(self) -> Iterator[None]:
        """As long as a box fetches an update."""
        self._downloads += 1
        try:
            yield
        finally:
            self._downloads -= 1

    @contextmanager
    def uploading(self, device: str) -> Iterator[None]:
        """One upload of a box at a time, and few of all. Raises `Busy`."""
        if device in self._uploading:
            raise Busy(of_box=True)
        if len(self._uploading) >= MOST_UPLOADS:
            raise Busy(of_box=False)
        self._uploading.add(device)
        try:
            yield
        finally:
            self._uploading.discard(device)
            self.forget_status()

    def forget_status(self) -> None:
        """Something came in: the next who asks is told so."""
        self._status = None

    async def status(self) -> FleetStatus:
        """Read anew after an upload, else as of some seconds ago at most, however many ask."""
        async with self._status_lock:
            if self._status is None or time.monotonic() - self._status[0] > _STATUS_S:
                found = await asyncio.to_thread(self._read_status)
                self._status = time.monotonic(), found
            return self._status[1]

    def _read_status(self) -> FleetStatus:
        with self.database.read() as connection:
            return fleet_status(connection, self.now().date())
