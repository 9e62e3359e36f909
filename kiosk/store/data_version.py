"""Data version: whether any connection has committed, in microseconds, without reading a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.store.database import connect

if TYPE_CHECKING:
    from kiosk.store.database import Connection, Database


class DataVersion:
    """On a connection of its own, which never writes: another number after each commit."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Connection | None = None

    def now(self) -> int:
        """Raises `StoreError`."""
        with self._database.translate_errors():
            if self._connection is None:
                self._connection = connect(self._database.path)
            version: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return version

    def close(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None
