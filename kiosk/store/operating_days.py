"""What was planned and what took place, kept for good."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from kiosk.domain.operating_day import OperatingDay

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from kiosk.domain.ids import VisitId

_COLUMNS = "date, stop, planned_begins, planned_ends, took_place, cancelled, opened, closed"


def between(connection: sqlite3.Connection, first: date, last: date) -> list[OperatingDay]:
    """The lines from `first` to `last`, both included, in order."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM operating_day WHERE date BETWEEN ? AND ?"  # noqa: S608 - our names
        " ORDER BY date, ifnull(planned_begins, opened), id",
        (first.isoformat(), last.isoformat()),
    )
    return [_day(row) for row in rows]


def undated(connection: sqlite3.Connection) -> list[OperatingDay]:
    """The visits of which nobody knows the day: the clock was never set while they were open."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM operating_day WHERE date IS NULL")  # noqa: S608 - our names
    return [_day(row) for row in rows]


def write_down(connection: sqlite3.Connection, days: Iterable[OperatingDay]) -> None:
    """Add lines; one that is there for the same plan stays."""
    connection.executemany(
        f"INSERT OR IGNORE INTO operating_day ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - our names
        [_row(day) for day in days],
    )


def open_day(connection: sqlite3.Connection, visit: VisitId, day: OperatingDay) -> None:
    """Write down that a visit is open; one of the same plan, opened again, stays one line."""
    begun = _text(day.opened)
    known = connection.execute(
        "UPDATE operating_day SET took_place = 1, opened = ifnull(opened, ?), closed = NULL,"
        " visit = ? WHERE date = ? AND stop = ? AND planned_begins = ?",
        (begun, visit, _text(day.date), day.stop, _text(day.planned_begins)),
    )
    if not known.rowcount:
        connection.execute(
            f"INSERT INTO operating_day ({_COLUMNS}, visit) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - our names
            (*_row(day), visit),
        )


def of_visit(connection: sqlite3.Connection, visit: VisitId) -> OperatingDay | None:
    """The line of the open visit."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM operating_day WHERE visit = ?",  # noqa: S608 - our names
        (visit,),
    ).fetchone()
    return _day(row) if row else None


def close_day(connection: sqlite3.Connection, visit: VisitId, closed: time | None) -> None:
    """Write down the end, and let go of the visit's id."""
    connection.execute(
        "UPDATE operating_day SET closed = ?, visit = NULL WHERE visit = ?", (_text(closed), visit)
    )


def take_back(connection: sqlite3.Connection, visit: VisitId) -> None:
    """Delete the line of the open visit, to be written anew."""
    connection.execute("DELETE FROM operating_day WHERE visit = ?", (visit,))


def forget_coming(connection: sqlite3.Connection, today: date) -> None:
    """Delete what a clock that ran ahead has declared lost."""
    connection.execute(
        "DELETE FROM operating_day WHERE date >= ? AND NOT took_place", (today.isoformat(),)
    )


def _row(day: OperatingDay) -> tuple[str | int | None, ...]:
    return (
        _text(day.date),
        day.stop,
        _text(day.planned_begins),
        _text(day.planned_ends),
        int(day.took_place),
        int(day.cancelled),
        _text(day.opened),
        _text(day.closed),
    )


def _text(value: date | time | None) -> str | None:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value.isoformat() if value else None


def _day(row: sqlite3.Row) -> OperatingDay:
    return OperatingDay(
        date.fromisoformat(row["date"]) if row["date"] else None,
        row["stop"],
        _time(row["planned_begins"]),
        _time(row["planned_ends"]),
        took_place=bool(row["took_place"]),
        cancelled=bool(row["cancelled"]),
        opened=_time(row["opened"]),
        closed=_time(row["closed"]),
    )


def _time(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
