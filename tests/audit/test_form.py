"""Form, accuracy and repetition of what is published."""

import hashlib
import shutil
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import fmean

import pytest

from kiosk.counts.close import close_periods
from kiosk.counts.ledger_entry import encode_entry
from kiosk.domain.moment import Moment
from kiosk.store.counters import ALL
from kiosk.store.database import Database
from tests.audit import controls, measure, released
from tests.audit.package import OTHERS, summed
from tests.audit.truth import ITEMS, Quarter, exact, quarter
from tests.prepared import new_database

pytestmark = pytest.mark.slow  # quarters are played and attacked

SEED = 20261122


@pytest.fixture(scope="module", params=[2, 5, 10, 30])
def truth(request: pytest.FixtureRequest) -> Quarter:
    return quarter(request.param, SEED)


def test_the_same_question_has_one_answer_in_every_table(truth: Quarter) -> None:
    for number in range(5):
        package = released.release(truth, f"{number}".encode())
        tables = package.tables
        assert all(n % 5 == 0 for rows in tables.values() for n in rows.values())
        total = sum(tables["visits"].values())
        for table in ("demand", "topics", "outcomes", "hours", "languages"):
            assert sum(tables[table].values()) in {total, *([0] if table == "languages" else [])}
        by_stop = Counter[str]()
        for (_, stop), n in tables["visits"].items():
            by_stop[stop] += n
        for table in ("demand", "hours"):
            for stop in {row[0] for row in tables[table]} - {OTHERS}:
                assert package.total(table, stop=stop) == by_stop[stop]
        for group in {row[1] for row in tables["demand"]}:
            assert package.total("topics", group=group) == package.total("demand", group=group)
        for item in {row[0] for row in tables["records"]} & ITEMS.keys():
            assert package.total("records", item=item) == total
        for measured in ("waiting", "way", "service"):
            assert package.total("times", measure=measured) == total
            assert package.total("times_hours", measure=measured) == total
        assert sum(tables["feedback_hours"].values()) == sum(tables["feedback"].values())


def test_tables_that_are_rounded_each_for_itself_answer_one_question_in_several_ways() -> None:
    table = controls.stop_and_topic(quarter(5, SEED))
    afresh = controls.drawn_afresh(table, 2, SEED)
    assert summed(afresh[0].items(), 0) != summed(afresh[1].items(), 0)


def test_totals_stops_and_topics_are_near_the_truth(truth: Quarter) -> None:
    found = measure.accuracy(truth, 10)
    assert max(map(abs, found.total)) <= 4
    assert fmean(found.stops) <= 2.5
    assert max(found.stops) <= 4
    assert fmean(found.topics or [0]) <= 2.5
    for offs in found.bias.values():
        assert abs(fmean(offs)) <= 0.5
    if len(truth.people) > 1000:
        assert fmean(found.ranks) >= 0.97


def _closed(path: Path, truth: Quarter, days_later: float = 0.0) -> str:
    """The SHA-256 of what a copy of the box closes, so many days after the quarter."""
    noon = datetime(2027, 1, 2, 11, tzinfo=UTC) + timedelta(days=days_later)
    with closing(Database.open(path)) as database:
        now = Moment(str(path), Random(path.name).random(), noon, trusted=True)
        (entry,) = close_periods(database, released.closed(truth, b"").names, now)
    return hashlib.sha256(encode_entry(entry)).hexdigest()


def test_restored_copies_of_a_box_close_the_same_bytes_by_any_clock(tmp_path: Path) -> None:
    truth = quarter(5, SEED)
    box = tmp_path / "kiosk.db"
    with closing(new_database(box)) as database, database.write() as connection:
        for table in ALL:
            table.add(connection, "2026-11", exact(truth).tables[table.name])
    with closing(Database.open(box)) as database:
        database.truncate_wal()
    later = [0.0, 0.0, 0.4, 1.5, 89.0, 3000.0]
    found = set[str]()
    for number, days in enumerate(later):
        copy = Path(shutil.copy(box, tmp_path / f"copy-{number}.db"))
        found.add(_closed(copy, truth, days))
    assert len(found) == 1


def test_another_box_draws_otherwise() -> None:
    truth = quarter(5, SEED)
    assert released.closed(truth, b"one").tables != released.closed(truth, b"other").tables
