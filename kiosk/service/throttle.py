"""Throttle: after some free tries each further wrong one costs a pause, longer each time.

Counted per source and kept in the database, so that a restart or another door does not help.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

import msgspec

from kiosk.domain.moment import Moment
from kiosk.store import key_values

if TYPE_CHECKING:
    from kiosk.store.database import Connection

_MOST_SOURCES = 200
_MOST_DOUBLINGS = 16


class _Tries(msgspec.Struct, frozen=True):
    count: int
    last: str

    def age_s(self, now: Moment) -> float:
        """Seconds since the last one; over a power cut, at least since the start."""
        age_s = now.seconds_since(Moment.from_text(self.last))
        return now.boot_s if age_s is None else age_s


@dataclass(frozen=True, slots=True)
class Throttle:
    """Wrong tries of one kind, stored under `key`; a source is an address, or empty for all."""

    key: str
    free: int
    first_pause_s: float
    longest_pause_s: float
    forgotten_after_s: float

    def pause_s(self, connection: Connection, now: Moment, source: str = "") -> int:
        """Whole seconds that this source has to wait still; 0 when it may try."""
        tries = self._read(connection, now).get(source)
        if tries is None or tries.count < self.free:
            return 0
        doublings = min(tries.count - self.free, _MOST_DOUBLINGS)
        pause_s = min(self.first_pause_s * (1 << doublings), self.longest_pause_s)
        return max(0, ceil(pause_s - tries.age_s(now)))

    def tries(self, connection: Connection, now: Moment, source: str = "") -> int:
        """How many wrong ones of this source are not forgiven."""
        tries = self._read(connection, now).get(source)
        return tries.count if tries else 0

    def count(self, connection: Connection, now: Moment, source: str = "") -> None:
        self._add(connection, now, source, 1)

    def take_back(self, connection: Connection, now: Moment, source: str = "") -> None:
        """The last try was right after all."""
        self._add(connection, now, source, -1)

    def forgive(self, connection: Connection, now: Moment, source: str) -> None:
        tries = self._read(connection, now)
        tries.pop(source, None)
        self._store(connection, tries)

    def forget_old(self, connection: Connection, now: Moment) -> None:
        """Delete the sources whose tries are forgiven by now: some are addresses."""
        self._store(connection, self._read(connection, now))

    def _add(self, connection: Connection, now: Moment, source: str, step: int) -> None:
        tries = self._read(connection, now)
        before = tries[source].count if source in tries else 0
        tries[source] = _Tries(max(0, before + step), now.as_text())
        self._store(connection, tries)

    def _read(self, connection: Connection, now: Moment) -> dict[str, _Tries]:
        stored = msgspec.json.decode(
            key_values.get(connection, self.key) or "{}", type=dict[str, _Tries]
        )
        return {
            source: tries
            for source, tries in stored.items()
            if tries.age_s(now) < self.forgotten_after_s
        }

    def _store(self, connection: Connection, tries: dict[str, _Tries]) -> None:
        most = sorted(tries, key=lambda source: tries[source].count, reverse=True)[:_MOST_SOURCES]
        newest = {source: tries[source] for source in most}
        key_values.put(connection, self.key, msgspec.json.encode(newest).decode())
