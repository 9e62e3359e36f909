"""What an attacker reads: the CSV files of a package."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import StringIO

OTHERS = "others"
CODES = {
    "visits": ("date", "stop"),
    "demand": ("stop", "group"),
    "topics": ("group", "topic"),
    "further": ("group", "topic"),
    "outcomes": ("group", "topic", "outcome"),
    "hours": ("stop", "hours"),
    "feedback": ("stop", "score"),
    "feedback_hours": ("hours",),
    "survey": ("question", "answer"),
    "languages": ("language",),
    "records": ("item", "value"),
    "times": ("measure", "kind", "group", "minutes"),
    "times_hours": ("measure", "kind", "hours", "minutes"),
    "refused": ("reason", "group"),
}
Row = tuple[str, ...]


@dataclass
class Package:
    """The rows of each table, and which codes stand in them by name."""

    tables: dict[str, dict[Row, int]] = field(default_factory=dict)

    def codes(self, table: str, *columns: int) -> set[Row]:
        """Codes that are told apart in a table, `others` left out."""
        found = {tuple(row[c] for c in columns) for row in self.tables[table]}
        return {codes for codes in found if OTHERS not in codes}

    def total(self, table: str, **wanted: str) -> int:
        places = [CODES[table].index(name) for name in wanted]
        values = tuple(wanted.values())
        rows = self.tables[table].items()
        return sum(n for row, n in rows if tuple(row[place] for place in places) == values)


def read_package(files: Mapping[str, bytes]) -> Package:
    """The tables of a package with one period."""
    package = Package()
    for name, columns in CODES.items():
        rows = csv.DictReader(StringIO(files[f"{name}.csv"].decode()))
        package.tables[name] = {
            tuple(row[column] for column in columns): int(row["count"]) for row in rows
        }
    return package


def summed(rows: Iterable[tuple[Row, int]], *columns: int) -> dict[Row, int]:
    total: defaultdict[Row, int] = defaultdict(int)
    for row, count in rows:
        total[tuple(row[column] for column in columns)] += count
    return dict(total)
