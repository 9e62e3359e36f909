"""Sums of whole quarters, stored: a report over ten years adds forty of them, not each package.

Packages are added and never changed, so that a sum of as many packages as a quarter has is its sum.
"""

from __future__ import annotations

import zlib
from collections import Counter
from typing import TYPE_CHECKING, Final

import msgspec
from sqlalchemy import delete, func, select

import kiosk
from kiosk.counts import periods
from kiosk.counts.ledger_entry import decode_entry
from kiosk.export.report.merging import PeriodSum
from kiosk.fleet.schema import packages, quarter_sums

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection

    from kiosk.counts.ledger_entry import ClosedPeriod

LEAST_STORED: Final = 100
"""Packages; fewer are read as fast as a sum of them."""

_READ_AT_ONCE: Final = 100
_decoder: Final = msgspec.msgpack.Decoder(PeriodSum)


class QuarterSums:
    """Sums packages up within one transaction; `fresh` are sums that could be stored."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._packages: Counter[str] = Counter()
        by_day = select(packages.c.last_day, func.count()).group_by(packages.c.last_day)
        for day, count in connection.execute(by_day):
            self._packages[periods.quarter_of(day)] += count
        self.fresh: dict[str, PeriodSum] = {}

    def add_up(
        self,
        where: Sequence[ColumnElement[bool]],
        counts: Mapping[str, int],
        on_packages: Callable[[int], None],
    ) -> PeriodSum:
        """The sum of the packages of a condition, of which `counts` says how many end in a quarter.

        `on_packages` hears how many were added.
        """
        total = PeriodSum()
        for quarter, count in sorted(counts.items()):
            whole = count == self._packages[quarter]
            found = self._stored(quarter, count) if whole else None
            if found:
                on_packages(count)
            else:
                found = self._read(where, quarter, on_packages)
                if whole and count >= LEAST_STORED:
                    self.fresh[quarter] = found
            total.add_sum(found)
        return total

    def _stored(self, quarter: str, count: int) -> PeriodSum | None:
        """The sum of so many packages, unless another version made it."""
        columns = quarter_sums.c
        body = self._connection.scalar(
            select(columns.body).where(
                columns.quarter == quarter,
                columns.packages == count,
                columns.made_by == kiosk.__version__,
            )
        )
        try:
            return _decoder.decode(zlib.decompress(body)) if body else None
        except (msgspec.MsgspecError, zlib.error):
            return None

    def _read(
        self,
        where: Sequence[ColumnElement[bool]],
        quarter: str,
        on_packages: Callable[[int], None],
    ) -> PeriodSum:
        total = PeriodSum()
        for period in self._entries(where, quarter):
            total.add(period)
            on_packages(1)
        return total

    def _entries(
        self, where: Sequence[ColumnElement[bool]], quarter: str
    ) -> Iterator[ClosedPeriod]:
        """In the order of the calendar, few of them in memory at a time."""
        days = packages.c.last_day.between(periods.first_day(quarter), periods.last_day(quarter))
        query = (
            select(packages.c.entry)
            .where(*where, days)
            .order_by(packages.c.last_day, packages.c.device, packages.c.sequence)
            .execution_options(yield_per=_READ_AT_ONCE)
        )
        for body in self._connection.scalars(query):
            yield decode_entry(zlib.decompress(body))


def store(connection: Connection, sums: Mapping[str, PeriodSum]) -> None:
    """Store sums of quarters in place of earlier ones."""
    for quarter, total in sums.items():
        connection.execute(delete(quarter_sums).where(quarter_sums.c.quarter == quarter))
        connection.execute(
            quarter_sums.insert().values(
                quarter=quarter,
                packages=total.count,
                made_by=kiosk.__version__,
                body=zlib.compress(msgspec.msgpack.encode(total)),
            )
        )
