"""What a box would hand out of a true quarter, and what an attacker may know beside it."""

from collections import Counter
from datetime import date

from kiosk.counts.ledger_entry import ClosedPeriod, LedgerNames, StopNames, TopicNames
from kiosk.counts.published import round_period
from kiosk.export.csv_files import tidy_csv
from kiosk.export.tables.builder import build_tables
from kiosk.export.tables.tidy import tidy_table
from tests.audit.bounds import Attack
from tests.audit.equations import Public, attack
from tests.audit.package import CODES, OTHERS, Package, Row, read_package
from tests.audit.truth import (
    ITEMS,
    ITEMS_APART,
    OUTCOMES,
    REASONS,
    SURVEY,
    Quarter,
    exact,
)


def closed(truth: Quarter, key: bytes) -> ClosedPeriod:
    """The quarter as its box would have closed it with that key."""
    tables = round_period(exact(truth), truth.groups, key)
    return ClosedPeriod(
        period="2026-Q4",
        unit="2026-Q4",
        part=1,
        first_day=date(2026, 10, 1),
        last_day=date(2026, 12, 31),
        clock_trusted=True,
        names=LedgerNames(
            service="Essen12",
            operator="Audit",
            device="rh-1",
            score_levels=max(truth.scores),
            stops={stop: StopNames(stop, "", "05113000") for stop in truth.stops},
            topics={topic: TopicNames(topic, "", group) for topic, group in truth.groups.items()},
            groups={group: group for group in truth.groups.values()},
            partners={},
        ),
        tables={
            name: [(cell, n) for cell, n in cells.items() if n or name == "visits"]
            for name, cells in tables.items()
        },
    )


def release(truth: Quarter, key: bytes) -> Package:
    """What stands in its files."""
    return package_of(closed(truth, key))


def package_of(period: ClosedPeriod) -> Package:
    """What stands in the files of a closed period."""
    tables = [tidy_table(table, period) for table in build_tables([period])]
    return read_package({f"{table.name}.csv": tidy_csv(table) for table in tables})


def public(truth: Quarter) -> Public:
    """The codes of its profile."""
    return Public(
        truth.groups,
        tuple(OUTCOMES),
        (*truth.languages, "not_said"),
        tuple(map(str, truth.scores)),
        ITEMS,
        ITEMS_APART,
        REASONS,
        {name: tuple(answers) for name, answers in SURVEY.items() if answers},
    )


def outsider(package: Package, truth: Quarter) -> Attack:
    """Knows the package alone."""
    return attack(package, public(truth))


def watcher(package: Package, truth: Quarter) -> Attack:
    """Read the display each day: knows the number of every visit and of every topic group a day."""
    found = outsider(package, truth)
    visits = Counter((truth.visits[p.day][1], p.stop) for p in truth.people)
    at_stop = Counter((p.stop, p.group) for p in truth.people)
    groups = Counter(p.group for p in truth.people)
    stops = Counter(p.stop for p in truth.people)
    shown = {row[0] for row in package.tables["demand"]}
    found.know(("total", ()), len(truth.people))
    for name, row in list(found.ranges):
        if name == "visits":
            found.know((name, row), visits[row[0], row[1]])
        elif name == "stop":
            found.know((name, row), stops[row[0]])
        elif name == "group":
            found.know((name, row), groups[row[0]])
        elif name == "demand":
            unseen = [stop for stop in truth.stops if stop not in shown]
            hidden = unseen if row[0] == OTHERS else row[:1]
            found.know((name, row), sum(at_stop[stop, row[1]] for stop in hidden))
    return found


def cells(found: Attack) -> list[tuple[str, Row]]:
    """The published numbers that are not known already, or nothing but a number that is."""
    open_ends = [
        name for name, (least, most) in found.ranges.items() if name[0] in CODES and least < most
    ]
    alone = {parts[0] for _, parts in found.equations if len(parts) == 1}
    return [name for name in open_ends if name not in alone and name[1] != ("missing",)]
