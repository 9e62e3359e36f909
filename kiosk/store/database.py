"""Connections to the one file, and the two ways to use them: read a snapshot, or write one action.

Every write is one `BEGIN IMMEDIATE` transaction and, in WAL mode with `synchronous=FULL`, one disk
sync at its commit; what a power cut may take does without (`synchronous=NORMAL`). Checkpoints cost
further syncs, so they never happen inside an action: automatic ones are off, and `checkpoint` does
them when a process is at rest.
"""

from __future__ import annotations

import random
import sqlite3
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from kiosk.store import lost_numbers, migrator, recognition, series
from kiosk.store.commit_socket import CommitNotifier
from kiosk.store.errors import FAULTS, UNWRITABLE, DatabaseMissing, StoreError, translated
from kiosk.store.high_water_mark import HighWaterMark
from kiosk.store.visit_cache import Connection
from kiosk.system.disk_probe import write_fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

__all__ = ["Connection", "Database", "connect", "connect_bare", "connect_recognised"]

BUSY_TIMEOUT_S = 10.0
CHECKPOINT_TIMEOUT_MS = 200
LOOK_AGAIN_S = (0.0005, 0.003)
"""How long a writer sleeps before it looks again whether it is its turn; drawn by chance."""

WAL_LIMIT_BYTES = 4 * 1024 * 1024

_PRAGMAS = (
    f"PRAGMA page_size = {migrator.PAGE_BYTES}",  # of a new file
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA wal_autocheckpoint = 0",
)


