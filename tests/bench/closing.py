"""Time and memory of closing a quarter and building its package, on one core."""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click

from kiosk.counts.close import close_periods
from kiosk.counts.ledger_entry import LedgerNames, TopicNames
from kiosk.domain.moment import Moment
from kiosk.export.tables.builder import build_tables
from kiosk.store.counters import ALL
from kiosk.store.database import Database
from tests.audit.truth import exact, quarter

SIZES = {"1,500 people, 40 topics": (25, 40), "6,000 people, 60 topics": (100, 60)}
SEED = 20261122


def measure() -> None:
    """Each size in a process of its own, whose peak is its own."""
    click.echo("\n== closing a quarter: 12 stops, 60 visits; one core ==")
    for title, (people_a_day, topics) in SIZES.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "kiosk.db"
            count_quarter(path, people_a_day, topics)
            command = [sys.executable, "-m", "tests.bench.closing", str(path), str(topics)]
            answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            click.echo(f"{title}: {answer.strip()}")


def count_quarter(path: Path, people_a_day: float, topics: int) -> None:
    truth = quarter(people_a_day, SEED, topics)
    with closing(Database.create(path)) as database, database.write() as connection:
        for table in ALL:
            table.add(connection, "2026-11", exact(truth).of(table))


def close_here(path: Path, topics: int) -> None:
    """What the box does: close, and build the tables of the package."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    named = {
        f"topic-{number:02}": TopicNames(f"topic-{number:02}", "", f"group-{number % 6}")
        for number in range(topics)
    }
    names = LedgerNames("bench", "bench", "rh-1", 5, {}, named, {}, {})
    now = Moment("boot", 1.0, datetime(2027, 1, 2, 11, tzinfo=UTC), trusted=True)
    with closing(Database.open(path)) as database:
        began = time.perf_counter()
        (entry,) = close_periods(database, names, now)
        closed = time.perf_counter()
        rows = sum(len(table.rows) for table in build_tables([entry]))
        built = time.perf_counter()
    click.echo(
        f"closed in {closed - began:.2f} s, {rows} rows built in {built - closed:.2f} s,"
        f" peak {peak_mb():.0f} MB"
    )


def peak_mb() -> float:
    """The most memory since this program began; `ru_maxrss` would keep what its starter had."""
    status = Path("/proc/self/status").read_text()
    (peak_kib,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return int(peak_kib) * 1024 / 1e6


if __name__ == "__main__":
    close_here(Path(sys.argv[1]), int(sys.argv[2]))
