"""How one process learns what another did: it follows the journal.

`PRAGMA data_version` tells whether another connection has committed, for a few microseconds and
without reading a page; looked at every 20 ms it wakes a follower well within 50 ms.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from kiosk.store import journal
from kiosk.store.database import connect

if TYPE_CHECKING:
    from kiosk.store.database import Database
    from kiosk.store.journal import Entry

LOOK_EVERY_S = 0.02


class Follower:
    """Reads the journal from an id on, with a connection of its own. For one thread."""

    def __init__(self, database: Database, after: int | None = None) -> None:
        """Follow from the entry `after` on; None means from now on. Raises `StoreError`."""
        self._database = database
        with database.translating():
            self._connection = connect(database.path)
            self.last = journal.newest(self._connection) if after is None else after
        self._version = -1

    def wait(self, timeout_s: float) -> list[Entry]:
        """What has happened since the last call; waits for it up to `timeout_s`, else nothing.

        Raises `StoreError`.
        """
        deadline = time.monotonic() + timeout_s
        while True:
            with self._database.translating():
                entries = self._look()
            remaining_s = deadline - time.monotonic()
            if entries or remaining_s <= 0:
                return entries
            time.sleep(min(LOOK_EVERY_S, remaining_s))

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def _look(self) -> list[Entry]:
        version = self._connection.execute("PRAGMA data_version").fetchone()[0]
        if version == self._version:
            return []
        self._version = version
        entries = journal.since(self._connection, self.last)
        if entries:
            self.last = entries[-1].id
            self._version = -1  # there may be more than one look returns
        return entries
