"""Builder of the export package: from the ledger to files, the same bytes each time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.counts import ledger
from kiosk.domain.errors import Refused
from kiosk.export.descriptor import build_descriptor
from kiosk.export.escaping import slugify
from kiosk.export.tables import build_tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from kiosk.counts.ledger_entry import ClosedPeriod
    from kiosk.store.database import Database


class NothingToExport(Refused):
    """No closed period lies within the days that were asked for."""

    def __init__(self) -> None:
        super().__init__(
            "There is no closed period to export: close one with 'kiosk counts close',"
            " or ask for other days ('kiosk counts show' lists the closed ones)."
        )


@dataclass(frozen=True, slots=True)
class Package:
    """A folder's name and the files that belong into it."""

    name: str
    files: Mapping[str, bytes]


def build_package(database: Database, first: date | None, last: date | None) -> Package:
    """Everything that was closed within these days, both included; None leaves an end open.

    A period counts as a whole, so one that lies only partly within is left out. Raises
    `NothingToExport`, `LedgerBroken`.
    """
    with database.read() as connection:
        periods = ledger.periods(ledger.read(connection))
    wanted = [period for period in periods if _within(period, first, last)]
    if not wanted:
        raise NothingToExport
    return _package(wanted)


def build_period_package(database: Database, period: str) -> Package:
    """The package of one closed period. Raises `NothingToExport`, `LedgerBroken`."""
    with database.read() as connection:
        periods = ledger.periods(ledger.read(connection))
    wanted = [closed for closed in periods if closed.period == period]
    if not wanted:
        raise NothingToExport
    return _package(wanted)


def _within(period: ClosedPeriod, first: date | None, last: date | None) -> bool:
    return (first is None or period.first_day >= first) and (
        last is None or period.last_day <= last
    )


def _package(periods: Sequence[ClosedPeriod]) -> Package:
    names = periods[-1].names
    name = "_".join([slugify(names.operator), slugify(names.device), _days(periods)])
    made = build_tables(periods)
    files = {f"{table.name}.csv": table.as_csv() for table in made}
    return Package(name, {"datapackage.json": build_descriptor(name, periods, made), **files})


def _days(periods: Sequence[ClosedPeriod]) -> str:
    """First and last day; where several parts of a month ended on the last day, how many."""
    first = min(period.first_day for period in periods)
    last = max(period.last_day for period in periods)
    ended_then = sum(period.last_day == last for period in periods)
    return f"{first}_{last}.{ended_then}" if ended_then > 1 else f"{first}_{last}"
