"""The imported year plan; the profile's own hours stand in the profile."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from kiosk.domain.local_time import BERLIN
from kiosk.domain.timetable import PlannedVisit

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

_COLUMNS = "date, begins, ends, stop, partners, topics, source, uid, cancelled, note"


def between(connection: sqlite3.Connection, first: date, last: date) -> list[PlannedVisit]:
    """The visits planned from `first` to `last`, both included."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM planned_visit WHERE date BETWEEN ? AND ?"  # noqa: S608 - our names
        " ORDER BY date, begins, ends, stop",
        (first.isoformat(), last.isoformat()),
    )
    return [_visit(row) for row in rows]


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether nothing was ever imported."""
    return connection.execute("SELECT 1 FROM planned_visit LIMIT 1").fetchone() is None


def insert(connection: sqlite3.Connection, visits: Iterable[PlannedVisit]) -> None:
    """Plan visits; one takes the place of another at the same stop and time."""
    connection.executemany(
        f"INSERT OR REPLACE INTO planned_visit ({_COLUMNS})"  # noqa: S608 - our names
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [_row(visit) for visit in visits],
    )


def forget_source(connection: sqlite3.Connection, source: str, today: date) -> None:
    """Drop what a file has planned from today on."""
    connection.execute(
        "DELETE FROM planned_visit WHERE date >= ? AND source = ?", (today.isoformat(), source)
    )


def forget_events(connection: sqlite3.Connection, uids: Iterable[str], today: date) -> None:
    """Drop what these events have planned from today on, whatever file they came in."""
    connection.executemany(
        "DELETE FROM planned_visit WHERE date >= ? AND uid = ?",
        [(today.isoformat(), uid) for uid in uids],
    )


def forget_all(connection: sqlite3.Connection, today: date) -> None:
    """Drop everything that is planned from today on."""
    connection.execute("DELETE FROM planned_visit WHERE date >= ?", (today.isoformat(),))


def _row(visit: PlannedVisit) -> tuple[str | int, ...]:
    return (
        visit.day.isoformat(),
        f"{visit.begins:%H:%M}",
        f"{visit.ends:%H:%M}",
        visit.stop,
        json.dumps(visit.partners),
        json.dumps(visit.topics),
        visit.source,
        visit.uid,
        int(visit.cancelled),
        visit.note,
    )


def _visit(row: sqlite3.Row) -> PlannedVisit:
    day = date.fromisoformat(row["date"])
    return PlannedVisit(
        row["stop"],
        datetime.combine(day, time.fromisoformat(row["begins"]), BERLIN),
        datetime.combine(day, time.fromisoformat(row["ends"]), BERLIN),
        tuple(json.loads(row["partners"])),
        tuple(json.loads(row["topics"])),
        row["source"],
        row["uid"],
        bool(row["cancelled"]),
        row["note"],
    )
