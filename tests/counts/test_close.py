from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

import msgspec
import pytest

from kiosk.counts import ledger
from kiosk.counts.close import PeriodUnknown, close_periods
from kiosk.counts.closing_plan import PeriodTooSmall
from kiosk.counts.ledger_entry import ClosedPeriod, LedgerNames, TopicNames
from kiosk.domain.moment import Moment
from kiosk.service import visits
from kiosk.service.office import Office
from kiosk.store import counters
from kiosk.store.database import Database
from tests.town import MARKET, TownClock

Count = Callable[[str, int], None]
Close = Callable[..., list[ClosedPeriod]]


def labels(entries: list[ClosedPeriod]) -> list[str]:
    return [entry.period for entry in entries]


def counters_left(database: Database) -> set[str]:
    with database.read() as connection:
        return counters.open_months(connection)


def test_quarters_that_are_over_are_closed_and_the_running_one_is_not(
    count: Count, close: Close, database: Database
) -> None:
    for day in ("2026-06-03", "2026-07-01", "2026-09-30", "2026-11-02"):
        count(day, 100)
    assert labels(close("2026-11-22")) == ["2026-Q2", "2026-Q3"]
    assert counters_left(database) == {"2026-11"}
    assert close("2026-12-31") == []


def test_a_closed_period_says_its_days_and_keeps_every_cell_near_the_truth(
    count: Count, close: Close
) -> None:
    count("2026-07-07", 113)
    (period,) = close("2026-11-22")
    assert (period.first_day, period.last_day) == (date(2026, 7, 1), date(2026, 9, 30))
    ((cell, rounded),) = period.tables["demand"]
    assert cell == (MARKET, "work")
    assert rounded in {110, 115}
    assert period.total() == period.total("topics") == period.total("hours") == rounded


def test_a_cell_rounded_to_zero_looks_like_no_cell_but_the_visit_stays(
    count: Count, close: Close
) -> None:
    count("2026-07-07", 0)
    count("2026-07-08", 100)
    (period,) = close("2026-11-22")
    assert period.tables["visits"] == [(("2026-07-07", MARKET), 0), (("2026-07-08", MARKET), 100)]
    assert all(n for name, rows in period.tables.items() if name != "visits" for _, n in rows)


def test_a_quarter_of_too_few_joins_the_next_and_says_so(
    count: Count, close: Close, database: Database
) -> None:
    count("2026-06-07", 60)
    assert close("2026-07-01") == []
    assert counters_left(database) == {"2026-06"}
    count("2026-08-07", 40)
    (period,) = close("2026-10-01")
    assert (period.period, period.joined) == ("2026-Q3", ["2026-Q2"])
    assert (period.first_day, period.last_day) == (date(2026, 4, 1), date(2026, 9, 30))
    assert period.total() == 100


def test_a_month_is_closed_alone_only_where_the_profile_says_so_and_enough_came(
    count: Count, close: Close
) -> None:
    count("2026-07-07", 300)
    count("2026-08-07", 299)
    assert labels(close("2026-09-22", by="month")) == ["2026-07"]
    count("2026-09-07", 10)
    (rest,) = close("2026-10-22", by="month")
    assert (rest.period, rest.joined) == ("2026-09", ["2026-08"])


def test_ending_the_running_quarter_splits_it_into_parts_that_meet(
    count: Count, close: Close, database: Database
) -> None:
    parts = []
    for day, early in (("2026-11-22", True), ("2026-11-22", True), ("2027-01-01", False)):
        count("2026-11-22", 100)
        parts += close(day, early=early)
    assert labels(parts) == ["2026-Q4.1", "2026-Q4.2", "2026-Q4.3"]
    assert parts[0].first_day == date(2026, 10, 1)
    assert all(before.last_day == after.first_day for before, after in pairwise(parts))
    assert parts[2].last_day == date(2026, 12, 31)
    assert counters_left(database) == set()


