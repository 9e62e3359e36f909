"""Intake and report of a fleet: 1,000 boxes over ten years, into SQLite and PostgreSQL.

Each package has its manifest, signature, key and ledger entry, of a quarter with 1,500 people at 12
stops; the other forty files of a real one cost the reading of some hundred kilobytes more each.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
from msgspec import structs

from kiosk.counts.periods import first_day, last_day
from kiosk.export.package import Package
from kiosk.fleet import boxes
from kiosk.fleet.collect import collect_folder
from kiosk.fleet.database import FleetDatabase, default_url, open_database
from kiosk.fleet.report import build_report
from kiosk.fleet.report_files import report_file
from kiosk.fleet.report_request import ReportRequest
from kiosk.fleet.status import fleet_status
from tests.audit.released import closed
from tests.audit.truth import quarter
from tests.fleet.played_box import PlayedBox, write
from tests.fleet.postgresql import running_postgresql

BOXES, YEARS = 1000, range(2016, 2026)
NOW = datetime(2026, 1, 20, tzinfo=UTC)
SEED = 20261129


def measure() -> None:
    """Each database in a process of its own, whose peak is its own."""
    click.echo("\n== office: packages of many boxes ==")
    with tempfile.TemporaryDirectory(dir=Path("var").resolve(), prefix="bench-") as folder:
        _measure_apart(default_url(Path(folder)), BOXES)
    with running_postgresql(fast=False) as url:
        _measure_apart(url.render_as_string(), BOXES)


def _measure_apart(url: str, count: int) -> None:
    words = [sys.executable, "-m", "tests.bench.fleet", url, "--boxes", str(count)]
    answer = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout
    click.echo(answer.strip())


def measure_here(url: str, count: int) -> None:
    database = open_database(url)
    played = [PlayedBox(f"rh-{number:04}") for number in range(count)]
    with database.write() as connection:
        for box in played:
            boxes.add_box(connection, box.identity, f"Bus {box.device}", NOW)
    name = database.engine.dialect.name
    years = []
    for year in YEARS:
        years.append(_year_of_all(database, played, year))
        click.echo(f"{name}: {year}: {years[-1].words()}", err=True)
    whole = _Year(
        sum(year.taken for year in years),
        sum(year.seconds for year in years),
        sum(year.cpu_s for year in years),
        years[-1].peak_mib,
    )
    click.echo(
        f"{name}: {whole.taken} packages taken in, {whole.words()};"
        f" of the first year {years[0].words()}; of the last {years[-1].words()}"
    )
    decade = ReportRequest(first=first_day(f"{YEARS[0]}-Q1"))
    for title, request in (
        ("all years, added up for the first time", decade),
        ("all years, from stored sums", decade),
        ("the last year", ReportRequest(first=first_day(f"{YEARS[-1]}-Q1"))),
        ("the last quarter", ReportRequest()),
    ):
        _report(database, f"{name}: report over {title}", request)
    began = time.perf_counter()
    with database.read() as connection:
        fleet_status(connection, NOW.date())
    click.echo(f"{name}: status of all boxes: {time.perf_counter() - began:.1f} s")
    database.close()


@dataclass(frozen=True)
class _Year:
    """What was taken in of a year, and the peak memory of the process after it."""

    taken: int
    seconds: float
    cpu_s: float
    peak_mib: int

    def words(self) -> str:
        cpu_ms = 1000 * self.cpu_s / self.taken
        return (
            f"{self.taken / self.seconds:.0f} a second, {cpu_ms:.1f} ms of CPU each,"
            f" peak memory {self.peak_mib} MiB"
        )


def _year_of_all(database: FleetDatabase, played: list[PlayedBox], year: int) -> _Year:
    quarters = [_quarter_of_all(database, played, f"{year}-Q{number}") for number in (1, 2, 3, 4)]
    taken, seconds, cpu_s = (sum(column) for column in zip(*quarters, strict=True))
    return _Year(int(taken), seconds, cpu_s, _peak_mib())


def _quarter_of_all(
    database: FleetDatabase, played: list[PlayedBox], unit: str
) -> tuple[int, float, float]:
    """How many packages were taken in, in how many seconds, and seconds of this process's CPU."""
    template = structs.replace(
        closed(quarter(25, SEED, 40), b"bench"),
        period=unit,
        unit=unit,
        first_day=first_day(unit),
        last_day=last_day(unit),
    )
    folder = Path(tempfile.mkdtemp(dir=Path("var").resolve(), prefix="bench-"))
    for box in played:
        write(folder, [box.freeze(template)])
        box.packages[-1] = Package(box.packages[-1].name, {})
    began, cpu_began = time.perf_counter(), time.process_time()
    taken = collect_folder(database, folder, lambda: NOW, lambda _: None).taken
    seconds, cpu_s = time.perf_counter() - began, time.process_time() - cpu_began
    shutil.rmtree(folder)
    return taken, seconds, cpu_s


def _report(database: FleetDatabase, title: str, request: ReportRequest) -> None:
    began = time.perf_counter()
    contents = build_report(database, request, NOW.date())
    page = report_file(contents, ".html")
    click.echo(
        f"{title} ({contents.summed.count} packages): {time.perf_counter() - began:.1f} s,"
        f" {len(page) // 1024} KiB, peak memory {_peak_mib()} MiB"
    )


def _peak_mib() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="tests.bench.fleet", description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--boxes", type=int, default=BOXES)
    chosen = parser.parse_args()
    measure_here(chosen.url, chosen.boxes)
