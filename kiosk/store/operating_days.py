"""Operating days: what was planned and what took place; never deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.operating_day import OperatingDay
from kiosk.store.table import Table

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import date, time

    from kiosk.domain.ids import VisitId

_TABLE = Table("operating_day", OperatingDay)
_OF_PLAN = "WHERE date = ? AND stop = ? AND planned_begins = ?"


def between(connection: sqlite3.Connection, first: date, last: date) -> list[OperatingDay]:
    """The lines from `first` to `last`, both included, in order."""
    within = "WHERE date BETWEEN ? AND ? ORDER BY date, ifnull(planned_begins, opened), id"
    return _TABLE.all(connection, within, first.isoformat(), last.isoformat())


def insert(connection: sqlite3.Connection, days: Iterable[OperatingDay]) -> None:
    """Add lines; one that is there for the same plan stays."""
    for day in days:
        _TABLE.put(connection, day, "IGNORE")


def open_day(connection: sqlite3.Connection, visit: VisitId, day: OperatingDay) -> None:
    """Write down that a visit is open; one of the same plan, opened again, stays one line."""
    plan = _TABLE.encoded(
        {"date": day.date, "stop": day.stop, "planned_begins": day.planned_begins}
    )
    known = _TABLE.first(connection, _OF_PLAN, *plan)
    if known is None:
        _TABLE.insert(connection, day, visit=visit)
        return
    opened = {"took_place": True, "opened": known.opened or day.opened, "closed": None}
    _TABLE.set(connection, opened | {"visit": visit}, _OF_PLAN, *plan)


def of_visit(connection: sqlite3.Connection, visit: VisitId) -> OperatingDay | None:
    """The line of the open visit."""
    return _TABLE.first(connection, "WHERE visit = ?", visit)


def close_day(connection: sqlite3.Connection, visit: VisitId, closed: time | None) -> None:
    """Write down the end, and let go of the visit's id."""
    _TABLE.set(connection, {"closed": closed, "visit": None}, "WHERE visit = ?", visit)


def delete_open_day(connection: sqlite3.Connection, visit: VisitId) -> None:
    """Delete the line of the open visit, to be written anew."""
    _TABLE.delete(connection, "WHERE visit = ?", visit)


def delete_planned(connection: sqlite3.Connection, today: date) -> None:
    """Delete what a clock that ran ahead has declared lost."""
    _TABLE.delete(connection, "WHERE date >= ? AND NOT took_place", today.isoformat())
