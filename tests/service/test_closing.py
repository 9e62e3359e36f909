"""When the box closes a period by itself, and what it tells of that."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kiosk.counts import closing_log
from kiosk.counts.close import close_periods
from kiosk.counts.ledger_entry import ledger_names
from kiosk.domain.events import PeriodClosed, PeriodNotClosed
from kiosk.domain.moment import Moment
from kiosk.service import visits
from kiosk.service.closing import closing_state, is_closing_due, record_failure
from kiosk.service.closing_watch import ClosingWatch, seconds_until_next_check
from kiosk.store import journal
from tests.counting import count_people
from tests.town import TOWN, TownClock
from tests.waiting import eventually

if TYPE_CHECKING:
    import pytest

    from kiosk.service.office import Office

SUMMER = "2026-09-30"
"""The last day of the quarter before that of the town's clock."""


def close(office: Office, clock: TownClock) -> None:
    close_periods(office.database, ledger_names(TOWN, "rh-1"), clock())


def test_a_period_is_due_when_it_is_over_and_has_people_enough(
    office: Office, clock: TownClock
) -> None:
    count_people(office.database, "2026-11-02", 200)
    count_people(office.database, SUMMER, 99)
    assert not is_closing_due(office, clock())
    count_people(office.database, SUMMER, 1)
    assert is_closing_due(office, clock())
    clock.trusted = False
    assert not is_closing_due(office, clock()), "without a clock its end is unknown"
    clock.trusted = True
    close(office, clock)
    assert not is_closing_due(office, clock())


def test_people_without_a_date_are_counted_with_the_period_that_they_will_join(
    office: Office, clock: TownClock
) -> None:
    count_people(office.database, SUMMER, 60)
    count_people(office.database, "", 40)
    assert is_closing_due(office, clock())
    close(office, clock)
    assert office.read(closing_state, clock()).over == ()


def test_a_visit_left_open_over_night_is_waited_for(office: Office, clock: TownClock) -> None:
    count_people(office.database, SUMMER, 200)
    clock.wall = datetime(2026, 9, 30, 15, 0, tzinfo=UTC)
    visits.open_visit(office, None, None, clock())
    clock.wall = datetime(2026, 10, 1, 7, 0, tzinfo=UTC)
    assert office.read(closing_state, clock()).waits_for_visit
    assert not is_closing_due(office, clock())
    visits.close_visit(office, clock())
    assert is_closing_due(office, clock())


def test_a_visit_of_the_new_period_holds_nothing_up(office: Office, clock: TownClock) -> None:
    count_people(office.database, SUMMER, 200)
    visits.open_visit(office, None, None, clock())
    assert is_closing_due(office, clock())


def test_closing_is_journaled_in_the_transaction_of_the_ledger_entry(
    office: Office, clock: TownClock
) -> None:
    count_people(office.database, SUMMER, 200)
    record_failure(office, "Rounding failed.", clock())
    assert office.read(closing_state, clock()).failed
    close(office, clock)
    state = office.read(closing_state, clock())
    assert state.last
    assert (state.last.period, state.failed, state.enough) == ("2026-Q3", False, False)
    with office.database.read() as connection:
        entry, *_ = journal.latest_of(connection, PeriodClosed, most=2)
    assert entry.event == PeriodClosed("2026-Q3")


def test_the_same_failure_again_is_no_news(office: Office, clock: TownClock) -> None:
    for reason in ("Rounding failed.", "Rounding failed.", "The disk is full."):
        record_failure(office, reason, clock())
    with office.database.read() as connection:
        told = journal.latest_of(connection, PeriodNotClosed, most=9)
        assert closing_log.last_failure(connection) == "The disk is full."
    assert len(told) == 2


def watch(office: Office, clock: TownClock, script: str) -> ClosingWatch:
    return ClosingWatch(office, clock, [sys.executable, "-c", script], after_s=0.0)


def test_the_watch_starts_a_closing_only_when_one_is_due(office: Office, clock: TownClock) -> None:
    watching = watch(office, clock, "import sys; sys.exit('kiosk: Rounding failed.')")
    watching.check()
    assert not office.read(closing_state, clock()).failure
    count_people(office.database, SUMMER, 200)
    watching.check()
    assert office.read(closing_state, clock()).failure == "Rounding failed."


def test_a_crashed_closing_is_reported(office: Office, clock: TownClock) -> None:
    count_people(office.database, SUMMER, 200)
    watch(office, clock, "import os; os.kill(os.getpid(), 9)").check()
    assert office.read(closing_state, clock()).failure == "Closing ended with -9."


def test_what_the_other_watch_closed_meanwhile_is_no_failure(
    office: Office, clock: TownClock, caplog: pytest.LogCaptureFixture
) -> None:
    count_people(office.database, SUMMER, 200)

    class Closes(ClosingWatch):
        """The other one has closed when its own process begins."""

        def _close(self) -> None:
            close(office, clock)
            super()._close()

    Closes(office, clock, [sys.executable, "-c", "raise SystemExit(1)"], 0.0).check()
    assert office.read(closing_state, clock()).failure == ""
    assert not [record for record in caplog.records if record.levelname in {"WARNING", "ERROR"}]


def test_the_watch_looks_by_itself_and_ends_a_closing_that_is_under_way(
    office: Office, clock: TownClock
) -> None:
    count_people(office.database, SUMMER, 200)
    begun = office.database.path.with_name("begun")
    script = f"open({str(begun)!r}, 'w').close(); import time; time.sleep(600)"
    with watch(office, clock, script).running():
        eventually(begun.exists, "a closing")
    assert not office.read(closing_state, clock()).failure


def test_it_looks_each_hour_and_soon_after_midnight() -> None:
    def at(hour: int, minute: int) -> Moment:
        return Moment("boot-1", 1.0, datetime(2026, 12, 31, hour, minute, tzinfo=UTC), trusted=True)

    assert seconds_until_next_check(at(12, 0), 30.0) == 3600
    assert seconds_until_next_check(at(22, 50), 30.0) == 630, "midnight in Germany is at 23:00"
