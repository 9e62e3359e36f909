"""Upkeep of the write-ahead log: checkpoints while idle, truncated after a visit was deleted."""

from __future__ import annotations

import logging
import math
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kiosk.domain.visit_events import VisitClosed, VisitCounted, VisitOpened
from kiosk.store.errors import UNWRITABLE, DatabaseBusy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.store.database import Database
    from kiosk.store.journal import Entry

IDLE_S = 0.2
"""So long nothing may have happened before the log is folded into the database."""

FOLD_EVERY_S = 60.0
"""So much of a day a damaged sector in the WAL can take at most; each time costs some syncs."""

_log = logging.getLogger(__name__)


@contextmanager
def log_unwritable(what: str) -> Iterator[None]:
    """Log what the disk does not take now: no reason to end calls and buttons."""
    try:
        yield
    except UNWRITABLE as error:
        _log.warning("Not kept: %s: %s", what, error)


class WalUpkeep:
    """What of the write-ahead log is still to be folded into the database, and when."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._residue = True  # a process killed while it closed a visit may have left some
        self._pending = True
        self._fold_due_s = math.inf

    def note(self, entries: list[Entry]) -> None:
        """New entries are in the log: to be folded when idle, and within a minute all of them."""
        self._pending |= bool(entries)
        deleting = VisitClosed | VisitCounted | VisitOpened  # the last: sheets before the visit
        self._residue |= any(isinstance(e.event, deleting) for e in entries)
        if entries and self._fold_due_s == math.inf:
            self._fold_due_s = time.monotonic() + FOLD_EVERY_S

    def rest_s(self, most_s: float) -> float:
        """How long the process may wait for entries before it calls `run`."""
        due_s = max(0.0, self._fold_due_s - time.monotonic())
        return min(due_s, IDLE_S if self._pending else most_s)

    def run(self) -> None:
        """Checkpoint; what a closed visit deleted leaves the log too."""
        self._pending = False
        with log_unwritable("the write-ahead log, folded into the database"):
            try:
                self._fold()
            except DatabaseBusy:
                _log.info("The write-ahead log is folded later: another process writes.")
                self._pending = True

    def _fold(self) -> None:
        if self._residue:
            self._residue = self._pending = not self._database.truncate_wal()
        elif time.monotonic() >= self._fold_due_s:
            self._fold_due_s = time.monotonic() + FOLD_EVERY_S
            self._database.fold_wal()
            self._fold_due_s = math.inf
        else:
            self._database.checkpoint()
