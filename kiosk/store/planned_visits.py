"""Table of the imported year plan; the profile's own hours stand in the profile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from kiosk.domain.local_time import BERLIN
from kiosk.domain.timetable import PlannedVisit
from kiosk.store.table import Table

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from kiosk.domain.ids import PartnerId, StopId, TopicId


@dataclass(frozen=True, slots=True)
class _Row:
    """A planned visit, day and hours apart."""

    date: date
    begins: time
    ends: time
    stop: StopId
    partners: tuple[PartnerId, ...]
    topics: tuple[TopicId, ...]
    source: str
    uid: str
    cancelled: bool
    note: str
    repetition: str
    sequence: int | None

    def visit(self) -> PlannedVisit:
        begins, ends = (datetime.combine(self.date, t, BERLIN) for t in (self.begins, self.ends))
        return PlannedVisit(
            self.stop,
            begins,
            ends,
            self.partners,
            self.topics,
            self.source,
            self.uid,
            self.cancelled,
            self.note,
            self.repetition,
            self.sequence,
        )


_TABLE = Table("planned_visit", _Row)


def between(connection: sqlite3.Connection, first: date, last: date) -> list[PlannedVisit]:
    """The visits planned from `first` to `last`, both included."""
    within = "WHERE date BETWEEN ? AND ? ORDER BY date, begins, ends, stop"
    rows = _TABLE.all(connection, within, first.isoformat(), last.isoformat())
    return [row.visit() for row in rows]


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether nothing was ever imported."""
    return connection.execute("SELECT 1 FROM planned_visit LIMIT 1").fetchone() is None


def replace_coming(
    connection: sqlite3.Connection, visits: Iterable[PlannedVisit], today: date
) -> None:
    """Plan these visits in place of everything that is planned from today on."""
    _TABLE.delete(connection, "WHERE date >= ?", today.isoformat())
    for visit in visits:
        _TABLE.put(connection, _row(visit))


def _row(visit: PlannedVisit) -> _Row:
    return _Row(
        visit.day,
        visit.begins.time(),
        visit.ends.time(),
        visit.stop,
        visit.partners,
        visit.topics,
        visit.source,
        visit.uid,
        visit.cancelled,
        visit.note,
        visit.repetition,
        visit.sequence,
    )
