"""Report over all boxes: the packages of some quarters, summed up."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from kiosk.counts import periods
from kiosk.domain.errors import Refused
from kiosk.export.report.page import ReportContents, overview
from kiosk.export.report.words import unit_in_words
from kiosk.export.tables import german
from kiosk.fleet.boxes import find_box, list_boxes, natural_order
from kiosk.fleet.errors import FleetDatabaseError, NothingTakenIn
from kiosk.fleet.german import gap_in_words
from kiosk.fleet.quarter_sums import QuarterSums, store
from kiosk.fleet.schema import packages
from kiosk.fleet.status import box_gaps

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Connection

    from kiosk.export.report.merging import SummedPeriods
    from kiosk.fleet.database import FleetDatabase
    from kiosk.fleet.report_request import ReportRequest

_MOST_NAMES: Final = 12
_MOST_GAPS: Final = 8


class NothingBetween(Refused):
    """No package lies whole between two days, or none of these boxes."""

    def __init__(self, first: date, last: date) -> None:
        super().__init__(
            "No package of these boxes lies whole between these days; taken in are those from"
            f" {first} to {last}."
        )


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What is in a report: how many packages of each box in each unit, and ended in a quarter."""

    where: Sequence[ColumnElement[bool]]
    counts: Mapping[tuple[str, str], int]
    ended: Mapping[str, int]
    whole: bool

    @property
    def units(self) -> list[str]:
        return sorted({unit for _, unit in self.counts}, key=periods.first_day)

    @property
    def devices(self) -> set[str]:
        return {device for device, _ in self.counts}


def build_report(
    database: FleetDatabase,
    request: ReportRequest,
    today: date,
    on_packages: Callable[[int], None] = lambda _: None,
) -> ReportContents:
    """The contents of a report; `on_packages` hears how many packages were added.

    Sums of whole quarters are stored for the next one. Raises `NothingTakenIn`, `NothingBetween`,
    `UnknownBox`, `FleetDatabaseError`.
    """
    with database.read() as connection:
        sums = QuarterSums(connection)
        contents = _build(connection, sums, request, today, on_packages)
    if sums.fresh:
        # Without room for them this report is there all the same, and the next one slower.
        with suppress(FleetDatabaseError), database.write() as connection:
            store(connection, sums.fresh)
    return contents


def _build(
    connection: Connection,
    sums: QuarterSums,
    request: ReportRequest,
    today: date,
    on_packages: Callable[[int], None],
) -> ReportContents:
    devices = {find_box(connection, box).device for box in request.boxes}
    chosen = _choose(connection, _where(connection, request, devices))
    if not chosen.counts:
        first, last = connection.execute(
            select(func.min(packages.c.first_day), func.max(packages.c.last_day))
        ).one()
        raise NothingBetween(first, last)
    summed = sums.add_up(chosen.where, chosen.ended, on_packages).finish()
    names = {box.device: box.name for box in list_boxes(connection)}
    units = chosen.units
    title = unit_in_words(units[0])
    return ReportContents(
        summed,
        source=_source([names[device] for device in chosen.devices]),
        title=title if len(units) == 1 else f"{title} bis {unit_in_words(units[-1])}",
        labels=[_label(chosen, unit) for unit in units],
        notes=[*german.period_notes(summed.merged), *_gap_notes(connection, chosen, summed, today)],
        comparisons=list(_comparisons(connection, sums, chosen, summed)),
    )


def count_packages(connection: Connection, request: ReportRequest) -> int:
    """How many packages a report reads. Raises as `build_report` does."""
    devices = {find_box(connection, box).device for box in request.boxes}
    query = select(func.count()).where(*_where(connection, request, devices))
    return connection.scalar(query) or 0


def _where(
    connection: Connection, request: ReportRequest, devices: Collection[str]
) -> list[ColumnElement[bool]]:
    newest = connection.scalar(select(func.max(packages.c.last_day)))
    if newest is None:
        raise NothingTakenIn
    first, last = request.first, request.last
    if first is None and last is None:
        first = periods.first_day(periods.quarter_of(newest))
        # What joined it began before.
        found = [packages.c.last_day >= first]
    else:
        found = [packages.c.first_day >= first] if first else []
        found += [packages.c.last_day <= last] if last else []
    return [*found, *([packages.c.device.in_(sorted(devices))] if devices else [])]


def _choose(connection: Connection, where: Sequence[ColumnElement[bool]]) -> _Chosen:
    found = packages.c
    columns = (found.device, found.unit, found.period, found.joined, found.last_day)
    counts: Counter[tuple[str, str]] = Counter()
    ended: Counter[str] = Counter()
    whole = True
    for device, unit, period, joined, last in connection.execute(select(*columns).where(*where)):
        counts[device, unit] += 1
        ended[periods.quarter_of(last)] += 1
        whole &= period == unit and "Q" in unit and not joined
    return _Chosen(where, counts, ended, whole)


def _source(names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"Gerät {names[0]}"
    shown, more = sorted(names, key=natural_order)[:_MOST_NAMES], len(names) - _MOST_NAMES
    rest = f" und {more} weitere" if more > 0 else ""
    return f"{len(names)} Geräte: {', '.join(shown)}{rest}"


def _label(chosen: _Chosen, unit: str) -> str:
    count = len({device for device, of in chosen.counts if of == unit})
    noun = "Gerät" if count == 1 else "Geräte"
    return f"{unit_in_words(unit)} ({count} {noun})"


def _gap_notes(
    connection: Connection, chosen: _Chosen, summed: SummedPeriods, today: date
) -> list[str]:
    """What is missing in the time of a report, for a sum without it is a smaller one."""
    first, last = summed.merged.first_day, summed.merged.last_day
    devices = chosen.devices
    lines = [
        f"{box.name}: {gap_in_words(gap)}."
        for box, gaps in box_gaps(connection, today)
        if box.device in devices
        for gap in gaps
        if any(
            periods.first_day(unit) <= last and periods.last_day(unit) >= first
            for unit in gap.units
        )
    ]
    more = len(lines) - _MOST_GAPS
    return lines[:_MOST_GAPS] + ([f"Und {more} weitere Lücken."] if more > 0 else [])


def _comparisons(
    connection: Connection, sums: QuarterSums, chosen: _Chosen, summed: SummedPeriods
) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Earlier quarters, where the same boxes have delivered just as many of them."""
    units = chosen.units
    if not chosen.whole or units != _quarters_from(units[0], len(units)):
        return
    earlier = {-len(units), -4}
    for shift in sorted(earlier, reverse=True):
        wanted = _quarters_from(_shifted(units[0], shift), len(units))
        of_boxes = packages.c.device.in_(sorted(chosen.devices))
        before = _choose(connection, [packages.c.unit.in_(wanted), of_boxes])
        alike = {(device, _shifted(unit, shift)) for device, unit in chosen.counts}
        if not before.whole or before.counts.keys() != alike:
            continue
        then = sums.add_up(before.where, before.ended, lambda _: None).finish()
        title = unit_in_words(wanted[0])
        name = title if len(wanted) == 1 else f"{title} bis {unit_in_words(wanted[-1])}"
        yield name, overview(summed).compared(overview(then))


def _quarters_from(first: str, count: int) -> list[str]:
    return [_shifted(first, place) for place in range(count)]


def _shifted(quarter: str, by: int) -> str:
    """So many quarters later."""
    year, number = quarter.split("-Q")
    place = 4 * int(year) + int(number) - 1 + by
    return f"{place // 4:04}-Q{place % 4 + 1}"