class Database:
    """One process's connection; threads take turns."""

    def __init__(self, path: Path, connection: Connection) -> None:
        self.path = path
        self._connection = connection
        self._turn = threading.Lock()
        self._synced = True
        self.write_fault: StoreError | None = None
        self._notifier = CommitNotifier(path)
        self._schedule_notification = self.notify
        self._mark = HighWaterMark(path)
        connection.execute("PRAGMA busy_timeout = 0")

    @classmethod
    def create(cls, path: Path) -> Database:
        """Make the file if it is missing, and open it."""
        if path.exists():
            return cls.open(path)
        path.touch(mode=0o660)
        return cls._open(path, connect)

    @classmethod
    def open(cls, path: Path) -> Database:
        """Open an existing file and bring its tables up to date. Raises `StoreError`."""
        if not path.exists():
            raise DatabaseMissing(path, "there is no database")
        return cls._open(path, connect_recognised)

    @classmethod
    def _open(cls, path: Path, connected: Callable[[Path], Connection]) -> Database:
        marked = HighWaterMark(
            path
        ).read()  # before the file: then it cannot be ahead of it by itself
        try:
            connection = connected(path)
            with _closed_on_failure(connection):
                migrator.apply(connection, path)
        except (*FAULTS, KeyError) as error:  # a damaged schema may lack a column
            raise translated(error, path) from error
        database = cls(path, connection)
        with _closed_on_failure(connection):
            database._jump_over_lost(marked)
        return database

    def close(self) -> None:
        """Let go of the file; the last process out folds the WAL into it."""
        with self._turn:
            self._connection.close()
            self._notifier.close()

    @contextmanager
    def write(self, *, synced: bool = True) -> Iterator[Connection]:
        """One action: everything in the block is committed and synced at its end, or nothing is.

        Not `synced` it may be lost when the power goes before the next action that is, and only
        then: a killed process loses nothing. After the commit it wakes all followers of the
        journal; see `notified_by`.
        """
        try:
            with self._transaction(lambda: self._begin_writing(synced=synced)) as connection:
                before = connection.total_changes
                yield connection
                changed = connection.total_changes != before
        except UNWRITABLE as error:
            self.write_fault = error
            raise
        if changed:
            self.write_fault = None
            self._schedule_notification()

    def notify(self) -> None:
        """Wake all followers of the journal."""
        self._notifier.notify()

    @contextmanager
    def notified_by(self, schedule: Callable[[], None]) -> Iterator[None]:
        """In the block a commit calls `schedule`, in the writing thread, which is to `notify`."""
        self._schedule_notification = schedule
        try:
            yield
        finally:
            self._schedule_notification = self.notify

    def probe_disk(self) -> bool:
        """Whether the disk took what was written last, or takes something again now."""
        if self.write_fault and write_fault(self.path.parent) is None:
            self.write_fault = None
        return self.write_fault is None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A snapshot: all queries in the block see the same state."""
        with self._transaction(self._begin_reading) as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: Callable[[], object]) -> Iterator[Connection]:
        with self._turn, self.translate_errors():
            connection, done = self._connection, False
            try:
                _as_soon_as_free(begin)
                yield connection
                connection.execute("COMMIT")
                done = True
                if connection.drawn or connection.forgotten:
                    self._mark.save(connection.drawn, connection.forgotten)
            finally:
                connection.drawn.clear()
                connection.forgotten.clear()
                connection.visit_cache.end(rolled_back=not done)
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def _jump_over_lost(self, marked: Mapping[str, int]) -> None:
        """Give no number again that is on paper, although the file has lost it."""
        with self._turn, self.translate_errors():
            behind = lost_numbers.series_behind(self._connection, marked) if marked else {}
        if behind:
            with suppress(*UNWRITABLE), self.write() as connection:
                lost_numbers.skip_to_mark(connection, marked)

    def _begin_writing(self, *, synced: bool) -> None:
        if synced != self._synced:
            self._connection.execute(f"PRAGMA synchronous = {'FULL' if synced else 'NORMAL'}")
            self._synced = synced
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.visit_cache.begin()

    def _begin_reading(self) -> None:
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN")
        self._connection.visit_cache.begin()
        _ = self._connection.cache  # the first read takes the snapshot, or finds the file busy

    @contextmanager
    def translate_errors(self) -> Iterator[None]:
        """SQLite's errors in the block become ours, for connections beside this one too."""
        try:
            yield
        except FAULTS as error:
            raise translated(error, self.path) from error

    def checkpoint(self) -> None:
        """Fold a long WAL into the file. For moments of rest: this syncs."""
        wal = self.path.with_name(self.path.name + "-wal")
        if wal.exists() and wal.stat().st_size > WAL_LIMIT_BYTES:
            self._run_checkpoint("PASSIVE")

    def fold_wal(self) -> None:
        """Fold all of the WAL into the file: what is there, no damage to the WAL takes any more."""
        self._run_checkpoint("PASSIVE")

    def truncate_wal(self) -> bool:
        """Fold the WAL into the file and empty it, so that deleted rows leave no copy there.

        Says whether it could: a reader in another process may be in the way for a moment.
        """
        return self._run_checkpoint("TRUNCATE")

    def _run_checkpoint(self, mode: str) -> bool:
        with self._turn, self.translate_errors():
            # Waiting here for a reader would keep writers out: try again later instead.
            self._connection.execute(f"PRAGMA busy_timeout = {CHECKPOINT_TIMEOUT_MS}")
            busy = self._connection.execute(f"PRAGMA wal_checkpoint({mode})").fetchone()[0]
            self._connection.execute("PRAGMA busy_timeout = 0")
            # The first write to a fresh WAL syncs its header too: not while a citizen waits.
            _as_soon_as_free(lambda: series.next_value(self._connection, "checkpoint"))
            self._connection.drawn.clear()
            return not busy


def _as_soon_as_free(attempt: Callable[[], object]) -> None:
    """Try again while another process is in the way."""
    # SQLite itself sleeps ever longer, up to 100 ms: among many writers it passes some over until
    # they time out. Looking often and by chance, each gets its turn.
    deadline_s = time.monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            attempt()
        except sqlite3.OperationalError as error:
            if not _is_busy(error) or time.monotonic() > deadline_s:
                raise
        else:
            return
        time.sleep(random.uniform(*LOOK_AGAIN_S))  # noqa: S311 - no secret


def connect(path: Path) -> Connection:
    """A bare connection with the house's settings; transactions are begun by hand."""
    connection = connect_bare(path)
    with _closed_on_failure(connection):
        _settle(connection)
    return connection


def connect_recognised(path: Path) -> Connection:
    """The same to a file that is this box's; any other is refused before the settings change it.

    Raises `DatabaseEmptied`, `NewerDatabase`.
    """
    recognition.check_not_emptied(path)
    connection = connect_bare(path)
    with _closed_on_failure(connection):
        recognition.check_recognised(connection, path)
        _settle(connection)
    return connection


def connect_bare(path: Path) -> Connection:
    """Without those settings, some of which are kept in the file."""
    connection = Connection(
        path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    return connection


def _settle(connection: Connection) -> None:
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY  # the rest says why


@contextmanager
def _closed_on_failure(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise
