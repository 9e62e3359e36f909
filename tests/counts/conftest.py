from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from kiosk.counts.close import close_periods
from kiosk.counts.ledger_entry import ClosedPeriod, LedgerNames, ledger_names
from kiosk.counts.periods import CountsBy
from kiosk.domain.moment import Moment
from kiosk.store.counters import (
    LANGUAGES,
    STOP_HOURS,
    STOP_SCORES,
    STOP_TOPICS,
    TOPIC_OUTCOMES,
    VISITS,
    LanguageKey,
    StopHourKey,
    StopScoreKey,
    StopTopicKey,
    TopicOutcomeKey,
    VisitKey,
)
from kiosk.store.database import Database
from tests.town import JOBS, MARKET, TOWN


@pytest.fixture
def names() -> LedgerNames:
    """The town's names, on a device called rh-1."""
    return ledger_names(TOWN, "rh-1")


@pytest.fixture
def count(database: Database) -> Callable[[str, int], None]:
    """Counts so many tickets of one visit to the market, at noon of a day or of none ("")."""

    def counted(day: str, tickets: int) -> None:
        month, hour = day[:7], 12 if day else None
        with database.write() as connection:
            STOP_TOPICS.add(connection, month, {StopTopicKey(MARKET, JOBS): tickets})
            STOP_HOURS.add(connection, month, {StopHourKey(MARKET, hour): tickets})
            TOPIC_OUTCOMES.add(connection, month, {TopicOutcomeKey(JOBS, "resolved"): tickets})
            STOP_SCORES.add(connection, month, {StopScoreKey(MARKET, 5): tickets})
            VISITS.add(connection, month, {VisitKey(MARKET, day or None): tickets})
            LANGUAGES.add(connection, month, {LanguageKey("de"): tickets})

    return counted


Close = Callable[..., list[ClosedPeriod]]


@pytest.fixture
def close(database: Database, names: LedgerNames) -> Close:
    """Closes periods at noon of a day."""

    def closed(
        day: str, *, early: bool = False, trusted: bool = True, by: CountsBy = "quarter"
    ) -> list[ClosedPeriod]:
        noon = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=11)
        now = Moment("boot-1", 1.0, noon, trusted)
        return close_periods(database, names, now, counts_by=by, end_running=early)

    return closed
