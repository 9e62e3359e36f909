"""A real file that lives through a year: closed in several ways, restarted, copied and put back."""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from contextlib import closing
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.counts import ledger
from kiosk.counts.close import close_periods
from kiosk.counts.ledger_entry import encode_entry, ledger_names
from kiosk.domain.moment import Moment
from kiosk.store.database import Database
from tests.audit import released
from tests.counting import count_people
from tests.town import MARKET, TOWN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from kiosk.counts.ledger_entry import ClosedPeriod
    from tests.audit.package import Package

NAMES = ledger_names(TOWN, "rh-1")
OFF = 4


class LivedBox:
    """A box that is started anew before each step, with the packages that it had each time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.came: dict[str, Counter[str]] = {}
        if not path.exists():
            Database.create(path).close()
        self.exports: list[dict[str, Package]] = []

    def count(self, day: str, people: int, period: str) -> None:
        """A visit; its people are to stand in this period. Each of them gives a smiley."""
        self.came.setdefault(period, Counter())[day] += people
        with closing(Database.open(self.path)) as database:
            count_people(database, day, people)

    def close(self, day: str, *, early: bool = False) -> list[str]:
        """What is closed at noon of a day; all packages are taken along."""
        noon = datetime.combine(date.fromisoformat(day), time(11), UTC)
        with closing(Database.open(self.path)) as database:
            now = Moment(day, 1.0, noon, trusted=True)
            closed = close_periods(database, NAMES, now, end_running=early)
        self.exports.append({p.period: released.package_of(p) for p in self.ledger()})
        return [period.period for period in closed]

    def ledger(self) -> list[ClosedPeriod]:
        with closing(Database.open(self.path)) as database, database.read() as connection:
            return ledger.read(connection)

    def digests(self) -> dict[str, str]:
        return {p.period: hashlib.sha256(encode_entry(p)).hexdigest() for p in self.ledger()}

    def put_back(self, path: Path) -> LivedBox:
        """Another box with a copy of the file as it is now."""
        with closing(Database.open(self.path)) as database:
            database.truncate_wal()
        copy = LivedBox(Path(shutil.copy(self.path, path)))
        copy.came = {period: Counter(days) for period, days in self.came.items()}
        return copy

    def astray(self) -> Iterator[str]:
        """What does not stand in its package, and there alone: visits, people, smileys."""
        packages = self.exports[-1]
        if packages.keys() != self.came.keys():
            yield f"periods: {packages.keys()}"
        for period, package in packages.items():
            visits, came = package.tables["visits"], self.came[period]
            if {day for day, _ in visits} != came.keys():
                yield f"{period}: visits {visits.keys()}"
            for day, people in came.items():
                if abs(visits[day, MARKET] - people) > OFF:
                    yield f"{period}: {people} people of {day}"
            total = sum(visits.values())
            for table in ("demand", "topics", "outcomes", "hours"):
                if sum(package.tables[table].values()) != total:
                    yield f"{period}: people in {table}"
            if abs(sum(package.tables["feedback"].values()) - came.total()) > OFF:
                yield f"{period}: smileys"


def live_until_november(box: LivedBox, random: Random) -> None:
    """A quarter too small that joins the next, and a visit counted when its own was closed."""
    box.count("2026-02-03", random.randint(20, 40), "2026-Q2")
    assert box.close("2026-04-01") == []
    box.count("2026-05-05", random.randint(120, 160), "2026-Q2")
    box.count("2026-06-29", random.randint(20, 40), "2026-Q2")
    assert box.close("2026-07-01") == ["2026-Q2"]
    box.count("2026-06-30", random.randint(15, 30), "2026-Q3")
    assert box.close("2026-07-02") == []
    box.count("2026-08-04", random.randint(130, 160), "2026-Q3")
    assert box.close("2026-10-01") == ["2026-Q3"]
    box.count("2026-11-02", random.randint(120, 160), "2026-Q4.1")


def end_early(box: LivedBox, random: Random) -> None:
    """The running quarter is ended early."""
    box.count("2026-11-03", random.randint(20, 40), "2026-Q4.1")
    assert box.close("2026-11-03", early=True) == ["2026-Q4.1"]


def end_the_year(box: LivedBox, random: Random) -> None:
    """The same stop is visited again that day, and the rest of the quarter closed in time."""
    box.count("2026-11-03", random.randint(20, 40), "2026-Q4.2")
    box.count("2026-12-01", random.randint(110, 160), "2026-Q4.2")
    assert box.close("2027-01-01") == ["2026-Q4.2"]