def test_the_running_quarter_is_not_ended_for_too_few(
    count: Count, close: Close, database: Database
) -> None:
    count("2026-11-22", 99)
    with pytest.raises(PeriodTooSmall, match="Fewer than 100"):
        close("2026-11-22", early=True)
    assert counters_left(database) == {"2026-11"}


def test_ending_the_running_quarter_closes_what_was_over_before(count: Count, close: Close) -> None:
    count("2026-09-07", 100)
    count("2026-11-07", 100)
    assert labels(close("2026-11-22", early=True)) == ["2026-Q3", "2026-Q4.1"]


def test_there_may_be_nothing_to_close(close: Close) -> None:
    assert close("2026-11-22") == []
    assert close("2026-11-22", early=True) == []


def test_a_visit_counted_late_changes_no_closed_period(
    count: Count, close: Close, database: Database
) -> None:
    count("2026-09-30", 100)
    (first,) = close("2026-10-01")
    count("2026-09-30", 100)
    assert labels(close("2026-10-02")) == ["2026-Q3.2"]
    with database.read() as connection:
        assert ledger.in_calendar_order(ledger.read(connection))[0] == first


def test_what_is_counted_while_cells_are_rounded_is_rounded_with_them(
    count: Count, database: Database, names: LedgerNames
) -> None:
    class BusyMorning(dict[str, TopicNames]):
        """Topics that take their time: another visit is closed while they are read."""

        busy = True

        def items(self):  # type: ignore[no-untyped-def] # noqa: ANN202 - dict_items has no name
            if self.busy:
                self.busy = False
                count("2026-07-08", 100)
            return super().items()

    count("2026-07-07", 100)
    now = Moment("boot-1", 1.0, datetime(2026, 11, 22, tzinfo=UTC), trusted=True)
    busy = msgspec.structs.replace(names, topics=BusyMorning(names.topics))
    (period,) = close_periods(database, busy, now)
    assert period.total() == 200
    assert counters_left(database) == set()


def test_without_a_set_clock_nothing_is_closed_by_itself(count: Count, close: Close) -> None:
    count("2026-07-07", 100)
    with pytest.raises(PeriodUnknown, match="--now"):
        close("2026-11-22", trusted=False)


def test_ending_early_without_a_set_clock_never_ends_before_known_days(
    count: Count, close: Close
) -> None:
    count("2026-11-07", 100)
    (period,) = close("2001-01-01", early=True, trusted=False)
    assert (period.period, period.last_day) == ("2026-Q4.1", date(2026, 11, 7))
    assert not period.clock_trusted


def test_an_undated_visit_belongs_to_the_period_that_is_closed_next(
    count: Count, close: Close
) -> None:
    count("2026-07-07", 100)
    count("", 5)
    (period,) = close("2026-11-02")
    assert period.period == "2026-Q3"
    assert period.tables["visits"] == [((None, MARKET), 5), (("2026-07-07", MARKET), 100)]
    assert [cell[1] for cell, _ in period.tables["hours"]] == [None, "12-24"]


def test_undated_visits_alone_join_the_running_quarter(count: Count, close: Close) -> None:
    count("", 100)
    assert close("2026-11-22") == []
    assert labels(close("2027-01-01")) == ["2026-Q4"]


def test_days_from_a_clock_that_ran_ahead_end_with_the_running_quarter(
    count: Count, close: Close, database: Database
) -> None:
    count("2031-05-05", 100)
    assert close("2026-11-22") == []
    assert labels(close("2026-11-22", early=True)) == ["2026-Q4.1"]
    assert counters_left(database) == set()


def test_days_that_were_held_stand_in_the_period(
    office: Office, clock: TownClock, count: Count, close: Close
) -> None:
    visits.open_visit(office, MARKET, None, clock())
    visits.close_visit(office, replace(clock(), boot_s=clock().boot_s + 9))
    count("2026-11-22", 100)
    (period,) = close("2027-01-01")
    assert [(str(day.date), day.stop, day.held) for day in period.days] == [
        ("2026-11-22", MARKET, True)
    ]
