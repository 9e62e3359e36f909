"""What a day leaves: the exact counters of the closed visit, then the ledger and the export."""

import csv
import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.counts.ledger_entry import TABLES
from kiosk.domain.outcome import RESOLVED
from kiosk.domain.record import Record
from kiosk.service import staff, visits
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk
from tests.export.frictionless_faults import frictionless_faults
from tests.system.bus import Bus

Cells = Counter[tuple[str, ...]]
Row = dict[str, str]

BASE = 5
CROWD = 300
"""People of an earlier day: of a day alone too few come to publish anything about them."""

COUNTERS = {
    "outcomes": "topic_outcome",
    "smileys": "stop_score",
    "survey": "survey",
    "hours": "stop_hour",
    "records": "record",
    "visits": "visit",
}


@dataclass(frozen=True)
class Exact:
    """The exact counters, before they are rounded and destroyed."""

    cells: dict[str, Cells]

    def people(self) -> dict[tuple[str, str], int]:
        """How many came for a topic, by how it ended."""
        found: Counter[tuple[str, str]] = Counter()
        for (topic, outcome), count in self.cells["outcomes"].items():
            found[topic, outcome] += count
        return dict(found)

    def smileys(self) -> dict[int, int]:
        """How often each was pressed."""
        found: Counter[int] = Counter()
        for (_stop, score), count in self.cells["smileys"].items():
            found[int(score)] += count
        return dict(found)

    def noted(self, item: str) -> dict[str, int]:
        """The answers to one of the questions at the end of talks."""
        return {v: count for (name, v), count in self.cells["records"].items() if name == item}

    def hours(self) -> set[str]:
        """In which hours people came; an empty one where it is unknown."""
        return {hour for (_stop, hour) in self.cells["hours"]}


def exact_counts(bus: Bus) -> Exact:
    """Read them from the database of a bus; a visit that could still be reopened is counted now."""
    bus.tried("visit", "close")
    with closing(sqlite3.connect(bus.data / "kiosk.db")) as connection:
        return Exact({name: _counted(connection, counter) for name, counter in COUNTERS.items()})


def publish(bus: Bus, target: Path) -> Path:
    """Close the counts and export them; where the package lies."""
    assert not bus.tried("counts", "close", "--now")  # too few to protect them
    count_crowd(bus.data)
    bus.kiosk("counts", "close", "--now")
    bus.kiosk("counts", "verify")
    bus.kiosk("export", "--to", str(target))
    (package,) = target.iterdir()
    return package


def count_crowd(data: Path) -> None:
    """A crowd is helped without numbers, with the first topic of the profile."""
    kiosk = open_kiosk(Paths(data))
    office, topic = kiosk.office, kiosk.office.profile.topics[0].id
    visits.open_visit(office, None, None, kiosk.now())
    request = staff.CountRequest(topic, Record(RESOLVED))
    for _ in range(CROWD):
        staff.count(office, office.profile.desks[0].id, request, kiosk.now())
    visits.close_visit(office, kiosk.now())
    office.database.close()


def rows(package: Path, table: str) -> list[Row]:
    """A table of a package, all cells as text."""
    with (package / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def assert_published(bus: Bus, exact: Exact, package: Path) -> None:
    """Every table has the same sum, near the truth; who came alone is not told."""
    people = sum(exact.people().values()) + CROWD
    told = {table: _published(rows(package, table), TABLES[table]) for table in TABLES}
    total = told["visits"].total()
    assert total % BASE == 0
    assert abs(total - people) < BASE
    for table in ("demand", "topics", "outcomes", "hours"):
        assert told[table].total() == total, table
    assert not any(count % BASE for cells in told.values() for count in cells.values())
    by_topic: Counter[str] = Counter()
    for (topic, _outcome), count in exact.people().items():
        by_topic[topic] += count
    named = {topic for (_, topic), count in told["topics"].items() if count < CROWD - BASE}
    assert not named & {topic for topic, count in by_topic.items() if count <= BASE}
    (period,) = bus.ask("counts", "show")["periods"]
    for table, cells in told.items():
        assert _published(period["tables"].get(table, []), TABLES[table]) == cells, table
    assert not any(exact_counts(bus).cells.values())
    assert_valid(package)


def still_shown(bus: Bus, exported: Path, marks: Collection[str]) -> set[str]:
    """Which of `marks` stand in a file of the box or of an export, or in what its services said."""
    files = (path for top in (bus.data, exported) for path in top.rglob("*"))
    places = ["\n".join(bus.said).encode(), *map(_content, files)]
    return {mark for mark in marks if any(mark.encode() in place for place in places)}


def _content(path: Path) -> bytes:
    """What stands in it; nothing in a folder, a socket, or what a running box has put away."""
    try:
        return path.read_bytes() if path.is_file() else b""
    except FileNotFoundError:
        return b""


def assert_valid(package: Path) -> None:
    """A data team reads it with its own tools."""
    assert frictionless_faults(package) == ""


def _counted(connection: sqlite3.Connection, counter: str) -> Cells:
    found = connection.execute("SELECT key, count FROM counter WHERE name = ?", (counter,))
    return Counter({_cell(json.loads(key)): count for key, count in found if count})


def _published(told: list[Any], columns: tuple[str, ...]) -> Cells:
    found: Cells = Counter()
    for row in told:
        if int(row["count"]):
            found[_cell(tuple(row[column] for column in columns))] += int(row["count"])
    return found


def _cell(values: Sequence[Any]) -> tuple[str, ...]:
    """As text; empty where unknown."""
    return tuple("" if value is None else str(value) for value in values)
