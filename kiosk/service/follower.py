"""Follower of the journal: how one process learns what another did.

It sleeps until a writer's notification (`store/commit_socket`) or, should one be lost, until a slow
poll. `PRAGMA data_version` tells in microseconds and without reading a page whether another
connection has committed.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from kiosk.store import journal
from kiosk.store.commit_socket import CommitSocket
from kiosk.store.database import connect

if TYPE_CHECKING:
    from kiosk.store.database import Database
    from kiosk.store.journal import Entry

SLOW_POLL_S = 1.0
"""The longest that a lost notification delays a follower."""


class Follower:
    """Reads the journal from an id on, with a connection of its own. For one thread."""

    def __init__(self, database: Database, after: int | None = None) -> None:
        """Follow from the entry `after` on; None means from now on. Raises `StoreError`."""
        self._database = database
        with database.translate_errors():
            self._connection = connect(database.path)
            self.last = journal.newest(self._connection) if after is None else after
        self._version = -1
        self._commits = CommitSocket(database.path)

    def wait(self, timeout_s: float) -> list[Entry]:
        """What has happened since the last call; waits for it up to `timeout_s`, else nothing.

        Raises `StoreError`. With a timeout of 0 it never begins to listen for commits.
        """
        deadline = time.monotonic() + timeout_s
        while True:
            with self._database.translate_errors():
                entries = self._look()
            remaining_s = deadline - time.monotonic()
            if entries or remaining_s <= 0:
                return entries
            if not self._commits.wait(min(SLOW_POLL_S, remaining_s)):
                return []

    def interrupt(self) -> None:
        """End the wait under way, or else the next one; from any thread or signal handler."""
        self._commits.interrupt()

    def close(self) -> None:
        self._connection.close()
        self._commits.close()

    def _look(self) -> list[Entry]:
        version = self._connection.execute("PRAGMA data_version").fetchone()[0]
        if version == self._version:
            return []
        self._version = version
        entries = journal.since(self._connection, self.last)
        if entries:
            self.last = entries[-1].id
        if len(entries) == journal.MOST_AT_ONCE:
            self._version = -1  # there may be more
        return entries
