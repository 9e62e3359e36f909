"""What a day leaves: the exact counters of the closed visit, then the ledger and the export."""

import csv
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.system.bus import Bus

Cells = Counter[tuple[str, ...]]
Row = dict[str, str]

BASE = 5
TABLES = {
    "demand": ("ticket_counter", ("stop", "topic", "hour", "outcome")),
    "feedback": ("feedback_counter", ("stop", "hour", "score")),
    "visits": ("visit_counter", ("date", "stop")),
    "records": ("record_counter", ("item", "value")),
}
"""The files of a package with the counters that they come from, and the columns of a cell."""


@dataclass(frozen=True)
class Exact:
    """The exact counters, before they are rounded and destroyed."""

    cells: dict[str, Cells]

    def people(self) -> dict[tuple[str, str], int]:
        """How many came for a topic, by how it ended."""
        found: Counter[tuple[str, str]] = Counter()
        for (_stop, topic, _hour, outcome), count in self.cells["demand"].items():
            found[topic, outcome] += count
        return dict(found)

    def smileys(self) -> dict[int, int]:
        """How often each was pressed."""
        found: Counter[int] = Counter()
        for (_stop, _hour, score), count in self.cells["feedback"].items():
            found[int(score)] += count
        return dict(found)

    def noted(self, item: str) -> dict[str, int]:
        """The answers to one of the questions at the end of talks."""
        return {v: count for (name, v), count in self.cells["records"].items() if name == item}

    def hours(self) -> set[str]:
        """In which hours people came; an empty one for those of whom nobody knows."""
        return {hour for (_stop, _topic, hour, _outcome) in self.cells["demand"]}


def exact_counts(data: Path) -> Exact:
    """Read them from the database of a bus."""
    with closing(sqlite3.connect(data / "kiosk.db")) as connection:
        return Exact({name: _counted(connection, name) for name in TABLES})


def publish(bus: Bus, target: Path) -> Path:
    """Close the counts and export them; where the package lies."""
    bus.kiosk("counts", "close", "--now")
    bus.kiosk("counts", "verify")
    bus.kiosk("export", "--to", str(target))
    (package,) = target.iterdir()
    return package


def rows(package: Path, table: str) -> list[Row]:
    """A table of a package, all cells as text."""
    with (package / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def assert_published(bus: Bus, exact: Exact, package: Path) -> None:
    """Each cell is a neighbouring multiple of five; ledger and package tell the same."""
    for table, (_, columns) in TABLES.items():
        published = _published(rows(package, table), columns)
        for cell in exact.cells[table] | published:
            assert published[cell] % BASE == 0
            assert abs(published[cell] - exact.cells[table][cell]) < BASE, (table, cell)
    (period,) = bus.ask("counts", "show")["periods"]
    for table in ("demand", "feedback", "visits"):
        columns = TABLES[table][1]
        assert _published(period[table], columns) == _published(rows(package, table), columns)
    assert not any(exact_counts(bus.data).cells.values())
    assert_valid(package)


def assert_valid(package: Path) -> None:
    """A data team reads it with its own tools."""
    frictionless = Path(sys.executable).parent / "frictionless"
    subprocess.run([frictionless, "validate", package / "datapackage.json"], check=True)


def _counted(connection: sqlite3.Connection, table: str) -> Cells:
    counters, columns = TABLES[table]
    found = connection.execute(f"SELECT {', '.join(columns)}, count FROM {counters}")  # noqa: S608
    return Counter({_cell(row[:-1]): row[-1] for row in found if row[-1]})


def _published(told: list[Any], columns: tuple[str, ...]) -> Cells:
    found: Cells = Counter()
    for row in told:
        if int(row["count"]):
            found[_cell(tuple(row[column] for column in columns))] += int(row["count"])
    return found


def _cell(values: tuple[Any, ...]) -> tuple[str, ...]:
    """As text; what nobody knows is empty."""
    return tuple("" if value is None else str(value) for value in values)
