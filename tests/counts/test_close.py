from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import pairwise
from random import Random

import pytest

from kiosk.counts import ledger
from kiosk.counts.close import MonthUnknown, close_periods
from kiosk.counts.ledger_entry import ClosedPeriod, ClosedQuarter, LedgerEntry, LedgerNames
from kiosk.domain.moment import Moment
from kiosk.store.counters import DEMAND, FEEDBACK, LANGUAGES, VISITS, DemandKey, VisitKey
from kiosk.store.database import Database
from tests.town import JOBS, MARKET

Count = Callable[[str, int], None]
Close = Callable[..., list[LedgerEntry]]


def labels(entries: list[LedgerEntry]) -> list[str]:
    return [entry.period if isinstance(entry, ClosedPeriod) else entry.quarter for entry in entries]


def only(entries: list[LedgerEntry]) -> ClosedPeriod:
    (entry,) = entries
    assert isinstance(entry, ClosedPeriod)
    return entry


def counters_left(database: Database) -> set[str]:
    with database.read() as connection:
        return set().union(*(t.periods(connection) for t in (DEMAND, FEEDBACK, VISITS, LANGUAGES)))


def test_months_that_are_over_are_closed_and_the_running_one_is_not(
    count: Count, close: Close, database: Database
) -> None:
    for day in ("2026-09-03", "2026-10-01", "2026-10-31", "2026-11-02"):
        count(day, 10)
    assert labels(close("2026-11-22")) == ["2026-09", "2026-10", "2026-Q3"]
    assert counters_left(database) == {"2026-11", "2026-Q4"}
    assert close("2026-11-30") == []


def test_a_closed_period_says_its_days_and_keeps_every_cell_near_the_truth(
    count: Count, close: Close
) -> None:
    count("2026-10-07", 13)
    period = only(close("2026-11-22"))
    assert (period.first_day, period.last_day) == (date(2026, 10, 1), date(2026, 10, 31))
    ((key, rounded),) = period.demand
    assert key == DemandKey(MARKET, JOBS, 12, "resolved")
    assert rounded in {10, 15}


def test_a_cell_rounded_to_zero_looks_like_no_cell_but_the_visit_stays(
    count: Count, close: Close
) -> None:
    count("2026-10-07", 0)
    period = only(close("2026-11-22"))
    assert period.demand == []
    assert period.feedback == []
    assert period.visits == [(VisitKey(MARKET, "2026-10-07"), 0)]


def test_ending_the_running_month_splits_it_into_parts_that_meet(
    count: Count, close: Close, database: Database
) -> None:
    parts = []
    for day, early in (("2026-11-22", True), ("2026-11-22", True), ("2026-12-01", False)):
        count("2026-11-22", 10)
        parts.append(only(close(day, early=early)))
    assert [part.period for part in parts] == ["2026-11.1", "2026-11.2", "2026-11.3"]
    assert parts[0].first_day == date(2026, 11, 1)
    assert all(before.last_day == after.first_day for before, after in pairwise(parts))
    assert parts[2].last_day == date(2026, 11, 30)
    assert counters_left(database) == {"2026-Q4"}


def test_ending_the_running_month_closes_what_was_over_before(count: Count, close: Close) -> None:
    count("2026-10-07", 10)
    count("2026-11-07", 10)
    assert labels(close("2026-11-22", early=True)) == ["2026-10", "2026-11.1"]


def test_there_may_be_nothing_to_close(close: Close) -> None:
    assert close("2026-11-22") == []
    assert close("2026-11-22", early=True) == []


def test_a_visit_counted_late_changes_no_closed_period(
    count: Count, close: Close, database: Database
) -> None:
    count("2026-10-30", 10)
    first = only(close("2026-11-01"))
    count("2026-10-31", 10)
    assert labels(close("2026-11-02")) == ["2026-10.2"]
    with database.read() as connection:
        assert ledger.periods(ledger.read(connection))[0] == first


def test_what_is_counted_while_cells_are_rounded_is_rounded_with_them(
    count: Count, database: Database, names: LedgerNames
) -> None:
    class BusyMorning(Random):
        """Chance that takes its time: another visit is closed during the first draw."""

        busy = True

        def randrange(self, start: int, stop: int | None = None, step: int = 1) -> int:
            if self.busy:
                self.busy = False
                count("2026-10-08", 100)
            return super().randrange(start, stop, step)

    count("2026-10-07", 100)
    now = Moment("boot-1", 1.0, datetime(2026, 11, 22, tzinfo=UTC), trusted=True)
    period = only(close_periods(database, names, now, BusyMorning(1)))
    assert [total for _, total in period.demand] == [200]
    assert counters_left(database) == {"2026-Q4"}


def test_languages_are_closed_by_quarter_and_crossed_with_nothing(
    count: Count, close: Close
) -> None:
    count("2026-10-07", 10)
    count("2026-12-07", 10)
    close("2026-12-31", early=True)
    (quarter,) = close("2027-01-01")
    assert isinstance(quarter, ClosedQuarter)
    assert quarter.quarter == "2026-Q4"
    assert [(key.language, total) for key, total in quarter.languages] == [("de", 20)]


def test_without_a_set_clock_nothing_is_closed_by_itself(count: Count, close: Close) -> None:
    count("2026-10-07", 10)
    with pytest.raises(MonthUnknown, match="--now"):
        close("2026-11-22", trusted=False)


def test_ending_on_purpose_without_a_set_clock_never_goes_behind_known_days(
    count: Count, close: Close
) -> None:
    count("2026-11-07", 10)
    period = only(close("2001-01-01", early=True, trusted=False))
    assert (period.period, period.last_day) == ("2026-11.1", date(2026, 11, 7))
    assert not period.clock_trusted


def test_an_undated_visit_belongs_to_the_period_that_is_closed_next(
    count: Count, close: Close
) -> None:
    count("2026-10-07", 10)
    count("", 5)
    period = only(close("2026-11-02"))
    assert period.period == "2026-10"
    assert period.visits == [
        (VisitKey(MARKET, None), 5),
        (VisitKey(MARKET, "2026-10-07"), 10),
    ]
    assert [key.hour for key, _ in period.demand] == [None, 12]


def test_undated_visits_alone_join_the_running_month(count: Count, close: Close) -> None:
    count("", 5)
    assert close("2026-11-22") == []
    assert labels(close("2026-12-01")) == ["2026-11"]


def test_days_from_a_clock_that_ran_ahead_end_with_the_running_month(
    count: Count, close: Close, database: Database
) -> None:
    count("2031-05-05", 10)
    assert close("2026-11-22") == []
    assert labels(close("2026-11-22", early=True)) == ["2026-11.1"]
    assert counters_left(database) == {"2031-Q2"}
