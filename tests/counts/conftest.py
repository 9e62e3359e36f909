from collections.abc import Callable
from datetime import UTC, date, datetime
from random import Random

import pytest

from kiosk.counts.close import close_periods
from kiosk.counts.ledger_entry import LedgerEntry, LedgerNames, ledger_names
from kiosk.domain.moment import Moment
from kiosk.store.counters import (
    DEMAND,
    FEEDBACK,
    LANGUAGES,
    VISITS,
    DemandKey,
    FeedbackKey,
    LanguageKey,
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
        month, quarter = day[:7], day and f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}"
        hour = 12 if day else None
        with database.write() as connection:
            DEMAND.add(connection, month, {DemandKey(MARKET, JOBS, hour, "resolved"): tickets})
            FEEDBACK.add(connection, month, {FeedbackKey(MARKET, hour, 5): tickets})
            VISITS.add(connection, month, {VisitKey(MARKET, day or None): tickets})
            LANGUAGES.add(connection, quarter, {LanguageKey("de"): tickets})

    return counted


Close = Callable[..., list[LedgerEntry]]


@pytest.fixture
def close(database: Database, names: LedgerNames) -> Close:
    """Closes periods at noon of a day, with chance of one seed."""

    def closed(day: str, *, early: bool = False, trusted: bool = True) -> list[LedgerEntry]:
        noon = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=11)
        now = Moment("boot-1", 1.0, noon, trusted)
        return close_periods(database, names, now, Random(1), end_running=early)

    return closed
