"""Exact counts of closed visits, kept until their period is closed and then destroyed.

A counter stands under the period in which it will be closed: a month (`2026-11`), for languages a
quarter (`2026-Q4`), or `UNDATED` as long as the date is unknown. Nothing here is finer than what
is published later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from kiosk.store import table

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping

UNDATED = ""


class DemandKey(NamedTuple):
    """A cell of the ticket cube. `hour` is the local one of taking, None where it is not known."""

    stop: str
    topic: str
    hour: int | None
    outcome: str


class FeedbackKey(NamedTuple):
    """A cell of the smiley cube."""

    stop: str
    hour: int | None
    score: int


class VisitKey(NamedTuple):
    """A visit: its stop and local date (`2026-11-22`, None where the clock was not set)."""

    stop: str
    date: str | None


class LanguageKey(NamedTuple):
    """A language in which tickets were taken; crossed with nothing."""

    language: str


class RecordKey(NamedTuple):
    """One answer noted at the end of talks, such as `advice` `short`; crossed with nothing."""

    item: str
    value: str


K = TypeVar("K", bound=tuple[str | int | None, ...])


@dataclass(frozen=True, slots=True)
class CounterTable(Generic[K]):
    """One table of counters. Its columns are `period`, those of the key, and `count`."""

    name: str
    columns: tuple[str, ...]
    key: Callable[..., K]

    def add(self, connection: sqlite3.Connection, period: str, counts: Mapping[K, int]) -> None:
        """Count these on top of what stands there."""
        columns = ("period", *self.columns)
        same = " AND ".join(f"{column} IS ?" for column in columns)  # NULL IS NULL
        change = f"{table.update(self.name, ('count',), 'count + ?')} WHERE {same}"
        new = table.insert("INSERT", self.name, ("count", *columns))
        for key, count in counts.items():
            row = (count, period, *key)
            if connection.execute(change, row).rowcount == 0:
                connection.execute(new, row)

    def periods(self, connection: sqlite3.Connection) -> set[str]:
        """The periods in which something was counted."""
        rows = connection.execute(table.select(self.name, ["DISTINCT period"]))
        return {row["period"] for row in rows}

    def of(self, connection: sqlite3.Connection, period: str) -> dict[K, int]:
        """The exact counts of a period."""
        query = f"{table.select(self.name, [*self.columns, 'count'])} WHERE period = ?"
        rows = (tuple(row) for row in connection.execute(query, (period,)))
        return {self.key(*row[:-1]): row[-1] for row in rows}

    def move(self, connection: sqlite3.Connection, period: str, other: str) -> None:
        """Count what stands under one period under another."""
        self.add(connection, other, self.of(connection, period))
        self.destroy(connection, period)

    def destroy(self, connection: sqlite3.Connection, period: str) -> None:
        """Overwrite and delete the exact counts of a period."""
        connection.execute(f"{table.delete(self.name)} WHERE period = ?", (period,))


DEMAND = CounterTable("ticket_counter", DemandKey._fields, DemandKey)
FEEDBACK = CounterTable("feedback_counter", FeedbackKey._fields, FeedbackKey)
VISITS = CounterTable("visit_counter", VisitKey._fields, VisitKey)
LANGUAGES = CounterTable("language_counter", LanguageKey._fields, LanguageKey)
RECORDS = CounterTable("record_counter", RecordKey._fields, RecordKey)
